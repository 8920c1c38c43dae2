import { withTransaction } from "#db/client.server.ts";
import { bindResident, findSubdistrictOfPhone } from "#db/queries/accounts.server.ts";
import { insertConsent } from "#db/queries/consents.server.ts";
import { maskMobile } from "#app/domain/text.ts";
import { transact, type Deps, type Outcome } from "../transact.server.ts";
import { issueCode, tryCode } from "./phone-code.server.ts";
import { startSession, type NewSession } from "./start-session.server.ts";

export interface CodeRequest {
  phone: string;
  /** What names the browser that asks; see `browserOf`. */
  browser: string;
  formKey: string;
  message: (code: string) => string;
  /** Where somebody has business whose phone nobody knows yet, as a tenant who complains. */
  visiting?: number;
}

/**
 * Sends a sign-in code if the phone stands on a roll or has an account, or its holder is visiting. The answer is the
 * same for a known and an unknown phone, and so is the work.
 */
export function sendSignInCode(deps: Deps, { phone, browser, formKey, message, visiting }: CodeRequest): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `sign-in code ${phone}` }, async (tx) => {
    const { known, first } = await findSubdistrictOfPhone(tx, deps.vault.hash("phone", phone));
    const subdistrictId = known ?? visiting;
    await issueCode(tx, deps, { purpose: "sign-in", phone, browser, subdistrictId: subdistrictId ?? first, send: subdistrictId !== undefined, message });
    return {};
  });
}

/**
 * Signs a resident in by the code sent to the phone, in the browser that asked for it, and binds the account to the flats whose roll has this phone;
 * somebody visiting whose phone is on no roll gets an account without a flat.
 *
 * Refusal: `code_wrong` for wrong, used, expired and unknown alike.
 */
export function signInByPhone(
  deps: Deps,
  { phone, browser, code, session, visiting }: { phone: string; browser: string; code: string; session: NewSession; visiting?: number },
): Promise<Outcome<{ accountId: number }>> {
  const { db, vault, now } = deps;
  return withTransaction(db, async (tx) => {
    // A wrong try must be counted, so it commits like a right one.
    const wrong = { ok: false as const, problem: { code: "code_wrong", at: "code" } };
    if (!(await tryCode(tx, deps, { purpose: "sign-in", phone, browser, typed: code }))) return wrong;
    const phoneHash = vault.hash("phone", phone);
    const subdistrictId = (await findSubdistrictOfPhone(tx, phoneHash)).known ?? visiting;
    if (subdistrictId === undefined) return wrong;
    const accountId = await bindResident(tx, { phoneHash, phoneCipher: vault.seal(phone), subdistrictId, name: maskMobile(phone), now });
    await insertConsent(tx, { subdistrictId, accountId, now });
    await startSession(tx, deps, accountId, session);
    return { ok: true as const, accountId };
  });
}
