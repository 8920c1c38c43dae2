import type { Outcome } from "../transact.server.ts";
import { dropFile } from "./drop-file.server.ts";
import type { FileDeps } from "./file-deps.server.ts";
import { storeFiles, type GivenFile } from "./store-file.server.ts";

/**
 * Stores the files of one field for a use case and drops again what it does not refer to in the end: when it is
 * refused, and when the form had been posted before and gets its first answer.
 *
 * Refusals: FileFault at the field, with the `number` of the file when there are several; those of `work`.
 */
export async function withStoredFiles<T extends object>(
  deps: FileDeps,
  given: Omit<GivenFile, "bytes"> & { files: readonly Uint8Array[]; at: string },
  work: (files: readonly { fileId: string; pages: number }[]) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const stored = await storeFiles(deps, given);
  if (!stored.ok) return stored;
  try {
    return await work(stored.files);
  } finally {
    // Where the store or the database is away for this, the sweep comes back to it.
    for (const { fileId } of stored.files) await dropFile(deps, fileId).catch(() => {});
  }
}
