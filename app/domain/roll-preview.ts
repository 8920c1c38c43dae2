import type { PlannedFlat, RollPlan } from "./roll-plan.ts";
import type { AreaSource } from "./roll.ts";
import { maskMobile } from "./text.ts";

/** An owner as a row of the roll names it, for the eyes of the stairwell's committee. */
export interface PreviewOwner {
  name: string;
  /** By what the row tells the owner from others of the name. */
  toldBy: "id" | "tail" | "name";
  /** First three and last four digits. */
  phone: string | null;
  joining: boolean;
}

/** A flat as it was read beside what the register has for it. */
export interface PreviewFlat {
  room: string;
  state: PlannedFlat["state"];
  floor: number | null;
  /** Hundredths of a square metre. */
  area: number;
  /** Null where nothing tells; the land register is taken for it then. */
  areaSource: AreaSource | null;
  owners: PreviewOwner[];
  before: { floor: number; area: number; areaSource: AreaSource; owners: string[] } | null;
}

function previewOwners({ room, owners, joining }: PlannedFlat): PreviewOwner[] {
  return owners.flatMap((planned) =>
    planned.person.named
      .filter((named) => named.room === room)
      .map(({ owner }) => ({
        name: owner.name,
        toldBy: owner.idNumber !== null ? "id" : owner.idTail !== null ? "tail" : "name",
        phone: owner.phone === null ? null : maskMobile(owner.phone),
        joining: joining.includes(planned),
      })),
  );
}

/** The flats of a plan as a clerk looks them through before confirming; phones are masked, ID numbers left out. */
export function previewFlats({ flats }: RollPlan): PreviewFlat[] {
  return flats.map((flat) => {
    const { room, state, floor, area, areaSource, known } = flat;
    const before = known && { floor: known.floor, area: known.area, areaSource: known.areaSource, owners: known.owners.map(({ name }) => name) };
    return { room, state, floor, area, areaSource, owners: previewOwners(flat), before };
  });
}
