import { sql } from "kysely";
import type { FeedFacts } from "#app/domain/public-feed.ts";
import type { Db } from "../client.server.ts";

/** Entries that a feed holds at most. */
const MOST = 60;

/** What happened at a stairwell, or at all of a community, the newest first; one query. */
export async function listFeedFacts(db: Db, { stairwellIds }: { stairwellIds: readonly number[] }): Promise<FeedFacts[]> {
  const { rows } = await sql<{ fact: FeedFacts; at: Date; stairwell: string; community: string; entrance: string }>`
    with told as (
      select stairwell_id, published_at as at, json_build_object('kind', 'notice', 'notice', id, 'title', title) as fact
      from notice where published_at is not null
      union all
      select stairwell_id, at, json_build_object('kind', 'move', 'id', id, 'from', from_stage, 'to', to_stage) from stage_move
      union all
      select stairwell_id, opened_at, json_build_object('kind', 'opened', 'consultation', code, 'scope', scope) from consultation
      union all
      select stairwell_id, withdrawn_at, json_build_object('kind', 'withdrawn', 'consultation', code, 'scope', scope)
      from consultation where withdrawn_at is not null
      union all
      select n.stairwell_id, n.published_at, json_build_object('kind', 'published', 'consultation', n.code, 'scope', n.scope, 'passed', f.passed)
      from consultation n join certificate f on f.consultation_id = n.id where n.published_at is not null
    )
    select t.fact, t.at, s.code as stairwell, c.name as community, s.entrance
    from told t join stairwell s on s.id = t.stairwell_id join community c on c.id = s.community_id
    where t.stairwell_id = any(${[...stairwellIds]}::int[])
    order by t.at desc limit ${MOST}`.execute(db);
  return rows.map(({ fact, ...row }) => ({ ...fact, ...row }));
}

/** The stairwells that a feed is about, with what it is called: one, or all of a community. */
export async function findFeedPlace(db: Db, of: { stairwell: string } | { community: string }) {
  const rows = await db
    .selectFrom("stairwell")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.id", "community.name as community", "stairwell.entrance"])
    .$if("stairwell" in of, (q) => q.where("stairwell.code", "=", "stairwell" in of ? of.stairwell : ""))
    .$if("community" in of, (q) => q.where("community.code", "=", "community" in of ? of.community : ""))
    .execute();
  const [first] = rows;
  return first && { community: first.community, entrance: first.entrance, ids: rows.map(({ id }) => id) };
}
