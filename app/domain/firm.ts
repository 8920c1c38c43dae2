import { z } from "zod";
import type { Problem } from "./problem.ts";
import { isDay } from "./shanghai-day.ts";
import { lineText, linesText, optional } from "./text.ts";

/** What a firm does: carries the project for the owners, builds, supervises, designs, or makes the lift. */
export const firmKinds = ["agent", "contractor", "supervisor", "designer", "maker"] as const;
export type FirmKind = (typeof firmKinds)[number];

export const firmGrades = ["A", "B", "C"] as const;
export type FirmGrade = (typeof firmGrades)[number];

const CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Whether the text is a unified social credit identifier (统一社会信用代码): 18 signs, the last checks the others (GB 32100-2015). */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  const values = [...text].map((sign) => CODE_SIGNS.indexOf(sign));
  if (values.includes(-1)) return false;
  let weight = 1;
  let sum = 0;
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === values[17];
}

const day = z.string({ error: "missing" }).trim().min(1, { error: "missing" }).refine(isDay, { error: "not-a-day" });

/** What the office registers of a firm, on its first and on every later day. */
export const firmForm = z
  .object({
    firmName: lineText(60),
    creditCode: z
      .string({ error: "missing" })
      .transform((typed) => typed.normalize("NFKC").replaceAll(/[\s-]/g, "").toUpperCase())
      .refine(isCreditCode, { error: "not-a-credit-code" }),
    kind: z.enum(firmKinds, { error: "missing" }),
    grade: optional(z.enum(firmGrades, { error: "unknown" })),
    validFrom: day,
    validUntil: optional(day),
    source: lineText(200),
    firmPhone: optional(lineText(20).refine((typed) => /^\+?\d(?:[ -]?\d){5,14}$/.test(typed), { error: "not-a-number" })),
  })
  .superRefine(({ validFrom, validUntil }, context) => {
    if (validUntil !== undefined && validUntil < validFrom) context.addIssue({ code: "custom", path: ["validUntil"], message: "before-start" });
  });

/** Puts a firm on the blacklist, or takes it off. */
export const blockForm = z.object({ step: z.enum(["block", "clear"], { error: "missing" }), reason: linesText(500), source: lineText(200) });

/** What is registered of a firm. Days are of Shanghai. */
export interface FirmRecord {
  name: string;
  kind: FirmKind;
  grade: FirmGrade | null;
  validFrom: string;
  /** Its last day; null while none is set. */
  validUntil: string | null;
  source: string;
  /** Its own public number, printed on the board at the site. */
  phone: string | null;
}

export type FirmStanding = "valid" | "not-yet" | "expired" | "blacklisted";

/** Whether a firm may be taken for a new plan or contract on a day. The blacklist goes before the dates. */
export function firmStanding({ validFrom, validUntil, blocked }: Pick<FirmRecord, "validFrom" | "validUntil"> & { blocked: boolean }, today: string): FirmStanding {
  if (blocked) return "blacklisted";
  if (today < validFrom) return "not-yet";
  return validUntil !== null && today > validUntil ? "expired" : "valid";
}

export type FirmRefusal = "firm_unknown" | "firm_known" | "firm_unchanged" | "firm_code_fixed" | "firm_blocked" | "firm_not_blocked";

/** Why what is entered of a firm is refused: its identifier stays, and something must be different from before. */
export function whyFirmIsRefused(
  before: (FirmRecord & { creditCode: string }) | null,
  entered: FirmRecord & { creditCode: string },
  { known }: { known: boolean },
): Problem<FirmRefusal> | null {
  if (before === null) return known ? { code: "firm_known", at: "creditCode" } : null;
  if (before.creditCode !== entered.creditCode) return { code: "firm_code_fixed", at: "creditCode" };
  const fields = ["name", "kind", "grade", "validFrom", "validUntil", "source", "phone"] as const;
  return fields.every((field) => before[field] === entered[field]) ? { code: "firm_unchanged" } : null;
}

/** Why a firm cannot be put on the blacklist or taken off it. */
export function whyBlockIsRefused(blocked: boolean, step: "block" | "clear"): Problem<FirmRefusal> | null {
  if (step === "block") return blocked ? { code: "firm_blocked" } : null;
  return blocked ? null : { code: "firm_not_blocked" };
}

/** From so many projects on, a firm is compared by how late they are. */
export const FEWEST_COMPARED = 3;

/**
 * How late the projects of a firm are on the average, in whole days; null below three whose works are planned: one bad
 * site would say too much.
 *
 * @param late the days of each project, null for one without a plan of its works
 */
export function averageLate(late: readonly (number | null)[]): number | null {
  const known = late.filter((days) => days !== null);
  return known.length < FEWEST_COMPARED ? null : Math.round(known.reduce((sum, days) => sum + days, 0) / known.length);
}
