import { sql, type RawBuilder } from "kysely";
import { formatArea } from "#app/domain/area.ts";
import type { DistrictFaultCode, DistrictFile } from "#app/domain/district.ts";
import type { Tx } from "../../client.server.ts";
import type { FaultList } from "./faults.ts";

interface Found {
  line: number;
  /** Where the query itself says which column it is. */
  column?: string;
  value: string | null;
  other: string | null;
}

export interface Check {
  file: DistrictFile;
  column: string;
  code: DistrictFaultCode;
  /** Files that must have been read to their end, lest every row that refers to them looks wrong. */
  needs?: readonly DistrictFile[];
  /** Selects line, value and other of each faulty row, and column where there are several. */
  rows: RawBuilder<unknown>;
}

/** Makes the checks on staged rows whose files are complete, and collects the faults. */
export async function checkRows(
  tx: Tx,
  checks: readonly Check[],
  { complete, faults }: {
    /** The files that were read to their end. */
    complete: ReadonlySet<DistrictFile>;
    faults: FaultList;
  },
): Promise<void> {
  for (const { file, column, code, needs = [], rows } of checks) {
    if (![file, ...needs].every((needed) => complete.has(needed))) continue;
    const found = await sql<Found>`select * from (${rows}) found order by line limit ${faults.room}`.execute(tx);
    for (const { line, column: cell = column, value, other } of found.rows) {
      const asWritten = (text: string | null) => (cell === "area" && text ? formatArea(Number(text)) : text);
      faults.add({ file, line, column: cell, code, value: asWritten(value) ?? "", other: asWritten(other) });
    }
  }
}

/** Rows whose key stands in an earlier row; the fault names the line of the first. */
function repeated(file: DistrictFile, staged: string, column: string, keys: readonly string[] = [column], value: RawBuilder<unknown> = sql.ref(column)): Check {
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const known = sql.join(keys.map((name) => sql`${sql.ref(name)} is not null`), sql` and `);
  return {
    file,
    column,
    code: "repeated",
    rows: sql`
      select s.line, (${value})::text as value, f.first::text as other
      from ${sql.table(staged)} s
      join (select ${key}, min(line) as first from ${sql.table(staged)} where ${known} group by ${key} having count(*) > 1) f using (${key})
      where s.line > f.first`,
  };
}

const codeOfStairwell = sql`(select code from stairwell where id = stairwell_id)`;

/** Staged communities and stairwells against one another. */
export const placeChecks: readonly Check[] = [
  repeated("communities.csv", "staged_community", "code"),
  repeated("stairwells.csv", "staged_stairwell", "code"),
  repeated("stairwells.csv", "staged_stairwell", "entrance", ["community", "building", "entrance"]),
  {
    file: "stairwells.csv",
    column: "community",
    code: "unknown_reference",
    needs: ["communities.csv"],
    rows: sql`
      select s.line, s.community as value, null::text as other from staged_stairwell s
      where s.community is not null
        and not exists (select from staged_community c where c.code = s.community)
        and not exists (select from community c where c.code = s.community)`,
  },
];

/** Staged units against one another. */
export const unitChecks: readonly Check[] = [
  repeated("units.csv", "staged_unit", "room", ["stairwell_id", "room"]),
  {
    file: "units.csv",
    column: "owner_id",
    code: "differs_from_line",
    rows: sql`
      select s.line, cell.name as column, cell.given as value, f.line::text as other
      from (select owner_code, min(line) as first from staged_unit where owner_code is not null group by owner_code having count(*) > 1) o
      join staged_unit f on f.line = o.first
      join staged_unit s on s.owner_code = o.owner_code
      cross join lateral (values ('owner_name', s.owner_name, f.owner_name), ('owner_kind', s.owner_kind, f.owner_kind)) cell (name, given, first)
      where cell.given <> cell.first`,
  },
];

/**
 * The rows of the other files against one another and against the flats.
 *
 * @param flatsStored whether the staged units are stored; else both are flats
 */
export function recordChecks(flatsStored: boolean): Check[] {
  const isUnit = (table: "flat" | "staged_unit") =>
    sql`exists (select from ${sql.table(table)} f where f.stairwell_id = s.stairwell_id and f.room = s.room)`;
  const roomUnknown = sql`s.room is not null and not ${isUnit("flat")} ${flatsStored ? sql`` : sql`and not ${isUnit("staged_unit")}`}`;
  const withFlats = sql`select stairwell_id from flat ${flatsStored ? sql`` : sql`union all select stairwell_id from staged_unit where stairwell_id is not null`}`;
  const firstOfId = sql`(select distinct on (id) * from staged_consultation order by id, line)`;
  return [
    {
      file: "intents.csv",
      column: "room",
      code: "unknown_reference",
      needs: ["units.csv"],
      rows: sql`
        select s.line, s.room as value, ${codeOfStairwell} as other from staged_intent s
        where s.stairwell_id is not null and ${roomUnknown}`,
    },
    repeated("consultations.csv", "staged_consultation", "id"),
    {
      file: "consultations.csv",
      column: "opened_at",
      code: "overlaps",
      rows: sql`
        select s.line, s.opened_at::text as value, o.id as other
        from staged_consultation s
        join staged_consultation o on o.stairwell_id = s.stairwell_id and o.id <> s.id
          and s.opened_at between o.opened_at and o.closed_at and (o.opened_at, o.line) < (s.opened_at, s.line)`,
    },
    {
      file: "consultations.csv",
      column: "stairwell",
      code: "no_flats",
      needs: ["units.csv"],
      rows: sql`
        select s.line, ${codeOfStairwell} as value, null::text as other from staged_consultation s
        where s.stairwell_id is not null and s.stairwell_id not in (${withFlats})`,
    },
    {
      file: "ballots.csv",
      column: "consultation",
      code: "unknown_reference",
      needs: ["consultations.csv"],
      rows: sql`
        select s.line, s.consultation as value, null::text as other from staged_ballot s
        where s.consultation is not null
          and not exists (select from staged_consultation c where c.id = s.consultation)
          and not exists (select from consultation c where c.code = s.consultation)`,
    },
    repeated("ballots.csv", "staged_ballot", "seq", ["consultation", "seq"]),
    {
      file: "ballots.csv",
      column: "room",
      code: "not_on_roll",
      needs: ["units.csv", "consultations.csv"],
      rows: sql`
        select s.line, s.room as value, ${codeOfStairwell} as other
        from (select b.line, b.room, c.stairwell_id from staged_ballot b join ${firstOfId} c on c.id = b.consultation) s
        where s.stairwell_id is not null and ${roomUnknown}`,
    },
    {
      file: "ballots.csv",
      column: "cast_at",
      code: "before_opening",
      rows: sql`
        select s.line, s.cast_at::text as value, c.opened_at::text as other
        from staged_ballot s join ${firstOfId} c on c.id = s.consultation where s.cast_at < c.opened_at`,
    },
    {
      file: "ballots.csv",
      column: "cast_at",
      code: "after_close",
      rows: sql`
        select s.line, s.cast_at::text as value, c.closed_at::text as other
        from staged_ballot s join ${firstOfId} c on c.id = s.consultation where s.cast_at > c.closed_at`,
    },
    repeated("lifts.csv", "staged_lift", "stairwell", ["stairwell_id"], codeOfStairwell),
  ];
}
