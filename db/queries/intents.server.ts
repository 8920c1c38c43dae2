import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

/** Takes hold of a stairwell's project until the transaction ends: filings of one stairwell stand in one order. */
export function lockProject(tx: Tx, stairwellId: number) {
  return tx
    .selectFrom("project")
    .select(["stairwellId", "subdistrictId", "stage", "reserveSince"])
    .where("stairwellId", "=", stairwellId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Households, those with a counting intent, and those willing. */
export async function countIntents(db: Db | Tx, stairwellId: number): Promise<{ flats: number; filed: number; willing: number }> {
  // The view counting_intent asked flat by flat: of a whole stairwell it would be worked out for the whole district.
  const { rows } = await sql<{ flats: number; filed: number; willing: number }>`
    select count(*) as flats, count(i.choice) as filed, count(*) filter (where i.choice = 'willing') as willing
    from flat f left join lateral (select c.choice from counting_intent c where c.flat_id = f.id) i on true
    where f.stairwell_id = ${stairwellId}`.execute(db);
  return rows[0] ?? { flats: 0, filed: 0, willing: 0 };
}

export function findFlat(db: Db | Tx, stairwellCode: string, room: string) {
  return db
    .selectFrom("flat")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select(["flat.id", "flat.room", "flat.stairwellId", "flat.subdistrictId"])
    .where("stairwell.code", "=", stairwellCode)
    .where("flat.room", "=", room)
    .executeTakeFirst();
}

export interface NewIntent {
  subdistrictId: number;
  stairwellId: number;
  flatId: number;
  choice: "willing" | "unwilling" | "undecided";
  worry: "cost" | "light" | "noise" | "ground-floor" | "other" | null;
  needsHelp: boolean | null;
  channel: "online" | "paper" | "assisted";
  knownBy: "slip" | "phone" | "committee" | null;
  filedAt: Date;
  filedBy: number | null;
  receipt: string;
}

export async function insertIntent(tx: Tx, intent: NewIntent): Promise<number> {
  const { id } = await tx.insertInto("intent").values(intent).returning("id").executeTakeFirstOrThrow();
  return id;
}

export interface IntentContact {
  intentId: number;
  subdistrictId: number;
  nameCipher: Buffer | null;
  phoneCipher: Buffer | null;
}

/** Keeps who filed beside the filing; nothing where they did not say. */
export async function insertContact(tx: Tx, contact: IntentContact): Promise<void> {
  if (contact.nameCipher ?? contact.phoneCipher) await tx.insertInto("intentContact").values(contact).execute();
}

/** Forgets who filed, once that has been verified or turned down. */
export async function forgetContact(tx: Tx, intentId: number): Promise<void> {
  await tx.deleteFrom("intentContact").where("intentId", "=", intentId).execute();
}

/** The phone given with a filing; the oldest filings have it themselves. */
const filerPhone = sql<Buffer | null>`coalesce(intent_contact.phone_cipher, intent.filer_phone_cipher)`.as("filerPhoneCipher");

/** An intent by its receipt, with how far it has come: it counts, waits for the committee, was turned down or replaced. */
export function findIntentByReceipt(db: Db | Tx, stairwellCode: string, receipt: string) {
  return db
    .selectFrom("intent")
    .innerJoin("stairwell", "stairwell.id", "intent.stairwellId")
    .leftJoin("intentConfirmation", "intentConfirmation.intentId", "intent.id")
    .leftJoin("intentRejection", "intentRejection.intentId", "intent.id")
    .leftJoin("intentContact", "intentContact.intentId", "intent.id")
    .select([
      "intent.id", "intent.flatId", "intent.stairwellId", "intent.subdistrictId", "intent.filedAt",
      "intent.knownBy", "intentConfirmation.way as confirmedBy", "intentRejection.reason as rejectedFor",
    ])
    .select(filerPhone)
    .select((e) =>
      e
        .exists(
          e
            .selectFrom("countingIntent")
            .select("countingIntent.intentId")
            .whereRef("countingIntent.flatId", "=", "intent.flatId")
            .whereRef("countingIntent.intentId", ">", "intent.id"),
        )
        .as("replaced"),
    )
    .where("stairwell.code", "=", stairwellCode)
    .where("intent.receipt", "=", receipt)
    .executeTakeFirst();
}

/** Whether an intent was turned down, and by whose word. */
export async function findRejection(tx: Tx, intentId: number): Promise<"committee" | "owner" | undefined> {
  const row = await tx.selectFrom("intentRejection").select("way").where("intentId", "=", intentId).executeTakeFirst();
  return row?.way;
}

/** An intent of one of these committees, with how far it has come. */
export function findIntent(tx: Tx, intentId: number, committeeIds: number[]) {
  return tx
    .selectFrom("intent")
    .innerJoin("stairwell", "stairwell.id", "intent.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .leftJoin("intentConfirmation", "intentConfirmation.intentId", "intent.id")
    .leftJoin("intentRejection", "intentRejection.intentId", "intent.id")
    .select([
      "intent.id", "intent.flatId", "intent.stairwellId", "intent.subdistrictId", "intent.knownBy",
      "intentConfirmation.way as confirmedBy", "intentRejection.reason as rejectedFor",
    ])
    .where("intent.id", "=", intentId)
    .where("community.committeeId", "in", committeeIds.length > 0 ? committeeIds : [-1])
    .executeTakeFirst();
}

/** Whether a phone stands on the roll for this flat, among its present owners. */
export async function isPhoneOfFlat(db: Db | Tx, flatId: number, phoneHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom("ownership")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select("owner.id")
    .where("ownership.flatId", "=", flatId)
    .where("ownership.until", "is", null)
    .where("owner.phoneHash", "=", phoneHash)
    .executeTakeFirst();
  return row !== undefined;
}

/** The flat that a slip in force was printed for. */
export function findSlip(db: Db | Tx, codeHash: Buffer) {
  return db
    .selectFrom("slip")
    .innerJoin("flat", "flat.id", "slip.flatId")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select(["slip.flatId", "flat.room", "flat.stairwellId", "flat.subdistrictId", "stairwell.code as stairwell"])
    .where("slip.codeHash", "=", codeHash)
    .where("slip.revokedAt", "is", null)
    .executeTakeFirst();
}

/** Filings that nobody has yet confirmed to come from their flat, for committees or a whole subdistrict; of several for one flat the newest. */
const waitingIntents = (db: Db, within: { committeeIds: number[]; subdistrictIds: number[] }) =>
  db
    .selectFrom("intent")
    .innerJoin("stairwell", "stairwell.id", "intent.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .leftJoin("intentConfirmation", "intentConfirmation.intentId", "intent.id")
    .leftJoin("intentRejection", "intentRejection.intentId", "intent.id")
    .where("intent.knownBy", "is", null)
    .where("intentConfirmation.intentId", "is", null)
    .where("intentRejection.intentId", "is", null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("intent as newer")
            .select("newer.id")
            .whereRef("newer.flatId", "=", "intent.flatId")
            .whereRef("newer.id", ">", "intent.id"),
        ),
      ),
    )
    .where((e) =>
      e.or([
        e("community.committeeId", "in", within.committeeIds.length > 0 ? within.committeeIds : [-1]),
        e("stairwell.subdistrictId", "in", within.subdistrictIds.length > 0 ? within.subdistrictIds : [-1]),
      ]),
    );

/** How many filings wait to be confirmed. */
export async function countIntentsToConfirm(db: Db, within: { committeeIds: number[]; subdistrictIds: number[] }): Promise<number> {
  const { count } = await waitingIntents(db, within)
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** The filings that wait to be confirmed, oldest first. */
export function listIntentsToConfirm(db: Db, within: { committeeIds: number[]; subdistrictIds: number[] }, stairwellCode?: string) {
  return waitingIntents(db, within)
    .innerJoin("flat", "flat.id", "intent.flatId")
    .leftJoin("intentContact", "intentContact.intentId", "intent.id")
    .select([
      "intent.id", "intent.choice", "intent.worry", "intent.filerName", "intentContact.nameCipher as filerNameCipher", "intent.filedAt", "flat.room",
      "stairwell.code as stairwell", "stairwell.entrance", "community.name as community",
    ])
    .select(filerPhone)
    .$if(stairwellCode !== undefined, (q) => q.where("stairwell.code", "=", stairwellCode ?? ""))
    .orderBy("intent.id")
    .limit(200)
    .execute();
}
