import { newSession } from "#app/http/sign-in.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { testVault } from "./factories.ts";
import type { TestPortal } from "./portal.ts";

/** The cookie's value of a session of this account; how one signs in is tried elsewhere. */
export async function sessionToken(db: Db, accountId: number, { vault = testVault, now = new Date() }: { vault?: Vault; now?: Date } = {}): Promise<string> {
  const { token, expiresAt } = newSession(now);
  await db.insertInto("session").values({ tokenHash: vault.hash("session", token), accountId, createdAt: now, expiresAt }).execute();
  return token;
}

/** The portal as this account meets it, signed in. */
export async function signedIn(db: Db, portal: TestPortal, accountId: number, now?: Date): Promise<TestPortal> {
  const visitor = portal.visitor();
  visitor.cookies.set("jiati", await sessionToken(db, accountId, { ...(now && { now }) }));
  return visitor;
}
