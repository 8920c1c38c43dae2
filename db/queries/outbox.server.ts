import { sql } from "kysely";
import type { MessageKind } from "#app/domain/message.ts";
import type { Db, Tx } from "../client.server.ts";

/** The job that delivers one message; its payload is `{ id }` of the outbox row. */
export const DELIVER_MESSAGE = "deliver-message";

export interface NewMessage {
  kind: MessageKind;
  subdistrictId: number;
  phoneHash: Buffer;
  phoneCipher: Buffer;
  /** The message as it reads on the phone. */
  textCipher: Buffer;
  /** What the gateway puts into its template of this kind: JSON, text to text. */
  paramsCipher: Buffer;
  createdAt: Date;
  expiresAt: Date;
  deadAt?: Date;
  lastError?: string;
}

/** Puts a message into the outbox and the job that delivers it into the queue: both or neither. */
export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  const { id } = await tx.insertInto("outbox").values(message).returning("id").executeTakeFirstOrThrow();
  await sql`
    select graphile_worker.add_job(${DELIVER_MESSAGE}, json_build_object('id', ${id}::int), job_key => 'outbox:' || ${id}::int)`.execute(tx);
}

/**
 * Gives every waiting message without a job that will still run a new one, and answers how many there were. A job that
 * is running gets a twin too, for it may be that of a process that died.
 */
export async function requeueMessages(db: Db): Promise<number> {
  const { rows } = await sql`
    select graphile_worker.add_job(${DELIVER_MESSAGE}, json_build_object('id', o.id), job_key => 'outbox:' || o.id)
    from outbox o
    where o.sent_at is null and o.dead_at is null and not exists (
      select from graphile_worker.jobs j
      where j.key = 'outbox:' || o.id and j.locked_at is null and j.attempts < j.max_attempts)
    order by o.id`.execute(db);
  return rows.length;
}

/** A waiting message, held until the transaction ends; undefined when it is done with or somebody else holds it. */
export function claimMessage(tx: Tx, id: number) {
  return tx
    .selectFrom("outbox")
    .select(["kind", "phoneCipher", "paramsCipher", "expiresAt", "tries"])
    .where("id", "=", id)
    .where("sentAt", "is", null)
    .where("deadAt", "is", null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function isMessageWaiting(db: Db | Tx, id: number): Promise<boolean> {
  const row = await db
    .selectFrom("outbox")
    .select("id")
    .where("id", "=", id)
    .where("sentAt", "is", null)
    .where("deadAt", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** What became of a try to deliver. */
export interface Delivered {
  tries: number;
  sentAt?: Date;
  deadAt?: Date;
  lastError?: string;
}

export async function recordDelivery(tx: Tx, id: number, delivered: Delivered): Promise<void> {
  await tx.updateTable("outbox").set(delivered).where("id", "=", id).execute();
}

/** The newest messages, for the demo, which sends none. */
export function listMessages(db: Db) {
  return db.selectFrom("outbox").select(["id", "phoneCipher", "textCipher", "createdAt"]).where("deadAt", "is", null).orderBy("id", "desc").limit(20).execute();
}
