import {
  groupPersons, nameKey, pairsOf, provesIdentity, type AreaSource, type NamedOwner, type OwnerKind, type RollReading,
} from "./roll.ts";

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
  /** Whether the owner has flats under another committee too, which has a say in what is kept about the owner. */
  elsewhere: boolean;
}

/** A flat as the register has it. */
export interface KnownFlat {
  id: number;
  room: string;
  floor: number;
  /** Hundredths of a square metre. */
  area: number;
  areaSource: AreaSource;
  owners: KnownOwner[];
  formerOwners: KnownOwner[];
}

/** A question that an earlier roll raised about owners of one name in two flats. */
export interface KnownQuestion {
  rooms: [string, string];
  owners: [KnownOwner, KnownOwner];
  name: string;
  answer: "same" | "different" | null;
}

/** What the register has for a stairwell. */
export interface KnownRoll {
  floors: number;
  flats: KnownFlat[];
  questions: KnownQuestion[];
}

/** Somebody on a roll, with all that its rows say of the same person. */
export interface RollPerson {
  named: [NamedOwner, ...NamedOwner[]];
  /** Numbers that prove who it is; several only of a developer. */
  ids: Keyed[];
  /** Of ID tails that tell who it is; of a number with a wrong check character nothing is kept. */
  tailKeys: string[];
  phones: Keyed[];
}

/** Two owners of one name of whom nobody knows yet whether they are one person. */
export interface OpenPair {
  name: string;
  rooms: [string, string];
  persons: [RollPerson, RollPerson];
}

/** Who a person is; all that are found to be one person come to hold the same. */
interface Identity {
  person: RollPerson;
}

interface Pair {
  name: string;
  rooms: [string, string];
  sides: [Identity, Identity];
  /** Whether each of the flats has one owner of the name only. */
  plain: boolean;
}

type Answer = KnownQuestion["answer"];

function describePerson(named: RollPerson["named"], keys: RollKeys): RollPerson {
  const tails = named.flatMap(({ owner, nameKey }) => {
    const tail = provesIdentity(owner) ? owner.idNumber?.slice(-4) : owner.idTail;
    return tail ? [keys.nameTail(`${nameKey}\0${tail}`)] : [];
  });
  const numbers = (read: (named: NamedOwner) => string | null, key: (text: string) => string): Keyed[] =>
    [...new Set(named.map(read))].filter((number) => number !== null).map((number) => ({ number, key: key(number) }));
  return {
    named,
    ids: numbers(({ owner }) => (provesIdentity(owner) ? owner.idNumber : null), keys.id),
    tailKeys: [...new Set(tails)],
    phones: numbers(({ owner }) => owner.phone, keys.phone),
  };
}

/** Whether IDs show that somebody on the roll is not this owner of the same name. */
export function isSomebodyElse({ ids, tailKeys }: RollPerson, { idKey, tailKey }: KnownOwner): boolean {
  if (ids.length > 0 && idKey !== null) return !ids.some(({ key }) => key === idKey);
  return tailKeys.length > 0 && tailKey !== null && !tailKeys.includes(tailKey);
}

/** Whether IDs show that somebody on the roll is this owner. */
function isByIds({ ids, tailKeys }: RollPerson, { idKey, tailKey }: KnownOwner): boolean {
  return ids.some(({ key }) => key === idKey) || tailKeys.some((key) => key === tailKey);
}

/** Whether IDs show that two of one name, not joined by them, are different people. */
function areToldApart(one: RollPerson, other: RollPerson): boolean {
  if (one.ids.length > 0 && other.ids.length > 0) return true;
  return one.tailKeys.length > 0 && other.tailKeys.length > 0 && !one.tailKeys.some((key) => other.tailKeys.includes(key));
}

/** What stands for a question about a pair, whichever of the two flats is named first. */
export function pairKey({ rooms, name }: { rooms: readonly string[]; name: string }): string {
  return JSON.stringify([...rooms].sort().concat(nameKey(name)));
}

