import { withTransaction } from "#db/client.server.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { endSession, endSessions } from "#db/queries/sessions.server.ts";
import type { Deps } from "../transact.server.ts";

/** Ends a session on the server; whoever still has its cookie is signed out. */
export async function signOut({ db, vault, now }: Deps, token: string): Promise<void> {
  await withTransaction(db, (tx) => endSession(tx, vault.hash("session", token), now));
}

/** Ends every session of an account, this one included. */
export async function signOutEverywhere({ db, now: at }: Deps, { accountId, subdistrictId }: { accountId: number; subdistrictId: number }): Promise<void> {
  await withTransaction(db, async (tx) => {
    if ((await endSessions(tx, accountId, at)) > 0) await insertEvent(tx, { accountId, subdistrictId, byAccountId: accountId, kind: "signed-out", at });
  });
}
