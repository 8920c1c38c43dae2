/** The columns of an owners' roll (业主清册), by the name under which faults speak of them. */
export const ROLL_COLUMNS = {
  room: "室号",
  floor: "楼层",
  area: "建筑面积",
  areaSource: "面积来源",
  owner: "产权人",
  id: "证件号码",
  phone: "联系电话",
  note: "备注",
} as const;
export type RollField = keyof typeof ROLL_COLUMNS;
export type RollColumn = (typeof ROLL_COLUMNS)[RollField];

/** A roll without one of these says too little to vote on. */
export const REQUIRED_ROLL_FIELDS = ["room", "area", "owner"] as const satisfies readonly RollField[];

export const ROLL_LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  rows: 20_000,
  columns: 64,
  cellCharacters: 500,
  /** 2 000 m², in hundredths: beyond any flat. */
  area: 200_000,
} as const;

export type OwnerKind = "person" | "public" | "developer" | "company";

/** Where an area comes from: land register, else survey, else sale contract (SPC interpretation, art. 8). */
export type AreaSource = "register" | "survey" | "contract";

/** As rolls call them. */
export const AREA_SOURCE_NAMES = { register: "不动产登记", survey: "测绘", contract: "购房合同" } as const satisfies Record<AreaSource, string>;

export interface RollOwner {
  name: string;
  kind: OwnerKind;
  /** The full number; a resident ID of 15 digits is written with its 18. */
  idNumber: string | null;
  /** The last four characters where no more is known. */
  idTail: string | null;
  phone: string | null;
}

export interface RollFlat {
  room: string;
  floor: number | null;
  /** Hundredths of a square metre. */
  area: number;
  areaSource: AreaSource | null;
  /** Co-owners are one head. */
  owners: RollOwner[];
  /** Of public housing; never votes. A phone in the row of such a flat is taken for the tenant's. */
  tenant: { name: string; phone: string | null } | null;
  note: string | null;
  line: number;
}

export type RollFaultCode =
  // of the file
  | "file_empty"
  | "file_too_large"
  | "old_workbook"
  | "workbook_broken"
  | "workbook_too_large"
  | "unknown_encoding"
  | "not_text"
  | "quote_not_closed"
  | "too_many_rows"
  | "too_many_columns"
  | "several_sheets"
  | "no_such_sheet"
  | "no_header"
  | "missing_column"
  | "column_twice"
  | "no_flats"
  // of a row or cell
  | "empty"
  | "duplicate"
  | "not_a_room"
  | "other_entrance"
  | "not_a_number"
  | "not_above_zero"
  | "too_many_decimals"
  | "area_too_large"
  | "not_a_name"
  | "not_an_id"
  | "digits_lost"
  | "not_a_phone"
  | "cell_too_long"
  | "forbidden_character"
  | "runs_over_lines"
  | "too_many_cells"
  | "total_mismatch";

export type RollWarningCode =
  | "invisible_removed"
  | "name_unusual"
  | "share_ignored"
  | "id_check_digit"
  | "id_zeros_restored"
  | "id_hidden"
  | "id_count"
  | "tenant_id_ignored"
  | "phone_ignored"
  | "floor_not_read"
  | "floor_differs"
  | "area_source_not_read"
  | "line_ignored"
  | "total_not_read"
  | "count_mismatch";

/** A code with its place: `line` as a person sees it in the file (null for the file as a whole), `value` as found there. */
export interface RollRemark<Code extends string> {
  line: number | null;
  column: RollColumn | null;
  code: Code;
  value: string;
  /** The other side of the fault: the line of the first of two, the limit, the sum as counted. */
  other?: string | number;
}
export type RollFault = RollRemark<RollFaultCode>;
export type RollWarning = RollRemark<RollWarningCode>;

/**
 * Something that only the clerk can say.
 * - `same_name`: are the owners of this name one person? Not merged.
 * - `shared_owner`: one owner holds these flats with different co-owners. Not merged.
 * - `same_id_other_name`: one ID number under several names (`name` lists them). Merged.
 * - `developer_flats`: flats under a developer's name, counted as unsold and so as one head. Merged.
 */
export interface RollQuestion {
  code: "same_name" | "shared_owner" | "same_id_other_name" | "developer_flats";
  name: string;
  rooms: string[];
  /** Those of `rooms` whose owners' IDs show already that they differ from one another. */
  known: string[];
}

