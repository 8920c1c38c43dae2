import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OBJECTION_HOURS } from "#app/domain/assisted.ts";
import { assistedMessages, objectionReason } from "#app/i18n/zh-CN/assisted.ts";
import { nameHome } from "#app/i18n/zh-CN/binding.ts";
import { objectToFiling } from "#app/use-cases/assisted/object.server.ts";
import type { Telling } from "#app/use-cases/assisted/tell-owners.server.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { listBallotsOfFlat, listVoidRequests } from "#db/queries/ballots.server.ts";
import { listProgressRows } from "#db/queries/exports.server.ts";
import { countIntents } from "#db/queries/intents.server.ts";
import { countFilingsByMonth, listWaitingReserve } from "#db/queries/office.server.ts";
import { listProgress, listStairwellProgress } from "#db/queries/progress.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { findStairwell } from "#db/queries/stairwells.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type StairwellShape, type TestStairwell } from "../support/factories.ts";
import { messagesTo } from "../support/phone.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";

let database: TestDatabase;
let portal: TestPortal;
let clock = new Date("2026-11-21T02:30:00Z");
const deps = (now = new Date("2026-11-21T02:30:00Z")): Deps => ({ db: database.db, vault: testVault, now });

beforeAll(async () => {
  database = await cloneDatabase();
  await createStairwell(database.db);
  portal = await openPortal(database, { clock: () => clock });
});
afterAll(() => database.close());

let phones = 0;
const newPhone = () => `1360000${String(++phones).padStart(4, "0")}`;

/** A stairwell whose flat 101 has an owner with this phone on the roll, and nobody else. */
async function withOwner(phone: string | null, shape: StairwellShape = {}): Promise<{ stairwell: TestStairwell; ownerId: number; clerk: number }> {
  const stairwell = await createStairwell(database.db, { stage: "intent", ...shape, owned: false });
  const { ownerId } = await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], name: "沈月英", ...(phone !== null && { phone }) });
  const clerk = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
  return { stairwell, ownerId, clerk };
}

const telling = (ownerId: number | null, name: string | null = null): Telling => ({
  ownerId, name, message: assistedMessages.intent("http://portal.test"), nameHome,
});

const file = (stairwell: TestStairwell, clerk: number, given: { telling: Telling; choice?: "willing" | "unwilling"; at?: Date }) =>
  fileIntent(deps(given.at), {
    stairwell: stairwell.code, room: "101", choice: given.choice ?? "willing", worry: "cost", needsHelp: true, channel: "assisted",
    name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: clerk, telling: given.telling, formKey: formKey(),
  });

/** The token of the newest link that was sent to a phone. */
async function tokenTo(phone: string): Promise<string> {
  const [message] = await messagesTo(database.db, phone);
  return /\/o\/([\w-]+)/.exec(message?.text ?? "")?.[1] ?? "";
}

const object = (token: string, now?: Date, key = formKey()) => objectToFiling(deps(now), { token, reason: objectionReason, formKey: key });
const ticketsOf = ({ stairwellId }: TestStairwell) =>
  database.db.selectFrom("ticket").select(["kind", "channel", "intentId", "ballotId", "openedBy", "contactHash"]).where("stairwellId", "=", stairwellId).execute();

