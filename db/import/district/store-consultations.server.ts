import { sql } from "kysely";
import { listRulesets } from "#app/domain/ruleset.ts";
import { tallyRows } from "#app/domain/tally.ts";
import type { Tx } from "../../client.server.ts";
import { listTallyRows } from "../../queries/tally-rows.server.ts";
import type { FaultList } from "./faults.ts";
import type { Newest } from "./store-register.server.ts";

/** Consultations that are counted at a time. */
const BATCH = 100;

/**
 * Stores the consultations that are staged and not yet stored, the way they ran: opened over a roll that is frozen
 * then, ballots, closed at the end of the last day, counted, certified and published. Flats whose owners differ in
 * their ballots leave a consultation without a certificate, and are a fault.
 *
 * @param authorisation what stands for the written authorisation of a proxy ballot
 */
export async function storeConsultations(
  tx: Tx,
  { before, authorisation, faults }: { before: Newest; authorisation: string; faults: FaultList },
): Promise<void> {
  const rulesets = JSON.stringify(Object.fromEntries(listRulesets().map((ruleset) => [ruleset.id, ruleset])));
  await sql`
    create temporary table new_consultation on commit drop as
    select s.line, s.id as code, w.subdistrict_id, s.stairwell_id, s.ruleset as ruleset_id, ${rulesets}::jsonb -> s.ruleset as ruleset,
      s.opened_at::timestamp at time zone 'Asia/Shanghai' as opened_at,
      (s.closed_at + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 millisecond' as closed_at,
      row_number() over (partition by s.stairwell_id order by s.opened_at) as round
    from staged_consultation s join stairwell w on w.id = s.stairwell_id
    where not exists (select from consultation c where c.code = s.id)`.execute(tx);
  const { rows } = await sql<{ rounds: number }>`select coalesce(max(round), 0) as rounds from new_consultation`.execute(tx);
  // A stairwell has one consultation running at a time.
  for (let round = 1; round <= (rows[0]?.rounds ?? 0); round++) await runRound(tx, round, authorisation);
  await certify(tx, before.consultation, faults);
}

async function runRound(tx: Tx, round: number, authorisation: string): Promise<void> {
  await sql`
    insert into consultation (subdistrict_id, stairwell_id, code, ruleset_id, ruleset, opened_at, closes_at)
    select subdistrict_id, stairwell_id, code, ruleset_id, ruleset, opened_at, closed_at
    from new_consultation where round = ${round} order by line`.execute(tx);
  // Co-owners of a flat are one head, and owners of exactly the same flats are the same head.
  await sql`
    insert into roll_entry (consultation_id, flat_id, unit, voter, area)
    select c.id, f.id, f.room, string_agg(o.code, '+' order by o.code), f.area
    from new_consultation n
    join consultation c on c.code = n.code
    join flat f on f.stairwell_id = n.stairwell_id
    join ownership p on p.flat_id = f.id and p.until is null
    join owner o on o.id = p.owner_id
    where n.round = ${round}
    group by c.id, f.id
    order by c.id, f.id`.execute(tx);
  await sql`
    insert into ballot (subdistrict_id, consultation_id, flat_id, seq, choice, channel, authorisation, received_on, cast_at)
    select c.subdistrict_id, c.id, r.flat_id, s.seq, s.choice, s.channel,
      case s.channel when 'proxy' then ${authorisation} end, case s.channel when 'paper' then s.cast_at end,
      s.cast_at::timestamp at time zone 'Asia/Shanghai'
    from new_consultation n
    join consultation c on c.code = n.code
    join staged_ballot s on s.consultation = n.code
    join roll_entry r on r.consultation_id = c.id and r.unit = s.room
    where n.round = ${round}
    order by s.line`.execute(tx);
  await sql`
    insert into ballot_void (ballot_id, reason, at)
    select b.id, s.void_reason, b.cast_at
    from new_consultation n
    join consultation c on c.code = n.code
    join staged_ballot s on s.consultation = n.code
    join ballot b on b.consultation_id = c.id and b.seq = s.seq
    where n.round = ${round} and s.void_reason is not null`.execute(tx);
  await sql`
    update consultation c set closed_at = c.closes_at, published_at = c.closes_at
    from new_consultation n where c.code = n.code and n.round = ${round}`.execute(tx);
}

async function certify(tx: Tx, after: number, faults: FaultList): Promise<void> {
  for (let last = after; ; ) {
    const batch = await listTallyRows(tx, { after: last, limit: BATCH });
    const results = batch.map(({ id, ...rows }) => ({ id, result: tallyRows(rows) }));
    last = batch.at(-1)?.id ?? last;
    if (results.length === 0) return;
    for (const { id, result } of results) {
      if (result.unresolved.length > 0) await reportUnresolved(tx, id, result.unresolved, faults);
    }
    const json = JSON.stringify(results);
    await sql`
      insert into certificate (consultation_id, result, passed, source, certified_at)
      select c.id, j.result, (j.result ->> 'passed')::boolean, 'import', c.closed_at
      from jsonb_to_recordset(${json}::jsonb) j (id integer, result jsonb) join consultation c on c.id = j.id`.execute(tx);
  }
}

async function reportUnresolved(tx: Tx, id: number, voters: readonly string[], faults: FaultList): Promise<void> {
  const { rows } = await sql<{ line: number; code: string }>`
    select n.line, n.code from new_consultation n join consultation c on c.code = n.code where c.id = ${id}`.execute(tx);
  for (const { line, code } of rows) {
    faults.add({ file: "consultations.csv", line, column: "id", code: "unresolved", value: code, other: voters.join("、") });
  }
}
