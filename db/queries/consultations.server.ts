import { sql } from "kysely";
import { writeConsultationFile, type Ballot, type ConsultationFile } from "#app/domain/consultation-file.ts";
import type { Scope } from "#app/domain/consultation.ts";
import type { ConsultationShow } from "#app/domain/desk-list.ts";
import { isRulesetId, type NamedRuleset } from "#app/domain/ruleset.ts";
import type { RollRow, TallyResult } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";

/** Takes hold of a stairwell's project until the transaction ends: two openings stand in one order. */
export function lockProjectOf(tx: Tx, stairwell: string) {
  return tx
    .selectFrom("project")
    .innerJoin("stairwell", "stairwell.id", "project.stairwellId")
    .select(["project.stairwellId", "stairwell.communityId", "project.subdistrictId", "project.stage", "project.sideState"])
    .where("stairwell.code", "=", stairwell)
    .forUpdate("project")
    .executeTakeFirst();
}

/**
 * Waits for everybody who came before to the same consultation, until the transaction ends. A row's lock alone is not
 * fair: whoever shares it may pass one who waits to change the row, so that a closing could wait as long as ballots come.
 */
export async function standInLine(tx: Tx, code: string, strength: "share" | "update"): Promise<void> {
  const lock = strength === "share" ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
  await sql`select ${lock}(hashtextextended(${`consultation ${code}`}, 0))`.execute(tx);
}

/**
 * Takes hold of a consultation until the transaction ends: `share` while a ballot or a void is written, `update` to
 * close, certify or publish it. What hangs on it must be read in a later statement, to be as it is under the lock.
 */
export async function lockConsultation(tx: Tx, code: string, strength: "share" | "update") {
  await standInLine(tx, code, strength);
  const consultation = tx
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .select([
      "consultation.id", "consultation.scope", "consultation.stairwellId", "stairwell.code as stairwell", "consultation.subdistrictId",
      "consultation.openedAt", "consultation.openedBy", "consultation.closesAt", "consultation.closedAt", "consultation.closedBy", "consultation.publishedAt",
      "consultation.withdrawnAt",
    ])
    .where("consultation.code", "=", code);
  return (strength === "share" ? consultation.forShare("consultation") : consultation.forUpdate("consultation")).executeTakeFirst();
}

/** Codes of the consultations whose deadline is over and that nobody has closed, the longest overdue first. */
export async function listDueConsultations(db: Db, now: Date): Promise<string[]> {
  const rows = await db.selectFrom("consultation").select("code").where("closedAt", "is", null).where("closesAt", "<", now).orderBy("closesAt").execute();
  return rows.map(({ code }) => code);
}

/** Rooms with a ballot that would count if a second person confirmed it. */
export async function listUnchecked(db: Db | Tx, consultationId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("pendingCheck")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "pendingCheck.consultationId").onRef("rollEntry.flatId", "=", "pendingCheck.flatId"),
    )
    .select("rollEntry.unit")
    .where("pendingCheck.consultationId", "=", consultationId)
    .orderBy(sql`roll_entry.unit collate "C"`)
    .execute();
  return rows.map(({ unit }) => unit);
}

