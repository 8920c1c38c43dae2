import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headsOf } from "#app/domain/consultation.ts";
import type { RollFlat, RollReading } from "#app/domain/roll.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { answerQuestion } from "#app/use-cases/roll/answer-question.server.ts";
import { storeRoll } from "#app/use-cases/roll/store-roll.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { readRegister } from "#db/queries/consultations.server.ts";
import { listOwnerQuestions } from "#db/queries/desk.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { rollFlat, rollReading } from "../support/rolls.ts";

const ID_A = "310115195003070027";
const ID_B = "11010519491231002X";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-11-21T02:00:00Z");
const deps = (at = now): Deps => ({ db: database.db, vault: testVault, now: at });
const digestOf = (text: string | Buffer) => createHash("sha256").update(text).digest();

const emptyStairwell = () => createStairwell(database.db, { floors: 6, flatsPerFloor: 0, stage: "intent" });
const store = (stairwell: TestStairwell, reading: RollReading, accountId: number | null = null, at = now) =>
  storeRoll(deps(at), { stairwell: stairwell.code, reading, accountId, formKey: null, fileDigest: digestOf(JSON.stringify(reading.flats)) });
const storeFlats = (stairwell: TestStairwell, flats: RollFlat[], accountId: number | null = null, at = now) => store(stairwell, rollReading(flats), accountId, at);
const clerkOf = ({ subdistrictId, committeeId }: TestStairwell) => createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId });

/** The heads that a consultation would have if it were opened now, by rooms. */
async function headsNow({ stairwellId }: TestStairwell): Promise<string[][]> {
  const { flats } = await withTransaction(database.db, (tx) => readRegister(tx, { stairwellId }));
  const heads = new Map<string, string[]>();
  for (const { room, voter } of headsOf(flats)) heads.set(voter, [...(heads.get(voter) ?? []), room]);
  return [...heads.values()].map((rooms) => rooms.sort()).sort();
}

const sorted = (heads: string[][]) => heads.map((rooms) => [...rooms].sort()).sort();

const readFlats = ({ stairwellId }: TestStairwell) =>
  database.db.selectFrom("flat").select(["room", "floor", "area", "areaSource"]).where("stairwellId", "=", stairwellId).orderBy("room").execute();

const readOwners = ({ stairwellId }: TestStairwell) =>
  database.db
    .selectFrom("ownership")
    .innerJoin("flat", "flat.id", "ownership.flatId")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["flat.room", "owner.id", "owner.code", "owner.name", "owner.phoneCipher", "owner.idCipher", "ownership.since", "ownership.until"])
    .where("flat.stairwellId", "=", stairwellId)
    .orderBy("flat.room")
    .orderBy("ownership.id")
    .execute();

/** How many rows each table has. */
async function countRows(): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(database.owner.db);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(database.owner.db);
    counts[name] = rows[0]?.count ?? NaN;
  }
  return counts;
}

