import { sql, type RawBuilder } from "kysely";
import type { Consultation } from "#app/domain/consultation-file.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import type { Db, Tx } from "#db/client.server.ts";
import { createAccount, createCommunity } from "./factories.ts";
import { DISAGREED } from "./random-consultation.ts";

/** How a ballot ends that does not count. */
const endOf = (reason: string | null) =>
  reason === null ? "counts" : reason === "undone" || reason === "unchecked" ? reason : reason === DISAGREED ? "disagreed" : "void";

/**
 * Stores consultations as they stand, each over a stairwell of its own, still open; answers with their ids in order.
 * Every second ballot is recorded by an account, the others are as from the archive.
 */
export async function storeConsultations(db: Db, consultations: readonly Consultation[]): Promise<number[]> {
  const { subdistrictId, committeeId: scopeId, communityId, code } = await createCommunity(db);
  const [clerk, colleague] = [await createAccount(db, "committee", { subdistrictId, scopeId }), await createAccount(db, "committee", { subdistrictId, scopeId })];
  const json = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::jsonb`;
  const each = <T extends object>(rows: (consultation: Consultation, no: number) => T[]) => json(consultations.flatMap(rows));
  const name = (no: number) => `${code}-${no}`;
  return db.transaction().execute(async (tx) => {
    await sql`
      insert into stairwell (subdistrict_id, community_id, code, building, entrance, floors)
      select ${subdistrictId}, ${communityId}, code, code, code, 6
      from jsonb_to_recordset(${each((_, no) => [{ code: name(no) }])}) s (code text)`.execute(tx);
    await sql`
      insert into flat (subdistrict_id, stairwell_id, room, floor, area)
      select ${subdistrictId}, w.id, r.place, 1, 1
      from jsonb_to_recordset(${each(({ roll }, no) => roll.map((_, place) => ({ code: name(no), place: String(place) })))}) r (code text, place text)
      join stairwell w on w.code = r.code`.execute(tx);
    const { rows } = await sql<{ id: number }>`
      insert into consultation (subdistrict_id, stairwell_id, code, ruleset_id, ruleset, opened_at, closes_at)
      select ${subdistrictId}, w.id, c.code, 'test', c.ruleset, '2026-01-01', '2026-02-01'
      from jsonb_to_recordset(${each(({ ruleset }, no) => [{ code: name(no), ruleset: typeof ruleset === "string" ? getRuleset(ruleset) : ruleset, no }])})
        c (code text, ruleset jsonb, no integer)
      join stairwell w on w.code = c.code order by c.no returning id`.execute(tx);
    await sql`
      insert into roll_entry (consultation_id, flat_id, unit, voter, area)
      select c.id, f.id, r.unit, r.voter, r.area
      from jsonb_to_recordset(${each(({ roll }, no) => roll.map((row, place) => ({ ...row, code: name(no), place: String(place) })))})
        r (code text, place text, unit text, voter text, area integer)
      join consultation c on c.code = r.code join flat f on f.stairwell_id = c.stairwell_id and f.room = r.place`.execute(tx);
    const ballots = each(({ ballots }, no) =>
      ballots.map(({ void: reason = null, ...ballot }) => {
        const end = endOf(reason);
        return { ...ballot, reason, end, recorded: ballot.seq % 2 === 0 || ["undone", "unchecked", "disagreed"].includes(end), code: name(no) };
      }),
    );
    await sql`
      insert into ballot (subdistrict_id, consultation_id, flat_id, seq, choice, channel, authorisation, cast_at, recorded_by)
      select ${subdistrictId}, c.id, r.flat_id, b.seq, b.choice, b.channel, '有书面委托', '2026-01-02', case when b.recorded then ${clerk}::integer end
      from jsonb_to_recordset(${ballots}) b (code text, unit text, seq integer, choice text, channel text, recorded boolean)
      join consultation c on c.code = b.code join roll_entry r on r.consultation_id = c.id and r.unit = b.unit`.execute(tx);
    await sql`
      insert into ballot_void (ballot_id, reason, at)
      select v.id, b.reason, '2026-01-03'
      from jsonb_to_recordset(${ballots}) b (code text, seq integer, reason text, "end" text)
      join consultation c on c.code = b.code join ballot v on v.consultation_id = c.id and v.seq = b.seq
      where b.end = 'void'`.execute(tx);
    await sql`
      insert into ballot_undo (ballot_id, subdistrict_id, account_id, at)
      select v.id, ${subdistrictId}, ${clerk}, v.cast_at
      from jsonb_to_recordset(${ballots}) b (code text, seq integer, "end" text)
      join consultation c on c.code = b.code join ballot v on v.consultation_id = c.id and v.seq = b.seq
      where b.end = 'undone'`.execute(tx);
    await storePages(tx, sql`ballot v where v.recorded_by = ${clerk} and v.channel <> 'online'`);
    await sql`
      insert into ballot_check (ballot_id, subdistrict_id, verdict, note, account_id, at)
      select v.id, ${subdistrictId}, case b.end when 'disagreed' then 'disagreed' else 'confirmed' end, case b.end when 'disagreed' then b.reason end,
        ${colleague}, '2026-01-03'
      from jsonb_to_recordset(${ballots}) b (code text, seq integer, reason text, "end" text)
      join consultation c on c.code = b.code join ballot v on v.consultation_id = c.id and v.seq = b.seq
      where v.channel <> 'online' and v.recorded_by is not null and b.end in ('counts', 'disagreed')`.execute(tx);
    return rows.map(({ id }) => id);
  });
}

/** Gives each of these ballots `v` a page of its own, which is its authorisation too. */
async function storePages(tx: Tx, ballots: RawBuilder<unknown>): Promise<void> {
  const fileId = sql`rpad(v.id::text, 22, '_')`;
  await sql`
    insert into file (id, subdistrict_id, kind, original_type, original_bytes, pages, uploaded_by, at, stored_at)
    select ${fileId}, v.subdistrict_id, 'scan', 'image/jpeg', 1, 1, v.recorded_by, v.cast_at, v.cast_at from ${ballots}`.execute(tx);
  await sql`
    insert into file_page (file_id, page, subdistrict_id, sha256, width, height, thumbnail_bytes, screen_bytes, full_bytes)
    select ${fileId}, 1, v.subdistrict_id, sha256(v.id::text::bytea), 1, 1, 1, 1, 1 from ${ballots}`.execute(tx);
  await sql`
    insert into ballot_page (subdistrict_id, consultation_id, file_id, page, uploaded_by, at)
    select v.subdistrict_id, v.consultation_id, ${fileId}, 1, v.recorded_by, v.cast_at from ${ballots}`.execute(tx);
  await sql`
    insert into ballot_image (ballot_id, page_id, role, subdistrict_id, account_id, at)
    select v.id, p.id, r.role, v.subdistrict_id, v.recorded_by, v.cast_at
    from (select * from ${ballots}) v
    join ballot_page p on p.file_id = ${fileId} cross join (values ('ballot'), ('authorisation')) r (role)`.execute(tx);
}
