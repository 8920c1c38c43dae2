import { z } from "zod";
import { lineText, mobile } from "./text.ts";

/** A code sent to a phone holds for ten minutes, once, for five tries. */
export const CODE_MINUTES = 10;
export const MOST_TRIES = 5;

/** How long staff may take for the code after the password: no timed step is shorter than ten minutes. */
export const PENDING_MINUTES = 10;

/** What a code to a phone is asked for. */
export type CodePurpose = "sign-in" | "intent" | "binding";

export const phoneForm = z.object({ phone: mobile });

/** Six digits, however they are typed. */
export const sixDigits = z
  .string({ error: "missing" })
  .trim()
  .min(1, { error: "missing" })
  .transform((typed) => typed.normalize("NFKC").replace(/\s/g, ""))
  .refine((digits) => /^\d{6}$/.test(digits), { error: "not-a-code" });

export const codeForm = z.object({ code: sixDigits });
export const passwordForm = z.object({ login: lineText(60), password: z.string({ error: "missing" }).min(1, { error: "missing" }).max(200, { error: "too-long" }) });

/** Whether a code may still be tried: not used, not expired, fewer than five tries. */
export function isCodeOpen(code: { expiresAt: Date; tries: number; usedAt: Date | null }, now: Date): boolean {
  return code.usedAt === null && code.expiresAt > now && code.tries < MOST_TRIES;
}
