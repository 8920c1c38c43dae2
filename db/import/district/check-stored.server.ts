import { sql, type RawBuilder } from "kysely";
import type { DistrictFile } from "#app/domain/district.ts";
import type { Check } from "./check-rows.server.ts";

/** The cells of a row that differ from what is stored under its key: for each its column, as given and as stored. */
function differs(file: DistrictFile, from: RawBuilder<unknown>, cells: [column: string, given: RawBuilder<unknown>, stored: RawBuilder<unknown>][]): Check {
  const values = cells.map(([column, given, stored]) => sql`(${sql.lit(column)}, (${given})::text, (${stored})::text)`);
  return {
    file,
    column: cells[0]?.[0] ?? "",
    code: "differs_from_stored",
    rows: sql`
      select s.line, cell.name as column, cell.given as value, coalesce(cell.stored, '') as other
      from ${from} cross join lateral (values ${sql.join(values)}) cell (name, given, stored)
      where cell.given is distinct from cell.stored`,
  };
}

const cell = (column: string) => sql`s.${sql.ref(column)}`;
const shanghaiDay = (moment: string) => sql`(${sql.ref(moment)} at time zone 'Asia/Shanghai')::date`;

/** Staged communities and stairwells against those that are stored. */
export function storedPlaceChecks(subdistrictId: number): Check[] {
  return [
    {
      file: "communities.csv",
      column: "code",
      code: "of_other_subdistrict",
      rows: sql`
        select s.line, s.code as value, null::text as other from staged_community s
        join community c on c.code = s.code and c.subdistrict_id <> ${subdistrictId}`,
    },
    differs("communities.csv", sql`staged_community s join community c on c.code = s.code join committee k on k.id = c.committee_id`, [
      ["name", cell("name"), sql`c.name`],
      ["committee", cell("committee"), sql`k.name`],
      ["address", cell("address"), sql`c.address`],
      ["built_year", cell("built_year"), sql`c.built_year`],
      ["lon", cell("lon"), sql`c.lon`],
      ["lat", cell("lat"), sql`c.lat`],
    ]),
    {
      file: "stairwells.csv",
      column: "code",
      code: "of_other_subdistrict",
      rows: sql`
        select s.line, s.code as value, null::text as other from staged_stairwell s
        join stairwell w on w.code = s.code and w.subdistrict_id <> ${subdistrictId}`,
    },
    differs("stairwells.csv", sql`staged_stairwell s join stairwell w on w.code = s.code join community c on c.id = w.community_id`, [
      ["community", cell("community"), sql`c.code`],
      ["building", cell("building"), sql`w.building`],
      ["entrance", cell("entrance"), sql`w.entrance`],
      ["floors", cell("floors"), sql`w.floors`],
      ["lon", cell("lon"), sql`w.lon`],
      ["lat", cell("lat"), sql`w.lat`],
    ]),
    {
      file: "stairwells.csv",
      column: "entrance",
      code: "place_taken",
      rows: sql`
        select s.line, s.entrance as value, w.code as other from staged_stairwell s
        join community c on c.code = s.community
        join stairwell w on (w.community_id, w.building, w.entrance) = (c.id, s.building, s.entrance) and w.code <> s.code`,
    },
  ];
}

/** Staged units against those that are stored. */
export function storedUnitChecks(subdistrictId: number): Check[] {
  return [
    {
      file: "units.csv",
      column: "owner_id",
      code: "of_other_subdistrict",
      rows: sql`
        select s.line, s.owner_code as value, null::text as other from staged_unit s
        join owner o on o.code = s.owner_code and o.subdistrict_id <> ${subdistrictId}`,
    },
    differs("units.csv", sql`staged_unit s join flat f on f.stairwell_id = s.stairwell_id and f.room = s.room`, [
      ["floor", cell("floor"), sql`f.floor`],
      ["area", cell("area"), sql`f.area`],
    ]),
    differs("units.csv", sql`staged_unit s join owner o on o.code = s.owner_code`, [
      ["owner_name", cell("owner_name"), sql`o.name`],
      ["owner_kind", cell("owner_kind"), sql`o.kind`],
    ]),
    {
      file: "units.csv",
      column: "owner_id",
      code: "differs_from_stored",
      rows: sql`
        select s.line, s.owner_code as value,
          (select string_agg(o.code, '、' order by o.code) from ownership p join owner o on o.id = p.owner_id
            where p.flat_id = f.id and p.until is null) as other
        from staged_unit s join flat f on f.stairwell_id = s.stairwell_id and f.room = s.room
        where s.owner_code is not null and not exists (
          select from ownership p join owner o on o.id = p.owner_id where p.flat_id = f.id and o.code = s.owner_code)`,
    },
  ];
}

