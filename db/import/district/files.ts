import { channels } from "#app/domain/consultation-file.ts";
import type { DistrictFaultCode, DistrictFile } from "#app/domain/district.ts";
import { intentChoices } from "#app/domain/intent.ts";
import { getRuleset, isRulesetId, listRulesets, rulesetInForce } from "#app/domain/ruleset.ts";
import { choices } from "#app/domain/tally.ts";
import { area, code, day, degrees, line, oneOf, optional, whole, type CellReader } from "./cells.ts";

export interface Column {
  /** In the header of the file. */
  name: string;
  /** In the staged table, where it is another. */
  staged?: string;
  type: "text" | "integer" | "double precision" | "date";
  read: CellReader;
}

/** What is wrong between the cells of a row: where, and the other side. */
export interface RowFault {
  column: string;
  code: DistrictFaultCode;
  other: string;
}

export interface FileSpec {
  file: DistrictFile;
  /** The temporary table that holds its rows with their line numbers; a faulty cell is null there. */
  staged: string;
  columns: readonly Column[];
  /** Looks at what was read from the cells together; of faulty ones it is null. */
  checkRow?: (value: (column: string) => string | null) => RowFault | undefined;
  /** The code of the stairwell that a row, as it stands in the file, belongs to. */
  stairwellOf?: (cell: (column: string) => string) => string | undefined;
}

/** The stairwells that other files may name. */
export interface Stairwells {
  idOf: ReadonlyMap<string, number>;
  /** Whether these are all; else a code that is not among them may be right. */
  whole: boolean;
}

const communityCode = code(/^[A-Z0-9]{1,12}$/);
const stairwellCode = code(/^[A-Z0-9]{1,12}-[A-Z0-9]{1,8}$/);
const consultationCode = code(/^[A-Z0-9-]{1,32}$/);
/** In a roll, owners of one flat are joined by "+", and "@" stands for many of them. */
const ownerCode = code(/^[\p{L}\p{N}._-]{1,64}$/u);
const rulesets = listRulesets().filter((ruleset) => ruleset.binding);
/** The largest integer of PostgreSQL. */
const MOST = 2 ** 31 - 1;
/** 2 000 m², in hundredths: beyond any flat. */
const LARGEST_AREA = 200_000;

/**
 * The seven files of a district.
 *
 * @param today the last day that a date may name, YYYY-MM-DD in Asia/Shanghai
 * @param stairwells asked for once the files after stairwells.csv are read
 */
