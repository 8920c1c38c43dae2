import { z } from "zod";
import { readCode, RECEIPT_LENGTH } from "./codes.ts";
import { optional } from "./text.ts";

/** Letters of the code that opens one's own ballot: 60 bits. */
export const OPENING_LENGTH = 12;

/** A code of so many letters that somebody reads off and types. */
export const typedCode = (length: number) =>
  z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .max(60, { error: "too-long" })
    .transform((typed, context) => {
      const read = readCode(typed, length);
      if (read === null) context.addIssue({ code: "custom", message: `code-of-${length}` });
      return read ?? z.NEVER;
    });

/** The receipt of a ballot or an intent and, to see one's own choice too, the code that opens it. */
export const receiptForm = z.object({ receipt: typedCode(RECEIPT_LENGTH), opening: optional(typedCode(OPENING_LENGTH)) });
