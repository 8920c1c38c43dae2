import { sql } from "kysely";
import type { Problem } from "#app/domain/problem.ts";
import { withTransaction, type Db, type Tx } from "#db/client.server.ts";
import type { Actor } from "#db/queries/log.server.ts";
import type { Vault } from "#db/personal-data.server.ts";

/** What a use case works with; handed in, so that tests hand in their own. */
export interface Deps {
  db: Db;
  vault: Vault;
  now: Date;
}

/** Either what was done, or why it was refused; a refusal has changed nothing. */
export type Outcome<T> = ({ ok: true } & T) | { ok: false; problem: Problem };

class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** Ends the transaction of a use case without effect; the use case answers with the problem. */
export function refuse(problem: Problem): never {
  throw new Refusal(problem);
}

/**
 * Runs a use case in one transaction. With a form key, the same form posted again has no further effect and gets the
 * first answer; two posts of it at the same moment wait for each other.
 */
export async function transact<T extends object>(
  deps: Deps,
  form: { key: string; action: string } | null,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> {
  const action = form && actionHash(deps, form.action);
  try {
    return await withTransaction(deps.db, async (tx) => {
      if (form) {
        await sql`select pg_advisory_xact_lock(hashtextextended(${form.key}, 0))`.execute(tx);
        const first = await tx.selectFrom("formPost").select(["action", "answer"]).where("key", "=", form.key).executeTakeFirst();
        if (first && first.action !== action) refuse({ code: "form_used_elsewhere" });
        if (first) return { ok: true as const, ...(first.answer as T) };
      }
      const answer = await work(tx);
      if (form && action) {
        await tx
          .insertInto("formPost")
          .values({ key: form.key, action, answer: JSON.stringify(answer), at: deps.now })
          .execute();
      }
      return { ok: true as const, ...answer };
    });
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Hashed, for it names a room and what was chosen for it. */
const actionHash = ({ vault }: Deps, action: string) => vault.hash("form", action).toString("base64url");

/** The answer that this form got, if it was posted before. */
export async function findAnswer<T extends object>(deps: Deps, { key, action }: { key: string; action: string }): Promise<T | undefined> {
  const row = await deps.db.selectFrom("formPost").select("answer").where("key", "=", key).where("action", "=", actionHash(deps, action)).executeTakeFirst();
  return row?.answer as T | undefined;
}

export function byAccount(accountId: number): Actor {
  return `account:${accountId}`;
}
