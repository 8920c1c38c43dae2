import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEmbedded } from "#db/embedded.server.ts";

let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];
const homes = new Set<string>();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "jiati-embedded-"));
  chmodSync(folder, 0o711);
  dataDir = path.join(folder, "data");
});

afterEach(async () => {
  for (const child of children.splice(0)) await end(child, "SIGTERM");
  for (const place of [...homes, folder]) rmSync(place, { recursive: true, force: true });
  homes.clear();
});

interface Held {
  child: ChildProcess;
  url: string;
  said: string[];
}

/** Starts a process that holds the database as the portal does; answers when it is ready or refused. */
function hold(cwd = process.cwd()): Promise<Held> {
  const child = spawn(process.execPath, ["--import", "tsx", path.resolve("tests/support/hold-database.ts"), dataDir], { cwd, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said.push(...chunk.toString().split("\n").filter(Boolean));
      for (const line of said) if (line.startsWith("home ")) homes.add(line.slice(5));
      const line = said.find((l) => l.startsWith("ready ") || l.startsWith("refused "));
      if (line) resolve({ child, url: line.replace(/^\w+ /, ""), said });
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${said.join("\n")}`)));
    child.once("error", reject);
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

/** Runs a statement, again and again while the server is away, for up to a minute. */
async function query(url: string, statement: string): Promise<unknown[]> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query(statement);
      await client.end();
      return rows as unknown[];
    } catch (error) {
      await client.end().catch(() => {});
      if (attempt >= 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function serverPid(url: string): Promise<number> {
  const [row] = (await query(url, "show data_directory")) as { data_directory: string }[];
  return Number(readFileSync(path.join(row?.data_directory ?? "", "postmaster.pid"), "utf8").split("\n")[0]);
}

describe("the embedded database", () => {
  it("keeps what was written over a restart", async () => {
    const first = await hold();
    await query(first.url, "create table kept as select 7 as number");
    await end(first.child, "SIGTERM");
    const second = await hold();
    expect(await query(second.url, "select number from kept")).toEqual([{ number: 7 }]);
  });

  it("comes back by itself after a kill -9, with all that was committed", async () => {
    const held = await hold();
    await query(held.url, "create table kept as select 7 as number");
    process.kill(await serverPid(held.url), "SIGKILL");
    expect(await query(held.url, "select number from kept")).toEqual([{ number: 7 }]);
  });

  it("is taken over by the next start after a kill -9 of its portal", async () => {
    const first = await hold();
    await query(first.url, "create table kept as select 7 as number");
    await end(first.child, "SIGKILL");
    const second = await hold();
    expect(await query(second.url, "select number from kept")).toEqual([{ number: 7 }]);
  });

  it("refuses a second portal over the same folder in a clear sentence, and the first goes on", async () => {
    const first = await hold();
    const second = await hold();
    expect(second.url).toContain("已经有一个加梯一键通在用");
    expect(second.url).toContain("DATA_DIR");
    expect(await query(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("is joined by a command while a portal runs, and left running after it", async () => {
    const held = await hold();
    const command = await openEmbedded({ dataDir, database: "jiati", holder: "command" });
    expect(new URL(command.ownerUrl).port).toBe(new URL(held.url).port);
    await command.stop();
    expect(await query(held.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("does not mistake a lock left behind, its number given to another process since, for a running portal", async () => {
    const first = await hold();
    await end(first.child, "SIGTERM");
    writeFileSync(path.join(dataDir, "portal.lock"), JSON.stringify({ pid: process.pid, started: "1" }));
    const second = await hold();
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("keeps its passwords from other users", async () => {
    await hold();
    expect(statSync(path.join(dataDir, "database-secrets.json")).mode & 0o077).toBe(0);
  });

  it.runIf(process.getuid?.() === 0)("works under root in a folder that no other user can enter, and says where the data went", async () => {
    chmodSync(folder, 0o700);
    const held = await hold();
    expect(await query(held.url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(held.said.some((line) => line.includes("/var/lib/jiati/"))).toBe(true);
  });
});

describe("npm start", () => {
  it("demands a database and a secret in production, and names what is missing", () => {
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"] } as unknown as NodeJS.ProcessEnv;
    const started = spawnSync(process.execPath, ["--import", "tsx", "app/commands/start.ts"], { env, encoding: "utf8" });
    expect(started.status).toBe(1);
    expect(started.stderr).toContain("DATABASE_URL");
    expect(started.stderr).toContain("SESSION_SECRET");
    expect(started.stderr).toContain("PUBLIC_ORIGIN");
    expect(started.stderr).not.toContain("    at ");
  });

  it("refuses a secret that is too short", () => {
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], DATABASE_URL: "postgres://127.0.0.1/x", SESSION_SECRET: "short" } as unknown as NodeJS.ProcessEnv;
    const started = spawnSync(process.execPath, ["--import", "tsx", "app/commands/start.ts"], { env, encoding: "utf8" });
    expect(started.status).toBe(1);
    expect(started.stderr).toContain("SESSION_SECRET");
  });
});
