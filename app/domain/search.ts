import { simplify } from "./traditional.ts";

/** Longest search that is read, in characters; nobody's address is longer. */
const LONGEST_SEARCH = 100;

/** Longest search that is looked at; a browser's box sends no more of what was pasted into it. */
const LONGEST_GIVEN = 2_000;

/**
 * The text of the search box in half width without what cannot be seen, and whether it is too long to be read: as it is
 * after normalising, for a single sign may stand for eighteen.
 */
export function typedSearch(given: string | null): { typed: string; tooLong: boolean } {
  const letters = [...(given ?? "").slice(0, LONGEST_GIVEN).normalize("NFKC").replace(/\p{C}+/gu, " ").trim()];
  return { typed: letters.slice(0, LONGEST_SEARCH).join(""), tooLong: letters.length > LONGEST_SEARCH };
}

/** One way to understand what was typed: a place, and the door or the building there. */
export interface Reading {
  /** Small letters, half width, no spaces; empty where only a number was given. */
  place: string;
  entrance: number | null;
  building: number | null;
}

export interface Search {
  /** Codes of stairwells that it may be, in capitals. */
  codes: string[];
  readings: Reading[];
}

export interface SearchedCommunity {
  code: string;
  name: string;
  pinyin: string;
  initials: string;
  address: string;
}

export interface Ranked<T> {
  community: T;
  score: number;
  reading: Reading;
}

const NUMERAL = /([零〇一二两三四五六七八九十百]+)(?=号|幢|栋|弄|单元|门)/g;
const DIGITS = "零一二三四五六七八九";

/** 八 as 8, 二十一 as 21, 一百零二 as 102, and digit by digit 一〇二 as 102. */
function readNumeral(text: string): number {
  const digits = [...text.replaceAll("〇", "零").replaceAll("两", "二")];
  if (!/[十百]/.test(text)) return Number(digits.map((c) => DIGITS.indexOf(c)).join(""));
  let sum = 0;
  let digit = 0;
  for (const c of digits) {
    if (c === "百" || c === "十") {
      sum += (digit || 1) * (c === "百" ? 100 : 10);
      digit = 0;
    } else digit = DIGITS.indexOf(c);
  }
  return sum + digit;
}

/** The units of an address as they are typed without Chinese characters. */
const UNITS: Readonly<Record<string, string>> = { hao: "号", nong: "弄", zhuang: "幢" };

