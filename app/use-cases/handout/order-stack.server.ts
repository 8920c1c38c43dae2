import { randomBytes } from "node:crypto";
import { STACK_MINUTES, type HandoutPart } from "#app/domain/handouts.ts";
import { insertStack } from "#db/queries/handout-stacks.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { queueRound } from "#db/queries/rounds.server.ts";
import { byAccount, transact, type Deps, type Outcome } from "../transact.server.ts";

/** The round that makes what was ordered; its name in the queue. */
export const MAKE_STACKS = "make-stacks";

export interface StackOrder {
  consultation: string;
  consultationId: number;
  stairwellId: number;
  subdistrictId: number;
  parts: readonly HandoutPart[];
  flats: number;
  /** Where the codes on its sheets lead. */
  origin: string;
  accountId: number;
  formKey: string;
}

/**
 * Has a job make the sheets of a stairwell as one PDF, and writes into the stairwell's log who takes them out of the
 * portal: they name the owners. Whoever asks for what is being made for them already is led to it. No refusals of its own.
 */
export function orderStack(deps: Deps, { consultation, formKey, ...order }: StackOrder): Promise<Outcome<{ stack: string }>> {
  const { consultationId, stairwellId, subdistrictId, parts, flats, accountId } = order;
  const at = deps.now;
  return transact(deps, { key: formKey, action: `handouts ${consultation} ${stairwellId} ${accountId}` }, async (tx) => {
    const id = randomBytes(16).toString("base64url");
    const stack = await insertStack(tx, { ...order, id, at, expiresAt: new Date(at.getTime() + STACK_MINUTES * 60_000) });
    if (stack !== id) return { stack };
    await appendLog(tx, {
      stairwellId, subdistrictId, at, actor: byAccount(accountId),
      verb: "handouts-downloaded", subject: `consultation:${consultationId}`, content: { parts, flats },
    });
    await queueRound(tx, MAKE_STACKS);
    return { stack };
  });
}
