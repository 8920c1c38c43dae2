import { withTransaction } from "#db/client.server.ts";
import { countIntents, findIntentByReceipt, forgetContact, isPhoneOfFlat, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { issueCode, tryCode } from "../account/phone-code.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settleReserve } from "./settle-reserve.server.ts";

interface Filed {
  stairwell: string;
  receipt: string;
  /** What names the browser that asks; see `browserOf`. */
  browser: string;
}

/**
 * Sends a code to the phone given with a filing. It is sent whether or not the phone is on the roll: only whoever
 * holds the phone learns that.
 *
 * Refusals: `intent_unknown`, `already_counts`.
 */
export function sendIntentCode(deps: Deps, { stairwell, receipt, browser, formKey, message }: Filed & { formKey: string; message: (code: string) => string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `intent code ${receipt}` }, async (tx) => {
    const intent = await findIntentByReceipt(tx, stairwell, receipt);
    if (intent && (intent.knownBy ?? intent.confirmedBy)) refuse({ code: "already_counts" });
    if (!intent?.filerPhoneCipher) refuse({ code: "intent_unknown" });
    const phone = deps.vault.open(intent.filerPhoneCipher);
    await issueCode(tx, deps, { purpose: "intent", phone, browser, subdistrictId: intent.subdistrictId, send: true, message });
    return {};
  });
}

/**
 * Confirms a filing by the code sent to its phone, in the browser that asked for it: it counts when the phone stands on the roll for its flat, else it
 * goes on waiting for the committee (`counts: false`).
 *
 * Refusals: `intent_unknown`, `already_counts`, `code_wrong`.
 */
export function confirmIntentByPhone(deps: Deps, { stairwell, receipt, browser, code }: Filed & { code: string }): Promise<Outcome<{ counts: boolean }>> {
  const { db, vault, now } = deps;
  return withTransaction<Outcome<{ counts: boolean }>>(db, async (tx) => {
    const no = (problem: string) => ({ ok: false as const, problem: { code: problem, at: "code" } });
    const seen = await findIntentByReceipt(tx, stairwell, receipt);
    if (seen && (seen.knownBy ?? seen.confirmedBy)) return no("already_counts");
    if (!seen?.filerPhoneCipher) return no("intent_unknown");
    const project = await lockProject(tx, seen.stairwellId);
    const intent = await findIntentByReceipt(tx, stairwell, receipt);
    if (!intent || intent.knownBy || intent.confirmedBy) return no("already_counts");
    const phone = vault.open(seen.filerPhoneCipher);
    // A wrong try must be counted, so it commits like a right one.
    if (!(await tryCode(tx, deps, { purpose: "intent", phone, browser, typed: code }))) return no("code_wrong");
    if (intent.rejectedFor || !(await isPhoneOfFlat(tx, intent.flatId, vault.hash("phone", phone)))) return { ok: true, counts: false };

    const before = await countIntents(tx, intent.stairwellId);
    await tx.insertInto("intentConfirmation").values({ intentId: intent.id, way: "phone", accountId: null, at: now }).execute();
    await appendLog(tx, {
      stairwellId: intent.stairwellId,
      subdistrictId: intent.subdistrictId,
      at: now,
      actor: "resident",
      verb: "intent-confirmed",
      subject: `intent:${intent.id}`,
      content: { way: "phone" },
    });
    await forgetContact(tx, intent.id);
    await settleReserve(tx, project, before, now);
    return { ok: true, counts: true };
  });
}
