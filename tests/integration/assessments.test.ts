import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueAssessment } from "#app/use-cases/assessment/issue-assessment.server.ts";
import { recordFinding, type RecordedFinding } from "#app/use-cases/assessment/record-finding.server.ts";
import { returnAssessment } from "#app/use-cases/assessment/return-assessment.server.ts";
import { signAssessment } from "#app/use-cases/assessment/sign-assessment.server.ts";
import { startAssessment } from "#app/use-cases/assessment/start-assessment.server.ts";
import { findAssessment, listFindings } from "#db/queries/assessments.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { draftedAssessment, issuedAssessment } from "../support/assessments.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { openTicket } from "#app/use-cases/ticket/open-ticket.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let visitor: TestPortal;
const now = new Date("2026-11-21T02:00:00Z");
const deps = () => ({ db: database.db, vault: testVault, storage: database.storage, now });

beforeAll(async () => {
  database = await cloneDatabase();
  visitor = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());

const waiting = () => createStairwell(database.db, { stage: "assessment" });
const assessorOf = ({ subdistrictId, stairwellId }: TestStairwell) => createAccount(database.db, "assessor", { subdistrictId, scopeId: stairwellId });
const projectOf = ({ stairwellId }: TestStairwell) =>
  database.db.selectFrom("project").select(["stage", "sideState"]).where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();
const by = (assessmentId: number, accountId: number) => ({ assessmentId, accountId, formKey: formKey() });

describe("an assessment in the stairwell", () => {
  it("is begun when the committee has asked for it, one at a time, with the factors of the day", async () => {
    const [stairwell, early] = [await waiting(), await createStairwell(database.db)];
    const start = (code: string) => startAssessment(deps(), { stairwell: code, accountId: 1, formKey: formKey() });
    const accountId = await assessorOf(stairwell);
    const form = { stairwell: stairwell.code, accountId, formKey: formKey() };
    const first = await done(startAssessment(deps(), form));
    expect(await done(startAssessment(deps(), form))).toEqual(first);
    expect((await findAssessment(database.db, first.assessment))?.factors).toHaveLength(13);
    expect(await refusalOf(start(stairwell.code))).toBe("assessment_running");
    expect(await refusalOf(start(early.code))).toBe("assessment_not_due");
    expect(await refusalOf(start("X-1"))).toBe("stairwell_unknown");
  });

  it("is saved factor by factor, each once however often it is sent, and the newest counts", async () => {
    const stairwell = await waiting();
    const accountId = await assessorOf(stairwell);
    const { assessment: assessmentId } = await done(startAssessment(deps(), { stairwell: stairwell.code, accountId, formKey: formKey() }));
    const save = (change: Partial<RecordedFinding>) =>
      recordFinding(deps(), { assessmentId, factor: "structure", finding: "none", measured: undefined, note: undefined, remedy: undefined, remedyBy: undefined, photos: [], accountId, formKey: formKey(), ...change });
    const key = formKey();
    const lane: Partial<RecordedFinding> = { factor: "fire-lane", finding: "strong", measured: "3.2", note: "停了车", remedy: "划线禁停", remedyBy: "物业", photos: [await photo()], formKey: key };
    expect(await done(save(lane))).toEqual({ ok: true, next: "fire-spacing" });
    expect(await done(save(lane))).toEqual({ ok: true, next: "fire-spacing" });
    expect(await database.db.selectFrom("assessmentPhoto").select("factor").where("assessmentId", "=", assessmentId).execute()).toEqual([{ factor: "fire-lane" }]);
    await done(save({ ...lane, finding: "none", measured: "4", photos: [], formKey: formKey() }));
    expect(await listFindings(database.db, assessmentId)).toEqual([{ factor: "fire-lane", finding: "none", measured: "4.00", note: "停了车", remedy: null, remedyBy: null }]);
    for (const [code, change] of [
      ["factor_unknown", { factor: "roof" }], ["assessment_unknown", { assessmentId: 999_999 }], ["measured_missing", { factor: "fire-lane" }],
      ["below_limit", { factor: "fire-lane", measured: "3.99" }], ["note_missing", { finding: "major" }],
      ["remedy_by_missing", { finding: "weak", remedy: "迁移" }], ["file_broken", { photos: [(await photo()).subarray(0, 400)] }],
    ] as const) expect(await refusalOf(save(change))).toBe(code);
    expect(await listFindings(database.db, assessmentId)).toHaveLength(1);
  });

  it("is signed once all was seen, given back with a reason, signed again, and issued by a second professional", async () => {
    const stairwell = await waiting();
    const { assessment, first, second } = await draftedAssessment(database.db, stairwell, { grade: "B", now });
    expect(await refusalOf(issueAssessment(deps(), { ...by(assessment, second), stairwellId: stairwell.stairwellId }))).toBe("not_signed");
    await done(signAssessment(deps(), by(assessment, first)));
    expect(await refusalOf(signAssessment(deps(), by(assessment, first)))).toBe("already_signed");
    expect(await refusalOf(issueAssessment(deps(), { ...by(assessment, first), stairwellId: stairwell.stairwellId }))).toBe("same_person");
    expect(await refusalOf(returnAssessment(deps(), { ...by(assessment, first), reason: "x" }))).toBe("same_person");
    await done(returnAssessment(deps(), { ...by(assessment, second), reason: "消防车道再量一次" }));
    expect(await findAssessment(database.db, assessment)).toMatchObject({ signedAt: null, returnedFor: "消防车道再量一次" });
    await done(signAssessment(deps(), by(assessment, first)));
    const frozen = { assessmentId: assessment, factor: "pipes", finding: "none" as const, measured: undefined, note: undefined, remedy: undefined, remedyBy: undefined, photos: [], accountId: first, formKey: formKey() };
    expect(await refusalOf(recordFinding(deps(), frozen))).toBe("already_signed");
    await expect(
      sql`insert into assessment_factor (subdistrict_id, assessment_id, factor, finding, account_id, at) values (${stairwell.subdistrictId}, ${assessment}, 'pipes', 'none', ${first}, ${now})`.execute(database.db),
    ).rejects.toThrow("is signed");
    expect(await done(issueAssessment(deps(), { ...by(assessment, second), stairwellId: stairwell.stairwellId }))).toMatchObject({ grade: "B" });
    expect(await refusalOf(issueAssessment(deps(), { ...by(assessment, second), stairwellId: stairwell.stairwellId }))).toBe("already_issued");
    expect(await projectOf(stairwell)).toEqual({ stage: "consultation", sideState: null });
    await expect(database.owner.db.updateTable("assessment").set({ grade: "A" }).where("id", "=", assessment).execute()).rejects.toThrow("keeps");
    expect((await readLog(database.db, stairwell.stairwellId)).map(({ verb }) => verb)).toEqual([
      "assessment-started", "assessment-signed", "assessment-returned", "assessment-signed", "assessment-issued", "stage-moved",
    ]);
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("is not signed while a factor was not seen, nor as B without a remedy", async () => {
    const stairwell = await waiting();
    const accountId = await assessorOf(stairwell);
    const { assessment } = await done(startAssessment(deps(), { stairwell: stairwell.code, accountId, formKey: formKey() }));
    expect(await signAssessment(deps(), by(assessment, accountId))).toMatchObject({ problem: { code: "factors_not_seen" } });
    const other = await draftedAssessment(database.db, await waiting(), { grade: "A" });
    const strong = { factor: "structure", finding: "strong" as const, measured: undefined, note: "墙体开裂", remedy: undefined, remedyBy: undefined, photos: [] };
    await done(recordFinding(deps(), { assessmentId: other.assessment, ...strong, accountId: other.first, formKey: formKey() }));
    expect(await signAssessment(deps(), by(other.assessment, other.first))).toEqual({ ok: false, problem: { code: "remedy_missing", params: { factor: "结构安全状况" } } });
  });

  it("of C stops the project until a re-assessment finds otherwise, which says what has changed", async () => {
    const stairwell = await waiting();
    const { first, second } = await issuedAssessment(database.db, stairwell, { grade: "C" });
    expect(await projectOf(stairwell)).toEqual({ stage: "assessment", sideState: "not-suitable" });
    await issuedAssessment(database.db, stairwell, { grade: "C", by: { first, second } });
    expect(await projectOf(stairwell)).toEqual({ stage: "assessment", sideState: "not-suitable" });
    const { assessment } = await issuedAssessment(database.db, stairwell, { grade: "A", by: { first, second } });
    expect(await projectOf(stairwell)).toEqual({ stage: "consultation", sideState: null });
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(12);
    const clerk = await signedIn(database.db, visitor, await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId }), now);
    const { body } = await clerk.get(`/desk/assessments/${assessment}`);
    for (const part of ["第 3 次评估（复评）", "和第 2 次（C 不适合）比", "A 适合"]) expect(body).toContain(part);

    const notices = `/desk/s/${stairwell.code}/notices`;
    const draft = (await clerk.get(notices)).body;
    for (const part of ["待发布：条件评估公告", "签发，等级：A 适合。", "看过的各项都不妨碍加装。"]) expect(draft).toContain(part);
    const form = new FormData();
    for (const [name, value] of Object.entries({ kind: "assessment", seen: /name="seen" value="([^"]+)"/.exec(draft)?.[1] ?? "", remark: "", "form-key": formKey() })) form.set(name, value);
    const published = (await clerk.upload(notices, form)).location ?? "";
    expect(published).toContain("done=published");
    expect((await visitor.get(`/notices/${/notices\/(\d+)/.exec(published)?.[1]}`)).body).toContain("等级：A 适合");
    expect((await clerk.get(notices)).body).not.toContain("待发布：条件评估公告");
  });
});

describe("who works on an assessment", () => {
  it("records only with the stairwell granted, issues from anywhere in the subdistrict, and the committee looks", async () => {
    const stairwell = await waiting();
    const elsewhere = await createStairwell(database.db, { community: { ...stairwell, code: stairwell.code.split("-")[0] ?? "" } });
    const { assessment, first } = await draftedAssessment(database.db, stairwell);
    const session = async (accountId: number) => signedIn(database.db, visitor, accountId, now);
    const [own, second] = [await session(first), await session(await assessorOf(elsewhere))];
    const stranger = await session(await assessorOf(await createStairwell(database.db)));
    const url = `/desk/assessments/${assessment}`;
    const finding = (who: TestPortal) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ factor: "pipes", finding: "weak", measured: "", note: "", remedy: "", remedyBy: "", "form-key": formKey() })) form.set(name, value);
      return who.upload(url, form);
    };
    expect((await finding(own)).location).toMatch(new RegExp(`^${url}\\?done=saved&saved=pipes`));
    expect((await finding(second)).status).toBe(403);
    expect((await finding(stranger)).status).toBe(403);
    expect((await second.post(url, { step: "sign", reason: "", "form-key": formKey() })).status).toBe(403);
    expect((await own.post(url, { step: "sign", reason: "", "form-key": formKey() })).location).toBe(`${url}?done=signed`);
    expect((await own.post(url, { step: "issue", reason: "", "form-key": formKey() })).status).toBe(422);
    expect((await second.get("/desk/assessments")).body).toContain("等您复核签发");
    expect((await second.post(url, { step: "issue", reason: "", "form-key": formKey() })).location).toBe(`${url}?done=issued`);
    expect((await visitor.get(`/s/${stairwell.code}`)).body).toContain("A 适合");
    expect((await visitor.get(`/communities/${stairwell.code.split("-")[0] ?? ""}`)).body).toContain("评估过 1 个");
    expect((await own.get("/desk/assessments")).body).not.toContain("业主申请复评");
    const resident = await createAccount(database.db, "resident", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.flats[0]?.id ?? 0 });
    const asking = { stairwell: stairwell.code, room: null, kind: "reassessment", text: "垃圾房拆了", by: { channel: "online", accountId: resident, flatIds: [] } } as const;
    await done(openTicket({ ...deps(), now: new Date(now.getTime() + 60_000) }, { ...asking, formKey: formKey() }));
    const list = (await own.get("/desk/assessments")).body;
    expect(list).toContain("业主申请复评 1 次");
    expect(list, "what was written is the committee's").not.toContain("垃圾房");
    expect((await own.post("/desk/assessments", { stairwell: elsewhere.code, "form-key": formKey() })).status).toBe(422);
  });

  it("stands first in the assessor's list where it waits, however long other stairwells have been granted", async () => {
    const [early, due] = [await createStairwell(database.db), await waiting()];
    await database.db.updateTable("project").set({ stageSince: new Date("2020-01-01T00:00:00Z") }).where("stairwellId", "=", early.stairwellId).execute();
    const accountId = await assessorOf(early);
    await database.db.insertInto("grant").values({ accountId, role: "assessor", scope: "stairwell", scopeId: due.stairwellId, way: null }).execute();
    const { body } = await (await signedIn(database.db, visitor, accountId, now)).get("/desk/assessments");
    expect([...body.matchAll(/href="\/s\/([^"]+)"/g)].map(([, code]) => code)).toEqual([due.code, early.code]);
  });

  it("shows nobody the notes of the stairwell, on the page or as data", async () => {
    const stairwell = await waiting();
    await issuedAssessment(database.db, stairwell, { grade: "B" });
    for (const url of [`/s/${stairwell.code}`, `/api/v1/stairwells/${stairwell.code}.json`]) {
      const { body } = await visitor.get(url);
      expect(body).toContain("迁移管线");
      expect(body).not.toContain("现场查看");
    }
  });
});