/** What was typed, as far as it means anything: half width, small letters, nothing invisible, numerals as digits. */
function plainText(typed: string): string {
  return simplify(typed.normalize("NFKC"))
    .toLowerCase()
    .replace(/[\p{C}\p{P}\p{S}\s]+/gu, (between) => (/^[-–—#]$/.test(between.trim()) ? "-" : " "))
    .trim()
    .replace(/(?<=\d) ?(hao|nong|zhuang)(?![a-z])/g, (_, word: string) => UNITS[word] ?? "")
    .replace(NUMERAL, (numeral) => String(readNumeral(numeral)));
}

/** Codes as they are printed, A1-004; typed without the dash, it may be missing at any place. */
function codesOf(solid: string): string[] {
  if (!/^[a-z0-9]{1,12}-?[a-z0-9]{1,8}$/.test(solid)) return [];
  const letters = solid.toUpperCase();
  if (letters.includes("-")) return [letters];
  const cuts = Array.from({ length: letters.length - 1 }, (_, at) => at + 1);
  return cuts.map((at) => `${letters.slice(0, at)}-${letters.slice(at)}`).filter((code) => /^.{1,12}-.{1,8}$/.test(code));
}

const ROOM = /(?<=号楼?|门|幢|栋|单元)[- ]?\d{3,4}室?$|(?<=\d)-\d{3,4}室?$|(?<=\D)\d{3,4}室$/;
const DOOR = /^(.*?)-?(\d+)-?(?:(号楼|号门|号|门|单元))?(?:楼道|楼)?$/;
const BUILDING = /^(.*?)-?(\d+)[幢栋]-?(.*)$/;

/**
 * Reads what somebody typed to find a stairwell: a name, pinyin or initials, a street address, with or without the number
 * of the door, in any width, with any spaces; `花园路100` may end in a lane or in a door, so there can be several readings.
 */
export function readSearch(typed: string): Search {
  const text = plainText(typed);
  const solid = text.replaceAll(" ", "");
  const codes = codesOf(solid);
  const address = text.replace(ROOM, "").replace(/(?<=\D)楼道$/, "").replaceAll(" ", "");
  if (address === "") return { codes, readings: [] };

  const inBuilding = BUILDING.exec(address);
  if (inBuilding) {
    const [, place = "", building, rest = ""] = inBuilding;
    const entrance = DOOR.exec(rest)?.[2];
    return { codes, readings: [{ place: bare(place), building: Number(building), entrance: entrance ? Number(entrance) : null }] };
  }
  const atDoor = DOOR.exec(address);
  if (atDoor) {
    const [, place = "", entrance, suffix] = atDoor;
    const reading = { place: bare(place), entrance: Number(entrance), building: null };
    return { codes, readings: suffix ? [reading] : [{ place: bare(address), entrance: null, building: null }, reading] };
  }
  return { codes, readings: [{ place: bare(address), entrance: null, building: null }] };
}

const bare = (place: string) => place.replaceAll("-", "").replace(/^(上海市?)?(\p{Script=Han}{1,4}区)?(?=\p{Script=Han}{2})/u, "");

/** How the number of a door or a building is written in registers. */
export function spellingsOf(number: number, kind: "entrance" | "building"): string[] {
  const units = kind === "entrance" ? ["", "号", "号楼", "号门", "门", "单元"] : ["", "幢", "栋", "号楼", "号"];
  return units.map((unit) => `${number}${unit}`);
}

/** Scores from here on are the place that was meant; below, one that may have been. */
export const MEANT = 50;

/**
 * The communities that a search may mean, the likeliest first: by name, pinyin, initials, code and address, the first
 * reading that means any. Where none is called so, those that sound the same, and those whose name is nearly it.
 *
 * @param soundOf the pinyin of a text without tones, for names typed with the wrong characters
 */
export function rankCommunities<T extends SearchedCommunity>(
  { readings }: Search,
  communities: readonly T[],
  soundOf: (text: string) => string,
): Ranked<T>[] {
  const rank = (reading: Reading, least: number) =>
    communities
      .map((community) => ({ community, reading, score: scoreOf(reading.place, community, soundOf) }))
      .filter(({ score }) => score >= least)
      .sort((a, b) => b.score - a.score || a.community.name.length - b.community.name.length);
  const meant = readings.map((reading) => rank(reading, MEANT)).find((ranked) => ranked.length > 0);
  return meant ?? [...readings].reverse().map((reading) => rank(reading, 1)).find((ranked) => ranked.length > 0) ?? [];
}

function scoreOf(place: string, community: SearchedCommunity, soundOf: (text: string) => string): number {
  const name = community.name.normalize("NFKC").toLowerCase().replaceAll(" ", "");
  const address = community.address.normalize("NFKC").toLowerCase().replaceAll(" ", "");
  if (place === "") return MEANT;
  if (place === name || place === community.code.toLowerCase()) return 100;
  if (place === address) return 95;
  if (place === community.pinyin) return 90;
  if (place === community.initials) return 85;
  if (name.startsWith(place)) return 80;
  const more = !/\d$/.test(place);
  if (more && name.length > 1 && place.includes(name)) return 75;
  if (holds(address, place) || (more && holds(place, address))) return 70;
  if (name.includes(place)) return 65;
  if (/^[a-z]{2,}$/.test(place)) {
    if (community.pinyin.startsWith(place)) return 60;
    if (community.initials.startsWith(place)) return 55;
    return place.length > 2 && community.pinyin.includes(place) ? MEANT : 0;
  }
  if (!/\p{Script=Han}/u.test(place)) return 0;
  const sound = soundOf(place);
  if (sound === community.pinyin) return 45;
  if (place.length > 1 && community.pinyin.startsWith(sound)) return 40;
  return isNearly(place, name) ? 20 : 0;
}

/** Whether `part` stands in `whole` with its numbers unbroken: 100弄 does not stand in 1100弄. */
function holds(whole: string, part: string): boolean {
  for (let at = whole.indexOf(part); part !== "" && at >= 0; at = whole.indexOf(part, at + 1)) {
    const cutsBefore = /^\d/.test(part) && /\d$/.test(whole.slice(0, at));
    const cutsAfter = /\d$/.test(part) && /^\d/.test(whole.slice(at + part.length));
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}

/** The first two characters the same, or one character wrong, missing or too many in a name of three or more. */
function isNearly(typed: string, name: string): boolean {
  if (typed.length > 1 && typed.slice(0, 2) === name.slice(0, 2)) return true;
  if (Math.min(typed.length, name.length) < 2 || Math.max(typed.length, name.length) < 3) return false;
  let start = 0;
  while (start < typed.length && typed[start] === name[start]) start += 1;
  let end = 0;
  while (end < Math.min(typed.length, name.length) - start && typed.at(-1 - end) === name.at(-1 - end)) end += 1;
  return Math.max(typed.length, name.length) - start - end <= 1;
}
