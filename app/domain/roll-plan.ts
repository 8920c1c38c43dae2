import type { Problem } from "./problem.ts";
import { isSomebodyElse, pairKey, type Keyed, type KnownFlat, type KnownOwner, type KnownRoll, type OpenPair, type RollPerson } from "./roll-persons.ts";
import { nameKey, type AreaSource, type OwnerKind, type RollFlat, type RollReading } from "./roll.ts";

/** What the portal takes in for one stairwell. */
export const STAIRWELL_LIMITS = {
  flats: 1_000,
  /** Owners as named in all flats together. */
  owners: 5_000,
  /** Pairs of owners of one name that a clerk is to tell apart. */
  pairs: 2_000,
  nameCharacters: 120,
  lowestFloor: -5,
  highestFloor: 60,
} as const;

/** What is new about an owner; what is missing stays as it is. */
export interface OwnerNews {
  name?: string;
  kind?: OwnerKind;
  phone?: Keyed;
  id?: Keyed;
  tailKey?: string;
}

export interface PlannedOwner {
  person: RollPerson;
  name: string;
  /** Null for one who is new to the register. */
  known: KnownOwner | null;
  /** Null where all is known already. */
  news: OwnerNews | null;
  /** Whether another phone than the one on the roll is kept, since another committee's owner has it. */
  phoneKept: boolean;
}

export interface PlannedFlat {
  room: string;
  /** Null where neither the roll nor the register tells. */
  floor: number | null;
  /** Hundredths of a square metre. */
  area: number;
  /** Null where nothing tells; the register then takes the land register for it. */
  areaSource: AreaSource | null;
  known: KnownFlat | null;
  owners: PlannedOwner[];
  /** Those of `owners` who own the flat from now on. */
  joining: PlannedOwner[];
  /** Owners until now who are not on the roll. */
  leaving: KnownOwner[];
  state: "new" | "changed" | "same";
}

/** Are these two owners of one name the same person? */
export interface PlannedQuestion {
  name: string;
  sides: [{ room: string; owner: PlannedOwner }, { room: string; owner: PlannedOwner }];
}

/** What storing a roll does to the register. */
export interface RollPlan {
  owners: PlannedOwner[];
  flats: PlannedFlat[];
  /** Flats of the register that are not on the roll. */
  missing: KnownFlat[];
  /** What then waits for the clerk; anything else that was asked before and not answered does no longer. */
  questions: PlannedQuestion[];
  /** Storeys of the stairwell afterwards. */
  floors: number;
  /** Heads afterwards (SPC interpretation on 建筑物区分所有权, art. 9), the sides of a question counted apart. */
  heads: number;
  /** Whether the register says all this already. */
  unchanged: boolean;
}

export type RollRefusal =
  | "roll_faulty"
  | "roll_too_many_flats"
  | "roll_too_many_owners"
  | "roll_too_many_questions"
  | "roll_name_too_long"
  | "floor_unknown"
  | "floor_beyond"
  | "flats_missing";

type Refused = Problem<RollRefusal> | null;

const naming = (code: RollRefusal, flats: readonly { room: string }[]): Refused =>
  flats.length === 0 ? null : { code, params: { rooms: flats.map(({ room }) => room).join("、") } };

function countPairs({ rooms, known }: { rooms: readonly string[]; known: readonly string[] }): number {
  const pairs = (n: number) => (n * (n - 1)) / 2;
  return pairs(rooms.length) - pairs(known.length);
}

/** Why a roll as it was read cannot be stored for any stairwell. */
export function whyReadingIsRefused({ faults, flats, questions }: Pick<RollReading, "faults" | "flats" | "questions">): Refused {
  const limits = STAIRWELL_LIMITS;
  if (faults.length > 0) return { code: "roll_faulty", params: { faults: faults.length } };
  if (flats.length > limits.flats) return { code: "roll_too_many_flats", params: { flats: flats.length, most: limits.flats } };
  const owners = flats.reduce((sum, flat) => sum + flat.owners.length, 0);
  if (owners > limits.owners) return { code: "roll_too_many_owners", params: { owners, most: limits.owners } };
  const pairs = questions.filter(({ code }) => code === "same_name").reduce((sum, question) => sum + countPairs(question), 0);
  if (pairs > limits.pairs) return { code: "roll_too_many_questions", params: { pairs } };
  const tooLong = flats.filter((flat) => flat.owners.some((owner) => [...owner.name].length > limits.nameCharacters));
  const beyond = flats.filter(({ floor }) => floor !== null && (floor < limits.lowestFloor || floor > limits.highestFloor));
  return naming("roll_name_too_long", tooLong) ?? naming("floor_beyond", beyond);
}

