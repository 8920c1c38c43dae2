import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planPeriod } from "#app/domain/notice-clock.ts";
import type { OpinionKind } from "#app/domain/opinion.ts";
import { endOfDay, startOfDay } from "#app/domain/shanghai-day.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { noticeMessages } from "#app/i18n/zh-CN/opinions.ts";
import { addPostedPhotos } from "#app/use-cases/notice/add-posted-photos.server.ts";
import { endOverNotices } from "#app/use-cases/notice/end-over-notices.server.ts";
import { remindOfNotices } from "#app/use-cases/notice/remind-of-notices.server.ts";
import { showPostedPhotos } from "#app/use-cases/notice/show-posted-photos.server.ts";
import { withdrawNotice } from "#app/use-cases/notice/withdraw-notice.server.ts";
import { addMediationStep, type MediationEntryToAdd } from "#app/use-cases/opinion/add-mediation-step.server.ts";
import { answerOpinion } from "#app/use-cases/opinion/answer-opinion.server.ts";
import { recordOpinion, type OpinionGiver } from "#app/use-cases/opinion/record-opinion.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import type { Db } from "#db/client.server.ts";
import { findNotice, listNoticeFiles } from "#db/queries/notices.server.ts";
import { findOpinion, listMediation } from "#db/queries/opinions.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { passedPlan, type PassedPlan } from "../support/plan-notices.ts";

let database: TestDatabase;
let drawing: Uint8Array;
beforeAll(async () => {
  database = await cloneDatabase();
  drawing = await photo();
});
afterAll(() => database.close());

const DAY_ONE = "2026-12-01T02:00:00Z";
const byPaper = (plan: PassedPlan, receivedOn: string | null = null): OpinionGiver => ({ channel: "paper", accountId: plan.clerk, name: "钱先生", phone: "13900001234", receivedOn });
const give = (deps: Deps, notice: number, by: OpinionGiver, change: { kind?: OpinionKind; room?: string; text?: string; formKey?: string } = {}) =>
  recordOpinion(deps, { notice, kind: change.kind ?? "objection", room: change.room ?? null, text: change.text ?? "井道挡住我家厨房的光", by, formKey: change.formKey ?? formKey() });
const facts = async (plan: PassedPlan, at: string) => readProjectFacts(database.db, plan.stairwell.stairwellId, new Date(at));