describe("storing a roll", () => {
  it("brings flats and owners into the register, and exactly the heads that were read", async () => {
    const stairwell = await emptyStairwell();
    const clerk = await clerkOf(stairwell);
    const couple = [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }, "李强"];
    const reading = rollReading([
      rollFlat("101", couple, { areaSource: "survey" }),
      rollFlat("201", [{ name: "赵敏", idTail: "0001" }], { area: 6543 }),
      rollFlat("301", [{ name: "赵敏", idTail: "0001" }, { name: "王芳", idNumber: ID_A }]),
      rollFlat("701", [{ name: "赵敏", idTail: "0001" }]),
    ]);
    const stored = await done(store(stairwell, reading, clerk));
    expect(stored).toMatchObject({
      changed: true, units: 4, area: 21543, heads: 3, flatsAdded: 4, flatsChanged: 0, ownersJoined: 6, ownersLeft: 0, openQuestions: 0, phonesKept: [], running: null,
    });
    expect(await headsNow(stairwell)).toEqual(sorted(reading.heads));
    expect(await readFlats(stairwell)).toEqual([
      { room: "101", floor: 1, area: 5000, areaSource: "survey" },
      { room: "201", floor: 2, area: 6543, areaSource: "register" },
      { room: "301", floor: 3, area: 5000, areaSource: "register" },
      { room: "701", floor: 7, area: 5000, areaSource: "register" },
    ]);
    const [first] = await readOwners(stairwell);
    expect(first).toMatchObject({ room: "101", name: "王芳", since: null, until: null });
    expect(first?.code).toMatch(/^R[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(first?.phoneCipher && testVault.open(first.phoneCipher)).toBe("13900000001");
    expect(first?.idCipher && testVault.open(first.idCipher)).toBe(ID_A);
    const { floors } = await database.db.selectFrom("stairwell").select("floors").where("id", "=", stairwell.stairwellId).executeTakeFirstOrThrow();
    expect(floors).toBe(7);
  });

  it("is in the log with the file's digest and the totals, without a name", async () => {
    const stairwell = await emptyStairwell();
    const reading = rollReading([rollFlat("101", ["欧阳无双"]), rollFlat("201", ["欧阳无双"])]);
    await done(store(stairwell, reading, await clerkOf(stairwell)));
    await done(store(await emptyStairwell(), reading));
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(1);
    const { rows } = await sql<{ actor: string; verb: string; content: unknown }>`
      select e.actor, e.verb, c.content from log_entry e join log_content c using (stairwell_id, seq) where e.stairwell_id = ${stairwell.stairwellId}`.execute(database.db);
    const digest = digestOf(JSON.stringify(reading.flats)).toString("hex");
    expect(rows).toMatchObject([{ actor: expect.stringMatching(/^account:\d+$/), verb: "roll-imported", content: { digest, units: 2, area: "100.00", heads: 2, openQuestions: 1 } }]);
    const { rows: kept } = await sql<{ text: string }>`
      select content::text as text from log_content union all select summary::text from import_run union all select answer::text from form_post`.execute(database.owner.db);
    expect(kept.filter(({ text }) => text.includes("欧阳无双"))).toEqual([]);
    const runs = await database.db.selectFrom("importRun").select(["kind", "summary"]).where("digest", "=", Buffer.from(digest, "hex")).execute();
    expect(runs).toMatchObject([{ kind: "roll", summary: { stairwell: stairwell.code } }, { kind: "roll" }]);
  });

  it("changes nothing the second time, and says so", async () => {
    const stairwell = await emptyStairwell();
    const flats = [rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }]), rollFlat("201", ["王芳"]), rollFlat("301", ["王芳", { name: "李强", idTail: "0001" }])];
    await done(storeFlats(stairwell, flats));
    const before = await countRows();
    const owners = await readOwners(stairwell);
    expect(await done(storeFlats(stairwell, flats))).toMatchObject({ changed: false, heads: 3, flatsAdded: 0, flatsChanged: 0, openQuestions: 3 });
    expect(await countRows()).toEqual(before);
    expect(await readOwners(stairwell)).toEqual(owners);
  });

  it("happens once for the same form, and once for the same file stored at the same moment", async () => {
    const stairwell = await emptyStairwell();
    const key = formKey();
    const roll = { stairwell: stairwell.code, reading: rollReading([rollFlat("101", ["王芳"]), rollFlat("201", ["王芳"])]), accountId: null, fileDigest: digestOf("a") };
    const [one, other] = await Promise.all([storeRoll(deps(), { ...roll, formKey: key }), storeRoll(deps(), { ...roll, formKey: key })]);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ ok: true, changed: true });
    const all = await Promise.all(Array.from({ length: 5 }, () => store(stairwell, roll.reading)));
    expect(all.map((outcome) => outcome.ok && outcome.changed)).toEqual([false, false, false, false, false]);

    const fresh = await emptyStairwell();
    const fourth = await Promise.all(Array.from({ length: 4 }, () => store(fresh, roll.reading)));
    expect(fourth.filter((outcome) => outcome.ok && outcome.changed)).toHaveLength(1);
    expect(await readOwners(fresh)).toHaveLength(2);
    expect(await verifyChain(database.db, fresh.stairwellId)).toBe(1);
  });

  it("adds an owner once who stands on two rolls stored at the same moment", async () => {
    const one = await emptyStairwell();
    const other = await createStairwell(database.db, { community: { ...one, code: one.code.split("-")[0] ?? "" }, flatsPerFloor: 0 });
    const flats = [rollFlat("101", [{ name: "钱多", idNumber: "310104195010180014" }])];
    await Promise.all([done(storeFlats(one, flats)), done(storeFlats(other, flats))]);
    const [a, b] = [await readOwners(one), await readOwners(other)];
    expect(a[0]?.id).toBe(b[0]?.id);
  });

  it("counts the new flats among the households, so that the stairwell may leave the reserve", async () => {
    const stairwell = await createStairwell(database.db, { floors: 1, flatsPerFloor: 2, stage: "reserve" });
    const { stairwellId, subdistrictId } = stairwell;
    await database.db
      .insertInto("intent")
      .values(stairwell.flats.map((flat) => ({ subdistrictId, stairwellId, flatId: flat.id, choice: "willing" as const, channel: "paper" as const, knownBy: "committee" as const, filedAt: now })))
      .execute();
    await done(storeFlats(stairwell, ["101", "102", "201", "202"].map((room, i) => rollFlat(room, [`住户${"甲乙丙丁"[i]}`]))));
    const project = await database.db.selectFrom("project").select(["stage", "reserveSince"]).where("stairwellId", "=", stairwellId).executeTakeFirst();
    expect(project).toEqual({ stage: "intent", reserveSince: null });
    expect(await verifyChain(database.db, stairwellId)).toBe(2);
  });

  it("says which consultation runs, which keeps the roll that it was opened with", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const frozen = () => database.db.selectFrom("rollEntry").select(["unit", "voter", "area"]).where("consultationId", "=", opened.consultationId).orderBy("unit").execute();
    const before = await frozen();
    const flats = opened.stairwell.flats.map(({ room }) => rollFlat(room, ["新业主"], { area: 7777 }));
    expect(await done(storeFlats(opened.stairwell, flats))).toMatchObject({ changed: true, running: opened.consultation, flatsChanged: 2, ownersLeft: 2 });
    expect(await frozen()).toEqual(before);
  });
});

