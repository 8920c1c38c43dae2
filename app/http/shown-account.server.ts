import { staffRoles, type StaffRole } from "#app/domain/account.ts";
import type { StaffAccount, StaffGrant } from "#db/queries/staff.server.ts";

const isStaffRole = (role: string): role is StaffRole => staffRoles.some((known) => known === role);

/** Grants as pages show them: without numbers of scopes, without the flats of somebody who owns one too. */
export function shownGrants(grants: readonly StaffGrant[]) {
  return grants.flatMap(({ id, role, place, stairwell }) => (isStaffRole(role) ? [{ id, role, place, stairwell }] : []));
}

/** An account as pages show it; ready when its person has set it up. */
export function shownAccount({ accountId, name, login, active, hasPassword, totpConfirmedAt, grants }: StaffAccount) {
  const ready = hasPassword && totpConfirmedAt !== null;
  return { accountId, name, login, active, ready, hasPassword, totpConfirmedAt, grants: shownGrants(grants) };
}
