import { createServer, type AddressInfo, type Server } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StorageError, type Storage } from "#app/integrations/storage.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { connect, type Client } from "#db/client.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createStairwell, createSubdistrict, formKey, testVault } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { INSIDE, missingProtection } from "../support/protecting-headers.ts";

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

/** The page with the number to call, and when to come back. */
function isAway({ status, headers, body }: Answer): void {
  expect([status, headers.get("Retry-After")]).toEqual([503, "30"]);
  expect(missingProtection(headers, { secure: false, personal: true })).toEqual([]);
  expect(body).toContain("021-50000000");
  expect(body).not.toMatch(INSIDE);
}

describe("while all connections are taken", () => {
  it("whoever comes is told to come back, and is served once one is free again", async () => {
    const narrow = connect(database.url, { max: 1, patienceMs: 100 });
    const crowded = await openPortal(database, { db: narrow.db });
    const taken = await narrow.pool.connect();
    isAway(await crowded.get("/communities"));
    taken.release();
    expect((await crowded.get("/communities")).status).toBe(200);
    await narrow.close();
  });

  it("so it is when the database itself takes no more", async () => {
    const fresh = connect(database.url, { max: 1 });
    const shut = await openPortal(database, { db: fresh.db });
    await sql`alter database ${sql.id(database.name)} connection limit 0`.execute(database.owner.db);
    isAway(await shut.get("/communities"));
    await sql`alter database ${sql.id(database.name)} connection limit -1`.execute(database.owner.db);
    expect((await shut.get("/communities")).status).toBe(200);
    await fresh.close();
  });
});

describe("while the disk is full", () => {
  const count = async (table: "intent" | "logEntry" | "outbox") => (await database.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("rows")).executeTakeFirstOrThrow()).rows;

  it("what cannot be written is not acknowledged, nothing of it stands, and the same form is taken once there is room", async () => {
    const { code } = await createStairwell(database.db);
    const visitor = await openPortal(database);
    const steps = { flat: { room: "101" }, choice: { choice: "willing" }, worry: { worry: "" }, help: { needsHelp: "" }, contact: { name: "周敏", phone: "13800000101" } };
    for (const [step, fields] of Object.entries(steps)) {
      expect((await visitor.post(`/s/${code}/intent?step=${step}`, { ...fields, "form-key": formKey() })).status).toBe(302);
    }
    const form = { slip: "", "form-key": formKey() };
    const rows = async () => [await count("intent"), await count("logEntry"), await count("outbox")];
    const before = await rows();
    const { db } = database.owner;
    await sql`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`.execute(db);
    await sql`create trigger no_room before insert on log_entry execute function no_room()`.execute(db);
    isAway(await visitor.post(`/s/${code}/intent?step=check`, form));
    expect(await rows()).toEqual(before);
    await sql`drop trigger no_room on log_entry`.execute(db);
    expect((await visitor.post(`/s/${code}/intent?step=check`, form)).status).toBe(302);
    expect(await count("intent")).toBe(Number(before[0]) + 1);
  });

  it("a file that the store has no room for is refused in words, and leaves nothing behind", async () => {
    const full: Storage = { ...database.storage, put: () => Promise.reject(new StorageError("ENOSPC")) };
    const { subdistrictId } = await createStairwell(database.db);
    const deps = { db: database.db, vault: testVault, now: new Date() };
    const file = { bytes: await photo({ width: 40, height: 40 }), kind: "scan", subdistrictId, accountId: null } as const;
    expect(await storeFile({ ...deps, storage: full }, file)).toMatchObject({ ok: false, problem: { code: "file_store_away" } });
    expect(await database.db.selectFrom("file").select("id").where("storedAt", "is not", null).execute()).toEqual([]);
    expect(await storeFile({ ...deps, storage: database.storage }, file)).toMatchObject({ ok: true });
  });
});
