import { withTransaction } from "#db/client.server.ts";
import { endSessions } from "#db/queries/sessions.server.ts";
import type { Deps } from "../transact.server.ts";

/** Ends every session of an account on the server, on whatever phone or computer. */
export async function signOutEverywhere({ db, now }: Pick<Deps, "db" | "now">, accountId: number): Promise<void> {
  await withTransaction(db, (tx) => endSessions(tx, accountId, now));
}
