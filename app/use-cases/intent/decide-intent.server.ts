import { countIntents, findIntent, forgetContact, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settleReserve } from "./settle-reserve.server.ts";

export type IntentDecision = { decision: "confirm" } | { decision: "reject"; reason: string };

/**
 * The committee's word on a filing that nobody could tell yet to come from its flat: it does and counts from now on,
 * or it does not and never counts.
 *
 * Refusals: `intent_unknown` (also for an intent of another committee), `already_decided`.
 */
export function decideIntent(
  deps: Deps,
  { intentId, accountId, committeeIds, formKey, ...decided }: IntentDecision & {
    intentId: number;
    accountId: number;
    formKey: string;
    /** The committees that the actor works for. */
    committeeIds: number[];
  },
): Promise<Outcome<{ counts: boolean }>> {
  return transact(deps, { key: formKey, action: `decide intent ${intentId}` }, async (tx) => {
    const seen = await findIntent(tx, intentId, committeeIds);
    if (!seen) refuse({ code: "intent_unknown" });
    const project = await lockProject(tx, seen.stairwellId);
    // Read again under the lock: a colleague may have decided in the meantime.
    const intent = await findIntent(tx, intentId, committeeIds);
    if (!intent || intent.knownBy || intent.confirmedBy || intent.rejectedFor) refuse({ code: "already_decided" });

    const { stairwellId, subdistrictId } = intent;
    const before = await countIntents(tx, stairwellId);
    if (decided.decision === "confirm") {
      await tx.insertInto("intentConfirmation").values({ intentId, way: "committee", accountId, at: deps.now }).execute();
    } else {
      await tx.insertInto("intentRejection").values({ intentId, way: "committee", accountId, reason: decided.reason, at: deps.now }).execute();
    }
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: decided.decision === "confirm" ? "intent-confirmed" : "intent-rejected",
      subject: `intent:${intentId}`,
      content: decided.decision === "confirm" ? { way: "committee" } : { reason: decided.reason },
    });
    await forgetContact(tx, intentId);
    if (decided.decision === "confirm") await settleReserve(tx, project, before, deps.now);
    return { counts: decided.decision === "confirm" };
  });
}
