import { sql } from "kysely";
import type { FileKind, FileType } from "#app/domain/files.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewFile {
  id: string;
  subdistrictId: number;
  kind: FileKind;
  originalType: FileType;
  originalBytes: number;
  pages: number;
  uploadedBy: number | null;
  at: Date;
}

/** A file whose pages are still to come; nobody sees it, and the sweep removes it, until it is settled. */
export async function insertFile(tx: Tx, file: NewFile): Promise<void> {
  await tx.insertInto("file").values(file).execute();
}

export async function settleFile(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable("file").set({ storedAt: at }).where("id", "=", id).execute();
}

/** The pages of a subdistrict with the same content are stored once. */
export interface Content {
  subdistrictId: number;
  sha256: Buffer;
}

export interface NewPage extends Content {
  fileId: string;
  page: number;
  width: number;
  height: number;
  thumbnailBytes: number;
  screenBytes: number;
  fullBytes: number;
}

/** Holds this content until the transaction ends: a page that is coming in and one that is being erased wait for each other. */
export async function lockContent(tx: Tx, { subdistrictId, sha256 }: Content): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`file ${subdistrictId} ${sha256.toString("hex")}`}, 0))`.execute(tx);
}

/** Whether the store has this content for sure; to be asked, and acted upon, while it is held. */
export async function isContentStored(tx: Tx, content: Content): Promise<boolean> {
  return isContentOf(tx, content, (file) => file.where("file.storedAt", "is not", null));
}

/** Whether another file has this content, or is about to. */
export async function isContentNeeded(tx: Tx, content: Content, besideFileId: string): Promise<boolean> {
  return isContentOf(tx, content, (file) => file.where("file.id", "<>", besideFileId));
}

async function isContentOf(tx: Tx, { subdistrictId, sha256 }: Content, also: (files: ReturnType<typeof filesWith>) => ReturnType<typeof filesWith>): Promise<boolean> {
  return (await also(filesWith(tx, subdistrictId, sha256)).executeTakeFirst()) !== undefined;
}

function filesWith(tx: Tx, subdistrictId: number, sha256: Buffer) {
  return tx
    .selectFrom("filePage")
    .innerJoin("file", "file.id", "filePage.fileId")
    .select("file.id")
    .where("filePage.subdistrictId", "=", subdistrictId)
    .where("filePage.sha256", "=", sha256)
    .where("file.removedAt", "is", null);
}

export async function insertPage(tx: Tx, page: NewPage): Promise<void> {
  await tx.insertInto("filePage").values(page).execute();
}

/**
 * A stored file of this kind, for a row that is about to refer to it; held until the transaction ends, so that it is not
 * swept away meanwhile. Undefined where there is none.
 */
export function holdFile(
  tx: Tx,
  { fileId, kind, subdistrictId }: { fileId: string; kind: FileKind; subdistrictId: number },
): Promise<{ pages: number } | undefined> {
  return tx
    .selectFrom("file")
    .select("pages")
    .where("id", "=", fileId)
    .where("kind", "=", kind)
    .where("subdistrictId", "=", subdistrictId)
    .where("storedAt", "is not", null)
    .where("removedAt", "is", null)
    .forShare()
    .executeTakeFirst();
}

export interface StoredPage extends Content {
  isPublic: boolean;
  pages: number;
  width: number;
  height: number;
}

/** One page of a file that is there to be seen. */
export async function findPage(db: Db, { fileId, page }: { fileId: string; page: number }): Promise<StoredPage | undefined> {
  const found = await db
    .selectFrom("filePage")
    .innerJoin("file", "file.id", "filePage.fileId")
    .select(["file.publicSince", "file.pages", "filePage.subdistrictId", "filePage.sha256", "filePage.width", "filePage.height"])
    .where("filePage.fileId", "=", fileId)
    .where("filePage.page", "=", page)
    .where("file.storedAt", "is not", null)
    .where("file.removedAt", "is", null)
    .executeTakeFirst();
  if (!found) return undefined;
  const { publicSince, ...stored } = found;
  return { ...stored, isPublic: publicSince !== null };
}

/** What the store may hold for a file. */
export function listContents(db: Db, fileId: string): Promise<Content[]> {
  return db.selectFrom("filePage").select(["subdistrictId", "sha256"]).distinct().where("fileId", "=", fileId).execute();
}

export function holdFileToDrop(tx: Tx, id: string): Promise<{ storedAt: Date | null; removedAt: Date | null } | undefined> {
  return tx.selectFrom("file").select(["storedAt", "removedAt"]).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Whether a row of any table refers to the file, by the foreign keys as they are: none can be forgotten here. */
export async function isReferredTo(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ table: string; column: string }>`
    select r.relname as table, a.attname as column
    from pg_constraint c
    join pg_class r on r.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'file'::regclass and r.relname <> 'file_page'`.execute(tx);
  if (rows.length === 0) return false;
  const found = rows.map(({ table, column }) => sql`exists (select from ${sql.id(table)} where ${sql.id(column)} = ${id})`);
  const { rows: answer } = await sql<{ referred: boolean }>`select ${sql.join(found, sql` or `)} as referred`.execute(tx);
  return answer[0]?.referred ?? true;
}

export async function markRemoved(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable("file").set({ removedAt: at }).where("id", "=", id).execute();
}

export async function deleteFile(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("file").where("id", "=", id).execute();
}
