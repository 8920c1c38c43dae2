import { LEASE_SECONDS, whatToDo } from "#app/domain/long-job.ts";
import type { Problem } from "#app/domain/problem.ts";
import { withTransaction } from "#db/client.server.ts";
import { claimUpload, endUpload, lockUpload, markProgress, readParts } from "#db/queries/paper-uploads.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { partOf } from "./take-stack.server.ts";
import { uploadPages } from "./upload-pages.server.ts";

/**
 * Splits a stack that was taken into the pages from which ballots are typed. May be tried by several processes at once:
 * one claims it, for as long as it goes on from page to page. After a crash another begins anew, and what the first had
 * stored is swept away; the pages are added under the stack's own form key, so never twice.
 *
 * @returns what became of it; null where another is at it, or was, or the store is away and the next round tries again
 */
export async function splitStack(deps: FileDeps, id: string, clock: () => Date): Promise<{ added: number } | { refused: Problem } | null> {
  const until = () => new Date(clock().getTime() + LEASE_SECONDS * 1_000);
  const claimed = await withTransaction(deps.db, async (tx) => {
    const upload = await lockUpload(tx, id);
    const toDo = upload ? whatToDo(upload, clock()) : "nothing";
    if (!upload || toDo === "nothing") return null;
    if (toDo === "give-up") {
      const refused: Problem = { code: "file_too_complex", at: "files" };
      await endUpload(tx, id, clock(), { refused });
      return { refused };
    }
    await claimUpload(tx, id, { tries: upload.tries + 1, until: until() });
    return upload;
  });
  if (!claimed || "refused" in claimed) return claimed;
  const { consultation, accountId } = claimed;
  const files = (await readParts(deps.db, id)).map((sealed, index) => deps.vault.openBytes(sealed, partOf(id, index + 1)));
  const sent = await uploadPages(deps, {
    consultation, files, accountId, formKey: id,
    onPage: (done) => markProgress(deps.db, id, done, until()),
  });
  if (!sent.ok && sent.problem.code === "file_store_away") {
    await markProgress(deps.db, id, null, null);
    return null;
  }
  const end = sent.ok ? { added: sent.added, known: sent.known } : { refused: sent.problem };
  await withTransaction(deps.db, (tx) => endUpload(tx, id, clock(), end));
  return end;
}
