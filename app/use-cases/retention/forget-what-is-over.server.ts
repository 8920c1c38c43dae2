import { forgettableVerbs, keptSince, retention, type RetentionKind } from "#app/domain/retention.ts";
import { withTransaction } from "#db/client.server.ts";
import { forgetKind, redactLog } from "#db/queries/retention.server.ts";
import type { Deps } from "../transact.server.ts";

/**
 * Removes what the portal knows about people and has no more reason to know, kind by kind, each in a transaction of its
 * own: what one round did not come to, the next one does. Chains and results hold without.
 *
 * @returns how many rows, of the kinds of which there were any
 */
export async function forgetWhatIsOver({ db, now }: Pick<Deps, "db" | "now">): Promise<Partial<Record<RetentionKind, number>>> {
  const forgotten: Partial<Record<RetentionKind, number>> = {};
  for (const { kind } of retention) {
    const before = keptSince(kind, now);
    const verbs = forgettableVerbs[kind] ?? [];
    const rows = await withTransaction(db, async (tx) => {
      const removed = await forgetKind(tx, kind, { before, now });
      return removed + (verbs.length > 0 ? await redactLog(tx, { verbs, before, now, reason: `kept long enough: ${kind}` }) : 0);
    });
    if (rows > 0) forgotten[kind] = rows;
  }
  return forgotten;
}
