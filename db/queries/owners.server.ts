import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

export interface OwnerQuestion {
  id: number;
  flatA: number;
  flatB: number;
  name: string;
  answer: "same" | "different" | null;
}

export function findOwnerQuestion(tx: Tx, stairwellId: number, questionId: number): Promise<OwnerQuestion | undefined> {
  return tx
    .selectFrom("ownerQuestion")
    .select(["id", "flatA", "flatB", "name", "answer"])
    .where("stairwellId", "=", stairwellId)
    .where("id", "=", questionId)
    .executeTakeFirst();
}

export async function setAnswer(tx: Tx, { questionId, answer, accountId, now }: { questionId: number; answer: "same" | "different"; accountId: number; now: Date }): Promise<void> {
  await tx.updateTable("ownerQuestion").set({ answer, answeredBy: accountId, answeredAt: now }).where("id", "=", questionId).execute();
}

/** Makes the owner of the question's name in the second flat the same as in the first; what was known of either is kept. */
export async function mergeOwners(tx: Tx, { flatA, flatB, name }: { flatA: number; flatB: number; name: string }): Promise<void> {
  const find = (flatId: number) =>
    tx
      .selectFrom("ownership")
      .innerJoin("owner", "owner.id", "ownership.ownerId")
      .select("owner.id")
      .where("ownership.flatId", "=", flatId)
      .where("ownership.until", "is", null)
      .where("owner.name", "=", name)
      .executeTakeFirstOrThrow();
  const [kept, other] = [await find(flatA), await find(flatB)];
  if (kept.id === other.id) return;
  await sql`
    update owner k set phone_cipher = coalesce(k.phone_cipher, o.phone_cipher), phone_hash = coalesce(k.phone_hash, o.phone_hash),
      id_cipher = coalesce(k.id_cipher, o.id_cipher), id_hash = coalesce(k.id_hash, o.id_hash),
      name_tail_hash = coalesce(k.name_tail_hash, o.name_tail_hash)
    from owner o where k.id = ${kept.id} and o.id = ${other.id}`.execute(tx);
  await tx.updateTable("ownership").set({ ownerId: kept.id }).where("ownerId", "=", other.id).execute();
}

/** What a consultation would count against if its roll were frozen now. */
export async function summariseRoll(db: Db, stairwellId: number): Promise<{ flats: number; area: number; withoutOwner: string[]; openQuestions: number }> {
  const { rows } = await sql<{ flats: number; area: number; withoutOwner: string[]; openQuestions: number }>`
    select count(*) as flats, coalesce(sum(f.area), 0)::bigint as area,
      coalesce(array_agg(f.room order by f.room) filter (where not exists (
        select from ownership p where p.flat_id = f.id and p.until is null)), '{}') as "withoutOwner",
      (select count(*) from owner_question q where q.stairwell_id = ${stairwellId} and q.answer is null) as "openQuestions"
    from flat f where f.stairwell_id = ${stairwellId}`.execute(db);
  return rows[0] ?? { flats: 0, area: 0, withoutOwner: [], openQuestions: 0 };
}
