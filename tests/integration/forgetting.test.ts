import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORGOTTEN_NAME, keptSince } from "#app/domain/retention.ts";
import { forgetPerson } from "#app/use-cases/retention/forget-person.server.ts";
import { forgetWhatIsOver } from "#app/use-cases/retention/forget-what-is-over.server.ts";
import { recordVisit } from "#app/use-cases/visit/record-visit.server.ts";
import { checkRecord } from "#app/use-cases/record/recount-record.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { insertRollVersion, readRegisterFlats, readRollVersions } from "#db/queries/rolls.server.ts";
import { plantCanaries, type Ground } from "../support/canaries.ts";
import { done } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey, testVault } from "../support/factories.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { openTicket } from "#app/use-cases/ticket/open-ticket.server.ts";
import { sendSignInCode } from "#app/use-cases/account/sign-in-by-phone.server.ts";
import { sessionToken } from "../support/sessions.ts";

let database: TestDatabase;
let ground: Ground;
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

beforeAll(async () => {
  database = await cloneDatabase();
  ground = await plantCanaries(database, { people: "鹂", site: "鹭", staff: "鸥", assessor: "鹤", open: "鹃", phones: "19917", tail: "731" });
});
afterAll(() => database.close());

/** Every column of every table in which one of these words or bytes stands, sealed or not. */
async function placesOf(words: readonly string[], bytes: readonly Buffer[] = []): Promise<string[]> {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as "table", c.column_name as "column", c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'bytea', 'ARRAY')`.execute(database.owner.db);
  const found: string[] = [];
  for (const { table, column, type } of rows) {
    const { rows: values } = await sql<{ value: unknown }>`select ${sql.ref(column)} as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(database.owner.db);
    const stands = values.some(({ value }) => {
      if (type !== "bytea") return words.some((word) => JSON.stringify(value).includes(word));
      const sealed = value as Buffer;
      if (bytes.some((one) => one.equals(sealed))) return true;
      return column.endsWith("_cipher") && words.some((word) => testVault.open(sealed).includes(word));
    });
    if (stands) found.push(`${table}.${column}`);
  }
  return found.sort();
}

const record = () => withTransaction(database.db, (tx) => checkRecord(tx));