describe("a flat that was sold", () => {
  it("has its new owner from that day on, and the old one until then", async () => {
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, [rollFlat("101", [{ name: "王芳", phone: "13900000011" }, "李强"]), rollFlat("201", ["赵敏"])]));
    const sold = [rollFlat("101", [{ name: "孙丽", phone: "13900000012" }, "李强"]), rollFlat("201", ["赵敏"])];
    // 23:30 on the 22nd in Shanghai.
    const stored = await done(storeFlats(stairwell, sold, null, new Date("2026-11-22T15:30:00Z")));
    expect(stored).toMatchObject({ flatsChanged: 1, ownersJoined: 1, ownersLeft: 1 });
    const owners = await readOwners(stairwell);
    expect(owners.map(({ room, name, since, until }) => [room, name, since, until])).toEqual([
      ["101", "王芳", null, "2026-11-22"], ["101", "李强", null, null], ["101", "孙丽", "2026-11-22", null], ["201", "赵敏", null, null],
    ]);
  });

  it("is no longer in the hands of the former owner's account", async () => {
    const stairwell = await emptyStairwell();
    const { subdistrictId, stairwellId } = stairwell;
    await done(storeFlats(stairwell, [rollFlat("101", [{ name: "王芳", phone: "13900000021" }]), rollFlat("201", [{ name: "赵敏", phone: "13900000022" }])]));
    const flats = await database.db.selectFrom("flat").select(["id", "room"]).where("stairwellId", "=", stairwellId).orderBy("room").execute();
    const [seller, neighbour] = await Promise.all(
      flats.map(({ id }, i) => createAccount(database.db, "resident", { subdistrictId, scopeId: id, phone: `1390000002${i + 1}` })),
    );
    await done(storeFlats(stairwell, [rollFlat("101", [{ name: "孙丽", phone: "13900000023" }]), rollFlat("201", ["赵敏"])]));
    const grants = await database.db.selectFrom("grant").select(["accountId", "revokedAt"]).where("accountId", "in", [seller ?? 0, neighbour ?? 0]).orderBy("accountId").execute();
    expect(grants).toEqual([{ accountId: seller, revokedAt: now }, { accountId: neighbour, revokedAt: null }].sort((a, b) => (a.accountId ?? 0) - (b.accountId ?? 0)));
  });

  it("has its old owner back, phone and all, when the roll was the wrong one", async () => {
    const stairwell = await emptyStairwell();
    const right = [rollFlat("101", [{ name: "王芳", phone: "13900000031" }]), rollFlat("201", ["赵敏"])];
    await done(storeFlats(stairwell, right));
    const before = await readOwners(stairwell);
    await done(storeFlats(stairwell, [rollFlat("101", ["甲"]), rollFlat("201", ["乙"])]));
    await done(storeFlats(stairwell, [rollFlat("101", ["王芳"]), rollFlat("201", ["赵敏"])]));
    const present = (await readOwners(stairwell)).filter(({ until }) => until === null);
    expect(present.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(present[0]?.phoneCipher).toEqual(before[0]?.phoneCipher);
  });
});

