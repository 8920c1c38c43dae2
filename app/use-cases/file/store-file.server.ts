import { randomBytes } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { fileSizes, readFileType, whyLengthIsRefused, type FileFault, type FileKind, type FileType } from "#app/domain/files.ts";
import { StorageError } from "#app/integrations/storage.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { insertFile, insertPage, isContentStored, lockContent, settleFile } from "#db/queries/files.server.ts";
import type { Outcome } from "../transact.server.ts";
import { decodeImage } from "./decode-image.server.ts";
import { dropFile } from "./drop-file.server.ts";
import { keyOf, type FileDeps } from "./file-deps.server.ts";
import { createLane } from "./in-turn.server.ts";
import type { PageSizes } from "./page-sizes.server.ts";
import { openPdf, type OpenPdf } from "./render-pdf.server.ts";

/** A photo does not wait for a stack of paper. */
const lanes = { photo: createLane(), document: createLane() };

export interface GivenFile {
  bytes: Uint8Array;
  kind: FileKind;
  subdistrictId: number;
  /** Who sends it; null for somebody without an account. */
  accountId: number | null;
  /** Told after each page how many of the file's are stored. */
  onPage?: (done: { page: number; pages: number }) => Promise<void>;
}

/**
 * Reads a photo or a PDF by its content, makes each page anew in three sizes without any metadata, and keeps them sealed.
 * Its name is never looked at. Belonging to nothing yet, it is seen only by who sent it: the use case that it is for
 * holds it by `holdFile` and refers to it in the same transaction; what nothing refers to after a day is swept away.
 *
 * Row first: the file is known to the database, unsettled, before the store gets anything, so that whatever a crash
 * leaves in the store has a row by which the sweep finds it.
 *
 * Refusals: FileFault. A refused file leaves no row and nothing in the store.
 */
export async function storeFile(deps: FileDeps, given: GivenFile): Promise<Outcome<{ fileId: string; pages: number }>> {
  const length = whyLengthIsRefused(given.bytes.length);
  if (length) return refused(length);
  const read = readFileType((await fileTypeFromBuffer(given.bytes))?.mime);
  if ("fault" in read) return refused(read.fault);
  return lanes[read.type === "application/pdf" ? "document" : "photo"](async () => {
    const opened = await open(given.bytes, read.type);
    if (typeof opened === "string") return refused(opened);
    try {
      return await keep(deps, given, read.type, opened);
    } finally {
      await opened.close();
    }
  });
}

/**
 * The same for the files of one field, one after the other; none is kept when one is refused. The refusal stands at the
 * field and says by `number`, from 1, which file it is about.
 */
export async function storeFiles(
  deps: FileDeps,
  { files, at, ...given }: Omit<GivenFile, "bytes"> & { files: readonly Uint8Array[]; at: string },
): Promise<Outcome<{ files: { fileId: string; pages: number }[] }>> {
  const stored: { fileId: string; pages: number }[] = [];
  for (const [index, bytes] of files.entries()) {
    const one = await storeFile(deps, { ...given, bytes });
    if (!one.ok) {
      for (const { fileId } of stored) await dropFile(deps, fileId);
      return { ok: false, problem: { ...one.problem, at, ...(files.length > 1 && { params: { number: index + 1 } }) } };
    }
    stored.push({ fileId: one.fileId, pages: one.pages });
  }
  return { ok: true, files: stored };
}

function refused(code: FileFault) {
  return { ok: false as const, problem: { code } };
}

async function open(bytes: Uint8Array, type: FileType): Promise<OpenPdf | FileFault> {
  if (type === "application/pdf") return openPdf(bytes);
  const page = await decodeImage(bytes, type);
  if (typeof page === "string") return page;
  return {
    pages: 1,
    async *draw() {
      yield await Promise.resolve(page);
    },
    close: () => Promise.resolve(),
  };
}

async function keep(
  deps: FileDeps,
  { bytes, kind, subdistrictId, accountId, onPage }: GivenFile,
  originalType: FileType,
  { pages, draw }: OpenPdf,
): Promise<Outcome<{ fileId: string; pages: number }>> {
  const fileId = randomBytes(16).toString("base64url");
  const file = { id: fileId, subdistrictId, kind, originalType, originalBytes: bytes.length, pages, uploadedBy: accountId, at: deps.now };
  await withTransaction(deps.db, (tx) => insertFile(tx, file));
  try {
    let page = 0;
    for await (const drawn of draw()) {
      if (typeof drawn === "string") {
        await dropFile(deps, fileId);
        return refused(drawn);
      }
      await keepPage(deps, { fileId, subdistrictId, page: ++page }, drawn);
      await onPage?.({ page, pages });
    }
    await withTransaction(deps.db, (tx) => settleFile(tx, fileId, deps.now));
    return { ok: true, fileId, pages };
  } catch (error) {
    // Where the store is away for this as well, the sweep comes back to it.
    await dropFile(deps, fileId).catch(() => {});
    if (error instanceof StorageError) return refused("file_store_away");
    throw error;
  }
}

async function keepPage(
  { db, vault, storage }: FileDeps,
  place: { fileId: string; subdistrictId: number; page: number },
  { sha256, width, height, sizes }: PageSizes,
): Promise<void> {
  const content = { subdistrictId: place.subdistrictId, sha256 };
  const stored = await withTransaction(db, async (tx) => {
    await lockContent(tx, content);
    const known = await isContentStored(tx, content);
    const { thumbnail, screen, full } = sizes;
    const bytes = { thumbnailBytes: thumbnail.length, screenBytes: screen.length, fullBytes: full.length };
    await insertPage(tx, { ...place, sha256, width, height, ...bytes });
    return known;
  });
  if (stored) return;
  await Promise.all(
    fileSizes.map((size) => {
      const key = keyOf(vault, content, size);
      return storage.put(key, vault.sealBytes(sizes[size], key));
    }),
  );
}
