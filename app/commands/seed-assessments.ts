import { randomBytes } from "node:crypto";
import type { Finding, Grade } from "#app/domain/assessment.ts";
import { issueAssessment } from "#app/use-cases/assessment/issue-assessment.server.ts";
import { recordFinding } from "#app/use-cases/assessment/record-finding.server.ts";
import { signAssessment } from "#app/use-cases/assessment/sign-assessment.server.ts";
import { startAssessment } from "#app/use-cases/assessment/start-assessment.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { findAssessment, insertFindings, type Found } from "#db/queries/assessments.server.ts";
import type { DemoStairwell } from "#db/seeds/demo.server.ts";

type Seen = Partial<Found> & { finding: Finding };

const MEASURED = "4.20";

/** What the demo's assessors found that is worth a word; all else is in nobody's way. */
const STORIES: Readonly<Record<Grade, Readonly<Record<string, Seen>>>> = {
  A: {
    pipes: { finding: "weak", note: "外墙有一根雨水管，改道即可", remedy: "雨水管改道", remedyBy: "物业公司" },
    entry: { finding: "none", note: "错层入户" },
  },
  B: {
    pipes: { finding: "strong", note: "井道位置有燃气立管", remedy: "由权属单位迁移燃气立管", remedyBy: "燃气公司" },
    grounds: { finding: "weak", note: "占用一个停车位", remedy: "补划车位", remedyBy: "居委会" },
    entry: { finding: "none", note: "错层入户" },
  },
  C: {
    "fire-lane": { finding: "major", measured: "2.60", note: "加装后消防车道只剩 2.6 米，没有别的位置" },
    "septic-tank": { finding: "strong", note: "井道位置下面是化粪池" },
    entry: { finding: "none", note: "平层入户" },
  },
};

/** How many factors a draft of the demo has got to. */
const DRAFTED = 5;

export interface Assessors {
  first: number;
  second: number;
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");

/** Assesses a stairwell of the demo whose project waits for it: with a grade issued by two people, or left as a draft. */
export async function seedAssessment(deps: FileDeps, { id: stairwellId, subdistrictId, code }: DemoStairwell, { first, second }: Assessors, grade: Grade | "draft"): Promise<void> {
  const { assessment } = must(await startAssessment(deps, { stairwell: code, accountId: first, formKey: formKey() }));
  const asked = (await findAssessment(deps.db, assessment))?.factors ?? [];
  const story = STORIES[grade === "draft" ? "B" : grade];
  const found = asked.slice(0, grade === "draft" ? DRAFTED : undefined).map(({ id, limit }): Found => ({
    factor: id, finding: "none", measured: limit && MEASURED, note: null, remedy: null, remedyBy: null, ...story[id],
  }));
  const [last, ...rest] = found.reverse();
  if (!last) return;
  await withTransaction(deps.db, (tx) => insertFindings(tx, rest.map((one) => ({ ...one, subdistrictId, assessmentId: assessment, accountId: first, at: deps.now }))));
  const { finding, measured, note } = last;
  must(
    await recordFinding(deps, {
      assessmentId: assessment, factor: last.factor, finding, measured: measured ?? undefined, note: note ?? undefined, remedy: undefined, remedyBy: undefined,
      photos: [], accountId: first, formKey: formKey(),
    }),
  );
  if (grade === "draft") return;
  must(await signAssessment(deps, { assessmentId: assessment, accountId: first, formKey: formKey() }));
  must(await issueAssessment(deps, { assessmentId: assessment, stairwellId, accountId: second, formKey: formKey() }));
}
