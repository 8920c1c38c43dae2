import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import type { FileKind } from "#app/domain/files.ts";
import type { Db } from "../client.server.ts";
import { listAssessmentPhotoOwners } from "./assessments.server.ts";
import { listEvidenceOwners } from "./evidence.server.ts";
import { listPaymentReceiptOwners, listSpendingReceiptOwners } from "./ledger.server.ts";
import { listNoticeFileOwners } from "./notices.server.ts";
import { listPhotoOwners } from "./photos.server.ts";
import { listDrawingOwners } from "./plans.server.ts";
import { listTicketPhotoOwners } from "./tickets.server.ts";

/**
 * The rows that refer to a file, one query for each kind of thing. A query that shows what is only to be looked at with
 * a logged reason answers with nothing for an account that has given none.
 */
type Referrer = (db: Db, file: FileAsked) => Promise<FileOwner[]>;

interface FileAsked {
  fileId: string;
  accountId: number;
  /** From when on a reason to look at single ballots holds. */
  lookedSince: Date;
}

/** What lies with single ballots is their committee's, for a logged reason. */
const hasLooked = ({ accountId, lookedSince }: FileAsked) => sql<boolean>`exists (
  select from ballot_look l where l.consultation_id = consultation.id and l.account_id = ${accountId} and l.at > ${lookedSince})`;

const listBallotPageOwners: Referrer = (db, file) =>
  db
    .selectFrom("ballotPage")
    .innerJoin("consultation", "consultation.id", "ballotPage.consultationId")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["consultation.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .distinct()
    .where("ballotPage.fileId", "=", file.fileId)
    .where(hasLooked(file))
    .execute();

/** For all others a signature stays that of who drew it. */
const listSignatureOwners: Referrer = (db, file) =>
  db
    .selectFrom("ballotSignature")
    .innerJoin("ballot", "ballot.id", "ballotSignature.ballotId")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["consultation.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .where("ballotSignature.fileId", "=", file.fileId)
    .where(hasLooked(file))
    .execute();

const REFERRERS: Record<FileKind, Referrer[]> = {
  scan: [listBallotPageOwners],
  authorisation: [],
  signature: [listSignatureOwners],
  photo: [listPhotoOwners, listTicketPhotoOwners, listEvidenceOwners, listNoticeFileOwners, listAssessmentPhotoOwners],
  receipt: [listPaymentReceiptOwners, listSpendingReceiptOwners],
  document: [listEvidenceOwners, listDrawingOwners, listNoticeFileOwners],
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
export async function listFileOwners(db: Db, kind: FileKind, file: FileAsked): Promise<FileOwner[]> {
  return (await Promise.all(REFERRERS[kind].map((list) => list(db, file)))).flat();
}
