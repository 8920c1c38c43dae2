import { groupHeads, nameKey, pairsOf, provesIdentity, type AreaSource, type OwnerKind, type RollFlat, type RollReading } from "./roll.ts";

/** Under which keys the register knows ID numbers, names with the tail of an ID, and phones. */
export interface RollKeys {
  id(idNumber: string): string;
  nameTail(nameAndTail: string): string;
  phone(digits: string): string;
}

/** A number and the key under which the register knows it. */
export interface Keyed {
  number: string;
  key: string;
}

/** An owner as the register has it. */
export interface KnownOwner {
  id: number;
  name: string;
  kind: OwnerKind;
  phoneKey: string | null;
  idKey: string | null;
  tailKey: string | null;
  /** Whether the owner has flats under another committee too, which then has a say in what is kept about the owner. */
  elsewhere: boolean;
}

/** A flat of the stairwell as the register has it. */
export interface KnownFlat {
  id: number;
  room: string;
  floor: number;
  /** Hundredths of a square metre. */
  area: number;
  areaSource: AreaSource;
  owners: KnownOwner[];
  /** The last one first. */
  formerOwners: KnownOwner[];
}

/** A question that an earlier roll raised. */
export interface KnownQuestion {
  rooms: [string, string];
  name: string;
  answer: "same" | "different" | null;
}

/** Somebody on a roll, with all that its rows say of the same person. */
export interface RollPerson {
  /** As written; usually one. */
  names: string[];
  kind: OwnerKind;
  /** Numbers that prove who it is; several only for a developer. */
  ids: Keyed[];
  tailKeys: string[];
  phones: Keyed[];
  named: { room: string; nameKey: string }[];
}

/** Two owners of one name of whom nobody knows yet whether they are one person. */
export interface OpenPair {
  name: string;
  rooms: [string, string];
  /** Their places among the persons. */
  persons: [number, number];
}

export interface RollPersons {
  persons: RollPerson[];
  /** For each flat of the roll the places of its owners among the persons. */
  ownersOf: number[][];
  openPairs: OpenPair[];
}

/** What the register has for a stairwell. */
export interface KnownRoll {
  flats: readonly KnownFlat[];
  questions: readonly KnownQuestion[];
}

/** Numbers the persons behind the owners of each flat: an owner alone is a head, so the heads of the owners taken one by one are the persons. */
function numberPersons(flats: readonly RollFlat[]): number[][] {
  const alone = flats.flatMap((flat, f) => flat.owners.map((owner, o) => ({ ...flat, room: `${f} ${o}`, owners: [owner] })));
  const numbers = new Map(groupHeads(alone).heads.flatMap((places, person) => places.map((place) => [place, person])));
  return flats.map((flat, f) => flat.owners.map((_, o) => numbers.get(`${f} ${o}`) ?? NaN));
}

function gatherPersons(flats: readonly RollFlat[], numbers: readonly number[][], keys: RollKeys): RollPerson[] {
  const persons: RollPerson[] = [];
  flats.forEach((flat, f) =>
    flat.owners.forEach((owner, o) => {
      const person = (persons[numbers[f]?.[o] ?? NaN] ??= { names: [], kind: owner.kind, ids: [], tailKeys: [], phones: [], named: [] });
      const { name, idNumber, phone } = owner;
      const tail = idNumber?.slice(-4) ?? owner.idTail;
      add(person.names, name);
      if (idNumber !== null && provesIdentity(owner)) addKeyed(person.ids, { number: idNumber, key: keys.id(idNumber) });
      if (tail !== null) add(person.tailKeys, keys.nameTail(`${nameKey(name)}\0${tail}`));
      if (phone !== null) addKeyed(person.phones, { number: phone, key: keys.phone(phone) });
      person.named.push({ room: flat.room, nameKey: nameKey(name) });
    }),
  );
  return persons;
}

function add(list: string[], text: string): void {
  if (!list.includes(text)) list.push(text);
}

function addKeyed(list: Keyed[], one: Keyed): void {
  if (!list.some(({ key }) => key === one.key)) list.push(one);
}

/** Whether the IDs show that somebody on the roll is not this owner of the same name. */
export function isSomebodyElse({ ids, tailKeys }: RollPerson, { idKey, tailKey }: KnownOwner): boolean {
  if (ids.length > 0 && idKey !== null) return !ids.some(({ key }) => key === idKey);
  return tailKeys.length > 0 && tailKey !== null && !tailKeys.includes(tailKey);
}