describe("an intent that was filed for an owner", () => {
  it("counts, and the owner's phone is told where to object, with 128 bits that nobody else has", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone);
    const filed = await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    expect(filed).toMatchObject({ counts: true, told: [`136****${phone.slice(-4)}`] });
    expect(await messagesTo(database.db, phone)).toMatchObject([{ kind: "intent-assisted", text: expect.stringContaining("101室代填了加梯意愿") as string }]);
    const token = await tokenTo(phone);
    expect(Buffer.from(token, "base64url")).toHaveLength(16);
    const links = await database.db.selectFrom("objectionLink").selectAll().execute();
    expect(JSON.stringify(links)).not.toContain(token);
    const kept = await database.db.selectFrom("assistedFiling").select(["ownerId", "ballotId"]).where("stairwellId", "=", stairwell.stairwellId).execute();
    expect(kept).toEqual([{ ownerId, ballotId: null }]);
  });

  it("is said by an owner on the roll, or by somebody with a name where the roll has none", async () => {
    const { stairwell, ownerId, clerk } = await withOwner(null);
    expect(await refusalOf(file(stairwell, clerk, { telling: telling(null, "沈月英") }))).toBe("speaker_not_chosen");
    expect(await refusalOf(file(stairwell, clerk, { telling: telling(ownerId + 1) }))).toBe("speaker_not_owner");
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 0 });
    expect(await done(file(stairwell, clerk, { telling: telling(ownerId) }))).toMatchObject({ told: [] });

    const bare = await createStairwell(database.db, { stage: "intent", owned: false });
    const other = await createAccount(database.db, "committee", { subdistrictId: bare.subdistrictId, scopeId: bare.committeeId });
    expect(await refusalOf(file(bare, other, { telling: telling(null) }))).toBe("speaker_not_chosen");
    await done(file(bare, other, { telling: telling(null, "沈月英") }));
  });

  it("is told to each owner by a link of their own, and where the roll has no phone to those bound to the flat", async () => {
    const [one, two] = [newPhone(), newPhone()];
    const { stairwell, ownerId, clerk } = await withOwner(one);
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], phone: two });
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    expect(await tokenTo(one)).not.toBe(await tokenTo(two));

    const bound = newPhone();
    const silent = await withOwner(null);
    await createAccount(database.db, "resident", { subdistrictId: silent.stairwell.subdistrictId, scopeId: silent.stairwell.flats[0]?.id ?? 0, phone: bound });
    await done(file(silent.stairwell, silent.clerk, { telling: telling(silent.ownerId) }));
    expect(await messagesTo(database.db, bound)).toHaveLength(1);
  });

  it("counts no longer once the owner objects; the one before stands again, and the committee has a ticket", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone, { floors: 1, flatsPerFloor: 2 });
    await done(file(stairwell, clerk, { telling: telling(ownerId), choice: "unwilling", at: new Date("2026-11-01T02:00:00Z") }));
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1, willing: 1 });
    await done(object(await tokenTo(phone)));
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1, willing: 0 });
    expect(await ticketsOf(stairwell)).toMatchObject([{ kind: "intent-not-mine", channel: "link", openedBy: null, contactHash: testVault.hash("phone", phone) }]);
    await verifyChain(database.db, stairwell.stairwellId);
    expect((await listRowFaults(database.db)).filter((fault) => fault.stairwell === stairwell.code)).toEqual([]);
  });

  it("takes the stairwell out of the reserve with it, and counts on no page and in no file any more", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone, { floors: 1, flatsPerFloor: 1 });
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const reserve = () => database.db.selectFrom("project").select("reserveSince").where("stairwellId", "=", stairwell.stairwellId).executeTakeFirstOrThrow();
    const { code, subdistrictId, committeeId } = stairwell;
    const counted = async () => ({
      page: (await findStairwell(database.db, code))?.willing,
      file: (await listProgressRows(database.db, { committeeIds: [committeeId], subdistrictIds: [] })).map(({ filed, willing }) => [filed, willing]),
      community: (await listProgress(database.db, { committee: committeeId })).map(({ withIntents }) => withIntents),
      picture: (await listStairwellProgress(database.db)).find((one) => one.code === code)?.hasIntents,
      trend: (await countFilingsByMonth(database.db, { subdistrictId, committee: committeeId })).length,
    });
    expect((await reserve()).reserveSince).not.toBeNull();
    expect(await counted()).toEqual({ page: 1, file: [[1, 1]], community: [1], picture: true, trend: 1 });
    expect((await listWaitingReserve(database.db, { subdistrictId, committee: committeeId })).map(({ willing }) => willing)).toEqual([1]);
    await done(object(await tokenTo(phone)));
    expect((await reserve()).reserveSince).toBeNull();
    expect(await counted()).toEqual({ page: 0, file: [[0, 0]], community: [0], picture: false, trend: 0 });
  });
});

