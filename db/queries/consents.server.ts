import { sql } from "kysely";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Db, Tx } from "../client.server.ts";
import { readSetting } from "./settings.server.ts";

/** What is said about personal data before it is given, as the subdistrict has worded it for this day. */
export async function readConsentText(db: Db | Tx, subdistrictId: number, now: Date): Promise<string> {
  return (await readSetting(db, subdistrictId, "legal-texts", shanghaiDay(now))).privacy;
}

/** The same of the first subdistrict, for pages that know no other; and its version, where anybody has agreed to it yet. */
export async function readFirstConsentText(db: Db, now: Date): Promise<{ text: string; version: number | null; since: Date | null }> {
  const first = await db.selectFrom("subdistrict").select("id").orderBy("id").limit(1).executeTakeFirst();
  const subdistrictId = first?.id ?? 0;
  const text = await readConsentText(db, subdistrictId, now);
  const version = await db
    .selectFrom("consentText")
    .select((e) => ["since", e.selectFrom("consentText as earlier").whereRef("earlier.subdistrictId", "=", "consentText.subdistrictId").whereRef("earlier.id", "<=", "consentText.id").select((f) => f.fn.countAll<number>().as("number")).as("number")])
    .where("subdistrictId", "=", subdistrictId)
    .where("text", "=", text)
    .executeTakeFirst();
  return { text, version: version?.number ?? null, since: version?.since ?? null };
}

/** Keeps which wording somebody had read who gave personal data: with a filing, with a request to be bound, or by signing in. */
export async function insertConsent(
  tx: Tx,
  { subdistrictId, now, ...given }: { subdistrictId: number; now: Date } & ({ intentId: number } | { bindingRequestId: number } | { accountId: number }),
): Promise<void> {
  const text = await readConsentText(tx, subdistrictId, now);
  await sql`
    insert into consent_text (subdistrict_id, text, since) values (${subdistrictId}, ${text}, ${now}) on conflict do nothing`.execute(tx);
  const { id: textId } = await tx.selectFrom("consentText").select("id").where("subdistrictId", "=", subdistrictId).where("text", "=", text).executeTakeFirstOrThrow();
  await tx.insertInto("consent").values({ subdistrictId, textId, at: now, ...given }).onConflict((c) => c.doNothing()).execute();
}
