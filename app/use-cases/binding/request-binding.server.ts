import { randomBytes } from "node:crypto";
import type { BindingSide } from "#app/domain/binding.ts";
import { RECEIPT_LENGTH, writeCode } from "#app/domain/codes.ts";
import { withTransaction } from "#db/client.server.ts";
import { findPendingBinding, insertBindingRequest } from "#db/queries/bindings.server.ts";
import { insertConsent } from "#db/queries/consents.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findFlat, isPhoneOfFlat, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { issueCode, tryCode } from "../account/phone-code.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Sends the code by which somebody shows that the phone is theirs before a flat is bound to it.
 *
 * Refusal: `stairwell_unknown`.
 */
export function sendBindingCode(
  deps: Deps,
  { stairwell, phone, browser, formKey, message }: { stairwell: string; phone: string; browser: string; formKey: string; message: (code: string) => string },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `binding code ${stairwell} ${phone}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    await issueCode(tx, deps, { purpose: "binding", phone, browser, subdistrictId: place.subdistrictId, send: true, message });
    return {};
  });
}

export interface BindingAsked {
  stairwell: string;
  room: string;
  side: BindingSide;
  name: string;
  phone: string;
  /** What names the browser that asked for the code; see `browserOf`. */
  browser: string;
  code: string;
}

/**
 * - waiting: the committee has to look at it
 * - on-roll: the phone stands on the roll for this flat; signing in is all it takes
 */
export type BindingAnswer = { state: "waiting"; receipt: string } | { state: "on-roll" };

/**
 * Asks the committee to bind a flat to the phone that the code was sent to. Who asks again while that waits gets the
 * same receipt.
 *
 * Refusals: `flat_unknown`, `code_wrong`.
 */
export function requestBinding(deps: Deps, { stairwell, room, side, name, phone, browser, code }: BindingAsked): Promise<Outcome<BindingAnswer>> {
  const { db, vault, now } = deps;
  return withTransaction<Outcome<BindingAnswer>>(db, async (tx) => {
    const no = (problem: string, at: string) => ({ ok: false as const, problem: { code: problem, at } });
    const flat = await findFlat(tx, stairwell, room);
    if (!flat) return no("flat_unknown", "room");
    const { id: flatId, stairwellId, subdistrictId } = flat;
    // Held first, so that two requests of one phone stand in one order.
    await lockProject(tx, stairwellId);
    // A wrong try must be counted, so it commits like a right one.
    if (!(await tryCode(tx, deps, { purpose: "binding", phone, browser, typed: code }))) return no("code_wrong", "code");

    const phoneHash = vault.hash("phone", phone);
    if (side === "owner" && (await isPhoneOfFlat(tx, flatId, phoneHash))) return { ok: true, state: "on-roll" };
    const pending = await findPendingBinding(tx, flatId, phoneHash);
    if (pending !== undefined) return { ok: true, state: "waiting", receipt: pending };
    const receipt = writeCode(randomBytes(8), RECEIPT_LENGTH);
    const id = await insertBindingRequest(
      tx,
      { subdistrictId, stairwellId, flatId, side, receipt, requestedAt: now },
      { nameCipher: vault.seal(name), phoneCipher: vault.seal(phone), phoneHash },
    );
    await insertConsent(tx, { subdistrictId, bindingRequestId: id, now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: "resident", verb: "binding-requested", subject: `binding:${id}`, content: { room, side },
    });
    return { ok: true, state: "waiting", receipt };
  });
}
