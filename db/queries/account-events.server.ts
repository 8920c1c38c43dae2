import { sql } from "kysely";
import type { GrantScope, Role } from "#app/domain/roles.ts";
import type { Db, Tx } from "../client.server.ts";

export type AccountEventKind = "added" | "granted" | "revoked" | "deactivated" | "activated" | "setup-code" | "password" | "authenticator" | "signed-out";

export interface NewAccountEvent {
  accountId: number;
  subdistrictId: number;
  /** null: by the command line. */
  byAccountId: number | null;
  kind: AccountEventKind;
  /** What was granted or withdrawn. */
  grant?: { role: Role; scope: GrantScope; scopeId: number | null };
  at: Date;
}

/** Writes down what happened to an account. */
export async function insertEvent(tx: Tx, { grant, ...event }: NewAccountEvent): Promise<void> {
  await tx.insertInto("accountEvent").values({ ...event, ...grant }).execute();
}

export interface AccountEvent {
  id: number;
  kind: AccountEventKind;
  role: Role | null;
  place: string | null;
  /** Name of who did it; null for the command line. */
  by: string | null;
  at: Date;
}

/** What happened to an account, newest first. */
export async function listEvents(db: Db, accountId: number): Promise<AccountEvent[]> {
  const { rows } = await sql<AccountEvent>`
    select e.id, e.kind, e.role, e.at, b.name as by,
      coalesce(k.name, d.name, c.name || ' ' || s.building || s.entrance) as place
    from account_event e
    left join account b on b.id = e.by_account_id
    left join committee k on e.scope = 'committee' and k.id = e.scope_id
    left join subdistrict d on e.scope = 'subdistrict' and d.id = e.scope_id
    left join stairwell s on e.scope = 'stairwell' and s.id = e.scope_id
    left join community c on c.id = s.community_id
    where e.account_id = ${accountId}
    order by e.id desc
    limit 200`.execute(db);
  return rows;
}