describe("an owner who is known", () => {
  it("is the same by ID in another stairwell of the subdistrict, and in no other subdistrict", async () => {
    const one = await emptyStairwell();
    const community = { ...one, code: one.code.split("-")[0] ?? "" };
    const next = await createStairwell(database.db, { community, flatsPerFloor: 0 });
    const far = await emptyStairwell();
    const flats = [rollFlat("101", [{ name: "王芳", idNumber: ID_B, phone: "13900000041" }])];
    for (const stairwell of [one, next, far]) await done(storeFlats(stairwell, flats));
    const [a, b, c] = await Promise.all([one, next, far].map(readOwners));
    expect(b?.[0]?.id).toBe(a?.[0]?.id);
    expect(c?.[0]?.id).not.toBe(a?.[0]?.id);
  });

  it("keeps the phone that another committee knows, whatever a clerk's roll says", async () => {
    const theirs = await emptyStairwell();
    const { subdistrictId } = theirs;
    await done(storeFlats(theirs, [rollFlat("101", [{ name: "周全", idTail: "0077", phone: "13900000051" }])]));
    const committee = await database.db.insertInto("committee").values({ subdistrictId, name: "另一个居委", phone: "1" }).returning("id").executeTakeFirstOrThrow();
    const community = await database.db
      .insertInto("community")
      .values({ subdistrictId, committeeId: committee.id, code: "ANOTHER", name: "别处", pinyin: "biechu", initials: "bc", address: "" })
      .returning("id")
      .executeTakeFirstOrThrow();
    const mine = await createStairwell(database.db, { community: { subdistrictId, committeeId: committee.id, communityId: community.id, code: "ANOTHER" }, flatsPerFloor: 0 });
    const flats = [rollFlat("201", [{ name: "周全", idTail: "0077", phone: "13900000052" }])];
    expect(await done(storeFlats(mine, flats, await clerkOf(mine)))).toMatchObject({ changed: true, phonesKept: ["201"] });
    const [there, here] = [await readOwners(theirs), await readOwners(mine)];
    expect(here[0]?.id).toBe(there[0]?.id);
    expect(testVault.open(here[0]?.phoneCipher ?? Buffer.alloc(0))).toBe("13900000051");
    // Whoever runs the installation may.
    expect(await done(storeFlats(mine, flats))).toMatchObject({ changed: true, phonesKept: [] });
    expect(testVault.open((await readOwners(theirs))[0]?.phoneCipher ?? Buffer.alloc(0))).toBe("13900000052");
  });
});