/** Why a roll cannot be stored for this stairwell. */
export function whyPlanIsRefused({ flats, missing }: RollPlan): Refused {
  return naming("floor_unknown", flats.filter(({ floor }) => floor === null)) ?? naming("flats_missing", missing);
}

/**
 * Finds the persons of a roll among the owners of the register: by ID number, then by name and ID tail where that tells
 * one alone, then by name in the same flat where no ID speaks against it. Nobody is found twice.
 */
function matchOwners(persons: readonly RollPerson[], flats: readonly KnownFlat[], elsewhere: readonly KnownOwner[]): Map<RollPerson, KnownOwner> {
  const owners = [...flats.flatMap((flat) => flat.owners), ...flats.flatMap((flat) => flat.formerOwners), ...elsewhere];
  const register = [...new Map(owners.map((owner) => [owner.id, owner])).values()];
  const found = new Map<RollPerson, KnownOwner>();
  const taken = new Set<KnownOwner["id"]>();
  const match = (candidatesOf: (person: RollPerson) => readonly KnownOwner[]) => {
    for (const person of persons) {
      const owner = found.has(person) ? undefined : candidatesOf(person).find(({ id }) => !taken.has(id));
      if (owner === undefined) continue;
      found.set(person, owner);
      taken.add(owner.id);
    }
  };

  match(({ ids }) => register.filter(({ idKey }) => ids.some(({ key }) => key === idKey)));
  match((person) => {
    const own = person.tailKeys.filter((key) => persons.every((other) => other === person || !other.tailKeys.includes(key)));
    const alike = register.filter((owner) => owner.tailKey !== null && own.includes(owner.tailKey) && !isSomebodyElse(person, owner));
    return alike.length === 1 ? alike : [];
  });
  match((person) =>
    person.named.flatMap((named) =>
      flats
        .filter((flat) => flat.room === named.room)
        .flatMap((flat) => [...flat.owners, ...flat.formerOwners])
        .filter((owner) => nameKey(owner.name) === named.nameKey && !isSomebodyElse(person, owner)),
    ),
  );
  return found;
}

/** What a roll says of its person that the register does not have; the first of several where it has none of them. */
function newsOf({ named, ids, tailKeys, phones }: RollPerson, known: KnownOwner | null): OwnerNews | null {
  const [{ owner }] = named;
  const news: OwnerNews = {};
  if (!named.some((one) => one.owner.name === known?.name)) news.name = owner.name;
  // A name that tells of no company is a person's as far as the roll knows; the register may know more.
  if (known === null || (owner.kind !== "person" && known.kind !== owner.kind)) news.kind = owner.kind;
  if (!known?.idKey && ids[0]) news.id = ids[0];
  if (!tailKeys.some((key) => key === known?.tailKey) && tailKeys[0] !== undefined) news.tailKey = tailKeys[0];
  if (!phones.some(({ key }) => key === known?.phoneKey) && phones[0]) news.phone = phones[0];
  return Object.keys(news).length === 0 ? null : news;
}

function planOwner(person: RollPerson, known: KnownOwner | null): PlannedOwner {
  const news = newsOf(person, known);
  if (known === null) return { person, name: person.named[0].owner.name, known, news, phoneKept: false };
  if (known.elsewhere) return { person, name: known.name, known, news: null, phoneKept: news?.phone !== undefined };
  return { person, name: news?.name ?? known.name, known, news, phoneKept: false };
}

