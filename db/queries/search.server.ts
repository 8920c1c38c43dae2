import { sql } from "kysely";
import { rankCommunities, readSearch, spellingsOf, type Ranked, type SearchedCommunity } from "#app/domain/search.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Db } from "../client.server.ts";
import { pinyinOf } from "../import/pinyin.ts";

/** Most communities and most stairwells that a search answers with. */
const MOST_COMMUNITIES = 20;
const MOST_STAIRWELLS = 60;

export interface FoundCommunity extends SearchedCommunity {
  id: number;
  committee: string;
  stairwells: number;
}

export interface FoundStairwell {
  code: string;
  building: string;
  entrance: string;
  stage: Stage;
  communityCode: string;
  community: string;
  address: string;
}

export interface Found {
  /** The likeliest first. */
  stairwells: FoundStairwell[];
  communities: FoundCommunity[];
  /** The door that was asked for, where none of the communities has it. */
  missingEntrance: number | null;
  /** More than are listed. */
  more: boolean;
}

/** What somebody typed, found among communities and stairwells; two queries. */
export async function search(db: Db, typed: string): Promise<Found> {
  const asked = readSearch(typed);
  const ranked = rankCommunities(asked, await listSearched(db), (text) => pinyinOf(text).pinyin);
  const stairwells = await findDoors(db, asked.codes, ranked);
  const entrance = ranked[0]?.reading.entrance ?? null;
  return {
    stairwells: stairwells.slice(0, MOST_STAIRWELLS),
    communities: ranked.slice(0, MOST_COMMUNITIES).map(({ community }) => community),
    missingEntrance: entrance !== null && stairwells.length === 0 ? entrance : null,
    more: stairwells.length > MOST_STAIRWELLS || ranked.length > MOST_COMMUNITIES,
  };
}

function listSearched(db: Db): Promise<FoundCommunity[]> {
  return db
    .selectFrom("community")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("stairwell", "stairwell.communityId", "community.id")
    .select((e) => [
      "community.id", "community.code", "community.name", "community.pinyin", "community.initials", "community.address",
      "committee.name as committee", e.fn.count<number>("stairwell.id").as("stairwells"),
    ])
    .groupBy(["community.id", "committee.name"])
    .orderBy("community.code")
    .execute();
}

/** The stairwells with one of these codes, and those behind the doors that the readings name, in the order of the ranking. */
async function findDoors(db: Db, codes: readonly string[], ranked: readonly Ranked<FoundCommunity>[]): Promise<FoundStairwell[]> {
  const doors = ranked.filter(({ reading }) => reading.entrance !== null || reading.building !== null);
  const reading = doors[0]?.reading;
  if (codes.length === 0 && !reading) return [];
  const spelled = (number: number | null | undefined, kind: "entrance" | "building") => (number === null || number === undefined ? null : spellingsOf(number, kind));
  const { rows } = await sql<FoundStairwell>`
    select s.code, s.building, s.entrance, p.stage, c.code as community_code, c.name as community, c.address
    from stairwell s
    join community c on c.id = s.community_id
    join project p on p.stairwell_id = s.id
    where s.code = any(${codes}::text[])
      or (c.id = any(${doors.map(({ community }) => community.id)}::integer[])
        and s.entrance = any(coalesce(${spelled(reading?.entrance, "entrance")}::text[], array[s.entrance]))
        and s.building = any(coalesce(${spelled(reading?.building, "building")}::text[], array[s.building])))
    order by s.code = any(${codes}::text[]) desc, array_position(${doors.map(({ community }) => community.id)}::integer[], c.id), s.code
    limit ${MOST_STAIRWELLS + 1}`.execute(db);
  return rows;
}
