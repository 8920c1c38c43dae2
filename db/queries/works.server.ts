import { sql, type RawBuilder } from "kysely";
import type { PlannedMilestone, SiteReport, WorksFacts } from "#app/domain/milestones.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import type { Db, Tx } from "../client.server.ts";

/** The works of a stairwell as one value, for a statement that reads its row anyway. */
export function worksFactsOf(stairwellId: RawBuilder<unknown>): RawBuilder<WorksFacts | null> {
  return sql<WorksFacts | null>`(
    select json_build_object(
      'plans', p.number,
      'plan', (
        select json_agg(json_build_object('code', m.code, 'name', m.name, 'start', m.starts_on, 'end', m.ends_on) order by m.place)
        from milestone m where m.plan_id = p.id),
      'firstEnd', (
        select max(m.ends_on) from milestone m join works_plan f on f.id = m.plan_id where f.stairwell_id = p.stairwell_id and f.number = 1),
      'reports', (
        select coalesce(json_agg(json_build_object('id', r.id, 'milestone', r.milestone, 'kind', r.kind, 'onDay', r.on_day,
          'cause', r.cause, 'owner', r.owner, 'nextDay', r.next_day, 'verdict', d.verdict) order by r.on_day, r.id), '[]')
        from site_report r left join milestone_decision d on d.report_id = r.id where r.stairwell_id = p.stairwell_id))
    from works_plan p where p.stairwell_id = ${stairwellId} order by p.number desc limit 1)`;
}

/** The number under which the lift of a stairwell is registered, as it was recorded last. */
export function registrationOf(stairwellId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<string | null>`(
    select v.text from stage_evidence v where v.stairwell_id = ${stairwellId} and v.kind = 'registration-number' order by v.id desc limit 1)`;
}

export async function readWorks(db: Db | Tx, stairwellId: number): Promise<WorksFacts | null> {
  const { rows } = await sql<{ works: WorksFacts | null }>`select ${worksFactsOf(sql`${stairwellId}::integer`)} as works`.execute(db);
  return rows[0]?.works ?? null;
}

/** The project of a stairwell, held until the transaction ends: what is reported and decided of its works stands in one order. */
export function lockProject(tx: Tx, stairwellId: number): Promise<{ stage: Stage; sideState: SideState | null; startedOn: string | null }> {
  return tx
    .selectFrom("project")
    .select(["stage", "sideState", "startedOn"])
    .where("stairwellId", "=", stairwellId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export interface NewPlan {
  subdistrictId: number;
  stairwellId: number;
  number: number;
  reason: string | null;
  accountId: number;
  at: Date;
}

export async function insertPlan(tx: Tx, plan: NewPlan, milestones: readonly PlannedMilestone[]): Promise<number> {
  const { id } = await tx.insertInto("worksPlan").values(plan).returning("id").executeTakeFirstOrThrow();
  await tx
    .insertInto("milestone")
    .values(milestones.map(({ code, name, start, end }, place) => ({ planId: id, place, subdistrictId: plan.subdistrictId, code, name, startsOn: start, endsOn: end })))
    .execute();
  return id;
}

export interface NewReport extends Omit<SiteReport, "id" | "verdict"> {
  subdistrictId: number;
  stairwellId: number;
  people: number | null;
  wordsCipher: Buffer | null;
  accountId: number;
  at: Date;
}

export async function insertReport(tx: Tx, report: NewReport): Promise<number> {
  const { id } = await tx.insertInto("siteReport").values(report).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertReportPhoto(tx: Tx, photo: { fileId: string; reportId: number; subdistrictId: number }): Promise<void> {
  await tx.insertInto("siteReportPhoto").values(photo).execute();
}

/** A report of this stairwell as far as it decides about a decision on it; `photos` are those that were not removed. */
export async function findReportToDecide(tx: Tx, { reportId, stairwellId }: { reportId: number; stairwellId: number }) {
  return tx
    .selectFrom("siteReport")
    .select((e) => [
      "siteReport.kind", "siteReport.milestone", "siteReport.accountId", "siteReport.onDay",
      e.exists(e.selectFrom("milestoneDecision").select("reportId").whereRef("milestoneDecision.reportId", "=", "siteReport.id")).as("isDecided"),
    ])
    .where("siteReport.id", "=", reportId)
    .where("siteReport.stairwellId", "=", stairwellId)
    .executeTakeFirst();
}

/** The photos of a report that were not removed, in the order of sending. */
export async function listReportPhotos(db: Db | Tx, reportId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("siteReportPhoto")
    .innerJoin("file", "file.id", "siteReportPhoto.fileId")
    .select("file.id")
    .where("siteReportPhoto.reportId", "=", reportId)
    .where("file.removedAt", "is", null)
    .orderBy("file.at")
    .orderBy("file.id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertDecision(
  tx: Tx,
  decision: { reportId: number; reportedBy: number; subdistrictId: number; verdict: "confirmed" | "returned"; reason: string | null; accountId: number; at: Date },
): Promise<void> {
  await tx.insertInto("milestoneDecision").values(decision).execute();
}

export function readProject(db: Db, stairwellId: number): Promise<{ stage: Stage; stageSince: Date; sideState: SideState | null }> {
  return db.selectFrom("project").select(["stage", "stageSince", "sideState"]).where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();
}

/** The newest reports of a stairwell with what became of them; `photos` are those that were not removed. */
export async function listReports(db: Db, stairwellId: number, limit: number) {
  return db
    .selectFrom("siteReport")
    .innerJoin("account", "account.id", "siteReport.accountId")
    .leftJoin("milestoneDecision", "milestoneDecision.reportId", "siteReport.id")
    .leftJoin("account as decider", "decider.id", "milestoneDecision.accountId")
    .select(["decider.name as decidedBy", "milestoneDecision.at as decidedAt"])
    .select([
      "siteReport.id", "siteReport.milestone", "siteReport.kind", "siteReport.onDay", "siteReport.at", "siteReport.cause", "siteReport.owner",
      "siteReport.nextDay", "siteReport.people", "siteReport.wordsCipher", "siteReport.accountId", "account.name as by",
      "milestoneDecision.verdict", "milestoneDecision.reason",
    ])
    .select(
      sql<{ file: string; width: number; height: number }[]>`(
        select coalesce(json_agg(json_build_object('file', f.id, 'width', g.width, 'height', g.height) order by f.at, f.id), '[]')
        from site_report_photo k join file f on f.id = k.file_id and f.removed_at is null join file_page g on g.file_id = f.id and g.page = 1
        where k.report_id = site_report.id)`.as("photos"),
    )
    .where("siteReport.stairwellId", "=", stairwellId)
    .orderBy("siteReport.onDay", "desc")
    .orderBy("siteReport.id", "desc")
    .limit(limit)
    .execute();
}
