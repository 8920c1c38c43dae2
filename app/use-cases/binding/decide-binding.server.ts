import { whyApprovalIsRefused, type Evidence } from "#app/domain/binding.ts";
import { addDays, endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { maskMobile } from "#app/domain/text.ts";
import type { MessageKind } from "#app/domain/message.ts";
import { bindFlat, findBindingRequest, findOrAddResident, insertBindingDecision, insertTenant, listOwnersOfFlat } from "#db/queries/bindings.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** Days for which it is worth telling somebody what became of a request. */
const MESSAGE_DAYS = 2;

export type BindingVerdict =
  | { verdict: "approved"; ownerId: number | null; evidence: Evidence[]; note: string | null }
  | { verdict: "refused"; note: string };

/** What the phone is told: where, and whom to call. */
export type BindingMessages = Record<Extract<MessageKind, "binding-approved" | "tenant-noted" | "binding-refused">, (about: { home: string; call: string }) => string>;

export type BindingDecision = BindingVerdict & {
  requestId: number;
  accountId: number;
  /** The committees that the actor works for. */
  committeeIds: readonly number[];
  messages: BindingMessages;
  /** How a message names a flat. */
  nameHome: (place: { community: string; entrance: string; room: string }) => string;
  formKey: string;
};

/**
 * The committee's word on a request to bind a flat to a phone: approved for an owner on the roll, whose evidence the
 * clerk has seen; a tenant is noted and gets no say; or turned down with a reason. The phone is told, and who asked is
 * forgotten but by the binding itself.
 *
 * Refusals: `binding_unknown` (also for a request of another committee), `binding_decided` and those of `whyApprovalIsRefused`.
 */
export function decideBinding(deps: Deps, decision: BindingDecision): Promise<Outcome<{ room: string }>> {
  const { vault, now } = deps;
  const { requestId, accountId, committeeIds, verdict, messages, nameHome, formKey } = decision;
  return transact(deps, { key: formKey, action: `decide binding ${requestId}` }, async (tx) => {
    const seen = await findBindingRequest(tx, requestId, committeeIds);
    if (!seen) refuse({ code: "binding_unknown" });
    await lockProject(tx, seen.stairwellId);
    // Read again under the lock: a colleague may have decided in the meantime.
    const request = await findBindingRequest(tx, requestId, committeeIds);
    if (!request?.phoneCipher || !request.nameCipher || !request.phoneHash || request.verdict) refuse({ code: "binding_decided" });
    const { subdistrictId, stairwellId, flatId, side, nameCipher, phoneCipher, phoneHash, room } = request;
    const ownerId = decision.verdict === "approved" && side === "owner" ? decision.ownerId : null;
    const evidence = decision.verdict === "approved" ? decision.evidence : [];
    const phone = vault.open(phoneCipher);

    if (decision.verdict === "approved") {
      const ownersOnRoll = (await listOwnersOfFlat(tx, flatId)).map(({ id }) => id);
      const problem = whyApprovalIsRefused({ side, ownerId, ownersOnRoll, evidence });
      if (problem) refuse(problem);
      if (ownerId === null) {
        await insertTenant(tx, { subdistrictId, flatId, nameCipher, phoneCipher, notedAt: now, notedBy: accountId });
      } else {
        const resident = await findOrAddResident(tx, { phoneHash, phoneCipher, subdistrictId, name: maskMobile(phone), now });
        await bindFlat(tx, { accountId: resident, flatId, now, way: "request", ownerId });
      }
    }
    await insertBindingDecision(tx, {
      requestId, subdistrictId, verdict, ownerId, evidence, noteCipher: decision.note === null ? null : vault.seal(decision.note), accountId, at: now,
    });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: `binding-${verdict}`,
      subject: `binding:${requestId}`,
      content: { room, side, evidence },
    });
    const about = { home: nameHome(request), call: request.committeePhone };
    const expiresAt = endOfDay(addDays(shanghaiDay(now), MESSAGE_DAYS));
    const kind = verdict === "refused" ? "binding-refused" : ownerId === null ? "tenant-noted" : "binding-approved";
    await queueMessage(tx, deps, { kind, phone, subdistrictId, text: messages[kind](about), params: about, expiresAt });
    return { room };
  });
}
