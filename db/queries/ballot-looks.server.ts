import type { LookPurpose } from "#app/domain/ballot-look.ts";
import type { Db, Tx } from "../client.server.ts";

/** Whether this person has given a reason to look at the consultation's single ballots since then. */
export async function hasLooked(db: Db, consultation: string, accountId: number, since: Date): Promise<boolean> {
  const row = await db
    .selectFrom("ballotLook")
    .innerJoin("consultation", "consultation.id", "ballotLook.consultationId")
    .select("ballotLook.id")
    .where("consultation.code", "=", consultation)
    .where("ballotLook.accountId", "=", accountId)
    .where("ballotLook.at", ">", since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface BallotLook {
  subdistrictId: number;
  consultationId: number;
  accountId: number;
  purpose: LookPurpose;
  reason: string | null;
  at: Date;
}

export async function insertLook(tx: Tx, look: BallotLook): Promise<number> {
  const { id } = await tx.insertInto("ballotLook").values(look).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Who has looked at the consultation's single ballots, and why, newest first. */
export function listLooks(db: Db, consultationId: number) {
  return db
    .selectFrom("ballotLook")
    .innerJoin("account", "account.id", "ballotLook.accountId")
    .select(["ballotLook.id", "account.name", "ballotLook.purpose", "ballotLook.reason", "ballotLook.at"])
    .where("ballotLook.consultationId", "=", consultationId)
    .orderBy("ballotLook.id", "desc")
    .limit(50)
    .execute();
}
