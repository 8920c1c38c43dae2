import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { startPortalProcess } from "../support/started-portal.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

describe("npm start", () => {
  const settings = { PATH: process.env["PATH"], DATABASE_URL: "", SESSION_SECRET: "s".repeat(32), PUBLIC_ORIGIN: "https://portal.test", PORT: "0", NODE_ENV: "production" as const };

  it("refuses a login that owns the tables, and says which to use", () => {
    const started = spawnSync(process.execPath, ["--import", "tsx", "app/commands/start.ts"], { env: { ...settings, DATABASE_URL: database.ownerUrl }, encoding: "utf8" });
    expect(started.status).toBe(1);
    expect(started.stderr).toContain("jiati_app");
    expect(started.stderr).toContain("ALLOW_OWNER_LOGIN");
    expect(started.stderr).not.toContain("    at ");
  });

  it("starts with it where the settings say so, with a warning", async () => {
    const portal = await startPortalProcess(database, { DATABASE_URL: database.ownerUrl, ALLOW_OWNER_LOGIN: "yes" });
    expect((await fetch(`${portal.url}/help`)).status).toBe(200);
    expect(portal.written()).toContain("注意");
    await portal.close();
  });

  it("refuses to start without the origin that people reach it by", () => {
    const started = spawnSync(process.execPath, ["--import", "tsx", "app/commands/start.ts"], { env: { ...settings, DATABASE_URL: database.url, PUBLIC_ORIGIN: "" }, encoding: "utf8" });
    expect(started.status).toBe(1);
    expect(started.stderr).toContain("PUBLIC_ORIGIN");
  });
});
