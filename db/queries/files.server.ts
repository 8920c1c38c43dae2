import { sql, type RawBuilder } from "kysely";
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
export function listContents(db: Db | Tx, fileId: string): Promise<Content[]> {
  return db.selectFrom("filePage").select(["subdistrictId", "sha256"]).distinct().where("fileId", "=", fileId).execute();
}

export function holdFileToDrop(tx: Tx, id: string): Promise<{ storedAt: Date | null; removedAt: Date | null } | undefined> {
  return tx.selectFrom("file").select(["storedAt", "removedAt"]).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Whether a row of any table refers to the file. */
export async function isReferredTo(tx: Tx, id: string): Promise<boolean> {
  const referrers = await listReferrers(tx);
  if (referrers.length === 0) return false;
  const found = sql.join(referrers.map((one) => isIn(one, sql`${id}`)), sql` or `);
  const { rows } = await sql<{ referred: boolean }>`select ${found} as referred`.execute(tx);
  return rows[0]?.referred ?? true;
}

interface Referrer {
  table: string;
  column: string;
}

/** The columns that refer to files, by the foreign keys as they are: none can be forgotten here. */
async function listReferrers(db: Db): Promise<Referrer[]> {
  const { rows } = await sql<Referrer>`
    select r.relname as table, a.attname as column
    from pg_constraint c
    join pg_class r on r.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'file'::regclass and r.relname <> 'file_page'`.execute(db);
  return rows;
}

function isIn({ table, column }: Referrer, file: RawBuilder<unknown>) {
  return sql`exists (select from ${sql.id(table)} r where r.${sql.id(column)} = ${file})`;
}

/** From now on nobody sees it and nobody takes its contents for stored. `accountId` is null for what was never used. */
export async function markRemoved(tx: Tx, { fileId, at, accountId }: { fileId: string; at: Date; accountId: number | null }): Promise<void> {
  await tx.updateTable("file").set({ removedAt: at, removedBy: accountId }).where("id", "=", fileId).execute();
}

/** Shows a photo or a document to everybody; that it may be is the use case's to know. */
export async function markPublic(tx: Tx, { fileId, at, accountId }: { fileId: string; at: Date; accountId: number }): Promise<void> {
  await tx.updateTable("file").set({ publicSince: at, publicBy: accountId }).where("id", "=", fileId).execute();
}

export async function markErased(tx: Tx, fileId: string, at: Date): Promise<void> {
  await tx.updateTable("file").set({ erasedAt: at }).where("id", "=", fileId).execute();
}

/** Files whose pages still are in the store although they were removed. */
export function listUnerased(db: Db, limit: number): Promise<{ id: string }[]> {
  return db.selectFrom("file").select("id").where("removedAt", "is not", null).where("erasedAt", "is", null).orderBy("at").limit(limit).execute();
}

/** Files that were not settled an hour later, or that nothing refers to a day later. */
export async function listLeftOver(db: Db, now: Date, limit: number): Promise<{ id: string }[]> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const referrers = await listReferrers(db);
  const { rows } = await sql<{ id: string }>`
    select id from file
    where removed_at is null and at < ${hourAgo} and (stored_at is null
      or (at < ${dayAgo} and not (${referrers.length === 0 ? sql`false` : sql.join(referrers.map((one) => isIn(one, sql`file.id`)), sql` or `)})))
    order by at limit ${limit}`.execute(db);
  return rows;
}

export async function deleteFile(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("file").where("id", "=", id).execute();
}

/** The contents of all files that are stored and not removed, each once. */
export function listStoredContents(db: Db): Promise<Content[]> {
  return db
    .selectFrom("filePage")
    .innerJoin("file", "file.id", "filePage.fileId")
    .select(["filePage.subdistrictId", "filePage.sha256"])
    .distinct()
    .where("file.storedAt", "is not", null)
    .where("file.removedAt", "is", null)
    .execute();
}
