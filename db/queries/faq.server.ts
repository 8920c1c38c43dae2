import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

export interface StoredAnswer {
  topic: string;
  heading: string;
  question: string;
  answer: string;
  source: string;
  hidden: boolean;
  at: Date;
}

/** Of each topic that staff have edited, the newest. */
export function listStoredAnswers(db: Db | Tx): Promise<StoredAnswer[]> {
  return db
    .selectFrom("faq")
    .select(["topic", "heading", "question", "answer", "source", "hidden", "at"])
    .distinctOn("topic")
    .orderBy("topic")
    .orderBy("id", "desc")
    .execute();
}

export async function insertAnswer(tx: Tx, answer: StoredAnswer & { subdistrictId: number; accountId: number }): Promise<void> {
  await tx.insertInto("faq").values(answer).execute();
}

/** A number that no topic of one's own has yet; two that ask at once wait for each other. */
export async function nextOwnTopic(tx: Tx): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select pg_advisory_xact_lock(hashtext('faq')), (select count(distinct topic)::int + 1 from faq where topic like 'own-%') as number`.execute(tx);
  return rows[0]?.number ?? 1;
}

/** The subdistrict whose page it is; readers have no account that would tell. */
const home = sql<number>`(select id from subdistrict order by id limit 1)`;

export async function insertWord(tx: Tx, word: { topic: string; helped: boolean; at: Date }): Promise<void> {
  await tx.insertInto("faqWord").values({ ...word, subdistrictId: home }).execute();
}

/** How many readers said of each topic that it helped, and that it did not. */
export async function countWords(db: Db): Promise<{ topic: string; helped: number; not: number }[]> {
  const { rows } = await sql<{ topic: string; helped: number; not: number }>`
    select topic, (count(*) filter (where helped))::int as helped, (count(*) filter (where not helped))::int as not
    from faq_word group by topic`.execute(db);
  return rows;
}

export async function insertMiss(tx: Tx, miss: { textCipher: Buffer; at: Date }): Promise<void> {
  await tx.insertInto("faqMiss").values({ ...miss, subdistrictId: home }).execute();
}

/** What was asked and found no answer, and nobody has seen to yet; the newest first. */
export function listMisses(db: Db, subdistrictId: number) {
  return db
    .selectFrom("faqMiss")
    .select(["id", "textCipher", "at"])
    .where("subdistrictId", "=", subdistrictId)
    .where("settledAt", "is", null)
    .orderBy("id", "desc")
    .limit(100)
    .execute();
}

/** Whether it was there and open. */
export async function settleMiss(tx: Tx, { id, subdistrictId, accountId, at }: { id: number; subdistrictId: number; accountId: number; at: Date }): Promise<boolean> {
  const row = await tx
    .updateTable("faqMiss")
    .set({ settledBy: accountId, settledAt: at })
    .where("id", "=", id)
    .where("subdistrictId", "=", subdistrictId)
    .where("settledAt", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
