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

/** The stairwell's photos that have not been removed, newest first. */
export function listPhotos(db: Db, stairwell: string): Promise<PhotoFacts[]> {
  return photosOf(db, stairwell).execute();
}

/** The same with who sent them, for the desk. */
export function listSentPhotos(db: Db, stairwell: string): Promise<(PhotoFacts & { by: string })[]> {
  return photosOf(db, stairwell).innerJoin("account", "account.id", "stairwellPhoto.accountId").select("account.name as by").execute();
}

function photosOf(db: Db, stairwell: string) {
  return db
    .selectFrom("stairwellPhoto")
    .innerJoin("stairwell", "stairwell.id", "stairwellPhoto.stairwellId")
    .innerJoin("file", "file.id", "stairwellPhoto.fileId")
    .innerJoin("filePage", "filePage.fileId", "file.id")
    .select(["file.id as file", "stairwellPhoto.caption", "stairwellPhoto.at", "file.publicSince", "filePage.width", "filePage.height"])
    .where("stairwell.code", "=", stairwell)
    .where("file.removedAt", "is", null)
    .where("filePage.page", "=", 1)
    .orderBy("stairwellPhoto.at", "desc")
    .orderBy("file.id");
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