describe("the link by which to object", () => {
  const at = (hours: number, ms = 0) => new Date(new Date("2026-11-21T02:30:00Z").getTime() + hours * 3_600_000 + ms);

  it("holds to the last millisecond of two days", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone);
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const token = await tokenTo(phone);
    expect(await refusalOf(object(token, at(OBJECTION_HOURS)))).toBe("link_expired");
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1 });
    await done(object(token, at(OBJECTION_HOURS, -1)));
  });

  it("is good once, for one of the owners, and the same form for all time", async () => {
    const [one, two] = [newPhone(), newPhone()];
    const { stairwell, ownerId, clerk } = await withOwner(one);
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], phone: two });
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const [first, second] = [await tokenTo(one), await tokenTo(two)];
    const key = formKey();
    const twice = await Promise.all([done(object(first, undefined, key)), done(object(first, undefined, key))]);
    expect(twice[0]).toEqual(twice[1]);
    expect(await refusalOf(object(first))).toBe("link_used");
    expect(await refusalOf(object(second))).toBe("link_used");
    expect(await ticketsOf(stairwell)).toHaveLength(1);
    expect(await refusalOf(object("A".repeat(22)))).toBe("link_expired");
  });

  it("of two owners at the same moment, one objects", async () => {
    const [one, two] = [newPhone(), newPhone()];
    const { stairwell, ownerId, clerk } = await withOwner(one);
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], phone: two });
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const both = await Promise.all([one, two].map(async (phone) => refusalOf(object(await tokenTo(phone)))));
    expect(both.sort()).toEqual(["done", "link_used"]);
  });
});

describe("a ballot that was filed for an owner", () => {
  async function told() {
    const phone = newPhone();
    const opened = await openedConsultation(database.db, {
      before: async ({ subdistrictId, flats }) => {
        await createOwner(database.db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], phone });
      },
    });
    const { ownerId } = await database.db.selectFrom("owner").innerJoin("ownership", "ownership.ownerId", "owner.id").select("ownership.ownerId").where("owner.phoneHash", "=", testVault.hash("phone", phone)).executeTakeFirstOrThrow();
    const cast = async (choice: "agree" | "oppose" = "agree") =>
      castBallot(opened.deps, {
        consultation: opened.consultation, room: "101", choice, channel: "assisted", page: await opened.scan(), accountId: opened.clerk, formKey: formKey(),
        telling: { ...telling(ownerId), message: assistedMessages.ballot("http://portal.test") },
      });
    const check = (seq: number) => checkBallot(opened.deps, { consultation: opened.consultation, seq, verdict: "confirmed", accountId: opened.colleague, formKey: formKey() });
    return { phone, opened, cast, check, at: { consultation: opened.consultation, formKey: formKey() } };
  }

  it("cannot be confirmed while its owner objects; voided by one clerk it counts as never cast", async () => {
    const { phone, opened, cast, check } = await told();
    const { seq } = await done(cast());
    expect((await messagesTo(database.db, phone))[0]).toMatchObject({ kind: "ballot-assisted", text: expect.stringContaining("表决票") as string });
    await done(object(await tokenTo(phone), opened.deps.now));
    expect(await refusalOf(check(seq))).toBe("owner_objects");
    const [ballot] = await listBallotsOfFlat(database.db, opened.consultationId, "101");
    await expect(
      database.db.insertInto("ballotCheck").values({ ballotId: await ballotIdOf(opened.consultationId, seq), subdistrictId: opened.stairwell.subdistrictId, verdict: "confirmed", accountId: opened.colleague, at: opened.deps.now }).execute(),
    ).rejects.toThrow("the owner objects");
    expect(ballot?.counts).toBe(false);
    expect(await listVoidRequests(database.db, opened.consultationId)).toMatchObject([{ room: "101", requestedBy: null, reason: objectionReason, state: "pending" }]);
    expect(await ticketsOf(opened.stairwell)).toMatchObject([{ kind: "ballot-not-mine", channel: "link" }]);
    await done(confirmVoid(opened.deps, { consultation: opened.consultation, seq, accountId: opened.clerk, formKey: formKey() }));
    expect((await listBallotsOfFlat(database.db, opened.consultationId, "101"))[0]).toMatchObject({ end: "void", counts: false });
    await verifyChain(database.db, opened.stairwell.stairwellId);
    expect((await listRowFaults(database.db)).filter((fault) => fault.stairwell === opened.stairwell.code)).toEqual([]);
  });

  it("stands again where somebody else than who typed it settles the objection", async () => {
    const { phone, opened, cast, check } = await told();
    const { seq } = await done(cast());
    await done(object(await tokenTo(phone), opened.deps.now));
    const settle = (accountId: number) => rejectVoid(opened.deps, { consultation: opened.consultation, seq, reason: "电话核实，是本人的意思", accountId, formKey: formKey() });
    expect(await refusalOf(settle(opened.clerk))).toBe("same_person");
    await done(settle(opened.colleague));
    await done(check(seq));
    expect((await listBallotsOfFlat(database.db, opened.consultationId, "101"))[0]?.counts).toBe(true);
  });

  it("that was confirmed before is still asked to be void, and keeps the result from being certified", async () => {
    const { phone, opened, cast, check } = await told();
    const { seq } = await done(cast());
    await done(check(seq));
    await done(object(await tokenTo(phone), opened.deps.now));
    await done(opened.close());
    expect(await refusalOf(opened.certify())).toBe("void_pending");
    await done(confirmVoid(opened.later, { consultation: opened.consultation, seq, accountId: opened.clerk, formKey: formKey() }));
    await done(opened.certify());
  });

  it("that is part of a certified result stays; the committee has a ticket all the same", async () => {
    const { phone, opened, cast, check } = await told();
    const { seq } = await done(cast());
    await done(check(seq));
    for (const { room } of opened.stairwell.flats.slice(1)) await done(opened.cast(room, "agree"));
    await done(opened.close());
    await done(opened.certify());
    await database.owner.pool.query("update objection_link set expires_at = $1", [new Date(opened.later.now.getTime() + 1_000)]);
    await done(object(await tokenTo(phone), opened.later.now));
    expect(await listVoidRequests(database.db, opened.consultationId)).toEqual([]);
    expect(await ticketsOf(opened.stairwell)).toHaveLength(1);
  });

  async function ballotIdOf(consultationId: number, seq: number): Promise<number> {
    return (await database.db.selectFrom("ballot").select("id").where("consultationId", "=", consultationId).where("seq", "=", seq).executeTakeFirstOrThrow()).id;
  }
});

