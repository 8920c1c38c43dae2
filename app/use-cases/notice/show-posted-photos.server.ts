import { markPublic } from "#db/queries/files.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findNotice, listHiddenPosted } from "#db/queries/notices.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Shows everybody the photos of the posted paper that were kept without having been looked at, once somebody has.
 *
 * Refusals: `notice_unknown`, `posted_not_looked`, `posted_all_shown`.
 */
export function showPostedPhotos(
  deps: Deps,
  { notice: noticeId, looked, accountId, formKey }: { notice: number; looked: boolean; accountId: number; formKey: string },
): Promise<Outcome<{ photos: number }>> {
  return transact(deps, { key: formKey, action: `show posted ${noticeId}` }, async (tx) => {
    const place = await findNotice(tx, noticeId);
    if (!place) refuse({ code: "notice_unknown" });
    if (!looked) refuse({ code: "posted_not_looked", at: "looked" });
    const { stairwellId, subdistrictId } = place;
    const chain = await lockChain(tx, stairwellId);
    const hidden = await listHiddenPosted(tx, noticeId);
    if (hidden.length === 0) refuse({ code: "posted_all_shown" });
    for (const fileId of hidden) await markPublic(tx, { fileId, at: deps.now, accountId });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "notice-photos-shown",
      subject: `notice:${noticeId}`,
      content: { files: hidden, looked: "no persons, no plates" },
    }, chain);
    await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { photos: hidden.length };
  });
}
