import { MOST_BOUND_BY_SLIP } from "#app/domain/binding.ts";
import { addDays, endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { maskMobile } from "#app/domain/text.ts";
import { withTransaction } from "#db/client.server.ts";
import { bindResident } from "#db/queries/accounts.server.ts";
import { bindFlat, countBoundBySlip, isBound, listOwnersOfFlat } from "#db/queries/bindings.server.ts";
import { insertConsent } from "#db/queries/consents.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findSlip, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { tryCode } from "../account/phone-code.server.ts";
import { startSession, type NewSession } from "../account/start-session.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { byAccount, type Deps, type Outcome } from "../transact.server.ts";

/** Days for which it is worth telling the owners. */
const MESSAGE_DAYS = 2;

export interface SlipBinding {
  /** The slip's code in its written form. */
  slipCode: string;
  phone: string;
  /** What names the browser that asked for the code; see `browserOf`. */
  browser: string;
  /** The code that was sent to the phone. */
  code: string;
  session: NewSession;
  /** What the owners on the roll are told, for the slip may have been somebody else's to take. */
  message: (about: { home: string; phone: string; call: string }) => string;
  nameHome: (place: { community: string; entrance: string; room: string }) => string;
}

/**
 * Binds a flat to the phone of whoever holds its slip and has the code that was sent to the phone, and signs them in.
 * The owners whose phones stand on the roll are told.
 *
 * Refusals: `slip_unknown`, `slip_used_up`, `code_wrong`.
 */
export function bindBySlip(deps: Deps, { slipCode, phone, browser, code, session, message, nameHome }: SlipBinding): Promise<Outcome<{ accountId: number }>> {
  const { db, vault, now } = deps;
  return withTransaction<Outcome<{ accountId: number }>>(db, async (tx) => {
    const no = (problem: string, at: string) => ({ ok: false as const, problem: { code: problem, at } });
    const codeHash = vault.hash("slip", slipCode);
    const seen = await findSlip(tx, codeHash);
    if (!seen) return no("slip_unknown", "slip");
    await lockProject(tx, seen.stairwellId);
    // Read again under the lock: it may have been renewed in the meantime.
    const slip = await findSlip(tx, codeHash);
    const place = slip && (await findPlace(tx, slip.stairwell));
    if (!slip || !place) return no("slip_unknown", "slip");
    // A wrong try must be counted, so it commits like a right one.
    if (!(await tryCode(tx, deps, { purpose: "binding", phone, browser, typed: code }))) return no("code_wrong", "code");

    const { flatId, stairwellId, subdistrictId, room } = slip;
    const phoneHash = vault.hash("phone", phone);
    if (!(await isBound(tx, flatId, phoneHash)) && (await countBoundBySlip(tx, flatId)) >= MOST_BOUND_BY_SLIP) return no("slip_used_up", "code");
    const accountId = await bindResident(tx, { phoneHash, phoneCipher: vault.seal(phone), subdistrictId, name: maskMobile(phone), now });
    const bound = await bindFlat(tx, { accountId, flatId, now, way: "slip", ownerId: null });
    await insertConsent(tx, { subdistrictId, accountId, now });
    await startSession(tx, deps, accountId, session);
    if (!bound) return { ok: true, accountId };

    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId), verb: "flat-bound", subject: `account:${accountId}`, content: { room, way: "slip" },
    });
    const about = { home: nameHome({ ...place, room }), phone: maskMobile(phone), call: place.phone };
    const expiresAt = endOfDay(addDays(shanghaiDay(now), MESSAGE_DAYS));
    for (const owner of await listOwnersOfFlat(tx, flatId)) {
      if (!owner.phoneCipher || owner.phoneHash?.equals(phoneHash)) continue;
      await queueMessage(tx, deps, { kind: "flat-bound", phone: vault.open(owner.phoneCipher), subdistrictId, text: message(about), params: about, expiresAt });
    }
    return { ok: true, accountId };
  });
}
