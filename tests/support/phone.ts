import type { Db } from "#db/client.server.ts";
import { testVault } from "./factories.ts";

/** What was sent to a phone, the newest message first. */
export async function messagesTo(db: Db, phone: string): Promise<{ kind: string; text: string }[]> {
  const rows = await db
    .selectFrom("outbox")
    .select(["kind", "textCipher"])
    .where("phoneHash", "=", testVault.hash("phone", phone))
    .orderBy("id", "desc")
    .execute();
  return rows.map(({ kind, textCipher }) => ({ kind, text: testVault.open(textCipher) }));
}

/** The newest code that was sent to a phone. */
export async function codeTo(db: Db, phone: string): Promise<string> {
  const [newest] = await messagesTo(db, phone);
  return /\d{6}/.exec(newest?.text ?? "")?.[0] ?? "";
}
