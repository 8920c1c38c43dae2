import { sql } from "kysely";
import type { Readiness } from "#app/domain/consultation.ts";
import type { Db } from "../client.server.ts";

/** A stairwell with all that decides whether a consultation of its own may be opened. */
export interface ReadyStairwell extends Readiness {
  subdistrictId: number;
  code: string;
  community: string;
  building: string;
  entrance: string;
}

/** The stairwells of these committees, by code, with how far they are from a consultation of their own. */
export async function listReadiness(db: Db, committeeIds: readonly number[]): Promise<ReadyStairwell[]> {
  const { rows } = await sql<Omit<ReadyStairwell, "scope">>`
    select s.subdistrict_id, s.code, s.building, s.entrance, c.name as community, p.stage, p.side_state,
      coalesce(f.flats, 0)::int as flats, coalesce(f.ownerless, '{}') as ownerless,
      (select count(*) from owner_question q where q.stairwell_id = s.id and q.answer is null) as open_questions,
      o.id is not null and o.published_at is null as running, coalesce(r.passed, false) as passed
    from stairwell s
    join community c on c.id = s.community_id
    join project p on p.stairwell_id = s.id
    left join (
      select t.stairwell_id, count(*) as flats,
        array_agg(t.room order by t.room collate "C") filter (where not exists (select from ownership w where w.flat_id = t.id and w.until is null)) as ownerless
      from flat t group by t.stairwell_id
    ) f on f.stairwell_id = s.id
    left join lateral (
      select n.id, n.published_at from consultation n
      where n.stairwell_id = s.id and n.scope = 'stairwell' and n.withdrawn_at is null
      order by n.opened_at desc, n.id desc limit 1
    ) o on true
    left join certificate r on r.consultation_id = o.id
    where c.committee_id = any(${committeeIds}::int[])
    order by s.code`.execute(db);
  return rows.map((row) => ({ ...row, scope: "stairwell" }));
}
