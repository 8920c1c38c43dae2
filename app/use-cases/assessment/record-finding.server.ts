import { assessedFactors, courseOf, whyFindingIsRefused, type FoundFactor } from "#app/domain/assessment-form.ts";
import { findAssessment, insertAssessmentPhoto, insertFindings, listFindings, lockAssessment } from "#db/queries/assessments.server.ts";
import { holdFile } from "#db/queries/files.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { refuse, transact, type Outcome } from "../transact.server.ts";

export interface RecordedFinding extends FoundFactor {
  assessmentId: number;
  factor: string;
  photos: readonly Uint8Array[];
  accountId: number;
  formKey: string;
}

/**
 * Saves what was found of one factor, as a draft until the assessment is signed; the newest of each factor counts, its
 * photos all do. Answers with the factor to look at next. The signing puts all of it into the log.
 *
 * Refusals: `assessment_unknown`, `factor_unknown`, `already_signed`, those of `whyFindingIsRefused`, FileFault at `photos`.
 */
export async function recordFinding(
  deps: FileDeps,
  { assessmentId, factor, finding, measured, note, remedy, remedyBy, photos, accountId, formKey }: RecordedFinding,
): Promise<Outcome<{ next: string | null }>> {
  const { now } = deps;
  const assessment = await findAssessment(deps.db, assessmentId);
  if (!assessment) return { ok: false, problem: { code: "assessment_unknown" } };
  const { subdistrictId } = assessment;
  const found = { finding, measured, note, remedy, remedyBy };
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `find ${assessmentId} ${factor}` }, async (tx) => {
      const held = await lockAssessment(tx, assessmentId);
      const asked = held?.factors.find(({ id }) => id === factor);
      if (!held || !asked) refuse({ code: "factor_unknown" });
      if (held.signedAt) refuse({ code: "already_signed" });
      const problem = whyFindingIsRefused(asked, found);
      if (problem) refuse(problem);
      const row = { finding, measured: measured ?? null, note: note ?? null, remedy: remedy ?? null, remedyBy: remedyBy ?? null };
      // A remedy stands with what is in the way; one that was written down before it turned out fine is dropped.
      const isFine = finding === "none" || finding === "not-seen";
      await insertFindings(tx, [{ ...row, ...(isFine && { remedy: null, remedyBy: null }), factor, subdistrictId, assessmentId, accountId, at: now }]);
      for (const { fileId } of files) {
        if (!(await holdFile(tx, { fileId, kind: "photo", subdistrictId }))) refuse({ code: "file_store_away", at: "photos" });
        await insertAssessmentPhoto(tx, { fileId, subdistrictId, assessmentId, factor, accountId, at: now });
      }
      return { next: courseOf(assessedFactors(held.factors, await listFindings(tx, assessmentId)), factor).next };
    }),
  );
}