describe("a question of the roll", () => {
  const thrice = ["101", "201", "301"].map((room) => rollFlat(room, ["王芳"]));
  const asked = async (stairwell: TestStairwell) =>
    (await listOwnerQuestions(database.db, stairwell.stairwellId)).map(({ roomA, roomB, answer }) => `${roomA} ${roomB} ${answer}`).sort();
  const answer = async (stairwell: TestStairwell, rooms: string, given: "same" | "different") => {
    const question = (await listOwnerQuestions(database.db, stairwell.stairwellId)).find(({ roomA, roomB }) => `${roomA} ${roomB}` === rooms);
    return answerQuestion(deps(), { stairwell: stairwell.code, questionId: question?.id ?? 0, answer: given, accountId: await clerkOf(stairwell), formKey: formKey() });
  };

  it("stays answered when the roll is stored again", async () => {
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, thrice));
    expect(await asked(stairwell)).toEqual(["101 201 null", "101 301 null", "201 301 null"]);
    await done(answer(stairwell, "101 301", "same"));
    await done(answer(stairwell, "101 201", "different"));
    expect(await headsNow(stairwell)).toEqual([["101", "301"], ["201"]]);
    expect(await done(storeFlats(stairwell, thrice))).toMatchObject({ changed: false, heads: 2 });
    expect(await headsNow(stairwell)).toEqual([["101", "301"], ["201"]]);
    // With another flat and in another order, too.
    const more = [...thrice, rollFlat("401", ["赵敏"])].reverse();
    expect(await done(storeFlats(stairwell, more))).toMatchObject({ changed: true, heads: 3, openQuestions: 1 });
    expect(await asked(stairwell)).toEqual(["101 201 different", "101 301 same", "201 301 null"]);
  });

  it("is answered with those that follow from it, and not against them", async () => {
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, thrice));
    await done(answer(stairwell, "101 201", "same"));
    await done(answer(stairwell, "201 301", "same"));
    expect(await asked(stairwell)).toEqual(["101 201 same", "101 301 same", "201 301 same"]);
    expect(await headsNow(stairwell)).toEqual([["101", "201", "301"]]);

    const other = await emptyStairwell();
    await done(storeFlats(other, thrice));
    await done(answer(other, "101 201", "same"));
    await done(answer(other, "101 301", "different"));
    expect(await refusalOf(answer(other, "201 301", "same"))).toBe("answers_contradict");
    await done(answer(other, "201 301", "different"));
    expect(await headsNow(other)).toEqual([["101", "201"], ["301"]]);
  });

  it("joins what is known of either, and settles what IDs then tell apart", async () => {
    const stairwell = await emptyStairwell();
    const flats = [rollFlat("101", ["冯唐"]), rollFlat("201", [{ name: "冯唐", idTail: "0101", phone: "13900000061" }]), rollFlat("301", [{ name: "冯唐", idTail: "0202" }])];
    await done(storeFlats(stairwell, flats));
    expect(await asked(stairwell)).toEqual(["101 201 null", "101 301 null"]);
    await done(answer(stairwell, "101 201", "same"));
    expect(await asked(stairwell)).toEqual(["101 201 same", "101 301 different"]);
    const [first] = await readOwners(stairwell);
    expect(testVault.open(first?.phoneCipher ?? Buffer.alloc(0))).toBe("13900000061");
    expect(await done(storeFlats(stairwell, flats))).toMatchObject({ changed: false, heads: 2 });
  });

  it("is withdrawn when the roll brings the IDs that answer it", async () => {
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, thrice.slice(0, 2)));
    const told = [rollFlat("101", [{ name: "王芳", idTail: "0001" }]), rollFlat("201", [{ name: "王芳", idTail: "0002" }])];
    expect(await done(storeFlats(stairwell, told))).toMatchObject({ changed: true, heads: 2, ownersJoined: 0, openQuestions: 0 });
    expect(await asked(stairwell)).toEqual([]);
  });

  it("is asked about owners of several names in the same two flats, each by itself", async () => {
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, [rollFlat("101", ["王芳", "阿依·古丽"]), rollFlat("201", ["王芳", "阿依•古丽"])]));
    for (const { id } of await listOwnerQuestions(database.db, stairwell.stairwellId)) {
      await done(answerQuestion(deps(), { stairwell: stairwell.code, questionId: id, answer: "same", accountId: await clerkOf(stairwell), formKey: formKey() }));
    }
    expect(await headsNow(stairwell)).toEqual([["101", "201"]]);
  });
});

