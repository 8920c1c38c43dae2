import type { Tx } from "#db/client.server.ts";
import { holdFile, listContents } from "#db/queries/files.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertPhoto, type NewPhoto } from "#db/queries/photos.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

/**
 * Keeps photos of a stairwell, seen by those who work there until somebody shows them to everybody.
 *
 * Refusals: `stairwell_unknown`, FileFault at `photos`.
 */
export async function addPhotos(
  deps: FileDeps,
  { stairwell, photos, caption, accountId, formKey }: { stairwell: string; photos: readonly Uint8Array[]; caption: string; accountId: number; formKey: string },
): Promise<Outcome<{ photos: string[] }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `add photos ${stairwell}` }, async (tx) => {
      for (const { fileId } of files) await recordPhoto(tx, { fileId, subdistrictId, stairwellId, caption, accountId, at: deps.now });
      return { photos: files.map(({ fileId }) => fileId) };
    }),
  );
}

/** Adds a stored photo of a stairwell and its entry in the log within a transaction that has made sure of the rest. */
export async function recordPhoto(tx: Tx, photo: NewPhoto): Promise<void> {
  const { fileId, subdistrictId, stairwellId, caption, accountId, at } = photo;
  if (!(await holdFile(tx, { fileId, kind: "photo", subdistrictId }))) refuse({ code: "file_store_away", at: "photos" });
  await insertPhoto(tx, photo);
  const [content] = await listContents(tx, fileId);
  await appendLog(tx, {
    stairwellId, subdistrictId, at, actor: byAccount(accountId),
    verb: "photo-added",
    subject: `file:${fileId}`,
    content: { caption, sha256: content?.sha256.toString("hex") ?? "" },
  });
}
