import { newSession } from "#app/http/sign-in.server.ts";
import type { Db } from "#db/client.server.ts";
import { testVault } from "./factories.ts";
import type { TestPortal } from "./portal.ts";

/** The portal as this account meets it, signed in; how one signs in is tried elsewhere. */
export async function signedIn(db: Db, portal: TestPortal, accountId: number): Promise<TestPortal> {
  const visitor = portal.visitor();
  const { token } = newSession(new Date());
  await db
    .insertInto("session")
    .values({ tokenHash: testVault.hash("session", token), accountId, createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) })
    .execute();
  visitor.cookies.set("jiati", token);
  return visitor;
}
