import { whyFaultStepIsRefused, type FaultStep } from "#app/domain/site-fault.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { findFault, insertFaultPhoto, insertFaultStep } from "#db/queries/site-faults.server.ts";
import { lockProject, readWorks } from "#db/queries/works.server.ts";
import { digestOf } from "../digest.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { recordPhoto } from "../photo/add-photos.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

export interface FaultAct {
  stairwell: string;
  faultId: number;
  step: FaultStep;
  text: string | null;
  photos: readonly Uint8Array[];
  accountId: number;
  formKey: string;
}

/**
 * Takes a fault one step on: put right with a photo, then checked by somebody else, or sent back with a reason.
 *
 * Refusals: `stairwell_unknown`, FileFault at `photos`, those of `whyFaultStepIsRefused`.
 */
export async function takeFaultStep(deps: FileDeps, { stairwell, faultId, step, text, photos, accountId, formKey }: FaultAct): Promise<Outcome<{ stepId: number }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  const at = deps.now;
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `fault ${faultId} ${step} ${text ?? ""}` }, async (tx) => {
      await lockProject(tx, stairwellId);
      const fault = await findFault(tx, { faultId, stairwellId });
      const problem = whyFaultStepIsRefused(fault, { step, text, photos: files.length, accountId });
      if (!fault || problem) refuse(problem ?? { code: "fault_unknown" });
      const wordsCipher = text === null ? null : deps.vault.seal(text);
      const stepId = await insertFaultStep(tx, { subdistrictId, faultId, kind: step, wordsCipher, accountId, at });
      const caption = (await readWorks(tx, stairwellId))?.plan.find(({ code }) => code === fault.milestone)?.name ?? fault.milestone;
      for (const { fileId } of files) {
        await recordPhoto(tx, { fileId, stairwellId, subdistrictId, caption, accountId, at });
        await insertFaultPhoto(tx, { fileId, subdistrictId, faultId, stepId });
      }
      await appendLog(tx, {
        stairwellId, subdistrictId, at, actor: byAccount(accountId),
        verb: `fault-${step}`,
        subject: `site-fault:${faultId}`,
        content: { step: stepId, words: digestOf(wordsCipher), photos: files.map(({ fileId }) => fileId) },
      });
      return { stepId };
    }),
  );
}
