import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { connect, type Db } from "../../client.server.ts";
import type { DB } from "../../schema.d.ts";

/** One connection under both hands: Kysely for statements, pg for COPY inside the same transaction. */
export interface CopyConnection {
  db: Db;
  client: pg.PoolClient;
  close(): Promise<void>;
}

/** @param ownerUrl the role that owns the tables */
export async function connectForCopy(ownerUrl: string): Promise<CopyConnection> {
  const { pool, close } = connect(ownerUrl, { as: "owner", max: 1 });
  try {
    const client = await pool.connect();
    const shared = { query: client.query.bind(client), release() {} };
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({ pool: { connect: () => Promise.resolve(shared as pg.PoolClient), end: () => Promise.resolve() } }),
      plugins: [new CamelCasePlugin()],
    });
    return {
      db,
      client,
      async close() {
        await db.destroy();
        client.release();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
