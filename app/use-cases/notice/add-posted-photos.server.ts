import { holdFile, listContents, markPublic } from "#db/queries/files.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findNotice, insertNoticeFile } from "#db/queries/notices.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

export interface PostedPhotos {
  notice: number;
  photos: readonly Uint8Array[];
  /** Whether somebody has looked that they show no person and no number plate: then everybody sees them. */
  looked: boolean;
  caption: string;
  accountId: number;
  formKey: string;
}

/**
 * Keeps photos of the posted paper as proof that a notice hung on the door.
 *
 * Refusals: `notice_unknown`, `notice_withdrawn`, FileFault at `photos`.
 */
export async function addPostedPhotos(deps: FileDeps, { notice: noticeId, photos, looked, caption, accountId, formKey }: PostedPhotos): Promise<Outcome<{ photos: number }>> {
  const place = await findNotice(deps.db, noticeId);
  if (!place || place.withdraws !== null) return { ok: false, problem: { code: "notice_unknown" } };
  const { stairwellId, subdistrictId } = place;
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `posted ${noticeId}` }, async (tx) => {
      await lockChain(tx, stairwellId);
      if (((await findNotice(tx, noticeId))?.withdrawnBy ?? null) !== null) refuse({ code: "notice_withdrawn" });
      for (const { fileId } of files) {
        if (!(await holdFile(tx, { fileId, kind: "photo", subdistrictId }))) refuse({ code: "file_store_away", at: "photos" });
        await insertNoticeFile(tx, { fileId, subdistrictId, noticeId, role: "posted", caption, accountId, at: deps.now });
        if (looked) await markPublic(tx, { fileId, at: deps.now, accountId });
        const [content] = await listContents(tx, fileId);
        await appendLog(tx, {
          stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
          verb: "notice-posted",
          subject: `notice:${noticeId}`,
          content: { file: fileId, sha256: content?.sha256.toString("hex") ?? "", public: looked },
        });
      }
      if (looked) await touchPages(tx, [`stairwell:${stairwellId}`]);
      return { photos: files.length };
    }),
  );
}
