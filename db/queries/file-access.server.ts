import type { FileOwner } from "#app/domain/file-access.ts";
import type { FileKind } from "#app/domain/files.ts";
import type { Db } from "../client.server.ts";
import { listPhotoOwners } from "./photos.server.ts";
import { listTicketPhotoOwners } from "./tickets.server.ts";

/**
 * The rows that refer to a file, one query for each kind of thing. A query that shows what is only to be looked at with
 * a logged reason answers with nothing for an account that has given none.
 */
type Referrer = (db: Db, file: { fileId: string; accountId: number }) => Promise<FileOwner[]>;

/** Pages of paper ballots are their committee's. */
const listBallotPageOwners: Referrer = (db, { fileId }) =>
  db
    .selectFrom("ballotPage")
    .innerJoin("consultation", "consultation.id", "ballotPage.consultationId")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["consultation.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .distinct()
    .where("ballotPage.fileId", "=", fileId)
    .execute();

const REFERRERS: Record<FileKind, Referrer[]> = {
  scan: [listBallotPageOwners],
  authorisation: [],
  photo: [listPhotoOwners, listTicketPhotoOwners],
  document: [],
};

export interface FileStanding {
  kind: FileKind;
  uploadedBy: number | null;
  isPublic: boolean;
}

/** What decides who may see a file; undefined when it is not there, not yet or no longer. */
export async function findFileStanding(db: Db, fileId: string): Promise<FileStanding | undefined> {
  const file = await db
    .selectFrom("file")
    .select(["kind", "uploadedBy", "publicSince"])
    .where("id", "=", fileId)
    .where("storedAt", "is not", null)
    .where("removedAt", "is", null)
    .executeTakeFirst();
  if (!file) return undefined;
  const { publicSince, ...standing } = file;
  return { ...standing, isPublic: publicSince !== null };
}

/** Whose the file is, for this account to be held against. */
export async function listFileOwners(db: Db, kind: FileKind, file: { fileId: string; accountId: number }): Promise<FileOwner[]> {
  return (await Promise.all(REFERRERS[kind].map((list) => list(db, file)))).flat();
}
