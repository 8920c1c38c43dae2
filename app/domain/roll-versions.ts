import type { RegisterFlat } from "./roll-export.ts";
import type { AreaSource } from "./roll.ts";

type RegisterOwner = RegisterFlat["owners"][number];

/** What a flat was and is. */
interface Change<Value> {
  from: Value;
  to: Value;
}

/** How a flat differs between two versions of its roll. Numbers are not told, only whose are others now. */
export interface FlatDifference {
  room: string;
  state: "added" | "removed" | "changed";
  floor: Change<number> | null;
  /** Hundredths of a square metre. */
  area: Change<number> | null;
  areaSource: Change<AreaSource> | null;
  joined: string[];
  left: string[];
  /** Owners of both versions with another ID number or phone. */
  otherIds: string[];
  otherPhones: string[];
}

const changed = <Value>(from: Value, to: Value): Change<Value> | null => (from === to ? null : { from, to });

/** The owners that two versions of a flat have in common, by name; several of one name in their order. */
function pairOwners(before: readonly RegisterOwner[], after: readonly RegisterOwner[]) {
  const left = [...before];
  const pairs: [RegisterOwner, RegisterOwner][] = [];
  const joined: RegisterOwner[] = [];
  for (const owner of after) {
    const at = left.findIndex(({ name }) => name === owner.name);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found) pairs.push([found, owner]);
    else joined.push(owner);
  }
  return { pairs, joined, left };
}

const namesOf = (owners: readonly RegisterOwner[]) => owners.map(({ name }) => name);

function differenceOf(before: RegisterFlat, after: RegisterFlat): FlatDifference | null {
  const { pairs, joined, left } = pairOwners(before.owners, after.owners);
  const others = (key: "idNumber" | "phone") => namesOf(pairs.filter(([one, other]) => one[key] !== other[key]).map(([, other]) => other));
  const difference: FlatDifference = {
    room: after.room,
    state: "changed",
    floor: changed(before.floor, after.floor),
    area: changed(before.area, after.area),
    areaSource: changed(before.areaSource, after.areaSource),
    joined: namesOf(joined),
    left: namesOf(left),
    otherIds: others("idNumber"),
    otherPhones: others("phone"),
  };
  const { floor, area, areaSource, otherIds, otherPhones } = difference;
  return floor || area || areaSource || joined.length + left.length + otherIds.length + otherPhones.length > 0 ? difference : null;
}

const whole = (flat: RegisterFlat, state: "added" | "removed"): FlatDifference => ({
  room: flat.room, state, floor: null, area: null, areaSource: null, otherIds: [], otherPhones: [],
  joined: state === "added" ? namesOf(flat.owners) : [],
  left: state === "removed" ? namesOf(flat.owners) : [],
});

/** What changed from one version of a roll to another, flat by flat in the order of the newer; what is gone comes last. */
export function diffRolls(before: readonly RegisterFlat[], after: readonly RegisterFlat[]): FlatDifference[] {
  const known = new Map(before.map((flat) => [flat.room, flat]));
  const here = new Set(after.map(({ room }) => room));
  const changes = after.map((flat) => {
    const earlier = known.get(flat.room);
    return earlier ? differenceOf(earlier, flat) : whole(flat, "added");
  });
  return [...changes.filter((difference) => difference !== null), ...before.filter(({ room }) => !here.has(room)).map((flat) => whole(flat, "removed"))];
}
