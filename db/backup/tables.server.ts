import type pg from "pg";

export interface BackedTable {
  name: string;
  /** Those that hold values of their own, in order. */
  columns: string[];
}

/**
 * The tables of the portal, those that others refer to first, so that each can be filled after another. The job queue
 * is not among them: what waits in the outbox and what is due by the clock is queued anew.
 */
export async function listTables(client: pg.PoolClient): Promise<BackedTable[]> {
  const { rows: tables } = await client.query<BackedTable>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely_migration%'
    group by c.relname order by c.relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select distinct conrelid::regclass::text as from, confrelid::regclass::text as to
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`);
  const plain = (name: string) => name.replaceAll('"', "");
  const needs = new Map(tables.map(({ name }) => [name, references.filter((r) => plain(r.from) === name).map((r) => plain(r.to))]));
  const ordered: BackedTable[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter(({ name }) => !done.has(name) && needs.get(name)?.every((to) => done.has(to)));
    if (ready.length === 0) throw new Error("tables refer to each other in a circle");
    for (const table of ready) {
      ordered.push(table);
      done.add(table.name);
    }
  }
  return ordered;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export async function listMigrationNames(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>("select name from kysely_migration order by name");
  return rows.map(({ name }) => name);
}

/** Where each stairwell's chain stands, as it can be compared with what is printed on paper. */
export async function listHeads(client: pg.PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<{ code: string; head: string }>(`
    select w.code, c.seq || ' ' || encode(c.head, 'hex') as head from chain c join stairwell w on w.id = c.stairwell_id order by w.code`);
  return Object.fromEntries(rows.map(({ code, head }) => [code, head]));
}
