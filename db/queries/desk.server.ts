import { sql } from "kysely";
import { nextAfter } from "#app/domain/board.ts";
import { splitRoom } from "#app/domain/desk-list.ts";
import type { Db } from "../client.server.ts";
import { findPlace } from "./flats.server.ts";
import { search } from "./search.server.ts";

/** What an account of the committee or the office answers for. */
export interface DeskScope {
  committeeIds: number[];
  subdistrictIds: number[];
}

/** The stairwells in this scope, with what a clerk looks for first. */
export async function listDeskStairwells(db: Db, { committeeIds, subdistrictIds }: DeskScope, community?: string) {
  const { rows } = await sql<{
    code: string;
    entrance: string;
    building: string;
    community: string;
    communityCode: string;
    committee: string;
    stage: "intent" | "reserve" | "assessment" | "consultation" | "plan-notice" | "agreement" | "approval" | "construction" | "acceptance" | "in-use";
    flats: number;
    filed: number;
    willing: number;
  }>`
    select s.code, s.entrance, s.building, c.name as community, c.code as "communityCode", k.name as committee, p.stage,
      (select count(*) from flat f where f.stairwell_id = s.id) as flats,
      coalesce(i.filed, 0)::int as filed, coalesce(i.willing, 0)::int as willing
    from stairwell s
    join community c on c.id = s.community_id
    join committee k on k.id = c.committee_id
    join project p on p.stairwell_id = s.id
    left join (
      select stairwell_id, count(*) as filed, count(*) filter (where choice = 'willing') as willing
      from counting_intent group by stairwell_id
    ) i on i.stairwell_id = s.id
    where (c.committee_id = any(${committeeIds}::int[]) or s.subdistrict_id = any(${subdistrictIds}::int[]))
      and (${community ?? null}::text is null or c.code = ${community ?? null})
    order by s.code`.execute(db);
  return rows;
}

/** The communities in this scope with the number of their stairwells. */
export function listDeskCommunities(db: Db, { committeeIds, subdistrictIds }: DeskScope) {
  return db
    .selectFrom("community")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .innerJoin("stairwell", "stairwell.communityId", "community.id")
    .select((e) => ["community.code", "community.name", "committee.name as committee", e.fn.countAll<number>().as("stairwells")])
    .where((e) =>
      e.or([
        e("community.committeeId", "in", committeeIds.length > 0 ? committeeIds : [-1]),
        e("community.subdistrictId", "in", subdistrictIds.length > 0 ? subdistrictIds : [-1]),
      ]),
    )
    .groupBy(["community.id", "committee.id"])
    .orderBy("community.code")
    .execute();
}

/** A stairwell, where it lies in this scope. */
export async function findDeskStairwell(db: Db, { committeeIds, subdistrictIds }: DeskScope, code: string) {
  const place = await findPlace(db, code);
  return place && (committeeIds.includes(place.committeeId) || subdistrictIds.includes(place.subdistrictId)) ? place : undefined;
}

/** Stairwells of this scope for what a clerk typed: the doors that were meant, else all of the communities found. */
export async function searchDesk(db: Db, scope: DeskScope, typed: string) {
  const { stairwells, communities } = await search(db, typed);
  const codes = stairwells.map(({ code }) => code);
  const { rows } = await sql<{ code: string; community: string; building: string; entrance: string }>`
    select s.code, c.name as community, s.building, s.entrance
    from stairwell s join community c on c.id = s.community_id
    where (c.committee_id = any(${scope.committeeIds}::int[]) or s.subdistrict_id = any(${scope.subdistrictIds}::int[]))
      and case when ${codes.length > 0} then s.code = any(${codes}::text[]) else c.code = any(${communities.map(({ code }) => code)}::text[]) end
    order by array_position(${codes}::text[], s.code), s.code limit 60`.execute(db);
  return rows;
}

/** The flats of a stairwell from the top floor down, each with its counting intent. */
export function listFlatsWithIntent(db: Db, stairwellId: number) {
  return db
    .selectFrom("flat")
    .leftJoin("countingIntent", "countingIntent.flatId", "flat.id")
    .select(["flat.id", "flat.room", "flat.floor", "flat.area", "countingIntent.choice", "countingIntent.worry", "countingIntent.needsHelp"])
    .where("flat.stairwellId", "=", stairwellId)
    .orderBy("flat.floor", "desc")
    .orderBy("flat.room")
    .execute();
}