describe("the notice of a plan", () => {
  it("is published with its drawing after a passed consultation, ends seventeen days later, and never changes", async () => {
    const plan = await passedPlan(database);
    const deps = plan.at(DAY_ONE);
    expect(await refusalOf(plan.announce(deps, { drawings: [] }))).toBe("drawing_missing");
    expect(await refusalOf(plan.announce(deps, { looked: false }))).toBe("drawing_not_looked");
    expect(await refusalOf(plan.announce(deps, { seen: "another" }))).toBe("notice_changed");
    expect(await refusalOf(plan.announce(deps, { remark: `找业主${plan.stairwell.code}-101` }))).toBe("reason_names_owner");
    const key = formKey();
    const { notice } = await done(plan.announce(deps, { formKey: key }));
    expect(await done(plan.announce(deps, { formKey: key }))).toEqual({ ok: true, notice });
    expect(await refusalOf(plan.announce(deps))).toBe("notice_not_due");

    const found = await findNotice(database.db, notice);
    expect(found).toMatchObject({ kind: "plan", days: 17, opinionDays: 7, endsOn: "2026-12-18" });
    expect(found?.body).toContain("从 2026 年 12 月 2 日到 2026 年 12 月 11 日");
    expect(found?.body).toContain("到 2026 年 12 月 18 日 24:00 为止");
    expect(await listNoticeFiles(database.db, notice, { all: false })).toMatchObject([{ role: "drawing" }]);
  });

  it("once published, cannot be changed or removed by the application, nor by the owner of the tables", async () => {
    const plan = await passedPlan(database);
    const { notice } = await done(plan.announce(plan.at(DAY_ONE)));
    const before = await findNotice(database.db, notice);
    const changes = [
      sql`update notice set ends_on = '2026-12-02' where id = ${notice}`, sql`update notice set opinion_days = 1 where id = ${notice}`,
      sql`update notice set published_at = '2026-11-01' where id = ${notice}`, sql`update notice set days = 1, ends_on = '2026-12-02' where id = ${notice}`,
      sql`update notice set kind = 'other' where id = ${notice}`, sql`update notice set published_at = null where id = ${notice}`, sql`delete from notice where id = ${notice}`,
    ];
    for (const change of changes) {
      await expect(change.execute(database.db)).rejects.toMatchObject({ code: expect.toBeOneOf(["42501", "23001"]) as string });
      await expect(change.execute(database.owner.db)).rejects.toMatchObject({ code: expect.toBeOneOf(["23001", "23503"]) as string });
    }
    for (const around of [sql`truncate notice cascade`, sql`alter table notice disable trigger notice_clock`, sql`drop trigger notice_clock on notice`]) {
      await expect(around.execute(database.db)).rejects.toMatchObject({ code: "42501" });
    }
    await expect(sql`truncate notice cascade`.execute(database.owner.db)).rejects.toMatchObject({ code: "23001" });
    expect(await findNotice(database.db, notice)).toEqual(before);
  });

  it("cannot be made shorter in the database either, nor without a drawing or a passed consultation", async () => {
    const plan = await passedPlan(database);
    const { subdistrictId, stairwellId } = plan.stairwell;
    const insert = (db: Db, change: { days: number; opinionDays: number; endsOn: string; consultationId?: number | null }) =>
      db
        .insertInto("notice")
        .values({
          subdistrictId, stairwellId, kind: "plan", title: "方案公示", body: "短", number: 90, consultationId: plan.consultationId,
          draftedAt: new Date(DAY_ONE), publishedAt: new Date(DAY_ONE), ...change,
        })
        .execute();
    for (const change of [
      { days: 16, opinionDays: 7, endsOn: "2026-12-17" },
      { days: 17, opinionDays: 6, endsOn: "2026-12-18" },
      { days: 17, opinionDays: 7, endsOn: "2026-12-17" },
      { days: 17, opinionDays: 7, endsOn: "2026-12-18", consultationId: null },
      // Long enough, and without a drawing.
      { days: 17, opinionDays: 7, endsOn: "2026-12-18" },
    ]) {
      for (const db of [database.db, database.owner.db]) await expect(insert(db, change)).rejects.toMatchObject({ code: "23001" });
    }
  });

  it("counts its days in Shanghai: published a second before midnight it ends a day earlier than a second later", async () => {
    const late = await passedPlan(database);
    const next = await passedPlan(database);
    const one = await done(late.announce(late.at("2028-02-11T15:59:59Z")));
    const other = await done(next.announce(next.at("2028-02-11T16:00:00Z")));
    expect((await findNotice(database.db, one.notice))?.endsOn).toBe("2028-02-28");
    expect((await findNotice(database.db, other.notice))?.endsOn).toBe("2028-02-29");
    expect(await facts(next, "2028-02-29T15:59:59Z")).toMatchObject({ planNoticeOver: false });
    expect(await facts(next, "2028-02-29T16:00:00Z")).toMatchObject({ planNoticeOver: true });
    // What the database counts by itself is the same, over a year's end and a leap day too.
    const days = ["2026-12-14", "2026-12-31", "2027-02-11", "2028-02-12", "2028-02-29", "2028-12-31", "2100-02-12"];
    const moments = days.flatMap((day) => [startOfDay(day), endOfDay(day)]);
    for (const at of moments) {
      const { rows } = await sql<{ ends: string }>`select (${at}::timestamptz at time zone 'Asia/Shanghai')::date + 17 as ends`.execute(database.db);
      expect([at, rows[0]?.ends]).toEqual([at, planPeriod(at).endsOn]);
    }
  });

  it("taken back, begins anew: its clock and its count of days", async () => {
    const plan = await passedPlan(database);
    const { notice } = await done(plan.announce(plan.at(DAY_ONE)));
    expect(await facts(plan, "2026-12-19T02:00:00Z")).toMatchObject({ planNoticeOver: true, objectionsAnswered: true });
    const later = plan.at("2026-12-10T02:00:00Z");
    await done(withdrawNotice(later, { notice, reason: "图纸传错", title: notices.withdrawalTitle, accountId: plan.clerk, formKey: formKey() }));
    expect(await facts(plan, "2026-12-19T02:00:00Z")).toMatchObject({ planNoticeOver: false });
    await done(plan.announce(later));
    expect(await facts(plan, "2026-12-27T15:59:59Z")).toMatchObject({ planNoticeOver: false });
    expect(await facts(plan, "2026-12-27T16:00:00Z")).toMatchObject({ planNoticeOver: true });
    expect(await refusalOf(give(later, notice, byPaper(plan)))).toBe("takes_no_opinions");
  });

  it("has photos of its paper as proof; they go public only where somebody has looked", async () => {
    const plan = await passedPlan(database);
    const deps = plan.at(DAY_ONE);
    const { notice } = await done(plan.announce(deps));
    const add = (looked: boolean, id = notice) => addPostedPhotos(deps, { notice: id, photos: [drawing], looked, caption: "楼道口", accountId: plan.clerk, formKey: formKey() });
    await done(add(false));
    expect(await listNoticeFiles(database.db, notice, { all: false })).toHaveLength(1);
    await done(add(true));
    expect((await listNoticeFiles(database.db, notice, { all: false })).filter(({ role }) => role === "posted")).toHaveLength(1);
    expect((await listNoticeFiles(database.db, notice, { all: true })).filter(({ role }) => role === "posted")).toHaveLength(2);
    expect(await refusalOf(add(true, 0))).toBe("notice_unknown");

    const show = (looked: boolean, id = notice) => showPostedPhotos(deps, { notice: id, looked, accountId: plan.clerk, formKey: formKey() });
    expect(await refusalOf(show(false))).toBe("posted_not_looked");
    expect(await done(show(true))).toMatchObject({ photos: 1 });
    expect((await listNoticeFiles(database.db, notice, { all: false })).filter(({ role }) => role === "posted")).toHaveLength(2);
    expect(await refusalOf(show(true))).toBe("posted_all_shown");
    expect(await refusalOf(show(true, 0))).toBe("notice_unknown");
  });
});

