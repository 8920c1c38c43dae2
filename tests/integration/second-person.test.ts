import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextWithout } from "#app/domain/board.ts";
import { parseConsultationFile } from "#app/domain/consultation-file.ts";
import { endOfDay } from "#app/domain/shanghai-day.ts";
import { tally, tallyRows } from "#app/domain/tally.ts";
import { nameHome } from "#app/i18n/zh-CN/binding.ts";
import { receiptMessage } from "#app/i18n/zh-CN/paper.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { verifyReceipt } from "#app/use-cases/consultation/verify-receipt.server.ts";
import { listBallotsOfFlat, listRoll } from "#db/queries/ballots.server.ts";
import { listConsultations, readConsultationFile, readConsultationRows } from "#db/queries/consultations.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type ConsultationShape, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createOwner, formKey } from "../support/factories.ts";
import { messagesTo } from "../support/phone.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const open = (shape: ConsultationShape = {}) => openedConsultation(database.db, shape);
const PAPER = { channel: "paper" } as const;

const disagree = ({ consultation, colleague, deps }: OpenedConsultation, seq: number, note = "票面是弃权") =>
  checkBallot(deps, { consultation, seq, verdict: "disagreed", note, accountId: colleague, formKey: formKey() });
const undo = ({ consultation, clerk, deps }: OpenedConsultation, seq: number, { accountId = clerk, minutes = 0 } = {}) =>
  undoBallot({ ...deps, now: new Date(deps.now.getTime() + minutes * 60_000) }, { consultation, seq, accountId, formKey: formKey() });

/** The heads that take part by both ways of counting, which must agree. */
async function participants({ consultationId }: OpenedConsultation): Promise<number> {
  const rows = tallyRows(await readConsultationRows(database.db, consultationId));
  expect((await tallyInSql(database.db, consultationId))[0]?.result).toEqual(rows);
  return rows.participated.heads;
}

const history = async ({ consultationId }: OpenedConsultation, room = "101") =>
  (await listBallotsOfFlat(database.db, consultationId, room)).map(({ seq, end, counts, checkNote }) => [seq, end, counts, checkNote]);

