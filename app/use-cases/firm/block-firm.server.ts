import { whyBlockIsRefused } from "#app/domain/firm.ts";
import { findFirm, insertFirmBlock, lockFirms } from "#db/queries/firms.server.ts";
import { touchPages } from "#db/queries/log.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Puts a firm on the blacklist, or takes it off again, with the reason and where it was decided; both stay on record.
 *
 * Refusals: `firm_unknown`, those of `whyBlockIsRefused`.
 */
export function blockFirm(
  deps: Deps,
  { subdistrictId, firmId, step, reason, source, accountId, formKey }: {
    subdistrictId: number; firmId: number; step: "block" | "clear"; reason: string; source: string; accountId: number; formKey: string;
  },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `${step} firm ${firmId}` }, async (tx) => {
    await lockFirms(tx, subdistrictId);
    const firm = await findFirm(tx, subdistrictId, firmId);
    if (!firm) refuse({ code: "firm_unknown" });
    const problem = whyBlockIsRefused(firm.blocked, step);
    if (problem) refuse(problem);
    await insertFirmBlock(tx, { subdistrictId, firmId, blocked: step === "block", reason, source, accountId, at: deps.now });
    await touchPages(tx, ["district"]);
    return {};
  });
}