function planFlat(flat: RollFlat, known: KnownFlat | null, owners: PlannedOwner[]): PlannedFlat {
  const floor = flat.floor ?? known?.floor ?? null;
  const areaSource = flat.areaSource ?? known?.areaSource ?? null;
  const joining = owners.filter((owner) => !known?.owners.some(({ id }) => id === owner.known?.id));
  const leaving = known?.owners.filter(({ id }) => !owners.some((owner) => owner.known?.id === id)) ?? [];
  const isSame = known?.floor === floor && known.area === flat.area && known.areaSource === areaSource && joining.length + leaving.length === 0;
  const state = known === null ? "new" : isSame ? "same" : "changed";
  return { room: flat.room, floor, area: flat.area, areaSource, known, owners, joining, leaving, state };
}

/**
 * Plans what a roll without faults does to the register of its stairwell. A roll holds all flats and all owners: who is
 * not on it any more has left. What it does not say (a phone, an ID) stays as it is known. An owner who has flats under
 * another committee too is only linked to, so that no committee changes what another one knows.
 *
 * @param elsewhere owners of the subdistrict who have an ID or a name with ID tail of one of the persons
 */
export function planRoll(
  roll: { flats: readonly RollFlat[]; persons: readonly RollPerson[]; openPairs: readonly OpenPair[] },
  known: KnownRoll,
  elsewhere: readonly KnownOwner[],
): RollPlan {
  const matches = matchOwners(roll.persons, known.flats, elsewhere);
  const planned = new Map<RollPerson, PlannedOwner>();
  const ownerFor = (person: RollPerson): PlannedOwner => {
    const owner = planned.get(person) ?? planOwner(person, matches.get(person) ?? null);
    planned.set(person, owner);
    return owner;
  };
  const owners = roll.persons.map(ownerFor);
  const flats = roll.flats.map((flat) =>
    planFlat(
      flat,
      known.flats.find(({ room }) => room === flat.room) ?? null,
      owners.filter(({ person }) => person.named.some(({ room }) => room === flat.room)),
    ),
  );
  const floors = Math.max(known.floors, ...flats.map(({ floor }) => floor ?? 0));
  const heads = new Set(flats.map((flat) => flat.owners.map((owner) => owners.indexOf(owner)).join(" "))).size;
  const asked = new Set(known.questions.filter(({ answer }) => answer === null).map(pairKey));
  const isAsked = asked.size === roll.openPairs.length && roll.openPairs.every((pair) => asked.has(pairKey(pair)));
  return {
    owners, flats, floors, heads,
    missing: known.flats.filter(({ room }) => !roll.flats.some((flat) => flat.room === room)),
    questions: roll.openPairs.map(({ name, rooms: [roomA, roomB], persons: [a, b] }) => ({
      name,
      sides: [
        { room: roomA, owner: ownerFor(a) },
        { room: roomB, owner: ownerFor(b) },
      ],
    })),
    unchanged: isAsked && flats.every(({ state }) => state === "same") && owners.every(({ news }) => news === null),
  };
}

/** What a plan comes to; nothing that names a person. */
export interface RollSummary {
  /** False where the register says all of it already; nothing is stored then. */
  changed: boolean;
  heads: number;
  flatsAdded: number;
  flatsChanged: number;
  /** Ownerships that begin and end, flat by flat. */
  ownersJoined: number;
  ownersLeft: number;
  /** Questions about who is who that wait for the clerk. */
  openQuestions: number;
  /** Rooms of owners whose phone stays as it is since they have flats under another committee too. */
  phonesKept: string[];
}

export function summarisePlan({ flats, heads, questions, unchanged }: RollPlan): RollSummary {
  const count = (state: PlannedFlat["state"]) => flats.filter((flat) => flat.state === state).length;
  return {
    changed: !unchanged,
    heads,
    flatsAdded: count("new"),
    flatsChanged: count("changed"),
    ownersJoined: flats.reduce((sum, { joining }) => sum + joining.length, 0),
    ownersLeft: flats.reduce((sum, { leaving }) => sum + leaving.length, 0),
    openQuestions: questions.length,
    phonesKept: flats.filter(({ owners }) => owners.some(({ phoneKept }) => phoneKept)).map(({ room }) => room),
  };
}
