import { findPlace } from "#db/queries/flats.server.ts";
import { holdFile, listContents } from "#db/queries/files.server.ts";
import type { Tx } from "#db/client.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { refuse, type Outcome } from "../transact.server.ts";

interface ReceiptGiven {
  stairwell: string;
  /** A photo or PDF of the receipt; null where none was sent. */
  scan: Uint8Array | null;
  accountId: number;
}

/**
 * Keeps the receipt of an entry for `enter`, which refers to it or drops it.
 *
 * Refusals: `stairwell_unknown`, FileFault at `scan`, those of `enter`.
 */
export async function withReceipt<T extends object>(
  deps: FileDeps,
  { stairwell, scan, accountId }: ReceiptGiven,
  enter: (scan: string | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const given = { files: scan ? [scan] : [], at: "scan", kind: "receipt" as const, subdistrictId: place.subdistrictId, accountId };
  return withStoredFiles(deps, given, ([stored]) => enter(stored?.fileId ?? null));
}

/** What the log keeps of a receipt, once the entry that refers to it holds it: its pages by their hashes. */
export async function holdReceipt(tx: Tx, { scan, subdistrictId }: { scan: string | null; subdistrictId: number }): Promise<{ scan: string | null; scanPages?: string[] }> {
  if (scan === null) return { scan };
  if (!(await holdFile(tx, { fileId: scan, kind: "receipt", subdistrictId }))) refuse({ code: "file_store_away", at: "scan" });
  const pages = await listContents(tx, scan);
  return { scan, scanPages: pages.map(({ sha256 }) => sha256.toString("hex")).sort() };
}
