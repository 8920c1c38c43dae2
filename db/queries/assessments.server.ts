import { sql, type RawBuilder } from "kysely";
import type { Finding, Grade } from "#app/domain/assessment.ts";
import type { Factor } from "#app/domain/assessment-form.ts";
import type { FileOwner } from "#app/domain/file-access.ts";
import type { AssessmentFacts } from "#app/domain/public-view.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewAssessment {
  subdistrictId: number;
  stairwellId: number;
  factors: readonly Factor[];
  startedAt: Date;
  startedBy: number;
}

/** Begins an assessment under the stairwell's next number. The caller holds the project. */
export async function insertAssessment(tx: Tx, { factors, ...assessment }: NewAssessment): Promise<{ id: number; number: number }> {
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from assessment where stairwell_id = ${assessment.stairwellId})`;
  return tx
    .insertInto("assessment")
    .values({ ...assessment, factors: JSON.stringify(factors), number })
    .returning(["id", "number"])
    .executeTakeFirstOrThrow();
}

export async function isAssessmentRunning(tx: Tx, stairwellId: number): Promise<boolean> {
  return (await tx.selectFrom("assessment").select("id").where("stairwellId", "=", stairwellId).where("issuedAt", "is", null).executeTakeFirst()) !== undefined;
}

/** Takes hold of an assessment until the transaction ends; the project is taken before it where both are. */
export async function lockAssessment(tx: Tx, id: number) {
  const row = await tx
    .selectFrom("assessment")
    .select(["id", "stairwellId", "subdistrictId", "number", "factors", "signedAt", "signedBy", "issuedAt"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, factors: row.factors as unknown as Factor[] };
}

export interface Found {
  factor: string;
  finding: Finding;
  /** With two decimals. */
  measured: string | null;
  note: string | null;
  remedy: string | null;
  remedyBy: string | null;
}

/** What was found, of each factor the newest, in the order of their names. */
export function listFindings(db: Db | Tx, assessmentId: number): Promise<Found[]> {
  return db
    .selectFrom("assessmentFinding")
    .select(["factor", "finding", "measured", "note", "remedy", "remedyBy"])
    .where("assessmentId", "=", assessmentId)
    .orderBy(sql`factor collate "C"`)
    .execute() as Promise<Found[]>;
}

export async function insertFindings(tx: Tx, found: readonly (Found & { subdistrictId: number; assessmentId: number; accountId: number; at: Date })[]): Promise<void> {
  await tx.insertInto("assessmentFactor").values(found).execute();
}

export async function insertAssessmentPhoto(tx: Tx, photo: { fileId: string; subdistrictId: number; assessmentId: number; factor: string; accountId: number; at: Date }): Promise<void> {
  await tx.insertInto("assessmentPhoto").values(photo).execute();
}

export async function setSignature(tx: Tx, id: number, by: { signedAt: Date; signedBy: number; returnedFor: null } | { signedAt: null; signedBy: null; returnedFor: string }): Promise<void> {
  await tx.updateTable("assessment").set(by).where("id", "=", id).execute();
}

export async function setIssued(tx: Tx, id: number, issued: { grade: Grade; issuedAt: Date; issuedBy: number }): Promise<void> {
  await tx.updateTable("assessment").set(issued).where("id", "=", id).execute();
}

/** An assessment with its place and its people. */
export async function findAssessment(db: Db, id: number) {
  const row = await assessments(db).where("assessment.id", "=", id).executeTakeFirst();
  return row && { ...row, factors: row.factors as unknown as Factor[] };
}

function assessments(db: Db) {
  return db
    .selectFrom("assessment")
    .innerJoin("stairwell", "stairwell.id", "assessment.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .innerJoin("project", "project.stairwellId", "stairwell.id")
    .innerJoin("account as starter", "starter.id", "assessment.startedBy")
    .leftJoin("account as signer", "signer.id", "assessment.signedBy")
    .leftJoin("account as issuer", "issuer.id", "assessment.issuedBy")
    .select([
      "assessment.id", "assessment.number", "assessment.factors", "assessment.startedAt", "assessment.signedAt", "assessment.signedBy", "assessment.returnedFor",
      "assessment.grade", "assessment.issuedAt", "assessment.stairwellId", "assessment.subdistrictId",
      "starter.name as startedByName", "signer.name as signedByName", "issuer.name as issuedByName",
      "stairwell.code", "stairwell.building", "stairwell.entrance", "stairwell.floors", "community.name as community", "committee.phone", "committee.id as committeeId",
      "project.stage", "project.sideState",
    ]);
}

/** How many factors of each of these assessments somebody has looked at. */
export async function countSeen(db: Db, assessmentIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("assessmentFinding")
    .select((e) => ["assessmentId", e.fn.countAll<number>().as("seen")])
    .where("assessmentId", "in", assessmentIds.length > 0 ? assessmentIds : [-1])
    .where("finding", "<>", "not-seen")
    .groupBy("assessmentId")
    .execute();
  return new Map(rows.map(({ assessmentId, seen }) => [assessmentId, seen]));
}

/** The assessments of these stairwells, the newest of each first. */
export function listAssessments(db: Db, stairwellIds: readonly number[]) {
  return db
    .selectFrom("assessment")
    .select(["id", "stairwellId", "grade", "signedAt", "issuedAt", sql<number>`jsonb_array_length(factors)`.as("factors")])
    .where("stairwellId", "in", stairwellIds.length > 0 ? stairwellIds : [-1])
    .orderBy("stairwellId")
    .orderBy("number", "desc")
    .execute();
}

/** Signed ones of these subdistricts that wait for a second professional other than this one, the longest waiting first. */
export function listToIssue(db: Db, { subdistrictIds, accountId }: { subdistrictIds: readonly number[]; accountId: number }) {
  return assessments(db)
    .where("assessment.subdistrictId", "in", subdistrictIds.length > 0 ? subdistrictIds : [-1])
    .where("assessment.signedBy", "<>", accountId)
    .where("assessment.issuedAt", "is", null)
    .orderBy("assessment.signedAt")
    .execute();
}

/** The issued assessment before this one, which it supersedes. */
export async function findSuperseded(db: Db, { stairwellId, number }: { stairwellId: number; number: number }) {
  const row = await db
    .selectFrom("assessment")
    .select(["id", "number", "factors", "grade", "issuedAt"])
    .where("stairwellId", "=", stairwellId)
    .where("number", "<", number)
    .where("issuedAt", "is not", null)
    .orderBy("number", "desc")
    .executeTakeFirst();
  return row && { ...row, factors: row.factors as unknown as Factor[] };
}

/** The issued assessments of a stairwell with what was found, the newest first, as a column of a query about it. */
export function issuedOf(stairwellId: RawBuilder<unknown>) {
  return sql<AssessmentFacts[]>`(
    select coalesce(json_agg(json_build_object('grade', a.grade, 'issuedAt', a.issued_at, 'factors', (
      select coalesce(json_agg(json_build_object('name', k.value ->> 'name', 'informative', (k.value ->> 'informative')::boolean, 'unit', k.value #>> '{limit,unit}',
        'finding', f.finding, 'measured', f.measured::text, 'remedy', f.remedy, 'remedyBy', f.remedy_by) order by k.ordinality), '[]')
      from jsonb_array_elements(a.factors) with ordinality k
      join assessment_finding f on f.assessment_id = a.id and f.factor = k.value ->> 'id'
    )) order by a.number desc), '[]')
    from assessment a where a.stairwell_id = ${stairwellId} and a.issued_at is not null
  )`;
}

/** The photos of an assessment, in the order in which they came. */
export function listAssessmentPhotos(db: Db, assessmentId: number) {
  return db
    .selectFrom("assessmentPhoto")
    .innerJoin("file", "file.id", "assessmentPhoto.fileId")
    .innerJoin("filePage", "filePage.fileId", "file.id")
    .select(["assessmentPhoto.fileId as file", "assessmentPhoto.factor", "assessmentPhoto.at", "filePage.width", "filePage.height"])
    .where("assessmentPhoto.assessmentId", "=", assessmentId)
    .where("filePage.page", "=", 1)
    .where("file.removedAt", "is", null)
    .orderBy("assessmentPhoto.at")
    .orderBy("file.id")
    .execute();
}

/** The subdistricts for which an account is an assessor, by the stairwells granted to it. */
export async function listAssessorSubdistricts(db: Db, accountId: number): Promise<number[]> {
  const rows = await assessorGrants(db, accountId).select("stairwell.subdistrictId").distinct().execute();
  return rows.map(({ subdistrictId }) => subdistrictId);
}

const assessorGrants = (db: Db, accountId: number) =>
  db
    .selectFrom("grant")
    .innerJoin("stairwell", "stairwell.id", "grant.scopeId")
    .where("grant.accountId", "=", accountId)
    .where("grant.role", "=", "assessor")
    .where("grant.revokedAt", "is", null);

/** Whose work an assessment is, and whether this account is an assessor of its subdistrict. */
export async function findAssessmentScope(db: Db, id: number, accountId: number) {
  const scope = await db
    .selectFrom("assessment")
    .innerJoin("stairwell", "stairwell.id", "assessment.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.id as stairwellId", "community.committeeId", "stairwell.subdistrictId"])
    .where("assessment.id", "=", id)
    .executeTakeFirst();
  return scope && { ...scope, isAssessor: (await listAssessorSubdistricts(db, accountId)).includes(scope.subdistrictId) };
}

/** Whose a photo of an assessment is: beside those who work at the stairwell, the assessors of the subdistrict, one of whom is to issue it. */
export async function listAssessmentPhotoOwners(db: Db, { fileId, accountId }: { fileId: string; accountId: number }): Promise<FileOwner[]> {
  const found = await db.selectFrom("assessmentPhoto").select("assessmentId").where("fileId", "=", fileId).executeTakeFirst();
  const scope = found && (await findAssessmentScope(db, found.assessmentId, accountId));
  if (!scope) return [];
  const { isAssessor, ...owner } = scope;
  return [{ ...owner, ...(isAssessor && { accountId }) }];
}
