import type { Tx } from "#db/client.server.ts";
import { findScope, insertAccount, isLoginTaken, type StaffRole } from "#db/queries/accounts.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { hashPassword } from "./password.server.ts";

/** Shortest password of staff, in characters. */
export const SHORTEST_PASSWORD = 12;

export interface NewStaff {
  login: string;
  name: string;
  password: string;
  role: StaffRole;
  /** Name of the committee that a clerk works for. */
  committee: string | null;
}

/**
 * Adds an account of staff with its grant: a clerk for a committee, the office for its subdistrict, an admin for the
 * installation.
 *
 * Refusals: `password_short`, `login_taken`, `committee_unknown`, `nothing_imported`.
 */
export async function addAccount(deps: Deps, staff: NewStaff): Promise<Outcome<{ accountId: number }>> {
  if ([...staff.password].length < SHORTEST_PASSWORD) return { ok: false, problem: { code: "password_short" } };
  const passwordHash = await hashPassword(staff.password);
  return transact(deps, null, async (tx: Tx) => {
    if (await isLoginTaken(tx, staff.login)) refuse({ code: "login_taken" });
    const scope = await findScope(tx, staff.role, staff.committee);
    if (!scope) refuse({ code: staff.role === "committee" ? "committee_unknown" : "nothing_imported" });
    return { accountId: await insertAccount(tx, { ...staff, passwordHash }, scope) };
  });
}
