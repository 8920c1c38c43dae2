import { sql, type RawBuilder } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import type { PhotoFacts } from "#app/domain/public-view.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewPhoto {
  fileId: string;
  subdistrictId: number;
  stairwellId: number;
  caption: string;
  accountId: number;
  at: Date;
}

export async function insertPhoto(tx: Tx, photo: NewPhoto): Promise<void> {
  await tx.insertInto("stairwellPhoto").values(photo).execute();
}

/** A photo of the stairwell with what may become of it, held until the transaction ends. */
export async function holdPhoto(
  tx: Tx,
  { fileId, stairwellId }: { fileId: string; stairwellId: number },
): Promise<{ isPublic: boolean; isRemoved: boolean } | undefined> {
  const photo = await tx
    .selectFrom("stairwellPhoto")
    .innerJoin("file", "file.id", "stairwellPhoto.fileId")
    .select(["file.publicSince", "file.removedAt"])
    .where("stairwellPhoto.fileId", "=", fileId)
    .where("stairwellPhoto.stairwellId", "=", stairwellId)
    .forUpdate("file")
    .executeTakeFirst();
  return photo && { isPublic: photo.publicSince !== null, isRemoved: photo.removedAt !== null };
}

/** A photo as PostgreSQL writes it into JSON: moments are text there. */
export type PhotoRow = Omit<PhotoFacts, "at" | "publicSince"> & { at: string; publicSince: string | null };

/** The photos of the stairwell with the id in this expression that have not been removed, newest first, as a list in one column. */
export function photosOf(stairwellId: RawBuilder<unknown>): RawBuilder<PhotoRow[]> {
  return sql<PhotoRow[]>`(
    select coalesce(json_agg(json_build_object('file', o.id, 'caption', h.caption, 'at', h.at, 'publicSince', o.public_since,
      'width', g.width, 'height', g.height) order by h.at desc, o.id), '[]')
    from stairwell_photo h join file o on o.id = h.file_id join file_page g on g.file_id = o.id and g.page = 1
    where h.stairwell_id = ${stairwellId} and o.removed_at is null)`;
}

/** The same with who sent them, for the desk. */
export function listSentPhotos(db: Db, stairwell: string): Promise<(PhotoFacts & { by: string })[]> {
  return db
    .selectFrom("stairwellPhoto")
    .innerJoin("stairwell", "stairwell.id", "stairwellPhoto.stairwellId")
    .innerJoin("account", "account.id", "stairwellPhoto.accountId")
    .innerJoin("file", "file.id", "stairwellPhoto.fileId")
    .innerJoin("filePage", "filePage.fileId", "file.id")
    .select(["file.id as file", "stairwellPhoto.caption", "stairwellPhoto.at", "file.publicSince", "filePage.width", "filePage.height", "account.name as by"])
    .where("stairwell.code", "=", stairwell)
    .where("file.removedAt", "is", null)
    .where("filePage.page", "=", 1)
    .orderBy("stairwellPhoto.at", "desc")
    .orderBy("file.id")
    .execute();
}

/** Whose a photo of a stairwell is. */
export function listPhotoOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  return db
    .selectFrom("stairwellPhoto")
    .innerJoin("stairwell", "stairwell.id", "stairwellPhoto.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .where("stairwellPhoto.fileId", "=", fileId)
    .execute();
}
