import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConsultationFile } from "#app/domain/consultation-file.ts";
import { endOfDay } from "#app/domain/shanghai-day.ts";
import { tally } from "#app/domain/tally.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { publishResult } from "#app/use-cases/consultation/publish-result.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { listBallotsOfFlat, listRoll, listVoidRequests } from "#db/queries/ballots.server.ts";
import {
  findConsultation, listConsultations, listConsultationsOfStairwell, readConsultationFile, readConsultationRows,
} from "#db/queries/consultations.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type ConsultationShape, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createOwner, formKey } from "../support/factories.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const open = (shape: ConsultationShape = {}) => openedConsultation(database.db, shape);
const askVoid = ({ consultation, clerk, deps }: OpenedConsultation, seq: number, reason = "无书面委托") =>
  requestVoid(deps, { consultation, seq, reason, accountId: clerk, formKey: formKey() });
const agreeVoid = ({ consultation, colleague, deps }: OpenedConsultation, seq: number) =>
  confirmVoid(deps, { consultation, seq, accountId: colleague, formKey: formKey() });

describe("casting a ballot", () => {
  it("counts the newest of a flat and keeps the earlier ones", async () => {
    const opened = await open();
    const first = await done(opened.cast("101", "oppose"));
    const second = await done(opened.cast("101", "agree", { channel: "paper" }));
    await done(opened.cast("102", "abstain", { channel: "proxy", authorisation: "委托其子代为弃权", receivedOn: "2026-11-21" }));
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(first.receipt).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/);

    const history = await listBallotsOfFlat(database.db, opened.consultationId, "101");
    expect(history.map(({ seq, choice, channel, receivedOn, counts }) => [seq, choice, channel, receivedOn, counts])).toEqual([
      [2, "agree", "paper", "2026-11-21", true],
      [1, "oppose", "online", null, false],
    ]);
    const board = await listRoll(database.db, opened.consultationId);
    expect(board.slice(0, 3).map(({ unit, choice, channel, seq, ballots }) => [unit, choice, channel, seq, ballots])).toEqual([
      ["101", "agree", "paper", 2, 2],
      ["102", "abstain", "proxy", 3, 1],
      ["201", null, null, null, 0],
    ]);
    expect((await readLog(database.db, opened.stairwell.stairwellId)).slice(-2)[0]).toMatchObject({
      verb: "ballot-cast", actor: `account:${opened.clerk}`,
      content: { consultation: opened.consultation, room: "102", seq: 3, choice: "abstain", channel: "proxy", receivedOn: "2026-11-21" },
    });
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(6);
  });

  it("is not for a neighbour, a flat that is not on the roll, or a consultation that there is not", async () => {
    const opened = await open();
    const own = opened.stairwell.flats.filter(({ room }) => room === "101").map(({ id }) => id);
    expect(await refusalOf(opened.cast("202", "agree", { channel: "online", flatIds: own }))).toBe("not_your_flat");
    expect(await refusalOf(opened.cast("202", "agree", { channel: "online", flatIds: [] }))).toBe("not_your_flat");
    expect(await refusalOf(opened.cast("909", "agree", { channel: "paper" }))).toBe("not_on_roll");
    const unknown = { consultation: "Q0", room: "101", choice: "agree", channel: "paper", accountId: opened.clerk, formKey: formKey() } as const;
    expect(await refusalOf(castBallot(opened.deps, unknown))).toBe("not_open");
    expect((await readConsultationRows(database.db, opened.consultationId)).ballots).toEqual([]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(1);
  });

  it("by proxy needs its authorisation, which is kept for proxies only", async () => {
    const opened = await open();
    expect(await refusalOf(opened.cast("101", "agree", { channel: "proxy" }))).toBe("authorisation_missing");
    await done(opened.cast("101", "agree", { channel: "proxy", authorisation: "委托书写明同意" }));
    expect((await listBallotsOfFlat(database.db, opened.consultationId, "101"))[0]?.authorisation).toBe("委托书写明同意");
  });

  it("ends with the deadline online, and on paper with the last day on which it came in", async () => {
    const opened = await open();
    const { consultation, clerk: accountId } = opened;
    const form = { consultation, room: "101", choice: "agree", accountId } as const;
    const flatIds = opened.stairwell.flats.map(({ id }) => id);
    expect(await refusalOf(castBallot(opened.later, { ...form, channel: "online", flatIds, formKey: formKey() }))).toBe("after_deadline");
    const paper = (receivedOn?: string) => castBallot(opened.later, { ...form, channel: "paper", receivedOn, formKey: formKey() });
    expect(await refusalOf(paper())).toBe("after_deadline");
    expect(await refusalOf(paper("2026-11-29"))).toBe("after_deadline");
    expect(await refusalOf(paper("2026-11-30"))).toBe("received_in_future");
    expect(await refusalOf(paper("2026-11-20"))).toBe("received_before_opening");
    await done(paper("2026-11-28"));
    await done(opened.close());
    expect(await refusalOf(paper("2026-11-28"))).toBe("not_open");
  });

  it("has one effect for one form, and the form is not good for another ballot", async () => {
    const opened = await open();
    const key = formKey();
    const first = await done(opened.cast("101", "agree", undefined, key));
    expect(await done(opened.cast("101", "agree", undefined, key))).toEqual(first);
    expect(await refusalOf(opened.cast("101", "oppose", undefined, key))).toBe("form_used_elsewhere");
    expect(await refusalOf(opened.cast("102", "agree", undefined, key))).toBe("form_used_elsewhere");
    expect((await readConsultationRows(database.db, opened.consultationId)).ballots).toHaveLength(1);
  });
});

