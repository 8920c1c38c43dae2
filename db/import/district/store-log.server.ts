import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Tx } from "../../client.server.ts";
import { commit, hashEntry } from "#app/record/hash.ts";
import type { RowDigests } from "./row-digests.ts";
import type { Newest } from "./store-register.server.ts";

const SALT = 32;

/** What an import brought for a stairwell: the numbers of its new rows, and the digest of all its rows in the files. */
interface ImportedContent extends Record<string, unknown> {
  flats: number;
  intents: number;
  /** Their codes. */
  consultations: string[];
  ballots: number;
  /** Where the project stands after it. */
  stage: string;
  /** See RowDigests. */
  digest: string;
}

export interface Touched {
  stairwellId: number;
  subdistrictId: number;
  code: string;
  /** Of the next entry. */
  seq: number;
  /** The hash of the entry before it. */
  head: Buffer;
  flats: number;
  intents: number;
  consultations: string[];
  ballots: number;
  stage: string;
}

/** Lines as COPY reads them. */
export interface ImportedEntries {
  entries: string[];
  contents: string[];
}

/** What the log is to say of each touched stairwell, whose chains are held until the transaction ends. */
export async function listTouched(tx: Tx, before: Newest): Promise<Touched[]> {
  await sql`select from chain join touched using (stairwell_id) order by stairwell_id for update of chain`.execute(tx);
  const { rows } = await sql<Touched>`
    select w.id as stairwell_id, w.subdistrict_id, w.code, coalesce(h.seq, 0) + 1 as seq, coalesce(h.head, decode(repeat('00', 32), 'hex')) as head,
      coalesce(f.flats, 0) as flats, coalesce(i.intents, 0) as intents, coalesce(c.codes, '{}') as consultations,
      coalesce(c.ballots, 0) as ballots, p.stage
    from touched join stairwell w on w.id = touched.stairwell_id join project p on p.stairwell_id = w.id
    left join chain h on h.stairwell_id = w.id
    left join (select stairwell_id, count(*) as flats from flat where id > ${before.flat} group by stairwell_id) f on f.stairwell_id = w.id
    left join (select stairwell_id, count(*) as intents from intent where id > ${before.intent} group by stairwell_id) i on i.stairwell_id = w.id
    left join (
      select n.stairwell_id, array_agg(n.code order by n.id) as codes, sum((select count(*) from ballot b where b.consultation_id = n.id))::integer as ballots
      from consultation n where n.id > ${before.consultation} group by n.stairwell_id
    ) c on c.stairwell_id = w.id
    order by w.id`.execute(tx);
  return rows;
}

/** Makes the next entry of each chain, with its content. */
export function makeEntries(touched: readonly Touched[], digests: RowDigests, at: Date): ImportedEntries {
  const made: ImportedEntries = { entries: [], contents: [] };
  const salts = randomBytes(SALT * touched.length);
  for (const [i, { stairwellId, subdistrictId, code, seq, head, ...counts }] of touched.entries()) {
    const content: ImportedContent = { ...counts, digest: digests.of(code) };
    const salt = salts.subarray(SALT * i, SALT * (i + 1));
    const named = { actor: "import", verb: "imported", subject: `stairwell:${code}` };
    const commitment = commit(salt, content);
    const hash = hashEntry({
      stairwell: stairwellId, seq, at: at.toISOString(), ...named, commitment: commitment.toString("hex"), previous: head.toString("hex"),
    });
    const { actor, verb, subject } = named;
    made.entries.push(
      [stairwellId, seq, subdistrictId, at.toISOString(), actor, verb, subject, bytes(commitment), bytes(head), bytes(hash)].join("\t"),
    );
    made.contents.push([stairwellId, seq, bytes(salt), JSON.stringify(content).replaceAll("\\", "\\\\")].join("\t"));
  }
  return made;
}

/** Adds the entries to their chains. */
export async function storeEntries(tx: Tx, client: pg.PoolClient, { entries, contents }: ImportedEntries): Promise<void> {
  await copyIn(client, "log_entry (stairwell_id, seq, subdistrict_id, at, actor, verb, subject, commitment, previous, hash)", entries);
  await copyIn(client, "log_content (stairwell_id, seq, salt, content)", contents);
  await sql`
    insert into chain (stairwell_id, seq, head)
    select distinct on (stairwell_id) stairwell_id, seq, hash from log_entry join touched using (stairwell_id) order by stairwell_id, seq desc
    on conflict (stairwell_id) do update set seq = excluded.seq, head = excluded.head`.execute(tx);
}

/** As COPY reads it: the backslash of the hex form is doubled. */
function bytes(buffer: Buffer): string {
  return `\\\\x${buffer.toString("hex")}`;
}

async function copyIn(client: pg.PoolClient, target: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await pipeline(Readable.from([`${lines.join("\n")}\n`]), client.query(copyFrom(`copy ${target} from stdin`)));
}