export interface RollReading {
  flats: RollFlat[];
  /** Rooms by head (art. 9), in the order of the roll; each flat is in exactly one. */
  heads: string[][];
  questions: RollQuestion[];
  /** With any fault, nothing of the roll may be stored; `flats` are then those that could be read. */
  faults: RollFault[];
  warnings: RollWarning[];
  /** `area` in hundredths of a square metre. */
  totals: { units: number; area: number; voters: number };
  /** How the file was read; null where it was not got so far. */
  source: {
    format: "csv" | "xlsx";
    encoding: string | null;
    separator: string | null;
    sheet: string | null;
    headerLine: number | null;
  } | null;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function checkCharacter(first17: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return "10X98765432".charAt(sum % 11);
}

/** Whether a resident ID number of 18 characters ends in its check character (GB 11643-1999). */
export function hasValidCheckCharacter(idNumber: string): boolean {
  return /^\d{17}[\dX]$/.test(idNumber) && checkCharacter(idNumber.slice(0, 17)) === idNumber.charAt(17);
}

/** Writes a resident ID number of 15 digits, issued until 1999, with its 18 (GB 11643-1999); others as they are. */
export function withEighteenDigits(idNumber: string): string {
  if (!/^\d{15}$/.test(idNumber)) return idNumber;
  const first17 = `${idNumber.slice(0, 6)}19${idNumber.slice(6)}`;
  return first17 + checkCharacter(first17);
}

/** The floor that a room number tells (101 → 1, 1203 → 12), null where it tells none. */
export function floorOfRoom(room: string): number | null {
  const told = room.split("-").filter((part) => /^\d{3,4}\D?$/.test(part));
  const [part] = told;
  if (part === undefined || told.length > 1) return null;
  const floor = Number(part.replace(/\D/g, "").slice(0, -2));
  return floor > 0 ? floor : null;
}

/** One owner as named in one flat; `person` and `head` are found out by groupHeads. */
interface Mention {
  room: string;
  owner: RollOwner;
  name: string;
  tail: string | null;
  /** Whether the ID in this row tells the owner from others of the same name. */
  identified: boolean;
  joined: Mention | null;
  person: number;
  head: string;
}

type NonEmpty<T> = [T, ...T[]];

/** What makes two written names the same name: spaces and the kind of middle dot do not matter. */
export function nameKey(name: string): string {
  return name
    .replace(/\s/g, "")
    .replace(/[•‧・･⋅∙]/g, "·")
    .toUpperCase();
}

/** An ID number with a wrong check character is a slip of the pen somewhere: alone it proves no identity. */
export function provesIdentity({ kind, idNumber }: RollOwner): boolean {
  if (idNumber === null) return false;
  const isResidentId = kind === "person" && /^\d{17}[\dX]$/.test(idNumber);
  return !isResidentId || hasValidCheckCharacter(idNumber);
}

function mentionOf(flat: RollFlat, owner: RollOwner): Mention {
  return {
    room: flat.room,
    owner,
    name: nameKey(owner.name),
    tail: owner.idNumber?.slice(-4) ?? owner.idTail,
    identified: provesIdentity(owner) || (owner.idNumber === null && owner.idTail !== null),
    joined: null,
    person: 0,
    head: "",
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | number | null): NonEmpty<T>[] {
  const groups = new Map<string | number, NonEmpty<T>>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

function firstJoined(mention: Mention): Mention {
  let first = mention;
  while (first.joined !== null) first = first.joined;
  return first;
}

function join(mentions: readonly Mention[]): void {
  mentions.reduce((one, other) => {
    const [a, b] = [firstJoined(one), firstJoined(other)];
    if (a !== b) b.joined = a;
    return a;
  });
}

/** Joins the mentions of one person and tells what a clerk should look at again. */
function joinPersons(mentions: readonly Mention[]): RollQuestion[] {
  const questions: RollQuestion[] = [];
  for (const group of groupBy(mentions, (m) => (provesIdentity(m.owner) ? m.owner.idNumber : null))) {
    join(group);
    if (distinct(group.map((m) => m.name)).length === 1) continue;
    const name = distinct(group.map((m) => m.owner.name)).join("、");
    questions.push({ code: "same_id_other_name", name, rooms: distinct(group.map((m) => m.room)), known: [] });
  }
  for (const group of groupBy(mentions, (m) => (m.tail === null ? null : `${m.name}\0${m.tail}`))) {
    const numbers = groupBy(group, (m) => m.owner.idNumber);
    if (numbers.length <= 1) {
      join(group);
      continue;
    }
    for (const sameNumber of numbers) join(sameNumber);
    // Two people share name and tail: a tail alone no longer says which of them is meant.
    for (const m of group) m.identified = provesIdentity(m.owner);
  }
  for (const group of groupBy(mentions, (m) => (m.owner.kind === "developer" ? m.name : null))) {
    if (distinct(group.map(firstJoined)).length === 1) continue;
    join(group);
    const rooms = distinct(group.map((m) => m.room));
    questions.push({ code: "developer_flats", name: group[0].owner.name, rooms, known: [] });
  }
  return questions;
}

/** Asks about one name, with one room for each person who might be another; null where IDs tell them all apart. */
function askWhetherSame(sameName: NonEmpty<Mention>): RollQuestion | null {
  const persons = groupBy(sameName, (m) => m.person).map((group) => ({
    room: group[0].room,
    head: group[0].head,
    identified: group.some((m) => m.identified),
  }));
  if (distinct(persons.map((p) => p.head)).length === 1 || persons.every((p) => p.identified)) return null;
  const rooms = distinct(persons.map((p) => p.room));
  const known = distinct(persons.filter((p) => p.identified).map((p) => p.room));
  return { code: "same_name", name: sameName[0].owner.name, rooms, known };
}

/** Where one person owns flats in different company; null where there is one head only. */
function askAboutShared(samePerson: NonEmpty<Mention>): RollQuestion | null {
  const rooms = groupBy(samePerson, (m) => m.head).map((group) => group[0].room);
  return rooms.length === 1 ? null : { code: "shared_owner", name: samePerson[0].owner.name, rooms, known: [] };
}

function findMentions(flats: readonly RollFlat[]) {
  const rows = flats.map((flat) => ({ room: flat.room, mentions: flat.owners.map((owner) => mentionOf(flat, owner)) }));
  const mentions = rows.flatMap((row) => row.mentions);
  mentions.forEach((m, i) => (m.person = i));
  const questions: (RollQuestion | null)[] = joinPersons(mentions);
  for (const m of mentions) m.person = firstJoined(m).person;
  return { rows, mentions, questions };
}

/** An owner as one row names it; `nameKey` is the same for names that are the same. */
export interface NamedOwner {
  room: string;
  owner: RollOwner;
  nameKey: string;
}

/** The persons on a roll, each by where and how it is named; who is the same is told as in `groupHeads`. */
export function groupPersons(flats: readonly RollFlat[]): [NamedOwner, ...NamedOwner[]][] {
  const named = ({ room, owner, name }: Mention): NamedOwner => ({ room, owner, nameKey: name });
  return groupBy(findMentions(flats).mentions, (m) => m.person).map(([first, ...others]) => [named(first), ...others.map(named)]);
}

/**
 * Groups flats into heads (SPC interpretation on 建筑物区分所有权, art. 9): one buyer of several flats is one head,
 * co-owners of a flat are one head, a developer's unsold flats together are one head.
 * An owner is the same by the same ID number or by the same name with the same ID tail, never by name alone; flats
 * are one head when their owners are exactly the same. What is near to that is left apart and asked.
 * The outcome does not depend on the order of the flats.
 */
export function groupHeads(flats: readonly RollFlat[]): { heads: string[][]; questions: RollQuestion[] } {
  const { rows, mentions, questions } = findMentions(flats);

  const heads = groupBy(rows, (row) => {
    const persons = distinct(row.mentions.map((m) => m.person)).sort((a, b) => a - b);
    const head = persons.length > 0 ? persons.join(",") : `room ${row.room}`;
    for (const m of row.mentions) m.head = head;
    return head;
  });
  questions.push(...groupBy(mentions, (m) => m.name).map(askWhetherSame));
  questions.push(...groupBy(mentions, (m) => m.person).map(askAboutShared));

  const asked = questions.filter((question) => question !== null);
  const once = groupBy(asked, (q) => JSON.stringify([q.code, q.rooms, q.known]));
  return {
    heads: heads.map((head) => head.map((row) => row.room)),
    questions: once.map((same) => ({ ...same[0], name: distinct(same.map((q) => q.name)).join("、") })),
  };
}

/** The pairs of rooms that a question leaves open, for answering it one by one. */
export function pairsOf({ rooms, known }: RollQuestion): [string, string][] {
  const told = new Set(known);
  return rooms.flatMap((a, i) =>
    rooms
      .slice(i + 1)
      .filter((b) => !(told.has(a) && told.has(b)))
      .map((b): [string, string] => [a, b])
  );
}