describe("a ballot from paper", () => {
  it("counts only once a colleague has confirmed it", async () => {
    const opened = await open();
    for (const [room, way] of [["101", PAPER], ["102", { channel: "assisted" }], ["201", { channel: "proxy", authorisation: "委托其子代为同意" }]] as const) {
      await done(opened.record(room, "agree", way));
    }
    await done(opened.cast("202", "agree"));
    expect(await participants(opened)).toBe(1);
    expect(await history(opened)).toEqual([[1, "unchecked", false, null]]);
    const board = await listRoll(database.db, opened.consultationId);
    expect(board[0]).toMatchObject({ unit: "101", choice: null, waitingChoice: "agree", waitingChannel: "paper", waitingSeq: 1, newest: 1 });
    expect(nextWithout(board, "101")?.unit).toBe("301");

    for (const seq of [1, 2, 3]) await done(opened.confirm(seq));
    expect(await participants(opened)).toBe(4);
    expect(await history(opened)).toEqual([[1, null, true, null]]);
    expect((await listRoll(database.db, opened.consultationId))[0]).toMatchObject({ choice: "agree", seq: 1, waitingChoice: null, newest: 1 });
    expect((await readLog(database.db, opened.stairwell.stairwellId)).at(-1)).toMatchObject({
      verb: "ballot-checked", actor: `account:${opened.colleague}`,
      content: { consultation: opened.consultation, room: "201", seq: 3, verdict: "confirmed", note: null },
    });
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(8);
  });

  it("is told to the phones on the roll with its receipt, which /verify knows, and without the choice", async () => {
    const opened = await open();
    const { deps, consultation, colleague, stairwell } = opened;
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], phone: "13800004401" });
    const check = { consultation, accountId: colleague, words: { message: receiptMessage, nameHome } };
    for (const seq of [1, 2]) {
      const { receipt } = await done(opened.record("101", "oppose", PAPER));
      expect(await messagesTo(database.db, "13800004401")).toHaveLength(seq - 1);
      await done(checkBallot(deps, { ...check, seq, verdict: "confirmed", formKey: formKey() }));
      const [{ kind, text } = { kind: "", text: "" }] = await messagesTo(database.db, "13800004401");
      expect(kind).toBe("ballot-recorded");
      expect(text).toContain(`101室的表决票已登记，回执号 ${receipt}，`);
      expect(text).not.toMatch(/不同意|反对/);
      expect((await verifyReceipt(deps, { receipt })).ok).toBe(true);
    }
    const { seq } = await done(opened.record("101", "agree", PAPER));
    await done(checkBallot(deps, { ...check, seq, verdict: "disagreed", note: "票面是弃权", formKey: formKey() }));
    expect(await messagesTo(database.db, "13800004401")).toHaveLength(2);
  });

  it("that the colleague disagrees with goes back with the note, and the one before it stands", async () => {
    const opened = await open();
    await done(opened.cast("101", "oppose", PAPER));
    await done(opened.record("101", "agree", PAPER));
    await done(disagree(opened, 2));
    expect(await history(opened)).toEqual([[2, "disagreed", false, "票面是弃权"], [1, null, true, null]]);
    await done(opened.cast("101", "abstain", PAPER));
    expect((await listRoll(database.db, opened.consultationId))[0]).toMatchObject({ choice: "abstain", seq: 3 });
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(7);
  });

  it("is not for whoever recorded it to confirm, nor asked twice, nor online", async () => {
    const opened = await open();
    const { consultation, clerk: accountId, deps } = opened;
    await done(opened.record("101", "agree", PAPER));
    await done(opened.cast("102", "agree"));
    expect(await refusalOf(checkBallot(deps, { consultation, seq: 1, verdict: "confirmed", accountId, formKey: formKey() }))).toBe("same_person");
    expect(await refusalOf(opened.confirm(2))).toBe("not_to_check");
    expect(await refusalOf(opened.confirm(9))).toBe("ballot_unknown");
    await done(opened.confirm(1));
    expect(await refusalOf(disagree(opened, 1))).toBe("already_checked");
    await done(opened.record("201", "agree", PAPER));
    await done(disagree(opened, 3));
    expect(await refusalOf(opened.confirm(3))).toBe("already_disagreed");
    await done(opened.record("202", "agree", PAPER));
    await done(undo(opened, 4));
    expect(await refusalOf(opened.confirm(4))).toBe("already_undone");
  });

  it("has a note that names no owner", async () => {
    const opened = await open();
    await createOwner(database.db, { subdistrictId: opened.stairwell.subdistrictId, flatIds: [opened.stairwell.flats[0]?.id ?? 0], name: "沈月英" });
    await done(opened.record("101", "agree", PAPER));
    expect(await disagree(opened, 1, "不是沈月英的签名")).toEqual({ ok: false, problem: { code: "reason_names_owner", at: "note" } });
    expect(await history(opened)).toEqual([[1, "unchecked", false, null]]);
  });

  it("that a later one has replaced need not be confirmed any more", async () => {
    const opened = await open();
    await done(opened.record("101", "agree", PAPER));
    await done(opened.record("101", "oppose", PAPER));
    const unchecked = async () => (await listConsultations(database.db, { committeeIds: [opened.stairwell.committeeId], subdistrictIds: [] })).consultations[0]?.unchecked;
    expect(await unchecked()).toBe(1);
    await done(opened.confirm(2));
    expect(await unchecked()).toBe(0);
    await done(opened.close());
    expect((await done(opened.certify())).result).toMatchObject({ oppose: { heads: 1 }, participated: { heads: 1 } });
  });

  it("keeps the consultation from closing early and the result from being certified, and its rooms are named", async () => {
    const opened = await open({ floors: 1 });
    const { consultation, clerk: accountId, deps } = opened;
    for (const room of ["101", "102"]) await done(opened.record(room, "agree", PAPER));
    const early = () => closeConsultation(deps, { consultation, reason: "两户全部交回", accountId, formKey: formKey() });
    const unchecked = { ok: false, problem: { code: "unchecked", params: { rooms: "101、102" } } };
    expect(await early()).toEqual(unchecked);
    await done(opened.close());
    expect(await opened.certify()).toEqual(unchecked);
    await done(opened.confirm(1));
    expect(await opened.certify()).toMatchObject({ problem: { params: { rooms: "102" } } });
    await done(disagree(opened, 2));
    expect((await done(opened.certify())).result).toMatchObject({ participated: { heads: 1 }, agree: { heads: 1 } });
    expect(await refusalOf(opened.confirm(2))).toBe("certified");
  });

  it("stands in the consultation's file with what became of it, and a recount agrees", async () => {
    const opened = await open();
    for (const room of ["101", "102", "201"]) await done(opened.record(room, "agree", PAPER));
    await done(opened.cast("202", "agree"));
    await done(opened.record("202", "oppose", PAPER));
    await done(undo(opened, 5));
    await done(opened.confirm(1));
    await done(disagree(opened, 2));
    await done(opened.close());
    const file = await readConsultationFile(database.db, opened.consultation);
    expect(file?.ballots.map(({ seq, void: end }) => [seq, end])).toEqual([[1, undefined], [2, "票面是弃权"], [3, "unchecked"], [4, undefined], [5, "undone"]]);
    const parsed = parseConsultationFile(JSON.parse(JSON.stringify(file)));
    expect(parsed.ok && tally(parsed.consultation)).toEqual(tallyRows(await readConsultationRows(database.db, opened.consultationId)));
    expect(await participants(opened)).toBe(2);
  });
});

