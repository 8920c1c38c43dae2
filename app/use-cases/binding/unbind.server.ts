import { endTenant, lockBinding, revokeBinding } from "#db/queries/bindings.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { revokeSlip } from "#db/queries/slips.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export type Unbinding = ({ what: "binding"; reason: string } | { what: "tenant" }) & {
  stairwell: string;
  id: number;
  accountId: number;
  formKey: string;
};

/**
 * Takes a flat's binding to a phone back, with a reason, or ends the note of a tenant. A phone that stands on the roll is
 * bound again when it signs in: that is for the roll to change. A slip that bound it is withdrawn with it.
 *
 * Refusals: `stairwell_unknown`, `binding_unknown`.
 */
export function unbind(deps: Deps, unbinding: Unbinding): Promise<Outcome<{ room: string }>> {
  const { vault, now } = deps;
  const { stairwell, what, id, accountId, formKey } = unbinding;
  return transact(deps, { key: formKey, action: `unbind ${what} ${id}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    if (unbinding.what === "tenant") {
      const room = await endTenant(tx, id, { stairwellId, endedAt: now, endedBy: accountId });
      if (room === undefined) refuse({ code: "binding_unknown" });
      await appendLog(tx, { stairwellId, subdistrictId, at: now, actor: byAccount(accountId), verb: "tenant-ended", subject: `tenant:${id}`, content: { room } });
      return { room };
    }
    const binding = await lockBinding(tx, id, stairwellId);
    if (!binding) refuse({ code: "binding_unknown" });
    const { room, way, flatId } = binding;
    await revokeBinding(tx, id, { revokedAt: now, revokedBy: accountId, revokeReasonCipher: vault.seal(unbinding.reason) });
    // Whoever has the letter could bind the phone again.
    if (way === "slip") await revokeSlip(tx, flatId, now);
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId), verb: "flat-unbound", subject: `grant:${id}`, content: { room, way },
    });
    return { room };
  });
}
