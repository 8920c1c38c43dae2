import { z } from "zod";
import { firmKinds, type FirmKind, type FirmStanding } from "./firm.ts";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { isDay } from "./shanghai-day.ts";
import { lineText, optional } from "./text.ts";

/** What an agreement of the owners has to settle, in the order of the checklist. */
export const agreementItems = ["shares", "account", "instalments", "deadline", "warranty", "running-costs", "manager", "joiners", "damage", "sale"] as const;
export type AgreementItem = (typeof agreementItems)[number];

const day = z.string({ error: "missing" }).trim().min(1, { error: "missing" }).refine(isDay, { error: "not-a-day" });

/** What the agreement settles, or a contract with a firm. */
export const agreementPageForm = z
  .object({
    step: z.enum(["agreement", "contract"], { error: "missing" }),
    signedOn: day,
    items: z.array(z.enum(agreementItems, { error: "unknown" })),
    firm: optional(rowNumber),
    role: optional(z.enum(firmKinds, { error: "unknown" })),
    contractNo: optional(lineText(60)),
  })
  .superRefine(({ step, items, firm, role, contractNo }, context) => {
    const missing = (field: string) => context.addIssue({ code: "custom", path: [field], message: "missing" });
    if (step === "agreement" && items.length === 0) missing("items");
    if (step === "agreement") return;
    if (role === undefined) missing("role");
    if (firm === undefined) missing("firm");
    if (contractNo === undefined) missing("contractNo");
  });

/** What the checklist has that an agreement does not settle. */
export function missingItems(settled: readonly string[]): AgreementItem[] {
  return agreementItems.filter((item) => !settled.includes(item));
}

export type AgreementRefusal = "signed_in_future" | "contract_firm_unknown" | "contract_firm_kind" | "contract_firm_blacklisted" | "contract_firm_not_valid" | "contract_other_agent";

/** Why an agreement cannot be recorded. */
export function whyAgreementIsRefused(signedOn: string, today: string): Problem<AgreementRefusal> | null {
  return signedOn > today ? { code: "signed_in_future", at: "signedOn" } : null;
}

/**
 * Why a contract cannot be recorded: with a firm that could not be taken on the day, in another role than it is
 * registered for, or with another agent than the plan has that the owners consented to.
 *
 * @param firm as registered, with its standing on the day of the contract; @param consented the agent of that plan, if any
 */
export function whyContractIsRefused(
  { role, firmId, signedOn, today }: { role: FirmKind; firmId: number; signedOn: string; today: string },
  firm: { kind: FirmKind; standing: FirmStanding } | undefined,
  consented: { firmId: number; agent: string } | null,
): Problem<AgreementRefusal> | null {
  const late = whyAgreementIsRefused(signedOn, today);
  if (late) return late;
  if (!firm) return { code: "contract_firm_unknown", at: "firm" };
  if (firm.kind !== role) return { code: "contract_firm_kind", at: "firm" };
  if (firm.standing === "blacklisted") return { code: "contract_firm_blacklisted", at: "firm" };
  if (firm.standing !== "valid") return { code: "contract_firm_not_valid", at: "firm" };
  if (role === "agent" && consented && consented.firmId !== firmId) return { code: "contract_other_agent", at: "firm", params: { agent: consented.agent } };
  return null;
}
