import type { Db, Tx } from "../client.server.ts";

/** The flats of a stairwell with the slip in force, by floor and room. */
export function listSlips(db: Db | Tx, stairwellId: number) {
  return db
    .selectFrom("flat")
    .leftJoin("slip", (join) => join.onRef("slip.flatId", "=", "flat.id").on("slip.revokedAt", "is", null))
    .select(["flat.id as flatId", "flat.room", "slip.number", "slip.createdAt"])
    .where("flat.stairwellId", "=", stairwellId)
    .orderBy("flat.floor")
    .orderBy("flat.room")
    .execute();
}

export interface NewSlip {
  flatId: number;
  number: number;
  codeHash: Buffer;
  createdAt: Date;
  createdBy: number;
}

export async function insertSlips(tx: Tx, slips: NewSlip[]): Promise<void> {
  if (slips.length > 0) await tx.insertInto("slip").values(slips).execute();
}

/** Withdraws every slip in force of a stairwell; their codes are worth nothing from now on. */
export async function revokeSlips(tx: Tx, stairwellId: number, now: Date): Promise<void> {
  await tx
    .updateTable("slip")
    .set({ revokedAt: now })
    .where("revokedAt", "is", null)
    .where("flatId", "in", (e) => e.selectFrom("flat").select("id").where("stairwellId", "=", stairwellId))
    .execute();
}

/** Withdraws the slip in force of one flat. */
export async function revokeSlip(tx: Tx, flatId: number, now: Date): Promise<void> {
  await tx.updateTable("slip").set({ revokedAt: now }).where("flatId", "=", flatId).where("revokedAt", "is", null).execute();
}

/** The highest slip number that each flat of the stairwell has had. */
export async function slipNumbers(tx: Tx, stairwellId: number): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom("flat")
    .leftJoin("slip", "slip.flatId", "flat.id")
    .select((e) => ["flat.id", e.fn.max("slip.number").as("number")])
    .where("flat.stairwellId", "=", stairwellId)
    .groupBy("flat.id")
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number ?? 0]));
}
