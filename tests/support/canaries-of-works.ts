import { planFrom } from "#app/domain/milestones.ts";
import { settingDefaults } from "#app/domain/setting-defaults.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { issueAssessment } from "#app/use-cases/assessment/issue-assessment.server.ts";
import { returnAssessment } from "#app/use-cases/assessment/return-assessment.server.ts";
import { signAssessment } from "#app/use-cases/assessment/sign-assessment.server.ts";
import { startAssessment } from "#app/use-cases/assessment/start-assessment.server.ts";
import { recordMiss } from "#app/use-cases/faq/record-word.server.ts";
import { blockFirm } from "#app/use-cases/firm/block-firm.server.ts";
import { enterSpending } from "#app/use-cases/money/enter-spending.server.ts";
import { signContract } from "#app/use-cases/money/sign-contract.server.ts";
import { addPhotos } from "#app/use-cases/photo/add-photos.server.ts";
import { decidePhoto } from "#app/use-cases/photo/decide-photo.server.ts";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import { withdrawPlan } from "#app/use-cases/plan/withdraw-plan.server.ts";
import { addEvidence } from "#app/use-cases/stage/add-evidence.server.ts";
import { recordEvidence } from "#app/use-cases/stage/record-evidence.server.ts";
import { moveProject } from "#app/use-cases/stage/move-project.server.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { planWorks } from "#app/use-cases/works/plan-works.server.ts";
import { recordFault } from "#app/use-cases/works/record-fault.server.ts";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { setSiteContact } from "#app/use-cases/works/set-site-contact.server.ts";
import { takeFaultStep } from "#app/use-cases/works/take-fault-step.server.ts";
import type { Stage } from "#app/domain/stages.ts";
import { withTransaction } from "#db/client.server.ts";
import { findAssessment, insertFindings } from "#db/queries/assessments.server.ts";
import type { Marks } from "./canary-marks.ts";
import { done } from "./consultations.ts";
import type { TestDatabase } from "./database.ts";
import { formKey, testVault, type TestStairwell } from "./factories.ts";
import { photo } from "./files.ts";
import { createFirm, planOf } from "./plans.ts";

export interface PlaceOfWorks {
  stairwell: TestStairwell;
  clerk: number;
  colleague: number;
  contractor: number;
  supervisor: number;
  /** Two assessors. */
  assessors: readonly [number, number];
  phone: () => string;
}

