import type { SideState, Stage } from "#app/domain/stages.ts";
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

/** Records a step of the project and sets where it stands; answers with the step's number. */
export async function moveStage(tx: Tx, { from, to, ...move }: StageMove): Promise<number> {
  const { id } = await tx.insertInto("stageMove").values({ ...move, fromStage: from, toStage: to }).returning("id").executeTakeFirstOrThrow();
  await tx
    .updateTable("project")
    .set({ stage: to, stageSince: move.at })
    .where("stairwellId", "=", move.stairwellId)
    .where("stage", "=", from)
    .executeTakeFirstOrThrow();
  return id;
}

export interface SideMove {
  subdistrictId: number;
  stairwellId: number;
  from: SideState | null;
  to: SideState | null;
  reason: string | null;
  owner: string | null;
  nextDay: string | null;
  accountId: number;
  at: Date;
}

/** Records that a project was stopped or goes on, and sets it so; answers with the number of the record. */
export async function moveSide(tx: Tx, { from, to, ...move }: SideMove): Promise<number> {
  const { id } = await tx.insertInto("sideMove").values({ ...move, fromState: from, toState: to }).returning("id").executeTakeFirstOrThrow();
  await tx.updateTable("project").set({ sideState: to }).where("stairwellId", "=", move.stairwellId).execute();
  return id;
}

/** Every step and every stop of a project with whoever took it, the newest first. */
export async function listProjectMoves(db: Db, stairwellId: number) {
  const [steps, stops] = await Promise.all([
    db
      .selectFrom("stageMove")
      .leftJoin("account", "account.id", "stageMove.accountId")
      .select(["stageMove.fromStage as from", "stageMove.toStage as to", "stageMove.reason", "stageMove.at", "account.name as by"])
      .where("stageMove.stairwellId", "=", stairwellId)
      .orderBy("stageMove.id", "desc")
      .execute(),
    listSideMoves(db, stairwellId),
  ]);
  return { steps, stops };
}

/** The stops of a project and how it went on, the newest first. */
function listSideMoves(db: Db | Tx, stairwellId: number) {
  return db
    .selectFrom("sideMove")
    .innerJoin("account", "account.id", "sideMove.accountId")
    .select([
      "sideMove.fromState as from", "sideMove.toState as to", "sideMove.reason", "sideMove.owner", "sideMove.nextDay", "sideMove.at", "account.name as by",
    ])
    .where("sideMove.stairwellId", "=", stairwellId)
    .orderBy("sideMove.id", "desc")
    .execute();
}

/** The first day of the works, as the project's page tells it; null while there is none. */
export async function setStartedOn(tx: Tx, stairwellId: number, day: string | null): Promise<void> {
  await tx.updateTable("project").set({ startedOn: day }).where("stairwellId", "=", stairwellId).execute();
}

export async function setInUse(tx: Tx, stairwellId: number, day: string): Promise<void> {
  await tx.updateTable("project").set({ inUseSince: day }).where("stairwellId", "=", stairwellId).execute();
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
      "project.stairwellId", "stairwell.code", "stairwell.building", "stairwell.entrance", "community.name as community", "community.address",
      "committee.name as committee", "committee.phone", "project.stage", "project.stageSince", "project.sideState",
    ])
    .where("stairwell.id", "in", stairwellIds.length > 0 ? stairwellIds : [-1])
    .orderBy("project.stageSince")
    .orderBy("stairwell.code")
    .execute();
}
