import type { FileSize } from "#app/domain/files.ts";
import { findPage, type StoredPage } from "#db/queries/files.server.ts";
import { keyOf, type FileDeps } from "./file-deps.server.ts";

export type ReadPage = Pick<StoredPage, "isPublic" | "pages" | "width" | "height"> & {
  /** JPEG. */
  bytes: Buffer<ArrayBuffer>;
};

/**
 * One page of a stored file, from 1, in one of its sizes; undefined where there is none, or no longer. Who may see it is
 * the caller's to know.
 *
 * @throws StorageError when the store is away
 * @throws Error when the store has lost or changed it
 */
export async function readFile(
  { db, vault, storage }: Pick<FileDeps, "db" | "vault" | "storage">,
  { fileId, page = 1, size }: { fileId: string; page?: number; size: FileSize },
): Promise<ReadPage | undefined> {
  const found = await findPage(db, { fileId, page });
  if (!found) return undefined;
  const key = keyOf(vault, found, size);
  const sealed = await storage.get(key);
  if (!sealed) throw new Error(`page ${page} of file ${fileId} is gone from the store`);
  const { isPublic, pages, width, height } = found;
  return { isPublic, pages, width, height, bytes: vault.openBytes(sealed, key) };
}