/** The room of the next flat without a counting intent, from the ground floor up and round again; undefined where all have one. */
export async function findNextFlat(db: Db, stairwell: string, room: string): Promise<string | undefined> {
  const place = await findPlace(db, stairwell);
  const flats = place ? (await listFlatsWithIntent(db, place.stairwellId)).sort((one, other) => one.floor - other.floor) : [];
  return nextAfter(flats, (flat) => flat.room === room, ({ choice }) => choice === null)?.room;
}

/** Every filing of a stairwell or of one of its flats, newest first: nothing that was replaced is forgotten. */
export function listIntentHistory(db: Db, of: { stairwellId: number } | { flatIds: readonly number[] }) {
  return db
    .selectFrom("intent")
    .innerJoin("flat", "flat.id", "intent.flatId")
    .leftJoin("intentConfirmation", "intentConfirmation.intentId", "intent.id")
    .leftJoin("intentRejection", "intentRejection.intentId", "intent.id")
    .leftJoin("account", "account.id", "intent.filedBy")
    .select([
      "intent.id", "intent.flatId", "flat.room", "intent.choice", "intent.channel", "intent.knownBy", "intent.filedAt", "intent.receipt",
      "intentConfirmation.way as confirmedBy", "intentRejection.reason as rejectedFor", "intentRejection.way as rejectedWay", "account.name as filedBy",
    ])
    .where((e) => ("flatIds" in of ? e("intent.flatId", "in", of.flatIds.length > 0 ? of.flatIds : [-1]) : e("intent.stairwellId", "=", of.stairwellId)))
    .orderBy("intent.id", "desc")
    .limit(200)
    .execute();
}

/** The stairwells of this scope whose rolls have questions that nobody has answered, with their number. */
export async function listOpenQuestions(db: Db, { committeeIds }: Pick<DeskScope, "committeeIds">) {
  const { rows } = await sql<{ code: string; community: string; building: string; entrance: string; questions: number }>`
    select s.code, c.name as community, s.building, s.entrance, count(*) as questions
    from owner_question q
    join stairwell s on s.id = q.stairwell_id
    join community c on c.id = s.community_id
    where q.answer is null and c.committee_id = any(${committeeIds}::int[])
    group by s.id, c.id
    order by s.code
    limit 50`.execute(db);
  return rows;
}

/** What somebody at the desk looks for: the flats with that door where a room was typed, else the stairwells. */
export async function findAtDesk(db: Db, scope: DeskScope, typed: string) {
  const { place, room } = splitRoom(typed);
  const around = room === null ? [] : await searchDesk(db, scope, place);
  const flats = room === null || around.length === 0 ? [] : await findFlatsAt(db, around.map(({ code }) => code), room);
  const stairwells = flats.length > 0 ? [] : await searchDesk(db, scope, typed);
  return { flats, stairwells: stairwells.map(({ code: stairwell, ...rest }) => ({ stairwell, ...rest })) };
}

/** The flats with this door in these stairwells, each with the consultation that takes its ballot now. */
async function findFlatsAt(db: Db, stairwells: readonly string[], room: string) {
  const { rows } = await sql<{ stairwell: string; community: string; building: string; entrance: string; room: string; unit: string | null; consultation: string | null }>`
    select s.code as stairwell, c.name as community, s.building, s.entrance, f.room, r.unit, r.code as consultation
    from flat f
    join stairwell s on s.id = f.stairwell_id
    join community c on c.id = s.community_id
    left join lateral (
      select e.unit, n.code from roll_entry e join consultation n on n.id = e.consultation_id
      where e.flat_id = f.id and n.closed_at is null and n.withdrawn_at is null order by n.scope = 'stairwell' desc, n.id desc limit 1
    ) r on true
    where s.code = any(${[...stairwells]}::text[]) and f.room = ${room}
    order by s.code`.execute(db);
  return rows;
}

/** Questions of the roll – are these two the same person? – that nobody has answered yet, then those answered. */
export function listOwnerQuestions(db: Db, stairwellId: number) {
  return db
    .selectFrom("ownerQuestion")
    .innerJoin("flat as a", "a.id", "ownerQuestion.flatA")
    .innerJoin("flat as b", "b.id", "ownerQuestion.flatB")
    .select(["ownerQuestion.id", "ownerQuestion.name", "ownerQuestion.answer", "a.room as roomA", "b.room as roomB"])
    .where("ownerQuestion.stairwellId", "=", stairwellId)
    .orderBy("ownerQuestion.answer", (o) => o.desc().nullsFirst())
    .orderBy("ownerQuestion.id")
    .execute();
}
