import { parseArea } from "#app/domain/area.ts";
import {
  ROLL_LIMITS,
  withEighteenDigits,
  hasValidCheckCharacter,
  type AreaSource,
  type RollFaultCode,
  type RollWarningCode,
} from "#app/domain/roll.ts";
import type { Cell } from "./table.ts";

export type CellFault = { fault: RollFaultCode; other?: string | number };

/** Digits, letters and signs in their common width. For figures only: in names it would change characters. */
const plain = (text: string) => text.normalize("NFKC");
const squeezed = (text: string) => plain(text).replace(/\s/g, "");

/** Marks that show nothing and reorder or join what stands beside them; they come along when text is copied. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/**
 * Takes invisible marks, outer blanks and the apostrophe by which Excel marks text off a cell; tells which marks it
 * took, and whether control characters remain.
 */
export function cleanText(text: string): { text: string; removed: string[]; hasControl: boolean } {
  const removed = [...new Set(text.match(INVISIBLE) ?? [])].map(
    (mark) => `U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
  );
  const cleaned = text.replace(INVISIBLE, "").trim().replace(/^'/, "").trim();
  return { text: cleaned, removed, hasControl: CONTROL.test(cleaned) };
}

/** What people write where they have nothing to write. */
export const isBlank = (text: string) => /^[\s\-–—―/／\\]*$|^(?:无|暂无|不详|未知|未提供)$/.test(text);

/** Separators between several people, ID numbers or phones in one cell. */
const SEVERAL = /[、/／,，;；|\n]/;

export function splitSeveral(text: string): string[] {
  const parts = text.split(SEVERAL).map((part) => part.trim());
  return parts.every((part) => isBlank(part)) ? [] : parts;
}

const ROOM =
  /^(?<entrance>[\p{L}\p{N}][\p{L}\p{N}\-()#.]*(?:弄|号|幢|栋|座|楼|单元|门))?(?<room>[A-Z]?(?=\d*[1-9])\d{1,4}[A-Z甲乙丙丁东西南北中前后]?(?:-\d{1,4}[A-Z]?)?)(?:室|号|户|房)?$/u;

/**
 * Reads a room number: "１０１室", "101号", "海棠路100弄3号101室" → 101.
 * What stands before it names the entrance; a roll holds one.
 */
export function readRoom(text: string): { room: string; entrance: string } | CellFault {
  if (text === "") return { fault: "empty" };
  const found = ROOM.exec(squeezed(text).toUpperCase());
  if (!found?.groups) return { fault: "not_a_room" };
  return { room: found.groups["room"] ?? "", entrance: found.groups["entrance"] ?? "" };
}

const AREA_UNIT = /(?:平方米|平米|平方|平|m2|㎡)$/i;
const SQUARE_METRES = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/** Reads square metres as whole hundredths: "５８．４３平方米" → 5843. `most` is the largest area to be believed. */
export function readArea(text: string, most: number = ROLL_LIMITS.area): number | CellFault {
  if (text === "") return { fault: "empty" };
  const found = SQUARE_METRES.exec(squeezed(text).replace(AREA_UNIT, ""));
  if (!found) return { fault: "not_a_number" };
  const [, minus, whole = "", decimals = ""] = found;
  const exact = decimals.replace(/0+$/, "");
  const digits = whole.replace(/,/g, "");
  if (minus !== "" || !/[1-9]/.test(digits + exact)) return { fault: "not_above_zero" };
  if (exact.length > 2) return { fault: "too_many_decimals" };
  const area = parseArea(exact === "" ? digits : `${digits}.${exact}`);
  return area === null || area > most ? { fault: "area_too_large", other: most / 100 } : area;
}

const AREA_SOURCES: [RegExp, AreaSource][] = [
  [/登记|产证|产权证|房产证|不动产/, "register"],
  [/测绘|实测|勘测/, "survey"],
  [/合同/, "contract"],
];

export function readAreaSource(text: string): AreaSource | null {
  return AREA_SOURCES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const CHINESE_DIGITS = "零一二三四五六七八九";

function readChineseNumber(text: string): number | null {
  const found = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text);
  if (!found || text === "") return null;
  const [, before, ten, after] = found;
  if (ten === undefined) return before !== undefined && after === undefined ? CHINESE_DIGITS.indexOf(before) : null;
  return (before ? CHINESE_DIGITS.indexOf(before) : 1) * 10 + (after ? CHINESE_DIGITS.indexOf(after) : 0);
}

/** Reads a floor: "3", "3层", "第三层", "3/6" (of six), "底层" → 1. Null where it is none. */
export function readFloor(text: string): number | null {
  const found = /^第?(.+?)(?:层|楼|F)?(?:\/\d+层?|\(共\d+层\))?$/i.exec(squeezed(text));
  const written = found?.[1] ?? "";
  if (written === "底") return 1;
  const floor = /^-?\d{1,2}$/.test(written) ? Number(written) : readChineseNumber(written);
  return floor === 0 ? null : floor;
}

const MOBILE = /^1[3-9]\d{9}$/;
/** Two-digit area codes have eight digits, three-digit ones seven or eight. */
const LANDLINE = /^0(?:10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$/;

/** Reads one phone of the mainland, mobile or with its area code, as digits alone. */
export function readPhone(text: string): string | CellFault {
  const digits = squeezed(text).replace(/[()\-‐‑‒–—−.·]/g, "");
  const foreign =
    /^(?:\+|00)86(?<rest>\d+)$/.exec(digits)?.groups?.["rest"] ?? digits.replace(/^86(?=1[3-9]\d{9}$)/, "");
  const phone = foreign !== digits && !MOBILE.test(foreign) ? foreign.replace(/^0?/, "0") : foreign;
  return MOBILE.test(phone) || LANDLINE.test(phone) ? phone : { fault: "not_a_phone" };
}

export interface Identity {
  idNumber: string | null;
  idTail: string | null;
  warning: RollWarningCode | null;
}

/** A number of more than 15 digits that a spreadsheet has kept as a number is no longer the number that was typed. */
const LOST_DIGITS = /^\d(?:\.\d+)?E\+?\d+$/;
const isLost = (cell: Cell, id: string) => LOST_DIGITS.test(id) || (cell.number && id.length > 15);

/**
 * Reads an ID number or what is known of it: all of it, its last four characters, or with stars in between.
 * A resident ID whose check character is wrong is read with a warning.
 */
export function readIdentity(text: string, cell: Cell): Identity | CellFault {
  const id = squeezed(text)
    .toUpperCase()
    .replace(/[✱✻●×]/g, "*")
    .replace(/[()\-]/g, "");
  const known = (idNumber: string | null, idTail: string | null, warning: RollWarningCode | null = null): Identity => ({
    idNumber,
    idTail,
    warning,
  });
  if (isLost(cell, id)) return { fault: "digits_lost" };
  if (/^[0-9A-Z]*\*[0-9A-Z*]*$/.test(id)) {
    const tail = /\d{3}[\dX]$/.exec(id)?.[0] ?? null;
    return known(null, tail, tail === null ? "id_hidden" : null);
  }
  if (/^\d{3}[\dX]$/.test(id)) return known(null, id);
  if (/^\d{1,2}[\dX]$|^\d$/.test(id)) return known(null, id.padStart(4, "0"), "id_zeros_restored");
  if (/^\d{15}$/.test(id)) return known(withEighteenDigits(id), null);
  if (/^\d{17}[\dX]$/.test(id)) return known(id, null, hasValidCheckCharacter(id) ? null : "id_check_digit");
  // Passports and permits, social credit codes of companies.
  if (
    /^(?=.*\d)(?:[A-Z][0-9A-Z]{5,17}|\d[0-9A-Z]*[A-Z][0-9A-Z]*|\d{9})$/.test(id) &&
    id.length >= 6 &&
    id.length <= 18
  ) {
    return known(id, null);
  }
  return { fault: "not_an_id" };
}
