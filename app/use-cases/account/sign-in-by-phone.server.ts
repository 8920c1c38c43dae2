import { withTransaction } from "#db/client.server.ts";
import { bindResident, findSubdistrictOfPhone } from "#db/queries/accounts.server.ts";
import { insertSession } from "#db/queries/sessions.server.ts";
import { maskMobile } from "#app/domain/text.ts";
import { transact, type Deps, type Outcome } from "../transact.server.ts";
import { issueCode, tryCode } from "./phone-code.server.ts";

/** Sends a sign-in code if the phone stands on a roll. The answer is the same for a known and an unknown phone. */
export async function sendSignInCode(deps: Deps, { phone, formKey, message }: { phone: string; formKey: string; message: (code: string) => string }): Promise<void> {
  await transact(deps, { key: formKey, action: "sign-in code" }, async (tx) => {
    const subdistrictId = await findSubdistrictOfPhone(tx, deps.vault.hash("phone", phone));
    await issueCode(tx, deps, { purpose: "sign-in", phone, subdistrictId: subdistrictId ?? 0, send: subdistrictId !== undefined, message });
    return {};
  });
}

export interface NewSession {
  token: string;
  expiresAt: Date;
}

/**
 * Signs a resident in by the code sent to the phone, and binds the account to the flats whose roll has this phone.
 *
 * Refusal: `code_wrong` for wrong, used, expired and unknown alike.
 */
export function signInByPhone(deps: Deps, { phone, code, session }: { phone: string; code: string; session: NewSession }): Promise<Outcome<{ accountId: number }>> {
  const { db, vault, now } = deps;
  return withTransaction(db, async (tx) => {
    // A wrong try must be counted, so it commits like a right one.
    const wrong = { ok: false as const, problem: { code: "code_wrong", at: "code" } };
    if (!(await tryCode(tx, deps, "sign-in", phone, code))) return wrong;
    const phoneHash = vault.hash("phone", phone);
    const subdistrictId = await findSubdistrictOfPhone(tx, phoneHash);
    if (subdistrictId === undefined) return wrong;
    const accountId = await bindResident(tx, { phoneHash, phoneCipher: vault.seal(phone), subdistrictId, name: maskMobile(phone), now });
    await insertSession(tx, { tokenHash: vault.hash("session", session.token), accountId, createdAt: now, expiresAt: session.expiresAt });
    return { ok: true as const, accountId };
  });
}
