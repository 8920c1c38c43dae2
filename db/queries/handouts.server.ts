import { sql } from "kysely";
import type { HandoutFlat, PaperReceipt } from "#app/domain/handouts.ts";
import type { Db } from "../client.server.ts";

/** A flat of a consultation's roll with whoever owns it now. */
export type RollFlat = HandoutFlat & { flatId: number; voter: string };

/** The flats of one stairwell on a consultation's roll with their present owners, from the ground floor up, by room. */
export async function listHandoutFlats(db: Db, consultationId: number, stairwell: string): Promise<RollFlat[]> {
  const { rows } = await sql<RollFlat>`
    select r.flat_id, r.unit, r.voter, r.area, f.room, coalesce(array_agg(o.name order by p.id) filter (where o.id is not null), '{}') as owners
    from roll_entry r
    join flat f on f.id = r.flat_id
    join stairwell s on s.id = f.stairwell_id
    left join ownership p on p.flat_id = f.id and p.until is null
    left join owner o on o.id = p.owner_id
    where r.consultation_id = ${consultationId} and s.code = ${stairwell}
    group by r.consultation_id, r.flat_id, f.id
    order by f.floor, r.unit collate "C"`.execute(db);
  return rows;
}

/** The receipts of the ballots of one stairwell that count and were given by hand, from the ground floor up, by room. */
export async function listPaperReceipts(db: Db, consultationId: number, stairwell: string): Promise<PaperReceipt[]> {
  const { rows } = await sql<PaperReceipt>`
    select r.unit, f.room, b.receipt, b.cast_at
    from counting_ballot c
    join ballot b on b.id = c.ballot_id
    join roll_entry r on (r.consultation_id, r.flat_id) = (c.consultation_id, c.flat_id)
    join flat f on f.id = r.flat_id
    join stairwell s on s.id = f.stairwell_id
    where c.consultation_id = ${consultationId} and s.code = ${stairwell} and c.channel <> 'online' and b.receipt is not null
    order by f.floor, r.unit collate "C"`.execute(db);
  return rows;
}
