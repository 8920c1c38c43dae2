import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Client } from "#db/client.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createStairwell, createSubdistrict, formKey } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { missingProtection } from "../support/protecting-headers.ts";

let database: TestDatabase;
let away: Client;
let portal: TestPortal;
let silent: Server;

beforeAll(async () => {
  database = await cloneDatabase();
  await createSubdistrict(database.db);
  await createStairwell(database.db);
  // Takes connections and ends them, as a server that is going down.
  silent = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  away = connect(`postgres://jiati_app:x@127.0.0.1:${port}/jiati`, { max: 2 });
  portal = await openPortal(database, { db: away.db });
});
afterAll(async () => {
  await away.close();
  await database.close();
  silent.close();
});

describe("while the database is away", () => {
  it("pages answer 503 with the phone number and when to come back, and say nothing of the inside", async () => {
    for (const url of ["/", "/s/T001-001", "/progress", "/api/v1/stairwells.csv", "/communities", "/help", "/map"]) {
      const answer = await portal.get(url);
      expect([url, answer.status]).toEqual([url, 503]);
      expect(answer.headers.get("Retry-After")).toBe("30");
      expect(missingProtection(answer.headers, { secure: false, personal: true })).toEqual([]);
      expect(answer.body).toContain("021-50000000");
      expect(answer.body).not.toMatch(/ECONN|postgres|at .*\.js/i);
    }
  });

  it("forms answer 503 too, and a signed-in person is not taken for a stranger", async () => {
    expect((await portal.post("/s/T001-001/intent?step=flat", { room: "101", "form-key": formKey() })).status).toBe(503);
    const visitor = portal.visitor();
    visitor.cookies.set("jiati", "x".repeat(43));
    expect((await visitor.get("/desk")).status).toBe(503);
  });

  it("pages that need no database are still served", async () => {
    for (const url of ["/sign-in", "/help/guide", "/help/guide/resident"]) {
      const answer = await portal.get(url);
      expect([url, answer.status, answer.body.includes("021-50000000")]).toEqual([url, 200, true]);
    }
  });
});