/** The pairs that the questions of a roll leave open, one for each name in two flats. */
function findPairs(questions: RollReading["questions"], identities: readonly Identity[]): Pair[] {
  const mentions = identities.flatMap((identity) => identity.person.named.map((named) => ({ ...named, identity })));
  // A question names each person by the first flat that has it under the name.
  const firsts = mentions.filter(({ identity, nameKey }, i) => i === mentions.findIndex((one) => one.identity === identity && one.nameKey === nameKey));
  const pairs = questions
    .filter((question) => question.code === "same_name")
    .flatMap((question) => {
      const names = `、${nameKey(question.name)}、`;
      const asked = firsts.filter((mention) => names.includes(`、${mention.nameKey}、`));
      return pairsOf(question).flatMap((rooms) =>
        asked
          .filter(({ room }) => room === rooms[0])
          .flatMap((one) =>
            asked
              .filter((other) => other.room === rooms[1] && other.nameKey === one.nameKey)
              .map((other): Pair => {
                const namesakes = mentions.filter(({ room, nameKey }) => rooms.includes(room) && nameKey === one.nameKey);
                return { name: one.owner.name, rooms, sides: [one.identity, other.identity], plain: namesakes.length === 2 };
              }),
          ),
      );
    });
  return [...new Map(pairs.toReversed().map((pair) => [pairKey(pair), pair])).values()].toReversed();
}

/** Whether the register has one owner for both sides of a pair, by earlier IDs or answers. */
function isOneOwner({ name, rooms: [roomA, roomB], sides: [a, b], plain }: Pair, identities: readonly Identity[], known: KnownRoll): boolean {
  const ownersAt = (room: string) =>
    known.flats.filter((flat) => flat.room === room).flatMap(({ owners }) => owners.filter((owner) => nameKey(owner.name) === nameKey(name)));
  const [one, another] = ownersAt(roomA);
  const [other, yetAnother] = ownersAt(roomB);
  if (!plain || one?.id !== other?.id || !one || another || yetAnother) return false;
  const isAnybodyElse = identities.some((third) => third !== a && third !== b && isByIds(third.person, one));
  return !isAnybodyElse && !isSomebodyElse(a.person, one) && !isSomebodyElse(b.person, one);
}

/** Whether the register has two owners for the sides of a pair: it was told so, or nobody asked when it was filled. */
function areTwoOwners({ name, rooms, sides: [a, b], plain }: Pair, known: KnownRoll): boolean {
  const [ones, others] = rooms.map((room) => known.flats.filter((flat) => flat.room === room).flatMap(({ owners }) => owners.filter((owner) => nameKey(owner.name) === nameKey(name))));
  const [one, ...moreOfOne] = ones ?? [];
  const [other, ...moreOfOther] = others ?? [];
  if (!plain || !one || !other || one.id === other.id || moreOfOne.length + moreOfOther.length > 0) return false;
  return !isSomebodyElse(a.person, one) && !isSomebodyElse(b.person, other);
}

/** What the clerk has answered about a pair, unless the owners of whom that was said have left since. */
function answerTo(pair: Pair, earlier: KnownQuestion | undefined): Answer {
  if (!earlier) return null;
  const [a, b] = earlier.owners;
  const [one, other] = earlier.rooms[0] === pair.rooms[0] ? pair.sides : [pair.sides[1], pair.sides[0]];
  return isSomebodyElse(one.person, a) || isSomebodyElse(other.person, b) ? null : earlier.answer;
}

/**
 * Who stands on a roll: its owners as persons, joined as `groupHeads` joins them, and further only where the register
 * knows, or the clerk has answered, that two of the same name are one.
 */
export function findPersons(
  { flats, questions }: Pick<RollReading, "flats" | "questions">,
  known: KnownRoll,
  keys: RollKeys,
): { persons: RollPerson[]; openPairs: OpenPair[] } {
  const identities = groupPersons(flats).map((named): Identity => ({ person: describePerson(named, keys) }));
  const earlier = new Map(known.questions.map((question) => [pairKey(question), question]));
  const pairs = findPairs(questions, identities).map((pair) => {
    const asked = earlier.get(pairKey(pair));
    const registered = isOneOwner(pair, identities, known) ? "same" : !asked && areTwoOwners(pair, known) ? "different" : null;
    return { ...pair, answer: registered ?? answerTo(pair, asked) };
  });
  for (const { sides: [{ person: one }, { person: other }], answer } of pairs) {
    // What one pair joins may tell the sides of a later pair apart.
    if (answer !== "same" || one === other || areToldApart(one, other)) continue;
    const joined = describePerson([...one.named, ...other.named], keys);
    for (const identity of identities) if (identity.person === one || identity.person === other) identity.person = joined;
  }
  return {
    persons: [...new Set(identities.map(({ person }) => person))],
    openPairs: pairs
      .filter(({ answer, sides: [a, b] }) => answer === null && a.person !== b.person && !areToldApart(a.person, b.person))
      .map(({ name, rooms, sides: [a, b] }) => ({ name, rooms, persons: [a.person, b.person] })),
  };
}
