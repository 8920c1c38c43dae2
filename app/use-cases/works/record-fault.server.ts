import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertFault, insertFaultPhoto } from "#db/queries/site-faults.server.ts";
import { lockProject, readWorks } from "#db/queries/works.server.ts";
import { digestOf } from "../digest.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { recordPhoto } from "../photo/add-photos.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

export interface FaultFound {
  stairwell: string;
  milestone: string;
  text: string;
  /** The day by which it is to be gone. */
  dueOn: string;
  photos: readonly Uint8Array[];
  accountId: number;
  formKey: string;
}

/**
 * Writes down a fault (质量问题) that was found at the site, with the day until which the contractor puts it right.
 *
 * Refusals: `stairwell_unknown`, FileFault at `photos`, `no_works_plan`, `milestone_unknown`.
 */
export async function recordFault(deps: FileDeps, { stairwell, milestone, text, dueOn, photos, accountId, formKey }: FaultFound): Promise<Outcome<{ faultId: number }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  const at = deps.now;
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `fault ${stairwell} ${milestone} ${text}` }, async (tx) => {
      await lockProject(tx, stairwellId);
      const works = await readWorks(tx, stairwellId);
      if (!works) refuse({ code: "no_works_plan" });
      const name = works.plan.find(({ code }) => code === milestone)?.name;
      if (name === undefined) refuse({ code: "milestone_unknown", at: "milestone" });
      const wordsCipher = deps.vault.seal(text);
      const faultId = await insertFault(tx, { subdistrictId, stairwellId, milestone, wordsCipher, dueOn, accountId, at });
      for (const { fileId } of files) {
        await recordPhoto(tx, { fileId, stairwellId, subdistrictId, caption: name, accountId, at });
        await insertFaultPhoto(tx, { fileId, subdistrictId, faultId, stepId: null });
      }
      await appendLog(tx, {
        stairwellId, subdistrictId, at, actor: byAccount(accountId),
        verb: "fault-found",
        subject: `site-fault:${faultId}`,
        content: { milestone, dueOn, words: digestOf(wordsCipher), photos: files.map(({ fileId }) => fileId) },
      });
      return { faultId };
    }),
  );
}
