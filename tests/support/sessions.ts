import { newSession } from "#app/http/sign-in.server.ts";
import type { Db } from "#db/client.server.ts";
import { testVault } from "./factories.ts";
import type { TestPortal } from "./portal.ts";

/** The portal as this account meets it, signed in; how one signs in is tried elsewhere. */
export async function signedIn(db: Db, portal: TestPortal, accountId: number, now = new Date()): Promise<TestPortal> {
  const visitor = portal.visitor();
  const { token, expiresAt } = newSession(now);
  await db
    .insertInto("session")
    .values({ tokenHash: testVault.hash("session", token), accountId, createdAt: now, expiresAt })
    .execute();
  visitor.cookies.set("jiati", token);
  return visitor;
}
