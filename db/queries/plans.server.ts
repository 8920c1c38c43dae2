import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import type { Scope } from "#app/domain/consultation.ts";
import { changesSince, plansOf, type MaterialChange, type Plan, type PlanVersion } from "#app/domain/plan.ts";
import { settingOn } from "#app/domain/settings.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Db, Tx } from "../client.server.ts";
import { settingEntry } from "./settings.server.ts";

const COLUMNS = [
  "planVersion.id", "planVersion.number", "planVersion.version", "planVersion.firmId", "planVersion.agent", "planVersion.make", "planVersion.model",
  "planVersion.entry", "planVersion.position", "planVersion.priceFen", "planVersion.months", "planVersion.about", "planVersion.drawing", "planVersion.changed",
  "planVersion.at",
] as const;

/** All plans of a stairwell, with whether the agent of each version stands on the blacklist now, and with who recorded each version. */
export async function listPlans(db: Db | Tx, stairwellId: number): Promise<Plan<PlanVersion & { by: string; blocked: boolean }>[]> {
  return plansOf(await listPlanVersions(db, stairwellId), await listPlanWithdrawals(db, stairwellId));
}

function listPlanVersions(db: Db | Tx, stairwellId: number): Promise<(PlanVersion & { by: string; blocked: boolean })[]> {
  return db
    .selectFrom("planVersion")
    .innerJoin("account", "account.id", "planVersion.accountId")
    .select([...COLUMNS, "account.name as by"])
    .select(sql<boolean>`coalesce((select b.blocked from firm_block b where b.firm_id = plan_version.firm_id order by b.id desc limit 1), false)`.as("blocked"))
    .where("planVersion.stairwellId", "=", stairwellId)
    .orderBy("planVersion.number")
    .orderBy("planVersion.version")
    .execute();
}

function listPlanWithdrawals(db: Db | Tx, stairwellId: number) {
  return db.selectFrom("planWithdrawal").select(["number", "reason", "at"]).where("stairwellId", "=", stairwellId).orderBy("number").execute();
}

export interface NewPlanVersion extends Omit<PlanVersion, "id"> {
  subdistrictId: number;
  stairwellId: number;
  accountId: number;
}

export async function insertPlanVersion(tx: Tx, version: NewPlanVersion): Promise<number> {
  const { id } = await tx.insertInto("planVersion").values(version).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertPlanWithdrawal(
  tx: Tx,
  withdrawal: { subdistrictId: number; stairwellId: number; number: number; version: number; reason: string; accountId: number; at: Date },
): Promise<void> {
  await tx.insertInto("planWithdrawal").values(withdrawal).execute();
}

/** Binds a consultation to the version that it is about; only the transaction that opens it can. */
export async function bindPlan(tx: Tx, binding: { consultationId: number; subdistrictId: number; planVersionId: number }): Promise<void> {
  await tx.insertInto("consultationPlan").values(binding).execute();
}

/** The consultations of a stairwell that were not withdrawn, with the version that each is about, the newest first. */
export function listPlanVotes(db: Db | Tx, stairwellId: number) {
  return db
    .selectFrom("consultation")
    .leftJoin("consultationPlan", "consultationPlan.consultationId", "consultation.id")
    .leftJoin("planVersion", "planVersion.id", "consultationPlan.planVersionId")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .select([
      "consultation.code", "consultation.subdistrictId", "consultation.scope", "consultation.openedAt", "consultation.publishedAt", "certificate.passed",
      "planVersion.number", "planVersion.version",
    ])
    .where("consultation.stairwellId", "=", stairwellId)
    .where("consultation.withdrawnAt", "is", null)
    .orderBy("consultation.openedAt", "desc")
    .orderBy("consultation.id", "desc")
    .execute();
}

/** The version that a consultation is about; undefined where it is about none. */
export function findPlanOf(db: Db | Tx, consultationId: number): Promise<PlanVersion | undefined> {
  return db
    .selectFrom("consultationPlan")
    .innerJoin("planVersion", "planVersion.id", "consultationPlan.planVersionId")
    .select(COLUMNS)
    .where("consultationPlan.consultationId", "=", consultationId)
    .executeTakeFirst();
}

/** What a passed vote was about, and what has become different of it. */
export interface PlanConsent {
  consultation: string;
  voted: PlanVersion;
  newest: PlanVersion;
  /** With any of these the consent is to be renewed. */
  changes: MaterialChange[];
}

/** The plan that the owners consented to in the newest published vote of this scope; null where none passed, or about no plan. One query. */
export async function findConsent(db: Db | Tx, stairwellId: number, scope: Scope = "stairwell"): Promise<PlanConsent | null> {
  const rows = await db
    .with("vote", (with_) =>
      with_
        .selectFrom("consultation")
        .select(["consultation.id", "consultation.code", "consultation.subdistrictId", "consultation.openedAt"])
        .where("consultation.stairwellId", "=", stairwellId)
        .where("consultation.scope", "=", scope)
        .where("consultation.withdrawnAt", "is", null)
        .where("consultation.publishedAt", "is not", null)
        .orderBy("consultation.openedAt", "desc")
        .orderBy("consultation.id", "desc")
        .limit(1),
    )
    .selectFrom("vote")
    .innerJoin("certificate", "certificate.consultationId", "vote.id")
    .innerJoin("consultationPlan", "consultationPlan.consultationId", "vote.id")
    .innerJoin("planVersion as voted", "voted.id", "consultationPlan.planVersionId")
    .innerJoin("planVersion", (on) => on.onRef("planVersion.stairwellId", "=", "voted.stairwellId").onRef("planVersion.number", "=", "voted.number"))
    .leftJoin("planWithdrawal", (on) => on.onRef("planWithdrawal.stairwellId", "=", "voted.stairwellId").onRef("planWithdrawal.number", "=", "voted.number"))
    .select([...COLUMNS, "vote.code", "vote.openedAt", "voted.id as votedId", "planWithdrawal.reason", "planWithdrawal.at as withdrawnAt"])
    .select(settingEntry(sql`vote.subdistrict_id`, "plan-change-percent", sql`(vote.opened_at at time zone 'Asia/Shanghai')::date`).as("percent"))
    .where("certificate.passed", "=", true)
    .orderBy("planVersion.version", "desc")
    .execute();
  const [newest] = rows;
  const voted = rows.find(({ id, votedId }) => id === votedId);
  if (!newest || !voted) return null;
  const withdrawn = newest.reason !== null && newest.withdrawnAt !== null ? { reason: newest.reason, at: newest.withdrawnAt } : null;
  const percent = settingOn(newest.percent, "plan-change-percent", shanghaiDay(newest.openedAt));
  return { consultation: newest.code, voted, newest, changes: changesSince(voted, { newest, withdrawn }, percent) };
}

/** The pages of files that everybody sees, in order. */
export function listPublicPages(db: Db, fileIds: readonly string[]) {
  return db
    .selectFrom("filePage")
    .innerJoin("file", "file.id", "filePage.fileId")
    .select(["file.id as file", "filePage.page", "filePage.width", "filePage.height"])
    .where("file.id", "in", ["", ...fileIds])
    .where("file.publicSince", "is not", null)
    .where("file.removedAt", "is", null)
    .orderBy("file.id")
    .orderBy("filePage.page")
    .execute();
}

/** Whose the drawing of a plan is. */
export function listDrawingOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  return db
    .selectFrom("planVersion")
    .innerJoin("stairwell", "stairwell.id", "planVersion.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .where("planVersion.drawing", "=", fileId)
    .execute();
}
