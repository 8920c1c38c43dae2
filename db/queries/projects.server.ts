import type { Stage } from "#app/domain/stages.ts";
import type { Db, Tx } from "../client.server.ts";

export interface StageMove {
  subdistrictId: number;
  stairwellId: number;
  from: Stage;
  to: Stage;
  reason: string | null;
  accountId: number | null;
  at: Date;
}

/** Records a step of the project and sets where it stands. */
export async function moveStage(tx: Tx, { from, to, ...move }: StageMove): Promise<void> {
  await tx.insertInto("stageMove").values({ ...move, fromStage: from, toStage: to }).execute();
  await tx
    .updateTable("project")
    .set({ stage: to, stageSince: move.at })
    .where("stairwellId", "=", move.stairwellId)
    .where("stage", "=", from)
    .executeTakeFirstOrThrow();
}

/** The steps that were taken at this moment, the last first. */
export function listMovesAt(tx: Tx, stairwellId: number, at: Date) {
  return tx
    .selectFrom("stageMove")
    .select(["fromStage as from", "toStage as to"])
    .where("stairwellId", "=", stairwellId)
    .where("at", "=", at)
    .orderBy("id", "desc")
    .execute();
}

export async function setReserve(tx: Tx, stairwellId: number, since: Date | null): Promise<void> {
  await tx.updateTable("project").set({ reserveSince: since }).where("stairwellId", "=", stairwellId).execute();
}

/** The projects of these stairwells, those longest at their stage first. */
export function listProjects(db: Db, stairwellIds: readonly number[]) {
  return db
    .selectFrom("project")
    .innerJoin("stairwell", "stairwell.id", "project.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .select([
      "stairwell.code", "stairwell.building", "stairwell.entrance", "community.name as community", "community.address",
      "committee.name as committee", "committee.phone", "project.stage", "project.stageSince", "project.sideState",
    ])
    .where("stairwell.id", "in", stairwellIds.length > 0 ? stairwellIds : [-1])
    .orderBy("project.stageSince")
    .orderBy("stairwell.code")
    .execute();
}
