import { HOTP, Secret, TOTP as Authenticator } from "otpauth";
import { DRIFT, FORM_MINUTES, openSteps, TOTP } from "#app/domain/totp.ts";
import type { Tx } from "./client.server.ts";
import type { Vault } from "./personal-data.server.ts";
import { claimStep, findSecret, listStepsOfForm } from "./queries/authenticators.server.ts";

/** A new secret to share with an authenticator app: 160 bits (RFC 4226, 4), in base 32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the QR code of a secret says, as authenticator apps read it. */
export function keyUri(secret: string, { issuer, login }: { issuer: string; login: string }): string {
  return new Authenticator({ ...TOTP, issuer, label: login, secret: Secret.fromBase32(secret) }).toString();
}

/** The code of a secret in a step. */
export function codeAt(secret: string, step: number): string {
  return HOTP.generate({ secret: Secret.fromBase32(secret), algorithm: TOTP.algorithm, digits: TOTP.digits, counter: step });
}

/** The step whose code this is, if it is accepted now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const { algorithm, digits, period } = TOTP;
  const drift = Authenticator.validate({ token: code, secret: Secret.fromBase32(secret), algorithm, digits, period, timestamp: now.getTime(), window: DRIFT });
  return drift === null ? null : (openSteps(now)[0] ?? 0) + drift;
}

/** The first code that is accepted now and has not been used; null where all have. */
export function unusedCode(secret: string, usedSteps: readonly number[], now: Date): string | null {
  const step = openSteps(now).find((open) => !usedSteps.includes(open));
  return step === undefined ? null : codeAt(secret, step);
}

/**
 * Spends a code of the account's authenticator app for a form. A code is good once; the same form posted again with the
 * code that was accepted for it passes for ten minutes.
 *
 * @returns "missing" where the account has no authenticator
 */
export async function spendCode(
  tx: Tx,
  vault: Vault,
  { accountId, code, formKey, now }: { accountId: number; code: string; formKey: string; now: Date },
): Promise<"right" | "wrong" | "missing"> {
  const account = await findSecret(tx, accountId);
  if (!account?.totpCipher) return "missing";
  const secret = vault.open(account.totpCipher);
  const since = new Date(now.getTime() - FORM_MINUTES * 60_000);
  const before = await listStepsOfForm(tx, accountId, formKey, since);
  if (before.some((step) => codeAt(secret, step) === code)) return "right";
  const step = stepOf(secret, code, now);
  if (step === null) return "wrong";
  return (await claimStep(tx, { accountId, subdistrictId: account.subdistrictId, step, formKey, at: now })) ? "right" : "wrong";
}
