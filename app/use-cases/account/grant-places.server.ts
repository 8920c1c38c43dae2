import { readStairwellCodes, type Manager, type StaffRole } from "#app/domain/account.ts";
import { roleScopes } from "#app/domain/roles.ts";
import type { Tx } from "#db/client.server.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { findCommittee, findStairwells, findSubdistrict, insertGrant, type GrantPlace } from "#db/queries/staff.server.ts";
import { byAccount, refuse, type Deps } from "../transact.server.ts";

/** A role and where it is to hold, as typed. */
export interface Wanted {
  role: StaffRole;
  /** Number of a committee, or its full name. */
  committee?: number | string | undefined;
  /** Codes of stairwells. */
  stairwells?: string | undefined;
  subdistrict?: number | undefined;
}

/**
 * The places in which a role is to hold, all within the manager's reach; `manager` is null for the command line.
 *
 * Refusals: `committee_unknown`, `subdistrict_unknown`, `stairwell_not_found` with the code, `role_not_yours`.
 */
export async function findPlaces(tx: Tx, wanted: Wanted, manager: Manager | null): Promise<[GrantPlace, ...GrantPlace[]]> {
  const within = (place: GrantPlace) => !manager || manager.isAdmin || manager.subdistrictIds.includes(place.subdistrictId);
  if (wanted.role === "admin") {
    if (manager && !manager.isAdmin) refuse({ code: "role_not_yours", at: "role" });
    const home = await findSubdistrict(tx);
    return home ? [{ ...home, scopeId: null }] : refuse({ code: "nothing_imported" });
  }
  if (wanted.role === "committee") {
    const { committee = "" } = wanted;
    const found = await findCommittee(tx, typeof committee === "number" ? { id: committee } : { name: committee });
    return found && within(found) ? [found] : refuse({ code: "committee_unknown", at: "committee" });
  }
  if (wanted.role === "office") {
    const found = await findSubdistrict(tx, wanted.subdistrict);
    return found && within(found) ? [found] : refuse({ code: manager ? "subdistrict_unknown" : "nothing_imported", at: "subdistrict" });
  }
  const codes = readStairwellCodes(wanted.stairwells ?? "");
  const found = (await findStairwells(tx, codes)).filter(within);
  const missing = codes.find((code) => !found.some((stairwell) => stairwell.code === code));
  const [first, ...others] = found;
  if (missing !== undefined || !first) return refuse({ code: "stairwell_not_found", at: "stairwells", params: { code: missing ?? "" } });
  return [first, ...others];
}

/** Gives a role for each of the places, and writes it down: with the account, and for a stairwell in its own record too. */
export async function grantPlaces(
  tx: Tx,
  { now: at }: Deps,
  { accountId, role, places, byAccountId }: { accountId: number; role: StaffRole; places: readonly GrantPlace[]; byAccountId: number | null },
): Promise<number> {
  let given = 0;
  for (const { scopeId, subdistrictId } of places) {
    if (!(await insertGrant(tx, { accountId, role, scopeId, at }))) continue;
    given++;
    await insertEvent(tx, { accountId, subdistrictId, byAccountId, kind: "granted", grant: { role, scope: roleScopes[role], scopeId }, at });
    if (roleScopes[role] === "stairwell" && scopeId !== null) {
      await appendLog(tx, {
        stairwellId: scopeId, subdistrictId, at, actor: byAccountId === null ? "portal" : byAccount(byAccountId),
        verb: "access-granted", subject: `account:${accountId}`, content: { role },
      });
    }
  }
  return given;
}
