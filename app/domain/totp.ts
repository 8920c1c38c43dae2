/** Codes of authenticator apps by RFC 6238, with the only settings that every app knows. */
export const TOTP = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** How many steps a phone's clock may be off, to either side (RFC 6238, 5.2 recommends one). */
export const DRIFT = 1;

/** How long a code that was accepted for a form stays good for that form, so that it can be mended without haste. */
export const FORM_MINUTES = 10;

/** The number of the 30-second step in which a moment lies. */
export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / 1000 / TOTP.period);
}

/** The steps whose codes are accepted at a moment, this one first, then the next, then the one before. */
export function openSteps(now: Date): number[] {
  const at = stepAt(now);
  const drifts = Array.from({ length: DRIFT }, (_, index) => index + 1);
  return [at, ...drifts.map((drift) => at + drift), ...drifts.map((drift) => at - drift)];
}
