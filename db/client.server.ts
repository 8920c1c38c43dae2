import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./schema.d.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

/** The role that owns nothing and may not change what is only ever added. */
const APP_ROLE = "jiati_app";

const INT8 = 20;
const DATE = 1082;

/** Counts come as numbers, days stay the text they are (a Date would move them by the time zone). */
function typeParser(oid: number, format?: "text" | "binary") {
  if (oid === INT8) return Number;
  if (oid === DATE) return (value: string) => value;
  return pg.types.getTypeParser(oid, format as "text");
}

export interface Client {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Opens a pool and Kysely over it.
 *
 * @param as "application" takes on the restricted role on every connection; "owner" keeps the role of the URL.
 * @param patienceMs how long one waits for a connection while all are taken.
 * @param onLost is told of connections that break while idle, so that the process survives a database restart.
 */
export function connect(
  url: string,
  { as = "application", max = 10, patienceMs = 10_000, onLost = () => {} }: { as?: "application" | "owner"; max?: number; patienceMs?: number; onLost?: (e: Error) => void } = {},
): Client {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: patienceMs,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
    ...(as === "application" && {
      options: `-c role=${APP_ROLE} -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s`,
    }),
  });
  pool.on("error", onLost);
  // A connection that breaks inside a transaction that waits for something else has nobody to tell but the process,
  // which would end. The transaction's next query fails and says so.
  pool.on("connect", (connection) => connection.on("error", () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] });
  return { db, pool, close: () => db.destroy() };
}

const RETRY = new Set(["40001", "40P01"]);

/** Runs `work` in a transaction; a serialization failure or deadlock starts it anew, five times at most. */
export async function withTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= 5 || !RETRY.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}
