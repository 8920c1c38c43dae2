import { sql } from "kysely";
import type { BoardFlat, BoardStairwell } from "#app/domain/board.ts";
import type { Db } from "../client.server.ts";

/** Which stairwell a flat of the roll lies in; undefined where the roll has none of this name. */
export async function findStairwellOfUnit(db: Db, consultationId: number, unit: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("rollEntry")
    .innerJoin("flat", "flat.id", "rollEntry.flatId")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select("stairwell.code")
    .where("rollEntry.consultationId", "=", consultationId)
    .where("rollEntry.unit", "=", unit)
    .executeTakeFirst();
  return row?.code;
}

/** The stairwells that a consultation's roll lies in, with their flats and how many of them have a ballot, checked or not. */
export async function listBoardStairwells(db: Db, consultationId: number): Promise<BoardStairwell[]> {
  const { rows } = await sql<BoardStairwell>`
    select s.code, s.building || s.entrance as name, count(*) as flats, count(b.flat_id) as returned
    from roll_entry r
    join flat f on f.id = r.flat_id
    join stairwell s on s.id = f.stairwell_id
    left join (
      select flat_id from counting_ballot where consultation_id = ${consultationId}
      union select flat_id from pending_check where consultation_id = ${consultationId}
    ) b on b.flat_id = r.flat_id
    where r.consultation_id = ${consultationId}
    group by s.id
    order by s.code collate "C"`.execute(db);
  return rows;
}

/** The flats of one stairwell on a consultation's roll, from the ground floor up, each with its ballots as they stand. */
export async function listBoardFlats(db: Db, consultationId: number, stairwell: string): Promise<BoardFlat[]> {
  const { rows } = await sql<BoardFlat>`
    with shown as (
      select r.unit, r.flat_id, f.room, f.floor
      from roll_entry r join flat f on f.id = r.flat_id join stairwell s on s.id = f.stairwell_id
      where r.consultation_id = ${consultationId} and s.code = ${stairwell}
    )
    select shown.unit, shown.room, shown.floor, c.choice, c.channel, w.choice as "waitingChoice", w.channel as "waitingChannel",
      (select max(b.seq) from ballot b where b.consultation_id = ${consultationId} and b.flat_id = shown.flat_id) as newest,
      exists (select from pending_void p join ballot b on b.id = p.ballot_id
        where b.consultation_id = ${consultationId} and b.flat_id = shown.flat_id) as "pendingVoid"
    from shown
    left join counting_ballot c on c.consultation_id = ${consultationId} and c.flat_id = shown.flat_id
    left join pending_check w on w.consultation_id = ${consultationId} and w.flat_id = shown.flat_id
    order by shown.floor, shown.unit collate "C"`.execute(db);
  return rows;
}

/** Every flat of a consultation's roll with its door and its stairwell, to find one by what is typed. */
export function listUnits(db: Db, consultation: string): Promise<{ unit: string; room: string; stairwell: string; stairwellCode: string }[]> {
  return db
    .selectFrom("rollEntry")
    .innerJoin("consultation", "consultation.id", "rollEntry.consultationId")
    .innerJoin("flat", "flat.id", "rollEntry.flatId")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select(["rollEntry.unit", "flat.room", "stairwell.code as stairwellCode"])
    .select(sql<string>`stairwell.building || stairwell.entrance`.as("stairwell"))
    .where("consultation.code", "=", consultation)
    .orderBy(sql`stairwell.code collate "C"`)
    .orderBy(sql`roll_entry.unit collate "C"`)
    .execute();
}

/** The flats of a consultation for which a second person is asked: to check a ballot, or whether one is made void. */
export async function listWaitingUnits(db: Db, consultationId: number): Promise<{ unchecked: string[]; pendingVoids: string[] }> {
  const { rows } = await sql<{ unit: string; asked: "check" | "void" }>`
    select distinct r.unit collate "C" as unit, w.asked
    from (
      select flat_id, 'check' as asked from pending_check where consultation_id = ${consultationId}
      union all
      select b.flat_id, 'void' from pending_void p join ballot b on b.id = p.ballot_id where b.consultation_id = ${consultationId}
    ) w join roll_entry r on r.consultation_id = ${consultationId} and r.flat_id = w.flat_id
    order by unit`.execute(db);
  const asked = (what: "check" | "void") => rows.filter((row) => row.asked === what).map(({ unit }) => unit);
  return { unchecked: asked("check"), pendingVoids: asked("void") };
}
