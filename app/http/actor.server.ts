import type { Manager } from "#app/domain/account.ts";
import type { GrantScope, Role } from "#app/domain/roles.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { findSession } from "#db/queries/sessions.server.ts";
import { readSessionToken } from "./session.server.ts";

export interface Grant {
  role: Role;
  scope: GrantScope;
  scopeId: number | null;
}

/** The signed-in person of a request. */
export interface Actor {
  accountId: number;
  subdistrictId: number;
  name: string;
  grants: Grant[];
}

/** Who sends this request, by the session cookie; undefined for everybody else. */
export async function findActor(request: Request, db: Db, vault: Vault, now: Date, secure: boolean): Promise<Actor | undefined> {
  const token = readSessionToken(request, secure);
  return token ? findSession(db, vault.hash("session", token), now) : undefined;
}

export function hasRole(actor: Actor | undefined, ...roles: Role[]): boolean {
  return actor?.grants.some((grant) => roles.includes(grant.role)) ?? false;
}

/** Somebody as one who gives others their accounts: the office within its subdistricts, the admin everywhere. */
export function asManager({ accountId, grants }: Pick<Actor, "accountId" | "grants">): Manager {
  return {
    accountId,
    isAdmin: grants.some((grant) => grant.role === "admin"),
    subdistrictIds: grants.flatMap((grant) => (grant.role === "office" && grant.scopeId !== null ? [grant.scopeId] : [])),
  };
}
