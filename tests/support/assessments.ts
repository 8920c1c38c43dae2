import type { Finding, Grade } from "#app/domain/assessment.ts";
import { issueAssessment } from "#app/use-cases/assessment/issue-assessment.server.ts";
import { signAssessment } from "#app/use-cases/assessment/sign-assessment.server.ts";
import { startAssessment } from "#app/use-cases/assessment/start-assessment.server.ts";
import { moveProject } from "#app/use-cases/stage/move-project.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { withTransaction, type Db } from "#db/client.server.ts";
import { findAssessment, insertFindings } from "#db/queries/assessments.server.ts";
import { done } from "./consultations.ts";
import { createAccount, formKey, testVault } from "./factories.ts";

/** What makes each grade: the finding of the first factors that count. */
const foundFor: Readonly<Record<Grade, readonly Finding[]>> = { A: [], B: ["strong"], C: ["strong", "strong"] };

export interface Assessed {
  assessment: number;
  /** The two assessors who signed it. */
  first: number;
  second: number;
}

/** What is needed of a stairwell to assess it. */
export interface AssessedPlace {
  stairwellId: number;
  subdistrictId: number;
  code: string;
}

/** An assessment with every factor looked at, not yet signed; what it found gives the grade. */
export async function draftedAssessment(
  db: Db,
  { stairwellId, subdistrictId, code }: AssessedPlace,
  { grade = "A", now = new Date("2026-11-20T02:00:00Z"), by }: { grade?: Grade; now?: Date; by?: { first: number; second: number } } = {},
): Promise<Assessed & { deps: Deps }> {
  const deps = { db, vault: testVault, now };
  const assessor = () => createAccount(db, "assessor", { subdistrictId, scopeId: stairwellId });
  const { first, second } = by ?? { first: await assessor(), second: await assessor() };
  const { assessment } = await done(startAssessment(deps, { stairwell: code, accountId: first, formKey: formKey() }));
  const factors = (await findAssessment(db, assessment))?.factors ?? [];
  await withTransaction(db, (tx) =>
    insertFindings(
      tx,
      factors.map(({ id, limit, informative }, index) => {
        const finding = informative ? "none" : (foundFor[grade][index] ?? "none");
        const remedy = finding === "none" ? { note: null, remedy: null, remedyBy: null } : { note: "现场查看", remedy: "迁移管线", remedyBy: "燃气公司" };
        return { factor: id, finding, measured: limit && "4.20", ...remedy, subdistrictId, assessmentId: assessment, accountId: first, at: now };
      }),
    ),
  );
  return { assessment, first, second, deps };
}

/** An issued assessment of a stairwell whose project waits for one; A and B bring it to the consultation. */
export async function issuedAssessment(db: Db, place: AssessedPlace, given: Parameters<typeof draftedAssessment>[2] = {}): Promise<Assessed> {
  const { assessment, first, second, deps } = await draftedAssessment(db, place, given);
  await done(signAssessment(deps, { assessmentId: assessment, accountId: first, formKey: formKey() }));
  await done(issueAssessment(deps, { assessmentId: assessment, stairwellId: place.stairwellId, accountId: second, formKey: formKey() }));
  return { assessment, first, second };
}

/** Takes a stairwell of the demo's reserve to the consultation as its people would: the committee asks, two assessors sign an A. */
export async function broughtToConsultation(db: Db, code: string, now: Date): Promise<void> {
  const place = await db.selectFrom("stairwell").select(["id as stairwellId", "subdistrictId", "code"]).where("code", "=", code).executeTakeFirstOrThrow();
  const idOf = async (login: string) => (await db.selectFrom("account").select("id").where("login", "=", login).executeTakeFirstOrThrow()).id;
  const committee = { roles: new Set(["committee"] as const), accountId: await idOf("lin") };
  await done(moveProject({ db, vault: testVault, now }, { stairwell: code, move: { kind: "forward" }, seen: "reserve", ...committee, formKey: formKey() }));
  await issuedAssessment(db, place, { now, by: { first: await idOf("ping"), second: await idOf("fuhe") } });
}
