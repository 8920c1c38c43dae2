import { sql } from "kysely";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import type { BallotRow, RollRow, TallyRows } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";

export interface ConsultationRows extends TallyRows {
  id: number;
  ruleset: NamedRuleset;
}

/** What consultations are counted from, all ballots on record with it: the next `limit` ones after an id, by id. */
export async function listTallyRows(db: Db | Tx, { after, limit }: { after: number; limit: number }): Promise<ConsultationRows[]> {
  const consultations = await db
    .selectFrom("consultation")
    .select(["id", "ruleset"])
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  const first = consultations.at(0);
  const last = consultations.at(-1);
  if (!first || !last) return [];
  const roll = await db
    .selectFrom("rollEntry")
    .select(["consultationId", "unit", "voter", "area"])
    .where("consultationId", ">=", first.id)
    .where("consultationId", "<=", last.id)
    .execute();
  const ballots = await sql<BallotRow & { consultationId: number }>`
    select b.consultation_id, r.unit, b.seq, b.choice, e.ended as void
    from ballot b
    join roll_entry r on (r.consultation_id, r.flat_id) = (b.consultation_id, b.flat_id)
    left join ballot_ended e on e.ballot_id = b.id
    where b.consultation_id between ${first.id} and ${last.id}
    order by b.consultation_id, b.seq`.execute(db);

  const found = new Map<number, ConsultationRows & { roll: RollRow[]; ballots: BallotRow[] }>();
  for (const { id, ruleset } of consultations) {
    found.set(id, { id, ruleset: ruleset as unknown as NamedRuleset, roll: [], ballots: [] });
  }
  for (const { consultationId, ...row } of roll) found.get(consultationId)?.roll.push(row);
  for (const { consultationId, ...row } of ballots.rows) found.get(consultationId)?.ballots.push(row);
  return [...found.values()];
}
