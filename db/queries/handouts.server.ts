import { sql } from "kysely";
import type { HandoutFlat } from "#app/domain/handouts.ts";
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
