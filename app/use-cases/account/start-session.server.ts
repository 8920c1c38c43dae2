import type { Tx } from "#db/client.server.ts";
import { endSession, insertSession } from "#db/queries/sessions.server.ts";
import type { Deps } from "../transact.server.ts";

export interface NewSession {
  token: string;
  expiresAt: Date;
  /** The token of the session that this browser had before; it ends, so that every sign-in has a token of its own. */
  replaces?: string;
}

/** Begins a session for an account. The database knows hashes of tokens alone. */
export async function startSession(tx: Tx, { vault, now }: Deps, accountId: number, { token, expiresAt, replaces }: NewSession): Promise<void> {
  if (replaces) await endSession(tx, vault.hash("session", replaces), now);
  await insertSession(tx, { tokenHash: vault.hash("session", token), accountId, createdAt: now, expiresAt });
}
