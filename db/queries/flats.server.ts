import type { Db, Tx } from "../client.server.ts";

/** Where a stairwell is and whom to call about it. */
export interface Place {
  stairwellId: number;
  communityId: number;
  subdistrictId: number;
  code: string;
  building: string;
  entrance: string;
  floors: number;
  community: string;
  communityCode: string;
  address: string;
  committee: string;
  committeeId: number;
  phone: string;
  stage: "intent" | "reserve" | "assessment" | "consultation" | "plan-notice" | "agreement" | "approval" | "construction" | "acceptance" | "in-use";
}

export function findPlace(db: Db | Tx, code: string): Promise<Place | undefined> {
  return db
    .selectFrom("stairwell")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .innerJoin("project", "project.stairwellId", "stairwell.id")
    .select([
      "stairwell.id as stairwellId", "stairwell.communityId", "stairwell.subdistrictId", "stairwell.code", "stairwell.building", "stairwell.entrance", "stairwell.floors",
      "community.name as community", "community.code as communityCode", "community.address",
      "committee.id as committeeId", "committee.name as committee", "committee.phone", "project.stage",
    ])
    .where("stairwell.code", "=", code)
    .executeTakeFirst();
}

/** The room, if it is one of these flats of the stairwell. */
export async function findOwnRoom(db: Db, stairwellId: number, room: string | null, flatIds: readonly number[]): Promise<string | undefined> {
  if (room === null || flatIds.length === 0) return undefined;
  const row = await db
    .selectFrom("flat")
    .select("room")
    .where("stairwellId", "=", stairwellId)
    .where("room", "=", room)
    .where("id", "in", flatIds)
    .executeTakeFirst();
  return row?.room;
}

/** Where a flat is: its room and its stairwell. */
export function readFlat(db: Db | Tx, flatId: number): Promise<{ room: string; stairwell: string; stairwellId: number }> {
  return db
    .selectFrom("flat")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select(["flat.room", "stairwell.code as stairwell", "flat.stairwellId"])
    .where("flat.id", "=", flatId)
    .executeTakeFirstOrThrow();
}

/** The flats of a stairwell, from the top floor down, as on an elevation. */
export function listRooms(db: Db, stairwellId: number) {
  return db
    .selectFrom("flat")
    .select(["id", "room", "floor"])
    .where("stairwellId", "=", stairwellId)
    .orderBy("floor", "desc")
    .orderBy("room")
    .execute();
}
