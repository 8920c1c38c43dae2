import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import { namesPeople, type DocumentFacts } from "#app/domain/public-documents.ts";
import type { EvidenceKind } from "#app/domain/stage-moves.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewEvidence {
  subdistrictId: number;
  stairwellId: number;
  stage: Stage;
  kind: EvidenceKind;
  text: string | null;
  day: string | null;
  fileId: string | null;
  accountId: number;
  at: Date;
}

export async function insertEvidence(tx: Tx, evidence: NewEvidence): Promise<number> {
  const { id } = await tx.insertInto("stageEvidence").values(evidence).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** What is on record for a project: of each kind the newest, with whoever recorded it. */
export function listEvidence(db: Db | Tx, stairwellId: number) {
  return db
    .selectFrom("stageEvidence")
    .innerJoin("account", "account.id", "stageEvidence.accountId")
    .select([
      "stageEvidence.id", "stageEvidence.kind", "stageEvidence.text", "stageEvidence.day", "stageEvidence.fileId as file", "stageEvidence.at", "account.name as by",
    ])
    .distinctOn("stageEvidence.kind")
    .where("stageEvidence.stairwellId", "=", stairwellId)
    .orderBy("stageEvidence.kind")
    .orderBy("stageEvidence.id", "desc")
    .execute();
}

/** The same as documents: with the pages of a file that staff have shown to everybody. */
export async function listDocuments(db: Db, stairwellId: number): Promise<DocumentFacts[]> {
  const { rows } = await sql<DocumentFacts>`
    select distinct on (e.kind) e.kind, e.text, e.day, e.at as recorded_at, e.file_id as file,
      (select coalesce(json_agg(json_build_object('page', g.page, 'width', g.width, 'height', g.height) order by g.page), '[]')
        from file f join file_page g on g.file_id = f.id
        where f.id = e.file_id and f.public_since is not null and f.removed_at is null) as public_pages
    from stage_evidence e where e.stairwell_id = ${stairwellId} order by e.kind, e.id desc`.execute(db);
  return rows;
}

/** Whose a file is that stands as evidence; one that names owners is not for those who work at the stairwell. */
export async function listEvidenceOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  const rows = await db
    .selectFrom("stageEvidence")
    .innerJoin("stairwell", "stairwell.id", "stageEvidence.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stageEvidence.kind", "stairwell.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .distinct()
    .where("stageEvidence.fileId", "=", fileId)
    .execute();
  const isClosed = rows.some(({ kind }) => namesPeople(kind));
  return rows.map(({ subdistrictId, committeeId, stairwellId }) => ({ subdistrictId, committeeId, stairwellId: isClosed ? null : stairwellId }));
}
