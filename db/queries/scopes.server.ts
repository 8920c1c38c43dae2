import type { Db } from "../client.server.ts";

/** Whose work a stairwell or a consultation is. */
export interface Scope {
  stairwellId: number;
  committeeId: number;
  subdistrictId: number;
}

export function findStairwellScope(db: Db, code: string): Promise<Scope | undefined> {
  return db
    .selectFrom("stairwell")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.id as stairwellId", "community.committeeId", "stairwell.subdistrictId"])
    .where("stairwell.code", "=", code)
    .executeTakeFirst();
}

export function findConsultationScope(db: Db, code: string): Promise<Scope | undefined> {
  return db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.id as stairwellId", "community.committeeId", "stairwell.subdistrictId"])
    .where("consultation.code", "=", code)
    .executeTakeFirst();
}

/** Whether one of the flats stands on the consultation's roll. */
export async function isOnRoll(db: Db, consultation: string, flatIds: number[]): Promise<boolean> {
  if (flatIds.length === 0) return false;
  const row = await db
    .selectFrom("rollEntry")
    .innerJoin("consultation", "consultation.id", "rollEntry.consultationId")
    .select("rollEntry.flatId")
    .where("consultation.code", "=", consultation)
    .where("rollEntry.flatId", "in", flatIds)
    .executeTakeFirst();
  return row !== undefined;
}
