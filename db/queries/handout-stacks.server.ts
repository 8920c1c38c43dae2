import type { HandoutPart } from "#app/domain/handouts.ts";
import type { JobStanding } from "#app/domain/long-job.ts";
import type { Problem } from "#app/domain/problem.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewStack {
  id: string;
  subdistrictId: number;
  consultationId: number;
  stairwellId: number;
  accountId: number;
  parts: readonly HandoutPart[];
  /** Where the codes on its sheets lead. */
  origin: string;
  flats: number;
  at: Date;
  expiresAt: Date;
}

/** Asks for a stack, or finds the same that this account has asked for and that is not made yet; answers which one it is. */
export async function insertStack(tx: Tx, { parts, ...stack }: NewStack): Promise<string> {
  const { id } = await tx
    .insertInto("handoutStack")
    .values({ ...stack, parts: [...parts] })
    .onConflict((c) => c.columns(["accountId", "consultationId", "stairwellId", "parts"]).where("endedAt", "is", null).doUpdateSet((eb) => ({ tries: eb.ref("handoutStack.tries") })))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Forgets all that have expired, made or not. */
export async function deleteOverStacks(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom("handoutStack").where("expiresAt", "<=", now).execute();
}

/** The stacks that are not made yet, the one that was asked for first first. */
export async function listUnmade(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("handoutStack").select("id").where("endedAt", "is", null).orderBy("at").orderBy("id").execute();
  return rows.map(({ id }) => id);
}

/** What is to be drawn. */
export interface OrderedStack {
  /** Codes. */
  consultation: string;
  stairwell: string;
  parts: HandoutPart[];
  origin: string;
}

/** A stack as a job finds it, held until the transaction ends. */
export async function lockStack(tx: Tx, id: string): Promise<(JobStanding & OrderedStack) | undefined> {
  const row = await tx
    .selectFrom("handoutStack as h")
    .innerJoin("consultation as c", "c.id", "h.consultationId")
    .innerJoin("stairwell as s", "s.id", "h.stairwellId")
    .select(["h.tries", "h.workedUntil", "h.endedAt", "h.parts", "h.origin", "c.code as consultation", "s.code as stairwell"])
    .where("h.id", "=", id)
    .forUpdate("h")
    .executeTakeFirst();
  return row && { ...row, parts: row.parts as HandoutPart[] };
}

/** Begins to make a stack: until then nobody else does. */
export async function claimStack(tx: Tx, id: string, { tries, until }: { tries: number; until: Date }): Promise<void> {
  await tx.updateTable("handoutStack").set({ tries, workedUntil: until, flat: 0 }).where("id", "=", id).execute();
}

/** How many of its flats are drawn, and until when the work is taken to go on. */
export async function markFlat(db: Db, id: string, flat: number, until: Date): Promise<void> {
  await db.updateTable("handoutStack").set({ flat, workedUntil: until }).where("id", "=", id).where("endedAt", "is", null).execute();
}

/** What became of a stack. */
export async function endStack(tx: Tx, id: string, at: Date, end: { pages: number; sealed: Buffer } | { refused: Problem }): Promise<void> {
  await tx
    .updateTable("handoutStack")
    .set({ endedAt: at, workedUntil: null, ...("refused" in end ? { refused: JSON.stringify(end.refused) } : end) })
    .where("id", "=", id)
    .where("endedAt", "is", null)
    .execute();
}

/** Whose stacks are looked at, and when. */
interface Asking {
  /** Its code. */
  consultation: string;
  accountId: number;
  now: Date;
}

const stacksOf = (db: Db, { consultation, accountId, now }: Asking) =>
  db
    .selectFrom("handoutStack as h")
    .innerJoin("consultation as c", "c.id", "h.consultationId")
    .innerJoin("stairwell as s", "s.id", "h.stairwellId")
    .select(["h.id", "h.flat", "h.flats", "h.pages", "h.endedAt", "h.expiresAt", "h.refused", "s.code as stairwell"])
    .where("c.code", "=", consultation)
    .where("h.accountId", "=", accountId)
    .where("h.expiresAt", ">", now);

/** How far a stack has come that this account has asked for; undefined once it has expired. */
export async function findStack(db: Db, { id, ...asking }: Asking & { id: string }) {
  const row = await stacksOf(db, asking).where("h.id", "=", id).executeTakeFirst();
  return row && { ...row, refused: row.refused as unknown as Problem | null };
}

/** What this account has asked for of a stairwell and can still fetch, the newest first. */
export function listStacks(db: Db, { stairwell, ...asking }: Asking & { stairwell: string }) {
  return stacksOf(db, asking).where("s.code", "=", stairwell).where("h.refused", "is", null).orderBy("h.at", "desc").execute();
}

/** The sealed PDF of a stack that this account has asked for, and of which stairwell it is; undefined before it is made. */
export async function findSealedStack(db: Db, { id, ...asking }: Asking & { id: string }): Promise<{ stairwell: string; sealed: Buffer } | undefined> {
  const row = await stacksOf(db, asking).select("h.sealed").where("h.id", "=", id).executeTakeFirst();
  return row?.sealed ? { stairwell: row.stairwell, sealed: row.sealed } : undefined;
}
