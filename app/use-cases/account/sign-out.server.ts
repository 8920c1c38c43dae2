import { withTransaction } from "#db/client.server.ts";
import { endSession } from "#db/queries/sessions.server.ts";
import type { Deps } from "../transact.server.ts";

/** Ends a session on the server; whoever still has its cookie is signed out. */
export async function signOut({ db, vault, now }: Deps, token: string): Promise<void> {
  await withTransaction(db, (tx) => endSession(tx, vault.hash("session", token), now));
}