describe("somebody who sold the flat and asks to be forgotten", () => {
  const phone = "19955550001";
  const [name, idNumber] = ["鸿雁来", "199555199001011234"];

  it("is gone from everything but the hashes, and every chain and every result still holds", async () => {
    const { db, owner } = database;
    const vault = testVault;
    const deps = { db, vault, now };
    const { subdistrictId } = ground.community;
    const flat = await db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select(["flat.id", "flat.room", "flat.stairwellId"])
      .where("stairwell.code", "=", ground.stairwell).orderBy("flat.id").offset(9).executeTakeFirstOrThrow();
    const { ownerId } = await createOwner(db, { subdistrictId, flatIds: [flat.id], name, phone });
    await owner.db.updateTable("owner").set({ idCipher: vault.seal(idNumber), idHash: vault.hash("id", idNumber) }).where("id", "=", ownerId).execute();
    await withTransaction(db, async (tx) =>
      insertRollVersion(tx, vault, { subdistrictId, stairwellId: flat.stairwellId, flats: await readRegisterFlats(tx, vault, flat.stairwellId), summary: null, accountId: null, at: now }),
    );
    const accountId = await createAccount(db, "resident", { subdistrictId, scopeId: flat.id, name: "199****0001", phone });
    await sessionToken(db, accountId);
    await sendSignInCode(deps, { phone, browser: "a browser", formKey: formKey(), message: (code) => code });
    await done(fileIntent(deps, {
      stairwell: ground.stairwell, room: flat.room, choice: "unwilling", worry: null, channel: "online", name, phone, slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(),
    }));
    await done(openTicket(deps, { stairwell: ground.stairwell, room: flat.room, kind: "noise", text: `我是${name}`, by: { channel: "online", accountId, flatIds: [flat.id] }, formKey: formKey() }));
    const caller = { channel: "phone", accountId: ground.clerk, name, phone, scope: { committeeIds: [ground.community.committeeId], subdistrictIds: [] } } as const;
    await done(openTicket(deps, { stairwell: ground.stairwell, room: null, kind: "stop", text: `${name}来电`, by: { ...caller, scope: { ...caller.scope, committeeIds: [...caller.scope.committeeIds], subdistrictIds: [] } }, formKey: formKey() }));
    await done(recordVisit(deps, { stairwell: ground.stairwell, room: flat.room, outcome: "met", note: `${name}不愿意`, accountId: ground.clerk, formKey: formKey() }));
    const words = [name, phone, idNumber, "199****0001"];
    const bytes = [vault.hash("phone", phone), vault.hash("id", idNumber)];
    expect((await placesOf(words, bytes)).length).toBeGreaterThan(12);
    expect((await record()).faults).toEqual([]);

    const first = await forgetPerson(deps, { phone, idNumber });
    expect(first.stillOwner).toBe(true);
    expect(await placesOf(words, bytes)).toEqual(["owner.id_cipher", "owner.id_hash", "owner.name", "owner.phone_cipher", "owner.phone_hash", "roll_version.flats_cipher"]);

    await owner.db.updateTable("ownership").set({ until: "2026-11-20" }).where("ownerId", "=", ownerId).execute();
    expect(await forgetPerson(deps, { phone, idNumber })).toMatchObject({ stillOwner: false });
    expect(await placesOf(words, bytes)).toEqual([]);
    expect(await forgetPerson(deps, { phone, idNumber })).toEqual({ rows: 0, stillOwner: false });
    const kept = await record();
    expect(kept.faults).toEqual([]);
    expect(kept.chains).toBeGreaterThan(1);
  });

  it("cannot sign in any more with the phone's old session, and neighbours are still there", async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from session s join account a on a.id = s.account_id where a.name = ${FORGOTTEN_NAME}`.execute(database.db);
    expect(rows).toEqual([{ count: 0 }]);
    expect((await placesOf(["鹂业主"])).length).toBeGreaterThan(0);
  });
});

describe("what has served its time", () => {
  it("goes kind by kind in the night after, and nothing before; chains and results hold", async () => {
    // Of the forms, those of the consultation that was opened nine days ago.
    expect(Object.keys(await forgetWhatIsOver({ db: database.db, now: inDays(0.5) }))).toEqual(["forms"]);
    expect(await forgetWhatIsOver({ db: database.db, now: inDays(8) })).toMatchObject({ forms: expect.any(Number) as number, codes: expect.any(Number) as number });
    const halfYear = await forgetWhatIsOver({ db: database.db, now: inDays(181) });
    expect(halfYear).toMatchObject({ messages: expect.any(Number) as number, contacts: expect.any(Number) as number, visits: expect.any(Number) as number, links: expect.any(Number) as number });
    expect(halfYear).not.toHaveProperty("tickets");
    expect((await record()).faults).toEqual([]);
  });

  it("after three years is gone for settled tickets, notes of bindings, old rolls; what is still open stays", async () => {
    await withTransaction(database.db, async (tx) => {
      const flats = await readRegisterFlats(tx, testVault, 1);
      await insertRollVersion(tx, testVault, { subdistrictId: ground.community.subdistrictId, stairwellId: 1, flats, summary: null, accountId: null, at: inDays(2) });
    });
    await database.db.insertInto("ticketStep").values({ subdistrictId: ground.community.subdistrictId, ticketId: ground.ticket, kind: "solved", side: "committee", accountId: ground.clerk, at: now }).execute();
    const sealedPhones = () => database.db.selectFrom("account").innerJoin("grant", "grant.accountId", "account.id").select(["account.name", "phoneCipher", "revokedAt"]).where("login", "is", null).execute();
    expect((await sealedPhones()).filter(({ revokedAt, phoneCipher }) => revokedAt !== null && phoneCipher !== null)).toHaveLength(1);
    const later = await forgetWhatIsOver({ db: database.db, now: inDays(1_096) });
    for (const { name, phoneCipher, revokedAt } of await sealedPhones()) expect([name === FORGOTTEN_NAME, phoneCipher === null]).toEqual([revokedAt !== null, revokedAt !== null]);
    expect(later).toMatchObject({ accounts: 1, tickets: expect.any(Number) as number, bindings: expect.any(Number) as number, rolls: expect.any(Number) as number });
    const tickets = await database.db.selectFrom("ticket").select(["id", "textCipher", "contactCipher"]).where("id", "in", [ground.ticket, ground.sitesTicket]).orderBy("id").execute();
    expect(tickets.map(({ textCipher, contactCipher }) => [textCipher === null, contactCipher === null])).toEqual([[true, true], [false, false]]);
    expect((await readRollVersions(database.db, testVault, 1, [1])).get(1)).toEqual([]);
    expect((await record()).faults).toEqual([]);
    expect(await forgetWhatIsOver({ db: database.db, now: inDays(1_096) })).toEqual({});
    expect(keptSince("tickets", inDays(1_096)) > now).toBe(true);
  });

  it("can be taken out of a row that else never changes, and never be put in another way, not even by the owner of the tables", async () => {
    const { db } = database.owner;
    const refused = [
      sql`update ticket set text_cipher = ${testVault.seal("别的话")}, forgotten_at = now() where id = ${ground.sitesTicket}`,
      sql`update ticket set text_cipher = null where id = ${ground.sitesTicket}`,
      sql`update ticket set text_cipher = null, contact_cipher = null, contact_hash = null, forgotten_at = now(), kind = 'money' where id = ${ground.sitesTicket}`,
      sql`update ticket set text_cipher = ${testVault.seal("回来")} where id = ${ground.ticket}`,
      sql`update ticket_step set text_cipher = ${testVault.seal("改")} where ticket_id = ${ground.sitesTicket}`,
      sql`delete from ticket where id = ${ground.ticket}`,
      sql`update roll_version set number = 9`,
      sql`update intent set choice = 'willing', forgotten_at = now()`,
    ];
    for (const statement of refused) await expect(statement.execute(db)).rejects.toThrow(/only ever added/);
  });
});