/** The rows of the other files against those that are stored. */
export function storedRecordChecks(): Check[] {
  return [
    differs(
      "intents.csv",
      sql`(select *, row_number() over (partition by stairwell_id, room order by line) as import_no from staged_intent) s
        join flat f on f.stairwell_id = s.stairwell_id and f.room = s.room
        join intent i on i.flat_id = f.id and i.import_no = s.import_no`,
      [
        ["choice", cell("choice"), sql`i.choice`],
        ["channel", cell("channel"), sql`i.channel`],
        ["filed_at", cell("filed_at"), shanghaiDay("i.filed_at")],
      ],
    ),
    differs(
      "consultations.csv",
      sql`staged_consultation s join consultation c on c.code = s.id join stairwell w on w.id = c.stairwell_id
        join stairwell g on g.id = s.stairwell_id`,
      [
        ["stairwell", sql`g.code`, sql`w.code`],
        ["ruleset", cell("ruleset"), sql`c.ruleset_id`],
        ["opened_at", cell("opened_at"), shanghaiDay("c.opened_at")],
        ["closed_at", cell("closed_at"), shanghaiDay("c.closed_at")],
      ],
    ),
    {
      file: "consultations.csv",
      column: "stairwell",
      code: "another_running",
      rows: sql`
        select s.line, null::text as value, c.code as other from staged_consultation s
        join consultation c on c.stairwell_id = s.stairwell_id and c.code <> s.id and c.published_at is null`,
    },
    {
      file: "consultations.csv",
      column: "opened_at",
      code: "overlaps",
      rows: sql`
        select s.line, s.opened_at::text as value, c.code as other from staged_consultation s
        join consultation c on c.stairwell_id = s.stairwell_id and c.code <> s.id and c.published_at is not null
        where s.opened_at <= ${shanghaiDay("c.closed_at")} and s.closed_at >= ${shanghaiDay("c.opened_at")}
          and not exists (select from staged_consultation o where o.id = c.code)
          and not exists (select from consultation o where o.code = s.id)`,
    },
    {
      file: "ballots.csv",
      column: "seq",
      code: "already_certified",
      rows: sql`
        select s.line, s.seq::text as value, c.code as other from staged_ballot s
        join consultation c on c.code = s.consultation
        where s.seq is not null and not exists (select from ballot b where b.consultation_id = c.id and b.seq = s.seq)`,
    },
    differs(
      "ballots.csv",
      sql`staged_ballot s join consultation c on c.code = s.consultation join ballot b on b.consultation_id = c.id and b.seq = s.seq
        join roll_entry r on r.consultation_id = b.consultation_id and r.flat_id = b.flat_id left join ballot_void v on v.ballot_id = b.id`,
      [
        ["room", cell("room"), sql`r.unit`],
        ["choice", cell("choice"), sql`b.choice`],
        ["channel", cell("channel"), sql`b.channel`],
        ["cast_at", cell("cast_at"), shanghaiDay("b.cast_at")],
        ["void_reason", cell("void_reason"), sql`v.reason`],
      ],
    ),
    differs("lifts.csv", sql`staged_lift s join project p on p.stairwell_id = s.stairwell_id and p.started_on is not null`, [
      ["started_on", cell("started_on"), sql`p.started_on`],
    ]),
    differs("lifts.csv", sql`staged_lift s join project p on p.stairwell_id = s.stairwell_id and p.in_use_since is not null`, [
      ["in_use_since", cell("in_use_since"), sql`p.in_use_since`],
    ]),
  ];
}
