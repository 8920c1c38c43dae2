import { AREA_SOURCE_NAMES, ROLL_COLUMNS, type AreaSource, type RollField } from "./roll.ts";
import type { Sheet, SheetKind } from "./sheet.ts";

/** A flat with its present owners as the register has them. */
export interface RegisterFlat {
  room: string;
  floor: number;
  /** Hundredths of a square metre. */
  area: number;
  areaSource: AreaSource;
  owners: { name: string; idNumber: string | null; phone: string | null }[];
}

const KINDS: Partial<Record<RollField, SheetKind>> = { floor: "number", area: "area" };

const columnsOf = (fields: readonly RollField[]) => fields.map((field) => ({ label: ROLL_COLUMNS[field], kind: KINDS[field] ?? ("text" as const) }));

/** How the reader of a roll is told that one of several owners has none. */
const NONE = "无";

/** One for each owner, in their order; nothing where none has any. */
function listed(values: readonly (string | null)[]): string | null {
  return values.every((value) => value === null) ? null : values.map((value) => value ?? NONE).join("、");
}

/**
 * The owners' roll of a stairwell as the portal reads it in: importing it again changes nothing.
 *
 * @param numbers whether it has the owners' ID numbers and phones
 */
export function rollSheet(name: string, flats: readonly RegisterFlat[], { numbers }: { numbers: boolean }): Sheet {
  return {
    name,
    columns: columnsOf(["room", "floor", "area", "areaSource", "owner", ...(numbers ? (["id", "phone"] as const) : [])]),
    rows: flats.map(({ room, floor, area, areaSource, owners }) => [
      room, floor, area, AREA_SOURCE_NAMES[areaSource],
      listed(owners.map((owner) => owner.name)),
      ...(numbers ? [listed(owners.map(({ idNumber }) => idNumber)), listed(owners.map(({ phone }) => phone))] : []),
    ]),
  };
}

/** An empty roll with the headings that are read and one line to go by, which is refused until it is taken out. */
export function rollTemplate(name: string, example: { room: string; owners: string; ids: string; phones: string; note: string }): Sheet {
  return {
    name,
    columns: columnsOf(["room", "floor", "area", "areaSource", "owner", "id", "phone", "note"]),
    rows: [[example.room, 1, 5_843, AREA_SOURCE_NAMES.register, example.owners, example.ids, example.phones, example.note]],
  };
}
