import { listLeftOver, listUnerased } from "#db/queries/files.server.ts";
import { dropFile, eraseFile } from "./drop-file.server.ts";
import type { FileDeps } from "./file-deps.server.ts";

/** Files that one round takes, of each kind. */
const MOST = 500;

/** Nobody writes that long at one page. */
const UNFINISHED_MS = 3_600_000;

/**
 * Clears away what crashes and store failures have left: files that were not settled an hour later, files that nothing
 * refers to a day later, what the store still has of removed ones, and what it has of pages that never came in whole.
 *
 * @throws StorageError when the store is away; the next round goes on where this one stopped
 */
export async function sweepFiles(deps: FileDeps): Promise<{ dropped: number; erased: number; unfinished: number }> {
  let [dropped, erased] = [0, 0];
  for (const { id } of await listLeftOver(deps.db, deps.now, MOST)) if (await dropFile(deps, id)) dropped++;
  for (const { id } of await listUnerased(deps.db, MOST)) {
    await eraseFile(deps, id);
    erased++;
  }
  const unfinished = await deps.storage.sweep(new Date(deps.now.getTime() - UNFINISHED_MS));
  return { dropped, erased, unfinished };
}
