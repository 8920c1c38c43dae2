import { whyVisitUndoIsRefused } from "#app/domain/visit.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { findVisit, insertVisitUndo } from "#db/queries/visits.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Takes back a visit that was tapped by mistake, within ten minutes; its note is removed.
 *
 * Refusals: `visit_unknown` (also for a colleague's or another stairwell's), `visit_undone`, `undo_late`.
 */
export function undoVisit(
  deps: Deps,
  { stairwell, visitId, accountId, formKey }: { stairwell: string; visitId: number; accountId: number; formKey: string },
): Promise<Outcome<{ room: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `undo visit ${visitId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "visit_unknown" });
    const { stairwellId, subdistrictId } = place;
    const chain = await lockChain(tx, stairwellId);
    const visit = await findVisit(tx, stairwellId, visitId);
    if (!visit) refuse({ code: "visit_unknown" });
    const problem = whyVisitUndoIsRefused({ ...visit, undone: Boolean(visit.undone) }, { accountId, now });
    if (problem) refuse(problem);

    await insertVisitUndo(tx, { visitId, subdistrictId, accountId, at: now });
    const entry = {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId), verb: "door-visit-undone", subject: `visit:${visitId}`, content: { room: visit.room },
    };
    await appendLog(tx, entry, chain);
    return { room: visit.room };
  });
}