/** Rooms with a request to void a ballot that nobody has decided. */
export async function listPendingVoids(db: Db | Tx, consultationId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("pendingVoid")
    .innerJoin("ballot", "ballot.id", "pendingVoid.ballotId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .select("rollEntry.unit")
    .distinct()
    .where("ballot.consultationId", "=", consultationId)
    .orderBy("rollEntry.unit")
    .execute();
  return rows.map(({ unit }) => unit);
}

/** Whether the result is certified, and which rooms have something open that stops it from being so. */
export async function readCertification(tx: Tx, consultationId: number): Promise<{ isCertified: boolean; pendingVoids: string[]; unchecked: string[] }> {
  const certificate = await tx
    .selectFrom("certificate")
    .select("consultationId")
    .where("consultationId", "=", consultationId)
    .executeTakeFirst();
  return {
    isCertified: certificate !== undefined,
    pendingVoids: await listPendingVoids(tx, consultationId),
    unchecked: await listUnchecked(tx, consultationId),
  };
}

/** Open, closed and waiting to be certified, certified and waiting to be published, published; or taken back. */
export type ConsultationState = "open" | "closed" | "certified" | "published" | "withdrawn";

interface Dates {
  closedAt: Date | null;
  certifiedAt: Date | null;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
}

function stateOf(dates: Dates): ConsultationState {
  if (dates.withdrawnAt) return "withdrawn";
  if (dates.publishedAt) return "published";
  if (dates.certifiedAt) return "certified";
  return dates.closedAt ? "closed" : "open";
}

/** The stairwell's consultations, newest first, with what came of them. */
export async function listConsultationsOfStairwell(db: Db | Tx, stairwellId: number) {
  const rows = await db
    .selectFrom("consultation")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .select([
      "consultation.code", "consultation.scope", "consultation.openedAt", "consultation.closesAt", "consultation.closedAt",
      "consultation.publishedAt", "consultation.withdrawnAt", "certificate.certifiedAt", "certificate.passed",
    ])
    .where("consultation.stairwellId", "=", stairwellId)
    .orderBy("consultation.openedAt", "desc")
    .orderBy("consultation.id", "desc")
    .execute();
  return rows.map((row) => ({ ...row, state: stateOf(row) }));
}

/** Codes that are `first` or begin with it and a dash. */
export async function listCodesLike(tx: Tx, first: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("consultation")
    .select("code")
    .where((e) => e.or([e("code", "=", first), e("code", "like", `${first}-%`)]))
    .execute();
  return rows.map(({ code }) => code);
}

/** Whose flats a consultation is about: a stairwell's, or a whole community's. */
export type Electorate = { stairwellId: number } | { communityId: number };

const isOf = (electorate: Electorate, stairwell: string) =>
  "stairwellId" in electorate
    ? sql<boolean>`${sql.ref(`${stairwell}.id`)} = ${electorate.stairwellId}`
    : sql<boolean>`${sql.ref(`${stairwell}.communityId`)} = ${electorate.communityId}`;

/** The flats with their places and the codes of their present owners, and what the rolls' imports left open. */
export async function readRegister(tx: Tx, electorate: Electorate) {
  const flats = await tx
    .selectFrom("flat")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .leftJoin("ownership", (join) => join.onRef("ownership.flatId", "=", "flat.id").on("ownership.until", "is", null))
    .leftJoin("owner", "owner.id", "ownership.ownerId")
    .select(["flat.id", "flat.room", "flat.area", "stairwell.code as stairwell", "stairwell.building", "stairwell.entrance"])
    .select(sql<string[]>`coalesce(array_agg(owner.code) filter (where owner.code is not null), '{}')`.as("owners"))
    .where(isOf(electorate, "stairwell"))
    .groupBy(["flat.id", "stairwell.id"])
    .orderBy("stairwell.code")
    .orderBy(sql`flat.room collate "C"`)
    .execute();
  const { count } = await tx
    .selectFrom("ownerQuestion")
    .innerJoin("stairwell", "stairwell.id", "ownerQuestion.stairwellId")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where(isOf(electorate, "stairwell"))
    .where("answer", "is", null)
    .executeTakeFirstOrThrow();
  return { flats, openQuestions: count };
}

export interface NewConsultation {
  subdistrictId: number;
  stairwellId: number;
  code: string;
  scope: Scope;
  ruleset: NamedRuleset;
  openedAt: Date;
  openedBy: number;
  closesAt: Date;
  roll: readonly (RollRow & { flatId: number })[];
}

/** Opens a consultation over a roll that is frozen with it. */
export async function insertConsultation(tx: Tx, { ruleset, roll, ...consultation }: NewConsultation): Promise<number> {
  const { id } = await tx
    .insertInto("consultation")
    .values({ ...consultation, rulesetId: ruleset.id, ruleset: JSON.stringify(ruleset) })
    .returning("id")
    .executeTakeFirstOrThrow();
  // Columns as arrays: a statement takes no more than 65 535 parameters, and a community may have more flats than that allows.
  const column = <K extends keyof NewConsultation["roll"][number]>(key: K) => roll.map((entry) => entry[key]);
  await sql`
    insert into roll_entry (consultation_id, flat_id, unit, voter, area)
    select ${id}::integer, flat_id, unit, voter, area
    from unnest(${column("flatId")}::integer[], ${column("unit")}::text[], ${column("voter")}::text[], ${column("area")}::integer[])
      as t (flat_id, unit, voter, area)`.execute(tx);
  return id;
}

/** Names of all who own or owned a flat of the roll: none of them may stand in a record. */
export async function listOwnerNames(tx: Tx, consultationId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("rollEntry")
    .innerJoin("ownership", "ownership.flatId", "rollEntry.flatId")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select("owner.name")
    .distinct()
    .where("rollEntry.consultationId", "=", consultationId)
    .execute();
  return rows.map(({ name }) => name);
}

/** All that a tally counts, the roll by unit and the ballots by number. */
export async function readConsultationRows(
  db: Db | Tx,
  consultationId: number,
): Promise<{ ruleset: NamedRuleset; roll: RollRow[]; ballots: (Ballot & { receipt: string | null })[] }> {
  const { ruleset } = await db
    .selectFrom("consultation")
    .select("ruleset")
    .where("id", "=", consultationId)
    .executeTakeFirstOrThrow();
  const roll = await db
    .selectFrom("rollEntry")
    .select(["unit", "voter", "area"])
    .where("consultationId", "=", consultationId)
    .orderBy(sql`unit collate "C"`)
    .execute();
  const ballots = await db
    .selectFrom("ballot")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .leftJoin("ballotEnded", "ballotEnded.ballotId", "ballot.id")
    .select(["rollEntry.unit", "ballot.seq", "ballot.choice", "ballot.channel", "ballot.receipt", "ballotEnded.ended"])
    .where("ballot.consultationId", "=", consultationId)
    .orderBy("ballot.seq")
    .execute();
  return {
    ruleset: ruleset as unknown as NamedRuleset,
    roll,
    ballots: ballots.map(({ ended, ...ballot }) => (ended === null ? ballot : { ...ballot, void: ended })),
  };
}

/** The `jiati-consultation/1` document of a closed consultation; undefined while it is open and where there is none. */
export async function readConsultationFile(db: Db | Tx, code: string): Promise<ConsultationFile | undefined> {
  const consultation = await db
    .selectFrom("consultation")
    .select(["id", "rulesetId"])
    .where("code", "=", code)
    .where("closedAt", "is not", null)
    .executeTakeFirst();
  if (!consultation) return undefined;
  const rows = await readConsultationRows(db, consultation.id);
  // An id stands for the same thresholds for ever, so the file needs no more than it.
  return writeConsultationFile({ ...rows, ruleset: isRulesetId(consultation.rulesetId) ? consultation.rulesetId : rows.ruleset });
}

/** A consultation with its place, its rule and its dates, who acted by the names of their accounts, and its certificate. */
export async function findConsultation(db: Db, code: string) {
  const row = await db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .leftJoin("account as opener", "opener.id", "consultation.openedBy")
    .leftJoin("account as closer", "closer.id", "consultation.closedBy")
    .leftJoin("account as certifier", "certifier.id", "certificate.certifiedBy")
    .leftJoin("account as publisher", "publisher.id", "consultation.publishedBy")
    .leftJoin("account as withdrawer", "withdrawer.id", "consultation.withdrawnBy")
    .select([
      "consultation.id", "consultation.code", "consultation.scope", "consultation.stairwellId", "consultation.subdistrictId",
      "stairwell.code as stairwell", "stairwell.building", "stairwell.entrance", "stairwell.floors",
      "community.code as communityCode", "community.name as community", "committee.name as committee", "committee.phone as committeePhone",
      "consultation.ruleset",
      "consultation.openedAt", "consultation.openedBy as openedById", "opener.name as openedBy", "consultation.closesAt",
      "consultation.closedAt", "consultation.closedBy as closedById", "closer.name as closedBy", "consultation.closeReason",
      "consultation.publishedAt", "publisher.name as publishedBy",
      "consultation.withdrawnAt", "withdrawer.name as withdrawnBy", "consultation.withdrawReason",
      "certificate.result", "certificate.passed", "certificate.source", "certificate.certifiedAt", "certifier.name as certifiedBy",
    ])
    .where("consultation.code", "=", code)
    .executeTakeFirst();
  if (!row) return undefined;
  const { ruleset, result, passed, source, certifiedAt, certifiedBy, ...consultation } = row;
  return {
    ...consultation,
    ruleset: ruleset as unknown as NamedRuleset,
    certificate:
      passed === null || certifiedAt === null
        ? null
        : { result: result as unknown as TallyResult, passed, source, certifiedAt, certifiedBy },
  };
}

const inScope = ({ committeeIds, subdistrictIds }: { committeeIds: readonly number[]; subdistrictIds: readonly number[] }) =>
  sql<boolean>`(community.committee_id = any(${[...committeeIds]}::int[]) or consultation.subdistrict_id = any(${[...subdistrictIds]}::int[]))`;

const CONSULTATIONS_PER_PAGE = 50;

/** The desk's consultations: those that need something yet by their deadline, the nearest first; after them those that are done, newest first. */
export async function listConsultations(
  db: Db,
  within: { committeeIds: number[]; subdistrictIds: number[] },
  { show = "running", community, page = 1 }: { show?: ConsultationShow | undefined; community?: string | undefined; page?: number | undefined } = {},
) {
  const isDone = sql<boolean>`(consultation.published_at is not null or consultation.withdrawn_at is not null)`;
  const listed = db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .where(inScope(within))
    .$if(show === "running", (q) => q.where((e) => e.not(isDone)))
    .$if(show === "ended", (q) => q.where(isDone))
    .$if(community !== undefined, (q) => q.where("community.code", "=", community ?? ""));
  const [rows, counted] = await Promise.all([
    listed
      .select([
        "consultation.code", "stairwell.code as stairwell", "stairwell.building", "stairwell.entrance", "community.name as community",
        "consultation.scope", "consultation.openedAt", "consultation.closesAt", "consultation.closedAt", "consultation.publishedAt",
        "consultation.withdrawnAt", "certificate.certifiedAt", "certificate.passed",
      ])
      .select([
        sql<number>`(select count(*) from roll_entry r where r.consultation_id = consultation.id)`.as("flats"),
        sql<number>`(select count(*) from counting_ballot b where b.consultation_id = consultation.id)`.as("returned"),
        sql<number>`(select count(*) from pending_void p join ballot b on b.id = p.ballot_id where b.consultation_id = consultation.id)`.as(
          "pendingVoids",
        ),
        sql<number>`(select count(*) from pending_check p where p.consultation_id = consultation.id)`.as("unchecked"),
      ])
      .orderBy(isDone)
      .orderBy(sql`case when ${isDone} then null else consultation.closes_at end`)
      .orderBy("consultation.closesAt", "desc")
      .orderBy("consultation.id")
      .limit(CONSULTATIONS_PER_PAGE)
      .offset((page - 1) * CONSULTATIONS_PER_PAGE)
      .execute(),
    listed.select((e) => e.fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return {
    consultations: rows.map((row) => ({ ...row, state: stateOf(row) })),
    count: counted.count,
    pages: Math.max(1, Math.ceil(counted.count / CONSULTATIONS_PER_PAGE)),
  };
}

/** Consultations of this scope that somebody has to see to: those that close by this moment, and those closed and not yet published. */
export async function listConsultationsToEnd(db: Db, within: { committeeIds: number[]; subdistrictIds: number[] }, by: Date) {
  const rows = await db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .select([
      "consultation.id", "consultation.code", "stairwell.entrance", "community.name as community", "consultation.scope", "consultation.closesAt",
      "consultation.closedAt", "consultation.closedBy", "consultation.openedBy", "certificate.certifiedAt",
    ])
    .where(inScope(within))
    .where("consultation.publishedAt", "is", null)
    .where("consultation.withdrawnAt", "is", null)
    .where((e) => e.or([e("consultation.closedAt", "is not", null), e("consultation.closesAt", "<=", by)]))
    .orderBy("consultation.closesAt")
    .orderBy("consultation.id")
    .limit(100)
    .execute();
  return rows.map(({ closedAt, certifiedAt, closedBy, openedBy, ...row }) => ({
    ...row,
    state: certifiedAt ? ("certified" as const) : closedAt ? ("closed" as const) : ("open" as const),
    // Where the portal closed it, the first of the two people is whoever opened it.
    firstPerson: closedBy ?? openedBy,
  }));
}