describe("taking a ballot back", () => {
  it("lets the one before it stand again, as a new entry", async () => {
    const opened = await open();
    await done(opened.cast("101", "agree"));
    await done(opened.cast("101", "oppose"));
    expect(await done(undo(opened, 2, { minutes: 10 }))).toMatchObject({ room: "101" });
    expect(await history(opened)).toEqual([[2, "undone", false, null], [1, null, true, null]]);
    expect((await listRoll(database.db, opened.consultationId))[0]).toMatchObject({ choice: "agree", seq: 1, newest: 2 });
    expect((await readLog(database.db, opened.stairwell.stairwellId)).at(-1)).toMatchObject({
      verb: "ballot-undone", actor: `account:${opened.clerk}`, content: { consultation: opened.consultation, room: "101", seq: 2 },
    });
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(4);
    expect(await participants(opened)).toBe(1);
  });

  it("is for whoever recorded it, for ten minutes, once, until somebody else has acted on it", async () => {
    const opened = await open();
    const { consultation, clerk, colleague: accountId, deps } = opened;
    for (const room of ["101", "102", "201"]) await done(opened.record(room, "agree", PAPER));
    expect(await refusalOf(undo(opened, 1, { accountId }))).toBe("not_your_ballot");
    expect(await refusalOf(undo(opened, 1, { minutes: 10.01 }))).toBe("undo_too_late");
    expect(await refusalOf(undo(opened, 9))).toBe("ballot_unknown");
    await done(opened.confirm(1));
    expect(await refusalOf(undo(opened, 1))).toBe("already_checked");
    await done(requestVoid(deps, { consultation, seq: 2, reason: "他人代签", accountId: clerk, formKey: formKey() }));
    expect(await refusalOf(undo(opened, 2))).toBe("already_requested");
    await done(rejectVoid(deps, { consultation, seq: 2, reason: "本人到场", accountId, formKey: formKey() }));
    await done(undo(opened, 2));
    expect(await refusalOf(undo(opened, 2))).toBe("already_undone");
    expect(await refusalOf(requestVoid(deps, { consultation, seq: 2, reason: "他人代签", accountId: clerk, formKey: formKey() }))).toBe("already_undone");
    await done(opened.close());
    expect(await refusalOf(undo(opened, 3))).toBe("not_open");
  });

  it("ends online with the deadline, as voting does", async () => {
    const opened = await open();
    const { consultation, clerk: accountId, stairwell } = opened;
    const at = (moment: number) => ({ ...opened.deps, now: new Date(moment) });
    const deadline = endOfDay("2026-11-28").getTime();
    const form = { consultation, room: "101", choice: "agree", channel: "online", flatIds: stairwell.flats.map(({ id }) => id), accountId } as const;
    const { seq } = await done(castBallot(at(deadline - 60_000), { ...form, formKey: formKey() }));
    expect(await refusalOf(undoBallot(at(deadline + 1), { consultation, seq, accountId, formKey: formKey() }))).toBe("after_deadline");
    await done(undoBallot(at(deadline), { consultation, seq, accountId, formKey: formKey() }));
  });

  it("has one effect for one form", async () => {
    const opened = await open();
    const { consultation, clerk: accountId, deps } = opened;
    await done(opened.cast("101", "agree"));
    const formOfUndo = { consultation, seq: 1, accountId, formKey: formKey() };
    expect(await undoBallot(deps, formOfUndo)).toEqual(await undoBallot(deps, formOfUndo));
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(3);
  });
});

describe("recording for a flat that has voted meanwhile", () => {
  const recordSeen = ({ consultation, clerk: accountId, deps }: OpenedConsultation, seen: number | null | undefined, receivedOn?: string) =>
    castBallot(deps, { consultation, room: "101", choice: "oppose", channel: "paper", seen, receivedOn, accountId, formKey: formKey() });

  it("is refused where there is a newer ballot than the clerk saw, and nothing is stored", async () => {
    const opened = await open();
    await done(recordSeen(opened, null));
    for (const seen of [null, 7]) expect(await refusalOf(recordSeen(opened, seen))).toBe("ballot_newer");
    expect(await history(opened)).toEqual([[1, "unchecked", false, null]]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(2);
    await done(recordSeen(opened, 1));
    await done(recordSeen(opened, undefined));
  });

  it("is refused for paper that came in on a day before the owner voted online, for later ones count", async () => {
    const opened = await open();
    const { consultation, clerk: accountId, deps, stairwell } = opened;
    const nextDay = { ...deps, now: new Date("2026-11-23T02:00:00Z") };
    const flatIds = stairwell.flats.map(({ id }) => id);
    await done(castBallot(nextDay, { consultation, room: "101", choice: "agree", channel: "online", flatIds, accountId, formKey: formKey() }));
    const record = (receivedOn: string) => recordSeen({ ...opened, deps: { ...deps, now: new Date("2026-11-25T02:00:00Z") } }, 1, receivedOn);
    expect(await record("2026-11-22")).toEqual({ ok: false, problem: { code: "newer_online", at: "receivedOn", params: { day: "2026-11-23" } } });
    expect(await history(opened)).toEqual([[1, null, true, null]]);
    await done(record("2026-11-23"));
  });
});
