import { stepAt } from "#app/domain/totp.ts";
import { unusedCode } from "#db/authenticator.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { testVault } from "./factories.ts";

/** What the authenticator app of an account shows: the first code that is accepted now and was not used yet. */
export async function codeOf(db: Db, account: number | { login: string }, { now = new Date(), vault = testVault }: { now?: Date; vault?: Vault } = {}): Promise<string> {
  const { id, totpCipher } = await db
    .selectFrom("account")
    .select(["id", "totpCipher"])
    .where((e) => (typeof account === "number" ? e("id", "=", account) : e("login", "=", account.login)))
    .executeTakeFirstOrThrow();
  const used = await db.selectFrom("codeUse").select("step").where("accountId", "=", id).where("step", ">=", stepAt(now) - 1).execute();
  const code = totpCipher && unusedCode(vault.open(totpCipher), used.map(({ step }) => step), now);
  if (!code) throw new Error(totpCipher ? "all codes of this minute are used" : "no authenticator");
  return code;
}
