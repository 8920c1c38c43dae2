import { parseArea } from "#app/domain/area.ts";
import type { DistrictFaultCode } from "#app/domain/district.ts";
import { isDay } from "#app/domain/shanghai-day.ts";


export interface CellFault {
  code: DistrictFaultCode;
  /** The limit that was passed, or the words that are known. */
  other?: string;
}

/** Reads the text of a cell: the value as PostgreSQL writes it, null for an empty optional cell, or what is wrong. */
export type CellReader = (text: string) => string | null | CellFault;

const EMPTY: CellFault = { code: "empty" };

function required(read: (text: string) => string | CellFault): CellReader {
  return (text) => (text === "" ? EMPTY : read(text));
}

/** The same cell, which may be empty. */
export function optional(read: CellReader): CellReader {
  return (text) => (text === "" ? null : read(text));
}

export function code(pattern: RegExp): CellReader {
  return required((text) => (pattern.test(text) ? text : { code: "not_a_code" }));
}

/** As in a consultation file: controls, invisible and direction-changing characters, halves of a pair; and U+FFFD for broken UTF-8. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]/u;

/** One line of text, trimmed, of at most `max` characters. */
export function line(max: number): CellReader {
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === "") return EMPTY;
    if (UNSEEN.test(trimmed)) return { code: "unreadable" };
    return trimmed.length > max && [...trimmed].length > max ? { code: "too_long", other: String(max) } : trimmed;
  };
}

export function whole(min: number, max: number): CellReader {
  return required((text) => {
    if (!/^(0|-?[1-9]\d*)$/.test(text)) return { code: "not_a_whole_number" };
    const value = Number(text);
    return value >= min && value <= max ? text : { code: "out_of_range", other: `${min}–${max}` };
  });
}

/** Square metres with at most two decimals, above 0 and at most `max` hundredths; read as hundredths. */
export function area(max: number): CellReader {
  return required((text) => {
    const hundredths = parseArea(text);
    if (hundredths === null) return { code: "not_an_area" };
    return hundredths > 0 && hundredths <= max ? String(hundredths) : { code: "out_of_range", other: `0.01–${max / 100}` };
  });
}

/** Degrees, at most `max` in either direction. */
export function degrees(max: number): CellReader {
  return required((text) => {
    if (!/^-?\d{1,3}(\.\d{1,12})?$/.test(text)) return { code: "not_a_coordinate" };
    return Math.abs(Number(text)) <= max ? text : { code: "out_of_range", other: `-${max}–${max}` };
  });
}

/** China has kept one time, UTC+8, since then. */
const FIRST_DAY = "1992-01-01";
const DAYS_REMEMBERED = 4096;

/** A day that exists, until `today`. Those that were seen last are remembered, since files name few of them often. */
export function day(today: string): CellReader {
  const seen = new Map<string, string | CellFault>();
  const read = (text: string): string | CellFault => {
    if (!isDay(text)) return { code: "not_a_day" };
    if (text < FIRST_DAY) return { code: "too_early", other: FIRST_DAY };
    return text <= today ? text : { code: "in_the_future", other: today };
  };
  return required((text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    if (seen.size >= DAYS_REMEMBERED) seen.clear();
    const value = read(text);
    seen.set(text, value);
    return value;
  });
}

export function oneOf(words: readonly string[]): CellReader {
  const known = new Set(words);
  const unknown: CellFault = { code: "not_one_of", other: words.join("、") };
  return required((text) => (known.has(text) ? text : unknown));
}
