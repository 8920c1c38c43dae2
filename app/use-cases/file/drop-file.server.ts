import { fileSizes } from "#app/domain/files.ts";
import { withTransaction } from "#db/client.server.ts";
import { deleteFile, holdFileToDrop, isContentNeeded, isReferredTo, listContents, lockContent, markErased, markRemoved } from "#db/queries/files.server.ts";
import { keyOf, type FileDeps } from "./file-deps.server.ts";

/**
 * Forgets a file that nothing refers to: what the store has of it, then its row. Answers with whether it did.
 *
 * @throws StorageError; the row is still there then, and the next try goes on where this one stopped
 */
export async function dropFile(deps: FileDeps, fileId: string): Promise<boolean> {
  const free = await withTransaction(deps.db, async (tx) => {
    const file = await holdFileToDrop(tx, fileId);
    if (!file || (await isReferredTo(tx, fileId))) return false;
    // From now on nobody takes its contents for stored.
    if (file.storedAt && !file.removedAt) await markRemoved(tx, { fileId, at: deps.now, accountId: null });
    return true;
  });
  if (!free) return false;
  await eraseContents(deps, fileId);
  await withTransaction(deps.db, (tx) => deleteFile(tx, fileId));
  return true;
}

/**
 * Removes from the store what it has of a file that was removed; the row stays, for the record.
 *
 * @throws StorageError; the next try goes on where this one stopped
 */
export async function eraseFile(deps: FileDeps, fileId: string): Promise<void> {
  await eraseContents(deps, fileId);
  await withTransaction(deps.db, (tx) => markErased(tx, fileId, deps.now));
}

/** Removes from the store what no other file has as well. */
async function eraseContents({ db, vault, storage }: FileDeps, fileId: string): Promise<void> {
  for (const content of await listContents(db, fileId)) {
    await withTransaction(db, async (tx) => {
      await lockContent(tx, content);
      if (await isContentNeeded(tx, content, fileId)) return;
      await Promise.all(fileSizes.map((size) => storage.remove(keyOf(vault, content, size))));
    });
  }
}