export function describeFiles(today: string, stairwells: () => Stairwells): Readonly<Record<DistrictFile, FileSpec>> {
  const date = day(today);
  const ofConsultation = new Map<string, string>();
  const place: readonly Column[] = [
    { name: "lon", type: "double precision", read: optional(degrees(180)) },
    { name: "lat", type: "double precision", read: optional(degrees(90)) },
  ];
  const stairwell: Column = { name: "stairwell", staged: "stairwell_id", type: "integer", read: known(stairwellCode, stairwells) };
  const flat: readonly Column[] = [
    stairwell,
    { name: "room", type: "text", read: line(16) },
  ];
  const itsStairwell: FileSpec["stairwellOf"] = (cell) => cell("stairwell");
  return {
    "communities.csv": {
      file: "communities.csv",
      staged: "staged_community",
      columns: [
        { name: "code", type: "text", read: communityCode },
        { name: "name", type: "text", read: line(60) },
        { name: "committee", type: "text", read: line(60) },
        { name: "address", type: "text", read: line(120) },
        { name: "built_year", type: "integer", read: optional(whole(1900, Number(today.slice(0, 4)))) },
        ...place,
      ],
      checkRow: halfPlace,
    },
    "stairwells.csv": {
      file: "stairwells.csv",
      staged: "staged_stairwell",
      columns: [
        { name: "code", type: "text", read: stairwellCode },
        { name: "community", type: "text", read: communityCode },
        { name: "building", type: "text", read: line(40) },
        { name: "entrance", type: "text", read: line(40) },
        { name: "floors", type: "integer", read: whole(1, 60) },
        ...place,
      ],
      checkRow: halfPlace,
      stairwellOf: (cell) => cell("code"),
    },
    "units.csv": {
      file: "units.csv",
      staged: "staged_unit",
      columns: [
        ...flat,
        { name: "floor", type: "integer", read: whole(-5, 60) },
        { name: "area", type: "integer", read: area(LARGEST_AREA) },
        { name: "owner_id", staged: "owner_code", type: "text", read: ownerCode },
        { name: "owner_name", type: "text", read: line(120) },
        { name: "owner_kind", type: "text", read: oneOf(["person", "company", "developer", "public"]) },
      ],
      stairwellOf: itsStairwell,
    },
    "intents.csv": {
      file: "intents.csv",
      staged: "staged_intent",
      columns: [
        ...flat,
        { name: "choice", type: "text", read: oneOf(intentChoices) },
        { name: "channel", type: "text", read: oneOf(["online", "paper", "assisted"]) },
        { name: "filed_at", type: "date", read: date },
      ],
      stairwellOf: itsStairwell,
    },
    "consultations.csv": {
      file: "consultations.csv",
      staged: "staged_consultation",
      columns: [
        { name: "id", type: "text", read: consultationCode },
        stairwell,
        { name: "ruleset", type: "text", read: oneOf(rulesets.map(({ id }) => id)) },
        { name: "opened_at", type: "date", read: date },
        { name: "closed_at", type: "date", read: date },
      ],
      stairwellOf(cell) {
        ofConsultation.set(cell("id"), cell("stairwell"));
        return cell("stairwell");
      },
      checkRow(value) {
        const [ruleset, opened, closed] = [value("ruleset"), value("opened_at"), value("closed_at")];
        if (opened && closed && closed < opened) return { column: "closed_at", code: "closed_before_opened", other: opened };
        if (opened && isRulesetId(ruleset) && !rulesetInForce(getRuleset(ruleset), opened)) {
          return { column: "ruleset", code: "rule_not_in_force", other: opened };
        }
        return undefined;
      },
    },
    "ballots.csv": {
      file: "ballots.csv",
      staged: "staged_ballot",
      columns: [
        { name: "consultation", type: "text", read: consultationCode },
        { name: "room", type: "text", read: line(16) },
        { name: "seq", type: "integer", read: whole(1, MOST) },
        { name: "choice", type: "text", read: oneOf(choices) },
        { name: "channel", type: "text", read: oneOf(channels) },
        { name: "cast_at", type: "date", read: date },
        { name: "void_reason", type: "text", read: optional(line(500)) },
      ],
      stairwellOf: (cell) => ofConsultation.get(cell("consultation")),
    },
    "lifts.csv": {
      file: "lifts.csv",
      staged: "staged_lift",
      columns: [
        stairwell,
        { name: "started_on", type: "date", read: date },
        { name: "in_use_since", type: "date", read: optional(date) },
      ],
      stairwellOf: itsStairwell,
      checkRow(value) {
        const [started, inUse] = [value("started_on"), value("in_use_since")];
        return started && inUse && inUse < started
          ? { column: "in_use_since", code: "in_use_before_start", other: started }
          : undefined;
      },
    },
  };
}

/** The id of the stairwell that is named. */
function known(code: CellReader, stairwells: () => Stairwells): CellReader {
  return (text) => {
    const id = stairwells().idOf.get(text);
    if (id !== undefined) return String(id);
    const read = code(text);
    if (typeof read !== "string") return read;
    return stairwells().whole ? { code: "unknown_reference" } : null;
  };
}

function halfPlace(value: (column: string) => string | null): RowFault | undefined {
  const [lon, lat] = [value("lon"), value("lat")];
  if (lon !== null && lat === null) return { column: "lat", code: "coordinate_half", other: "lon" };
  if (lat !== null && lon === null) return { column: "lon", code: "coordinate_half", other: "lat" };
  return undefined;
}
