import { sql } from "kysely";
import { nameKey } from "#app/domain/roll.ts";
import type { Db, Tx } from "../client.server.ts";
import type { Electorate } from "./consultations.server.ts";

export interface OwnerQuestion {
  id: number;
  ownerA: number;
  ownerB: number;
  answer: "same" | "different" | null;
}

export function findOwnerQuestion(tx: Tx, stairwellId: number, questionId: number): Promise<OwnerQuestion | undefined> {
  return tx
    .selectFrom("ownerQuestion")
    .select(["id", "ownerA", "ownerB", "answer"])
    .where("stairwellId", "=", stairwellId)
    .where("id", "=", questionId)
    .executeTakeFirst();
}

/** The question about owners of one name in two flats, whichever of the flats is named first. */
export async function findQuestionAbout(
  tx: Tx,
  stairwellId: number,
  { name, rooms }: { name: string; rooms: readonly [string, string] },
): Promise<OwnerQuestion | undefined> {
  const { rows } = await sql<OwnerQuestion & { name: string }>`
    select q.id, q.name, q.owner_a as "ownerA", q.owner_b as "ownerB", q.answer
    from owner_question q join flat a on a.id = q.flat_a join flat b on b.id = q.flat_b
    where q.stairwell_id = ${stairwellId} and a.room = any(${[...rooms]}::text[]) and b.room = any(${[...rooms]}::text[])`.execute(tx);
  return rows.find((question) => nameKey(question.name) === nameKey(name));
}

export async function setAnswer(tx: Tx, { questionId, answer, accountId, now }: { questionId: number; answer: "same" | "different"; accountId: number; now: Date }): Promise<void> {
  await tx.updateTable("ownerQuestion").set({ answer, answeredBy: accountId, answeredAt: now }).where("id", "=", questionId).execute();
}

/** Whether IDs show that two owners of one name are different people. */
const differ = sql<boolean>`(a.id_hash <> b.id_hash or a.name_tail_hash <> b.name_tail_hash)`;

/** Whether these two are known to be different people: by their IDs, or by an answer about them or those joined to them. */
export async function areToldApart(tx: Tx, { ownerA, ownerB }: Pick<OwnerQuestion, "ownerA" | "ownerB">): Promise<boolean> {
  const { rows } = await sql<{ apart: boolean }>`
    select coalesce(${differ}, false) or exists (
      select from owner_question q where q.answer = 'different' and (q.owner_a, q.owner_b) in ((a.id, b.id), (b.id, a.id))) as apart
    from owner a, owner b where a.id = ${ownerA} and b.id = ${ownerB}`.execute(tx);
  return rows[0]?.apart ?? false;
}

/**
 * Makes two owners one: `keptId` has all flats of the other, now and before, and what was known of either.
 *
 * @param day ends what would be a second ownership of the same flat
 */
export async function mergeOwners(tx: Tx, keptId: number, otherId: number, day: string): Promise<void> {
  if (keptId === otherId) return;
  const other = await tx
    .selectFrom("owner")
    .select(["phoneCipher", "phoneHash", "idCipher", "idHash", "nameTailHash"])
    .where("id", "=", otherId)
    .executeTakeFirstOrThrow();
  const nothing = { phoneCipher: null, phoneHash: null, idCipher: null, idHash: null, nameTailHash: null };
  await tx.updateTable("owner").set(nothing).where("id", "=", otherId).execute();
  await sql`
    update owner set phone_cipher = coalesce(phone_cipher, ${other.phoneCipher}), phone_hash = coalesce(phone_hash, ${other.phoneHash}),
      id_cipher = coalesce(id_cipher, ${other.idCipher}), id_hash = coalesce(id_hash, ${other.idHash}),
      name_tail_hash = coalesce(name_tail_hash, ${other.nameTailHash})
    where id = ${keptId}`.execute(tx);
  await sql`
    update ownership p set until = greatest(p.since, ${day}::date)
    where p.owner_id = ${otherId} and p.until is null
      and exists (select from ownership k where k.flat_id = p.flat_id and k.owner_id = ${keptId} and k.until is null)`.execute(tx);
  await tx.updateTable("ownership").set({ ownerId: keptId }).where("ownerId", "=", otherId).execute();
  await tx.updateTable("grant").set({ ownerId: keptId }).where("ownerId", "=", otherId).execute();
  await tx.updateTable("ownerQuestion").set({ ownerA: keptId }).where("ownerA", "=", otherId).execute();
  await tx.updateTable("ownerQuestion").set({ ownerB: keptId }).where("ownerB", "=", otherId).execute();
}

/** Answers the stairwell's open questions about owners who have become one since, or are told apart by what was joined to them. */
export async function settleJoined(tx: Tx, stairwellId: number, { accountId, now }: { accountId: number; now: Date }): Promise<void> {
  await sql`
    update owner_question q set answer = case when a.id = b.id then 'same' else 'different' end, answered_by = ${accountId}, answered_at = ${now}
    from owner a, owner b
    where q.stairwell_id = ${stairwellId} and q.answer is null and a.id = q.owner_a and b.id = q.owner_b and (a.id = b.id or ${differ})`.execute(tx);
}

/** What a consultation would count against if its roll were frozen now; of a community, flats are named by door and room. */
export async function summariseRoll(
  db: Db,
  electorate: Electorate,
): Promise<{ flats: number; area: number; withoutOwner: string[]; openQuestions: number }> {
  const within = "stairwellId" in electorate ? sql`s.id = ${electorate.stairwellId}` : sql`s.community_id = ${electorate.communityId}`;
  const name = "stairwellId" in electorate ? sql`f.room` : sql`s.entrance || '-' || f.room`;
  const { rows } = await sql<{ flats: number; area: number; withoutOwner: string[]; openQuestions: number }>`
    select count(*) as flats, coalesce(sum(f.area), 0)::bigint as area,
      coalesce(array_agg(${name} order by s.code, f.room) filter (where not exists (
        select from ownership p where p.flat_id = f.id and p.until is null)), '{}') as "withoutOwner",
      (select count(*) from owner_question q join stairwell s on s.id = q.stairwell_id where ${within} and q.answer is null) as "openQuestions"
    from flat f join stairwell s on s.id = f.stairwell_id where ${within}`.execute(db);
  return rows[0] ?? { flats: 0, area: 0, withoutOwner: [], openQuestions: 0 };
}

/** Something that was sealed in this database, by which a key can be tried; undefined where nothing is. */
export async function findSealed(db: Db): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select coalesce(phone_cipher, id_cipher) as sealed from owner where phone_cipher is not null or id_cipher is not null limit 1`.execute(db);
  return rows[0]?.sealed;
}
