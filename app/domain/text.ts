import { z } from "zod";

/** Control, bidirectional and invisible characters, what could not be decoded, and noncharacters: none is part of a name. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD]/u;
const UNSEEN_BUT_LINES = /(?![\r\n\t])[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD]/u;

/** One line that a person typed: trimmed, at most `max` characters, nothing invisible. */
export function lineText(max: number) {
  return z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .refine((text) => [...text].length <= max, { error: "too-long" })
    .refine((text) => !UNSEEN.test(text), { error: "unreadable" });
}

/** Several lines, as in a reason or an explanation. */
export function linesText(max: number) {
  return z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .refine((text) => [...text].length <= max, { error: "too-long" })
    .refine((text) => !UNSEEN_BUT_LINES.test(text), { error: "unreadable" });
}

/** A field that may be left empty: missing and blank are the same. */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), schema.optional());
}

const MOBILE = /^1[3-9]\d{9}$/;

/** A phone as typed – spaces, dashes, +86, full-width digits – as eleven digits; null if it is no mainland mobile. */
export function readMobile(typed: string): string | null {
  const digits = typed
    .normalize("NFKC")
    .replace(/[\s\-–—()]/g, "")
    .replace(/^(\+|00)86/, "");
  return MOBILE.test(digits) ? digits : null;
}

/** A mainland mobile number, kept as eleven digits. */
export const mobile = z
  .string({ error: "missing" })
  .trim()
  .min(1, { error: "missing" })
  .transform((typed, context) => {
    const digits = typed.length > 40 ? null : readMobile(typed);
    if (digits === null) {
      context.addIssue({ code: "custom", message: "not-a-mobile" });
      return z.NEVER;
    }
    return digits;
  });

/** 138****0001: enough to recognise one's own number, not to call it. */
export function maskMobile(digits: string): string {
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