/** What is written of a stairwell beside its vote: assessment, plans, works, money; of it the words that everybody is to read. */
export async function plantWorks(database: TestDatabase, { people, site, assessor, open }: Marks, place: PlaceOfWorks): Promise<void> {
  const { db, owner, storage } = database;
  const { stairwell, clerk, colleague, contractor, supervisor, assessors, phone } = place;
  const { code, stairwellId, subdistrictId } = stairwell;
  const now = new Date();
  const today = shanghaiDay(now);
  const deps = { db, storage, vault: testVault, now };
  const by = (accountId: number) => ({ stairwell: code, accountId, formKey: formKey() });
  const stand = (stage: Stage) => owner.db.updateTable("project").set({ stage, sideState: null }).where("stairwellId", "=", stairwellId).execute();
  const picture = (seed: number) => photo({ width: 40, height: 30, seed });

  // The assessment: a note is the assessors', a remedy is read by everybody once it is issued; of a draft nothing is.
  const [first, second] = assessors;
  const draft = async (remedy: string) => {
    const { assessment } = await done(startAssessment(deps, by(first)));
    const factors = (await findAssessment(db, assessment))?.factors ?? [];
    await withTransaction(db, (tx) =>
      insertFindings(tx, factors.map(({ id, limit, informative }, index) => ({
        factor: id, finding: index === 0 && !informative ? "strong" : "none", measured: limit && "4.20", note: `${assessor}敲门看过`, remedy: `${remedy}迁移管线`, remedyBy: `${remedy}燃气公司`,
        subdistrictId, assessmentId: assessment, accountId: first, at: now,
      }))),
    );
    return assessment;
  };
  const sign = (assessmentId: number) => done(signAssessment(deps, { assessmentId, accountId: first, formKey: formKey() }));
  const signedAndReturned = async (assessmentId: number) => {
    await sign(assessmentId);
    await done(returnAssessment(deps, { assessmentId, reason: `${assessor}没有写清`, accountId: second, formKey: formKey() }));
  };
  await stand("assessment");
  const issued = await draft(open);
  await signedAndReturned(issued);
  await sign(issued);
  await done(issueAssessment(deps, { assessmentId: issued, stairwellId, accountId: second, formKey: formKey() }));
  await stand("assessment");
  await signedAndReturned(await draft(assessor));

  // Firms and plans are everybody's to read.
  const firmId = await createFirm(db, subdistrictId, { name: `${open}加梯公司`, source: `${open}街道名录`, phone: "02150001234" });
  await stand("reserve");
  const { number } = await done(recordPlan(deps, planOf(code, firmId, clerk, { make: `${open}牌`, model: `${open}型`, about: `${open}从北面上` })));
  await done(recordPlan(deps, planOf(code, firmId, clerk, { number, seen: 1, priceFen: 61_000_000, about: `${open}从北面上`, changed: `${open}换了门机` })));
  await done(withdrawPlan(deps, { ...by(clerk), number, reason: `${open}厂家停产` }));
  const contract = { ...by(clerk), firmId, role: "agent", contractNo: `${people}合同一号`, signedOn: today } as const;
  await done(signContract(deps, contract));
  await done(blockFirm(deps, { subdistrictId, firmId, step: "block", reason: `${open}拖欠工程款`, source: `${open}区通报`, accountId: clerk, formKey: formKey() }));

  // What is filed, shown and said of the way.
  await stand("approval");
  await done(addEvidence(deps, { ...by(clerk), kind: "filing-number", text: `${open}备案一号`, files: [], roles: new Set(["committee"]) }));
  await withTransaction(db, (tx) => recordEvidence(tx, now, { stairwellId, kind: "agreement", text: `${people}未签字`, account: clerk }));
  const photos = async (caption: string, seed: number) => (await done(addPhotos(deps, { ...by(clerk), photos: [await picture(seed)], caption }))).photos[0] ?? "";
  await photos(`${people}家门口`, 2);
  await done(decidePhoto(deps, { ...by(clerk), fileId: await photos(`${open}井道基坑`, 3), decision: "show", looked: "yes", reason: undefined }));

  // The works: what the site says is the site's and the committee's, and so is what is found there.
  await stand("construction");
  const plan = planFrom(settingDefaults.milestones[0].value, addDays(today, -20));
  const days = (shift: number) => ({ start: plan.map((one) => addDays(one.start, shift)), end: plan.map((one) => addDays(one.end, shift)) });
  await done(planWorks(deps, { ...by(clerk), ...days(0), reason: null }));
  await done(planWorks(deps, { ...by(clerk), ...days(3), reason: `${people}要求晚开工` }));
  const unsaid = { onDay: undefined, cause: undefined, nextOwner: undefined, nextDay: undefined, people: undefined };
  const said = { work: `${site}挖了坑`, problems: `${site}住户不让过`, tomorrow: `${site}再商量` };
  const report = { ...unsaid, ...said, milestone: "M0" };
  const { reportId } = await done(reportFromSite(deps, { ...by(contractor), ...report, kind: "done", photos: [await picture(4)] }));
  await done(decideMilestone(deps, { ...by(clerk), reportId, verdict: "returned", reason: `${site}照片不清`, board: undefined }));
  await done(reportFromSite(deps, { ...by(contractor), ...report, kind: "stopped", cause: "pipes", nextOwner: "contractor", nextDay: addDays(today, 3), photos: [] }));
  const { faultId } = await done(recordFault(deps, { ...by(supervisor), milestone: "M0", text: `${site}焊缝不齐`, dueOn: addDays(today, 5), photos: [await picture(5)] }));
  await done(takeFaultStep(deps, { ...by(contractor), faultId, step: "rectified", text: `${site}补焊了`, photos: [await picture(6)] }));
  await done(takeFaultStep(deps, { ...by(clerk), faultId, step: "returned", text: `${site}还有一处`, photos: [] }));
  await done(setSiteContact(deps, { ...by(clerk), committee: phone(), agent: phone() }));

  // Money of the stairwell: the committee's, the agent's and those who have paid.
  const spending = { item: `${people}设备`, purpose: `${people}首付`, onDay: today };
  await done(enterSpending(deps, { ...by(clerk), ...spending, what: "budget", amountFen: 900, receipt: null, scan: null }));
  await done(enterSpending(deps, { ...by(clerk), ...spending, what: "spent", amountFen: 300, scan: null, receipt: `${people}002` }));

  // A quarrel is the committee's; why the works wait, and for whom, is everybody's.
  const move = { seen: "construction", roles: new Set(["committee"] as const) } as const;
  await done(moveProject(deps, { ...by(colleague), ...move, move: { kind: "dispute", reason: `${people}堵了门` } }));
  await done(moveProject(deps, { ...by(colleague), ...move, move: { kind: "settle", reason: `${people}谈好了` } }));
  await done(moveProject(deps, { ...by(colleague), ...move, move: { kind: "pause", reason: `${open}等燃气改管`, owner: `${open}燃气公司`, nextDay: addDays(today, 9) } }));
  await done(recordMiss(deps, { asked: `${people}不同意怎么办`, formKey: formKey() }));
}
