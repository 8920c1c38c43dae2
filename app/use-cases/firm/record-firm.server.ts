import { whyFirmIsRefused, type FirmRecord } from "#app/domain/firm.ts";
import { findFirm, insertFirm, insertFirmRecord, isCodeKnown, lockFirms } from "#db/queries/firms.server.ts";
import { touchPages } from "#db/queries/log.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Enters a firm into the subdistrict's register, or what is registered of it anew; what was entered before stays. Like
 * settings, firms belong to no stairwell: the add-only table is their record.
 *
 * Refusals: `firm_unknown`, those of `whyFirmIsRefused`.
 *
 * @param firmId the firm that is there already; null for a new one
 */
export function recordFirm(
  deps: Deps,
  { subdistrictId, firmId, creditCode, record, accountId, formKey }: {
    subdistrictId: number; firmId: number | null; creditCode: string; record: FirmRecord; accountId: number; formKey: string;
  },
): Promise<Outcome<{ firmId: number }>> {
  return transact(deps, { key: formKey, action: `firm ${firmId} ${creditCode} ${JSON.stringify(record)}` }, async (tx) => {
    await lockFirms(tx, subdistrictId);
    const before = firmId === null ? null : await findFirm(tx, subdistrictId, firmId);
    if (before === undefined) refuse({ code: "firm_unknown" });
    const problem = whyFirmIsRefused(before, { ...record, creditCode }, { known: await isCodeKnown(tx, subdistrictId, creditCode) });
    if (problem) refuse(problem);
    const by = { subdistrictId, accountId, at: deps.now };
    const id = before?.id ?? (await insertFirm(tx, { ...by, creditCode }));
    await insertFirmRecord(tx, { ...by, ...record, firmId: id });
    await touchPages(tx, ["district"]);
    return { firmId: id };
  });
}