type Answer = "same" | "different" | null;

const pairKey = (rooms: readonly string[], name: string) => JSON.stringify([...rooms].sort().concat(nameKey(name)));

/** The pairs of owners that the questions of a roll leave open, each with what the register knows or the clerk has answered. */
function answerPairs(
  { flats, questions }: Pick<RollReading, "flats" | "questions">,
  numbers: readonly number[][],
  persons: readonly RollPerson[],
  known: KnownRoll,
): (OpenPair & { answer: Answer })[] {
  const places = new Map(flats.map((flat, f) => [flat.room, f]));
  const namedIn = (room: string) => {
    const f = places.get(room) ?? NaN;
    return (flats[f]?.owners ?? []).map(({ name }, o) => ({ room, name, key: nameKey(name), person: numbers[f]?.[o] ?? NaN }));
  };
  const knownAs = ({ room, key, person }: ReturnType<typeof namedIn>[number]) => {
    const somebody = persons[person];
    const owners = known.flats.find((flat) => flat.room === room)?.owners ?? [];
    return owners.filter((owner) => nameKey(owner.name) === key && somebody !== undefined && !isSomebodyElse(somebody, owner));
  };
  const answers = new Map(known.questions.map((question) => [pairKey(question.rooms, question.name), question.answer]));

  return questions
    .filter((question) => question.code === "same_name")
    .flatMap((question) => pairsOf(question).map((rooms) => ({ rooms, names: `、${nameKey(question.name)}、` })))
    .flatMap(({ rooms, names }) =>
      namedIn(rooms[0])
        .filter(({ key }) => names.includes(`、${key}、`))
        .flatMap((one) => {
          const other = namedIn(rooms[1]).find(({ key, person }) => key === one.key && person !== one.person);
          if (other === undefined) return [];
          const answer = compareOwners(knownAs(one), knownAs(other)) ?? answers.get(pairKey(rooms, one.name)) ?? null;
          return [{ rooms, name: one.name, persons: [one.person, other.person] as [number, number], answer }];
        }),
    );
}

/** The same owner on both sides is one person; owners with ID numbers of their own are not. */
function compareOwners(ones: readonly KnownOwner[], others: readonly KnownOwner[]): Answer {
  if (ones.some((one) => others.some((other) => one.id === other.id))) return "same";
  const told = ones.length > 0 && others.length > 0 && [...ones, ...others].every((owner) => owner.idKey !== null);
  return told ? "different" : null;
}

/** Gives persons who are one the same number; the numbers stay without gaps and in their order. */
function joinSame(count: number, pairs: readonly (OpenPair & { answer: Answer })[]): number[] {
  const first = Array.from({ length: count }, (_, person) => person);
  for (const { persons, answer } of pairs) {
    if (answer !== "same") continue;
    const [one, other] = persons.map((person) => first[person] ?? NaN).sort((a, b) => a - b);
    first.forEach((person, i) => person === other && (first[i] = one ?? person));
  }
  const kept = [...new Set(first)].sort((a, b) => a - b);
  return first.map((person) => kept.indexOf(person));
}

/**
 * Who stands on a roll: its owners as persons, joined as `groupHeads` joins them, and further only where the register
 * knows, or the clerk has answered, that two of the same name are one.
 */
export function findPersons(reading: Pick<RollReading, "flats" | "questions">, known: KnownRoll, keys: RollKeys): RollPersons {
  const { flats } = reading;
  const apart = numberPersons(flats);
  const personsApart = gatherPersons(flats, apart, keys);
  const pairs = answerPairs(reading, apart, personsApart, known);
  const joined = joinSame(personsApart.length, pairs);
  const numbers = apart.map((owners) => owners.map((person) => joined[person] ?? NaN));
  const openPairs = pairs.flatMap(({ answer, persons: [a, b], ...pair }) => {
    const persons: [number, number] = [joined[a] ?? NaN, joined[b] ?? NaN];
    return answer === null && persons[0] !== persons[1] ? [{ ...pair, persons }] : [];
  });
  return { persons: gatherPersons(flats, numbers, keys), ownersOf: numbers.map((owners) => [...new Set(owners)]), openPairs };
}
