import { whyPhotoDecisionIsRefused, type PhotoDecision } from "#app/domain/photo.ts";
import { markPublic, markRemoved } from "#db/queries/files.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { holdPhoto } from "#db/queries/photos.server.ts";
import { eraseFile } from "../file/drop-file.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

/**
 * Shows a photo of the stairwell to everybody, for which somebody has looked that no person and no number plate is on
 * it; or removes it for good, with a reason, from the pages and from the store.
 *
 * Refusals: `stairwell_unknown`, those of `whyPhotoDecisionIsRefused`.
 */
export async function decidePhoto(
  deps: FileDeps,
  { stairwell, fileId, accountId, formKey, ...decided }: PhotoDecision & { stairwell: string; fileId: string; accountId: number; formKey: string },
): Promise<Outcome<{ removed: boolean }>> {
  const { decision, reason } = decided;
  const outcome = await transact(deps, { key: formKey, action: `${decision} photo ${fileId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    const photo = await holdPhoto(tx, { fileId, stairwellId });
    const problem = whyPhotoDecisionIsRefused(photo, decided);
    if (problem) refuse(problem);
    const removed = decision === "remove";
    if (removed) await markRemoved(tx, { fileId, at: deps.now, accountId });
    else await markPublic(tx, { fileId, at: deps.now, accountId });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: removed ? "photo-removed" : "photo-shown",
      subject: `file:${fileId}`,
      content: removed ? { reason: reason ?? "" } : { looked: "no persons, no plates" },
    });
    if (!removed || photo?.isPublic) await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { removed };
  });
  // Where the store is away, the sweep comes back to it: nobody sees the photo any more either way.
  if (outcome.ok && outcome.removed) await eraseFile(deps, fileId).catch(() => {});
  return outcome;
}