describe("opinions on a plan", () => {
  it("come online from owners of the community, on paper and by phone, and each is answered once", async () => {
    const plan = await passedPlan(database);
    const { subdistrictId, flats, stairwellId } = plan.stairwell;
    const deps = plan.at(DAY_ONE);
    const { notice } = await done(plan.announce(deps));
    const resident = await createAccount(database.db, "resident", { subdistrictId, scopeId: flats[0]?.id ?? 0 });
    const online: OpinionGiver = { channel: "online", accountId: resident, flatIds: flats.slice(0, 1).map(({ id }) => id) };
    const stranger = await createStairwell(database.db);
    expect(await refusalOf(give(deps, notice, { ...online, flatIds: stranger.flats.map(({ id }) => id) }))).toBe("not_owner_here");
    expect(await refusalOf(give(deps, notice, online, { room: "999" }))).toBe("flat_unknown");
    expect(await refusalOf(give(deps, notice, byPaper(plan), { room: "999" }))).toBe("flat_unknown");
    expect(await refusalOf(give(deps, 0, online))).toBe("notice_unknown");

    const key = formKey();
    const objection = await done(give(deps, notice, online, { formKey: key }));
    expect(await done(give(deps, notice, online, { formKey: key }))).toEqual(objection);
    await done(give(deps, notice, { ...byPaper(plan), channel: "phone" } as OpinionGiver, { kind: "suggestion", room: "101" }));
    const stored = await findOpinion(database.db, objection.opinion);
    expect(stored).toMatchObject({ kind: "objection", channel: "online", room: "101", receivedOn: "2026-12-01" });
    expect(stored?.textCipher.toString()).not.toContain("厨房");

    expect(await facts(plan, "2026-12-19T02:00:00Z")).toMatchObject({ objectionsAnswered: false });
    const answer = (stairwell = plan.stairwell.code) => answerOpinion(deps, { stairwell, opinion: objection.opinion, text: "井道改用玻璃", message: noticeMessages.answered, accountId: plan.clerk, formKey: formKey() });
    expect(await refusalOf(answer(stranger.code))).toBe("opinion_unknown");
    await done(answer());
    expect(await refusalOf(answer())).toBe("opinion_answered");
    // The suggestion has no answer yet: that is owed, and holds nothing up.
    expect(await facts(plan, "2026-12-19T02:00:00Z")).toMatchObject({ objectionsAnswered: true });
    expect(testVault.open((await findOpinion(database.db, objection.opinion))?.answerCipher ?? Buffer.alloc(0))).toBe("井道改用玻璃");
    expect(await verifyChain(database.db, stairwellId)).toBeGreaterThan(8);
  });

  it("in time count when they are typed later; out of time they are refused, in the database too", async () => {
    const plan = await passedPlan(database);
    const { notice } = await done(plan.announce(plan.at(DAY_ONE)));
    const after = plan.at("2026-12-20T02:00:00Z");
    const refusal = (receivedOn: string, deps = after) => refusalOf(give(deps, notice, byPaper(plan, receivedOn)));
    expect(await refusal("2026-12-19")).toBe("opinion_too_late");
    expect(await refusal("2026-11-30")).toBe("opinion_too_early");
    expect(await refusal("2026-12-10", plan.at("2026-12-09T02:00:00Z"))).toBe("received_in_future");
    expect(await refusal("2026-12-18")).toBe("done");
    expect(await facts(plan, "2026-12-20T02:00:00Z")).toMatchObject({ planNoticeOver: true, objectionsAnswered: false });
    const online: OpinionGiver = { channel: "online", accountId: plan.clerk, flatIds: plan.stairwell.flats.map(({ id }) => id) };
    expect(await refusalOf(give(plan.at("2026-12-18T15:59:59Z"), notice, online))).toBe("done");
    expect(await refusalOf(give(plan.at("2026-12-18T16:00:00Z"), notice, online))).toBe("opinion_too_late");
    await expect(
      sql`insert into opinion (subdistrict_id, stairwell_id, notice_id, kind, channel, taken_by, text_cipher, received_on, at)
        select subdistrict_id, stairwell_id, notice_id, kind, 'paper', ${plan.clerk}, text_cipher, '2026-12-19', '2026-12-20T02:00:00Z' from opinion where notice_id = ${notice} limit 1`.execute(database.db),
    ).rejects.toMatchObject({ code: "23001" });
    await database.db.updateTable("project").set({ stage: "agreement" }).where("stairwellId", "=", plan.stairwell.stairwellId).execute();
    expect(await refusal("2026-12-18")).toBe("plan_moved_on");
  });

  it("that object are mediated: sessions, offers, outcome, agreement; every step stays as it was written", async () => {
    const plan = await passedPlan(database);
    const deps = plan.at(DAY_ONE);
    const { notice } = await done(plan.announce(deps));
    const { opinion } = await done(give(deps, notice, byPaper(plan)));
    const { opinion: suggestion } = await done(give(deps, notice, byPaper(plan), { kind: "suggestion" }));
    const step = (change: Pick<MediationEntryToAdd, "step"> & Partial<MediationEntryToAdd>) =>
      addMediationStep(deps, { stairwell: plan.stairwell.code, opinion, text: "在居委会谈了一次", accountId: plan.clerk, formKey: formKey(), ...change });
    expect(await refusalOf(step({ step: "session", heldOn: "2026-12-02" }))).toBe("session_in_future");
    expect(await refusalOf(step({ step: "session", heldOn: "2026-12-01", opinion: suggestion }))).toBe("nothing_to_mediate");
    expect(await refusalOf(step({ step: "session", heldOn: "2026-12-01", stairwell: "X1-001" }))).toBe("opinion_unknown");
    await done(step({ step: "session", heldOn: "2026-12-01" }));
    await done(step({ step: "offer", party: "agent" }));
    expect(await refusalOf(step({ step: "agreement" }))).toBe("not_agreed");
    await done(step({ step: "outcome", outcome: "agreed" }));
    expect(await refusalOf(step({ step: "offer", party: "agent" }))).toBe("mediation_ended");
    await done(step({ step: "agreement", text: "井道改用玻璃，留 1.2 米间距" }));
    expect((await listMediation(database.db, opinion)).map(({ kind }) => kind)).toEqual(["session", "offer", "outcome", "agreement"]);
    for (const table of ["opinion", "mediation_step"]) {
      await expect(sql`update ${sql.table(table)} set text_cipher = text_cipher where true`.execute(database.owner.db)).rejects.toMatchObject({ code: "23001" });
    }
    expect((await listRowFaults(database.db)).filter(({ kind }) => /opinion|mediation/.test(kind))).toEqual([]);
  });
});