describe("the page behind the link", () => {
  const words = (body: string) => (/<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

  it("shows what was recorded without the flat, changes nothing by being opened, and takes one tap", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone);
    clock = new Date("2026-11-21T03:00:00Z");
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const url = `/o/${await tokenTo(phone)}`;
    const page = await portal.get(url);
    expect(page.status).toBe(200);
    expect(words(page.body)).toMatch(/为您的房屋代填了.*愿意.*费用.*需要帮助.*不是我的意思/);
    expect(page.body).not.toMatch(/101|沈月英|1360000/);
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1 });

    const objected = await portal.post(url, { "form-key": formKey() });
    expect(objected.location).toBe(`${url}?done=yes`);
    expect(words((await portal.get(objected.location ?? "")).body)).toContain("这一份意愿已经不算数");
    expect(words((await portal.get(url)).body)).toContain("已经收到您的异议");
    const again = await portal.post(url, { "form-key": formKey() });
    expect([again.status, words(again.body).includes("已经收到您的异议")]).toEqual([409, true]);
  });

  it("is gone after two days, and after too many guesses slow", async () => {
    const phone = newPhone();
    const { stairwell, ownerId, clerk } = await withOwner(phone);
    await done(file(stairwell, clerk, { telling: telling(ownerId) }));
    const url = `/o/${await tokenTo(phone)}`;
    clock = new Date("2026-11-23T02:30:00Z");
    const late = await portal.get(url);
    expect([late.status, words(late.body).includes("两天内有效")]).toEqual([410, true]);
    expect((await portal.post(url, { "form-key": formKey() })).status).toBe(422);
    let answer = await portal.get(`/o/${"A".repeat(22)}`);
    expect(answer.status).toBe(404);
    for (let tries = 0; answer.status === 404 && tries < 40; tries++) answer = await portal.get(`/o/${"A".repeat(22)}`);
    expect(answer.status).toBe(429);
  });
});
