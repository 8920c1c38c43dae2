import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertRollExport, listNamesOfStairwell } from "#db/queries/rolls.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Writes down why a clerk takes the ID numbers and phones of a stairwell's owners out of the portal; the file itself is
 * handed out for a short time afterwards.
 *
 * Refusals: `stairwell_unknown`, `reason_names_owner`.
 */
export function exportRoll(
  deps: Deps,
  { stairwell, reason, accountId, formKey }: { stairwell: string; reason: string; accountId: number; formKey: string },
): Promise<Outcome<object>> {
  const { now: at } = deps;
  return transact(deps, { key: formKey, action: `roll export ${stairwell} ${accountId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    const named = whyReasonIsRefused(reason, await listNamesOfStairwell(tx, stairwellId));
    if (named) refuse(named);
    const id = await insertRollExport(tx, { subdistrictId, stairwellId, accountId, reason, at });
    await appendLog(tx, { stairwellId, subdistrictId, at, actor: byAccount(accountId), verb: "roll-exported", subject: `roll-export:${id}`, content: { reason } });
    return {};
  });
}