describe("voiding a ballot", () => {
  it("takes two people, and lets the ballot before it stand again", async () => {
    const opened = await open();
    await done(opened.cast("101", "oppose"));
    await done(opened.cast("101", "agree", { channel: "paper" }));
    await done(askVoid(opened, 2));
    const board = async () => (await listRoll(database.db, opened.consultationId))[0];
    expect(await board()).toMatchObject({ unit: "101", choice: "agree", pendingVoid: true });
    expect(await listVoidRequests(database.db, opened.consultationId)).toMatchObject([{ room: "101", seq: 2, reason: "无书面委托", state: "pending" }]);

    const { consultation, clerk, deps } = opened;
    expect(await refusalOf(askVoid(opened, 2))).toBe("already_requested");
    expect(await refusalOf(confirmVoid(deps, { consultation, seq: 2, accountId: clerk, formKey: formKey() }))).toBe("same_person");
    expect(await refusalOf(agreeVoid(opened, 1))).toBe("not_requested");
    await done(agreeVoid(opened, 2));
    expect(await board()).toMatchObject({ choice: "oppose", seq: 1, ballots: 2, pendingVoid: false });
    expect(await listVoidRequests(database.db, opened.consultationId)).toMatchObject([{ state: "confirmed" }]);
    expect((await listBallotsOfFlat(database.db, opened.consultationId, "101"))[0]).toMatchObject({ seq: 2, voidReason: "无书面委托", counts: false });

    expect(await refusalOf(askVoid(opened, 2))).toBe("already_void");
    expect(await refusalOf(agreeVoid(opened, 2))).toBe("already_void");
    expect((await readLog(database.db, opened.stairwell.stairwellId)).map(({ verb }) => verb).slice(-2)).toEqual(["ballot-void-requested", "ballot-voided"]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(6);
  });

  it("can be turned down with a reason, and be asked again", async () => {
    const opened = await open();
    await done(opened.cast("101", "agree"));
    const { consultation, colleague: accountId, deps } = opened;
    const reject = (seq: number, reason = "已补交委托") => rejectVoid(deps, { consultation, seq, reason, accountId, formKey: formKey() });
    expect(await refusalOf(reject(1))).toBe("not_requested");
    await done(askVoid(opened, 1));
    await done(reject(1));
    expect(await refusalOf(reject(1))).toBe("not_requested");
    expect(await refusalOf(agreeVoid(opened, 1))).toBe("not_requested");
    await done(askVoid(opened, 1, "他人代签"));
    await done(agreeVoid(opened, 1));
    expect((await listVoidRequests(database.db, opened.consultationId)).map(({ state, reason, rejectedFor }) => [state, reason, rejectedFor])).toEqual([
      ["confirmed", "他人代签", null],
      ["rejected", "无书面委托", "已补交委托"],
    ]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(6);
  });

  it("never writes an owner's name into the record", async () => {
    const opened = await open();
    const { name } = await createOwner(database.db, { subdistrictId: opened.stairwell.subdistrictId, flatIds: [opened.stairwell.flats[0]?.id ?? 0], name: "沈月英" });
    await done(opened.cast("101", "agree"));
    expect(await refusalOf(askVoid(opened, 1, `由${name}代签`))).toBe("reason_names_owner");
    await done(askVoid(opened, 1));
    const { consultation, colleague: accountId, clerk, deps, later } = opened;
    expect(await refusalOf(rejectVoid(deps, { consultation, seq: 1, reason: `${name}已到场`, accountId, formKey: formKey() }))).toBe("reason_names_owner");
    expect(await refusalOf(closeConsultation(later, { consultation, reason: `${name}要求`, accountId: clerk, formKey: formKey() }))).toBe("reason_names_owner");
  });

  it("is refused for a ballot that there is not", async () => {
    const opened = await open();
    const { consultation, clerk: accountId, deps } = opened;
    expect(await refusalOf(askVoid(opened, 1))).toBe("ballot_unknown");
    expect(await refusalOf(agreeVoid(opened, 1))).toBe("ballot_unknown");
    expect(await refusalOf(rejectVoid(deps, { consultation, seq: 1, reason: "查无", accountId, formKey: formKey() }))).toBe("ballot_unknown");
    expect(await refusalOf(askVoid({ ...opened, consultation: "Q0" }, 1))).toBe("ballot_unknown");
  });
});

describe("closing, certifying and publishing", () => {
  it("give the exact lawful result, and a file that a recount agrees with", async () => {
    // Eight of twelve return, six agree: just two thirds and just three quarters.
    const opened = await open();
    const rooms = opened.stairwell.flats.map(({ room }) => room);
    for (const room of rooms.slice(0, 6)) await done(opened.cast(room, "agree"));
    for (const room of rooms.slice(6, 8)) await done(opened.cast(room, "oppose", { channel: "paper" }));
    expect(await readConsultationFile(database.db, opened.consultation)).toBeUndefined();
    expect(await refusalOf(opened.certify())).toBe("not_closed");

    const closed = await done(opened.close());
    expect(closed.result).toMatchObject({ passed: true, roll: { heads: 12, units: 12 }, participated: { heads: 8, area: "480.00" }, agree: { heads: 6 } });
    expect(await refusalOf(opened.publish())).toBe("not_certified");
    const certified = await done(opened.certify());
    expect(certified.result).toEqual(closed.result);
    await done(opened.publish());

    const file: unknown = JSON.parse(JSON.stringify(await readConsultationFile(database.db, opened.consultation)));
    const parsed = parseConsultationFile(file);
    if (!parsed.ok) throw new Error(parsed.at);
    const found = await findConsultation(database.db, opened.consultation);
    expect(tally(parsed.consultation)).toEqual(found?.certificate?.result);
    expect(found).toMatchObject({ closedAt: opened.later.now, publishedAt: opened.later.now, certificate: { passed: true, source: "portal" } });
    expect(parsed.consultation.ruleset).toBe("cn-civil-278-major");
    const owners = await database.db.selectFrom("owner").select("name").execute();
    for (const { name } of owners) expect(JSON.stringify(file)).not.toContain(name);

    expect((await readLog(database.db, opened.stairwell.stairwellId)).map(({ verb }) => verb).slice(-3)).toEqual([
      "consultation-closed", "consultation-certified", "result-published",
    ]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(14);
    const again = [await refusalOf(opened.close()), await refusalOf(opened.certify()), await refusalOf(opened.publish())];
    expect(again).toEqual(["not_open", "already_certified", "already_published"]);
  });

  it("come early only once nothing can change, and with a reason", async () => {
    const opened = await open({ floors: 2 });
    const early = (reason?: string) =>
      closeConsultation(opened.deps, { consultation: opened.consultation, reason, accountId: opened.clerk, formKey: formKey() });
    await done(opened.cast("101", "agree"));
    expect(await refusalOf(early("急"))).toBe("before_deadline");
    for (const room of ["102", "201", "202"]) await done(opened.cast(room, "agree"));
    expect(await refusalOf(early())).toBe("reason_missing");
    await done(early("四户全部交回"));
    expect((await findConsultation(database.db, opened.consultation))?.closeReason).toBe("四户全部交回");
  });

  it("need two people", async () => {
    const opened = await open();
    await done(opened.close());
    const { consultation, clerk: accountId, later } = opened;
    expect(await refusalOf(certifyConsultation(later, { consultation, accountId, formKey: formKey() }))).toBe("same_person");
    await done(opened.certify());
  });

  it("wait until differing ballots of one person and open requests are resolved", async () => {
    const opened = await open({
      owned: false,
      async before({ subdistrictId, flats }) {
        const [first = 0, second = 0, ...others] = flats.map(({ id }) => id);
        for (const flatIds of [[first, second], ...others.map((id) => [id])]) await createOwner(database.db, { subdistrictId, flatIds });
      },
    });
    await done(opened.cast("101", "agree"));
    await done(opened.cast("102", "oppose"));
    const { result } = await done(opened.close());
    expect(result.split.heads).toBe(1);
    expect(await opened.certify()).toEqual({ ok: false, problem: { code: "unresolved_split", params: { rooms: "101、102" } } });
    await done(askVoid(opened, 2));
    expect(await opened.certify()).toEqual({ ok: false, problem: { code: "void_pending", params: { rooms: "102" } } });
    await done(agreeVoid(opened, 2));
    expect((await done(opened.certify())).result).toMatchObject({ split: { heads: 0 }, agree: { heads: 1 } });
    for (const late of [askVoid(opened, 1), agreeVoid(opened, 1)]) expect(await refusalOf(late)).toBe("certified");
  });

  it("are refused for a consultation that there is not", async () => {
    const { clerk: accountId, later } = await open();
    const unknown = () => ({ consultation: "Q0", accountId, formKey: formKey() });
    expect(await refusalOf(closeConsultation(later, unknown()))).toBe("not_open");
    expect(await refusalOf(certifyConsultation(later, unknown()))).toBe("not_closed");
    expect(await refusalOf(publishResult(later, unknown()))).toBe("not_certified");
  });

  it("have one effect for one form each", async () => {
    const opened = await open();
    for (const step of [opened.close, opened.certify, opened.publish]) {
      const key = formKey();
      expect(await step(key)).toEqual(await step(key));
    }
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(4);
  });
});

describe("the desk's list", () => {
  it("has what is not published, for the committee and for the whole subdistrict", async () => {
    const opened = await open();
    const { subdistrictId, committeeId } = opened.stairwell;
    await done(opened.cast("101", "agree"));
    await done(askVoid(opened, 1));
    const within = { committeeIds: [committeeId], subdistrictIds: [] };
    const ofCommittee = async (show?: "ended" | "all") => (await listConsultations(database.db, within, { show })).consultations;
    expect(await ofCommittee()).toMatchObject([
      { code: opened.consultation, stairwell: opened.stairwell.code, state: "open", flats: 12, returned: 1, pendingVoids: 1, closesAt: endOfDay("2026-11-28") },
    ]);
    expect((await listConsultations(database.db, { committeeIds: [], subdistrictIds: [subdistrictId] })).consultations).toHaveLength(1);
    expect(await listConsultations(database.db, { committeeIds: [], subdistrictIds: [] })).toEqual({ consultations: [], count: 0, pages: 1 });
    await done(agreeVoid(opened, 1));
    await done(opened.close());
    expect(await ofCommittee()).toMatchObject([{ state: "closed", returned: 0, pendingVoids: 0 }]);
    await done(opened.certify());
    expect(await ofCommittee()).toMatchObject([{ state: "certified", passed: false }]);
    await done(opened.publish());
    expect(await ofCommittee()).toEqual([]);
    for (const show of ["ended", "all"] as const) expect(await ofCommittee(show)).toMatchObject([{ state: "published", passed: false }]);
    expect(await listConsultationsOfStairwell(database.db, opened.stairwell.stairwellId)).toMatchObject([{ state: "published", passed: false }]);
  });
});

describe("a refusal", () => {
  it("has a sentence that names its figures", async () => {
    const opened = await open();
    const answer = await castBallot(opened.later, {
      consultation: opened.consultation, room: "101", choice: "agree", channel: "paper", accountId: opened.clerk, formKey: formKey(),
    });
    expect(answer.ok ? "" : problemText(answer.problem)).toBe("征询到 2026 年 11 月 28 日 为止，这张票没有记录。之前投的票不变。");
  });
});