describe("the clock of the portal", () => {
  const failed = (notice: number, error: Error) => {
    throw new Error(`notice ${notice}: ${error.message}`);
  };
  const own = async (plan: PassedPlan) =>
    database.db.selectFrom("noticeEnd").innerJoin("notice", "notice.id", "noticeEnd.noticeId").select(["opinions", "objections"]).where("stairwellId", "=", plan.stairwell.stairwellId).execute();

  it("ends a notice at the midnight after its last day, once, whoever looks and however often", async () => {
    const plan = await passedPlan(database);
    const { notice } = await done(plan.announce(plan.at(DAY_ONE)));
    await done(give(plan.at(DAY_ONE), notice, byPaper(plan)));
    await endOverNotices(plan.at("2026-12-18T15:59:59Z"), failed);
    expect(await own(plan)).toEqual([]);
    const midnight = plan.at("2026-12-18T16:00:00Z");
    await Promise.all([endOverNotices(midnight, failed), endOverNotices(midnight, failed)]);
    await endOverNotices(midnight, failed);
    expect(await own(plan)).toEqual([{ opinions: 1, objections: 1 }]);
    expect(await verifyChain(database.db, plan.stairwell.stairwellId)).toBeGreaterThan(8);
  });

  it("does not end one that was taken back, and reminds of what runs out, by day and once", async () => {
    const gone = await passedPlan(database);
    const { notice } = await done(gone.announce(gone.at(DAY_ONE)));
    await done(withdrawNotice(gone.at(DAY_ONE), { notice, reason: "图纸传错", title: notices.withdrawalTitle, accountId: gone.clerk, formKey: formKey() }));
    const plan = await passedPlan(database, {
      owned: false,
      before: async ({ subdistrictId, flats }) => {
        for (const [index, flat] of flats.entries()) {
          // Two owners with one phone get one message.
          await createOwner(database.db, { subdistrictId, flatIds: [flat.id], phone: `1370000000${Math.min(index, 2)}` });
        }
      },
    });
    await done(plan.announce(plan.at(DAY_ONE)));
    const remind = (at: string) => remindOfNotices(plan.at(at), noticeMessages, failed);
    await remind("2026-12-14T02:00:00Z");
    await remind("2026-12-15T15:00:00Z");
    const messages = () => database.db.selectFrom("outbox").select(["textCipher"]).where("kind", "=", "plan-notice-ends").where("subdistrictId", "=", plan.stairwell.subdistrictId).execute();
    expect(await messages()).toEqual([]);
    await Promise.all([remind("2026-12-15T02:00:00Z"), remind("2026-12-15T02:00:00Z")]);
    await remind("2026-12-16T02:00:00Z");
    const sent = await messages();
    expect(sent).toHaveLength(3);
    expect(testVault.open(sent[0]?.textCipher ?? Buffer.alloc(0))).toContain("2026 年 12 月 18 日 24:00 为止");
    await endOverNotices(gone.at("2026-12-20T02:00:00Z"), failed);
    expect(await own(gone)).toEqual([]);
  });
});