describe("a roll is refused and leaves every table as it was", () => {
  it.each([
    ["roll_faulty", rollReading([rollFlat("101", ["王芳"])], { faults: [{ line: 3, column: "建筑面积", code: "empty", value: "" }] }), { faults: 1 }],
    ["floor_unknown", rollReading([rollFlat("101", ["王芳"]), rollFlat("1", ["李强"], { floor: null })]), { rooms: "1" }],
    ["floor_beyond", rollReading([rollFlat("101", ["王芳"], { floor: 61 })]), { rooms: "101" }],
    ["flats_missing", rollReading([rollFlat("101", ["王芳"])]), { rooms: "102、201、202" }],
    ["roll_name_too_long", rollReading([rollFlat("101", ["王".repeat(121)])]), { rooms: "101" }],
  ] as const)("%s", async (code, reading, params) => {
    const stairwell = await createStairwell(database.db, { floors: 2 });
    const before = await countRows();
    const outcome = await store(stairwell, reading);
    expect(outcome).toEqual({ ok: false, problem: { code, params } });
    expect(outcome.ok || problemText(outcome.problem)).toMatch(/什么都没有保存/);
    expect(await countRows()).toEqual(before);
  });

  it("for a stairwell that there is not", async () => {
    const outcome = storeRoll(deps(), { stairwell: "X-1", reading: rollReading([rollFlat("101", ["王芳"])]), accountId: null, formKey: null, fileDigest: digestOf("") });
    expect(await refusalOf(outcome)).toBe("stairwell_unknown");
  });
});

describe("phones and ID numbers", () => {
  it("stand in no column as they are", async () => {
    const [phone, landline] = ["13912345678", "02187654321"];
    const stairwell = await emptyStairwell();
    await done(storeFlats(stairwell, [rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone }]), rollFlat("201", [{ name: "王芳", idTail: "0001", phone: landline }])], await clerkOf(stairwell)));
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(database.owner.db);
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(database.owner.db);
      const hex = (text: string) => Buffer.from(text).toString("hex");
      const found = rows.filter(({ row }) => [ID_A, phone, landline].some((secret) => row.includes(secret) || row.includes(hex(secret))));
      expect([name, found]).toEqual([name, []]);
    }
  });
});

const FOLDER = "../shared/data/rolls";

describe.skipIf(!existsSync(FOLDER))(`the rolls of committees, skipped where ${FOLDER} is missing`, () => {
  const expectedOf = (name: string) => JSON.parse(readFileSync(`${FOLDER}/${name}.expected.json`, "utf8")) as { file: string; units: number; area: string; voters: number; rooms: string[] };

  it.each(["a-gb18030", "b-utf8-bom-semicolon", "c-title-rows-merged"])("%s is stored with the flats and heads that are expected", async (name) => {
    const expected = expectedOf(name);
    const bytes = readFileSync(`${FOLDER}/${expected.file}`);
    const stairwell = await emptyStairwell();
    const given = { stairwell: stairwell.code, reading: await readRoll(bytes), accountId: null, formKey: null, fileDigest: digestOf(bytes) };
    const stored = await done(storeRoll(deps(), given));
    expect(stored).toMatchObject({ units: expected.units, heads: expected.voters, flatsAdded: expected.units });
    expect((await readFlats(stairwell)).map(({ room }) => room)).toEqual([...expected.rooms].sort());
    expect((await readFlats(stairwell)).reduce((sum, { area }) => sum + area, 0)).toBe(Math.round(Number(expected.area) * 100));
    expect(await headsNow(stairwell)).toHaveLength(expected.voters);
    expect(await headsNow(stairwell)).toEqual(sorted(given.reading.heads));
    expect(await done(storeRoll(deps(), given))).toMatchObject({ changed: false });
  });

  it("d-broken stores nothing", async () => {
    const bytes = readFileSync(`${FOLDER}/d-broken.csv`);
    const stairwell = await emptyStairwell();
    const before = await countRows();
    const outcome = await storeRoll(deps(), { stairwell: stairwell.code, reading: await readRoll(bytes), accountId: null, formKey: null, fileDigest: digestOf(bytes) });
    expect(outcome).toEqual({ ok: false, problem: { code: "roll_faulty", params: { faults: 10 } } });
    expect(await countRows()).toEqual(before);
  });
});
