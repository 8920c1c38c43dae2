import { parseFraction } from "./fraction.ts";
import { settingDefaults } from "./setting-defaults.ts";
import type { OwnRuleset, SettingValue } from "./setting-schemas.ts";
import { isDay } from "./shanghai-day.ts";

type Factor = SettingValue<"factors">[number];
type Milestone = SettingValue<"milestones">[number];
type Scheme = SettingValue<"cost-schemes">[number];
type Phone = SettingValue<"phones">[number];

/** How a list is typed: one thing a line, its parts between semicolons. */
export interface Lines<Thing> {
  /** Null where the line is not understood. */
  read(line: string, index: number): Thing | null;
  write(thing: Thing): string;
}

const partsOf = (line: string) => line.split(/[；;]/).map((part) => part.trim());
const joined = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join("；");

/** What a name stands for in records: of those given with the portal their id, of others the name itself. */
const idOf = (given: readonly { id: string; name: string }[], name: string) => given.find((one) => one.name === name)?.id ?? `own:${name}`;

const WHOLE = /^\d{1,6}$/;

function wholeOf(text: string | undefined): number | null {
  return text !== undefined && WHOLE.test(text) ? Number(text) : null;
}

/** `消防车道；下限 4 米；补救 调整井道位置；仅供参考` */
export const factorLines: Lines<Factor> = {
  read(line) {
    const [name = "", ...rest] = partsOf(line);
    const found: Factor = { id: idOf(settingDefaults.factors[0].value, name), name, limit: null, remedy: null, informative: false };
    for (const part of rest) {
      const limit = /^下限\s*(\d{1,4}(?:\.\d{1,2})?)\s*([^\d\s.].{0,7})$/u.exec(part);
      const remedy = /^补救\s*(.+)$/u.exec(part);
      if (limit?.[1] && limit[2]) found.limit = { least: limit[1], unit: limit[2] };
      else if (remedy?.[1]) found.remedy = remedy[1];
      else if (part === "仅供参考") found.informative = true;
      else return null;
    }
    return name === "" ? null : found;
  },
  write: ({ name, limit, remedy, informative }) =>
    joined([name, limit && `下限 ${limit.least} ${limit.unit}`, remedy && `补救 ${remedy}`, informative ? "仅供参考" : null]),
};

/** `基础施工；14 天` */
export const milestoneLines: Lines<Milestone> = {
  read(line, index) {
    const [name = "", days, ...more] = partsOf(line);
    const count = wholeOf(days?.replace(/\s*天$/, ""));
    return name === "" || count === null || more.length > 0 ? null : { id: `M${index}`, name, days: count };
  },
  write: ({ name, days }) => `${name}；${days} 天`,
};

/** `办公室：021-5000 0000` */
export const phoneLines: Lines<Phone> = {
  read(line) {
    const found = /^([^：:；;]+)[：:]\s*(\S.*)$/u.exec(line.trim());
    return found?.[1] && found[2] ? { name: found[1].trim(), number: found[2].trim() } : null;
  },
  write: ({ name, number }) => `${name}：${number}`,
};

/** Two decimals as hundredths: 0.5 → 50. */
function hundredths(text: string): number | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?%?$/.exec(text);
  return found ? Number(`${found[1]}${(found[2] ?? "").padEnd(2, "0")}`) : null;
}

const plain = (value: number) => String(value / 100);

function all<T>(values: readonly (T | null)[]): T[] | null {
  return values.every((value) => value !== null) ? values.filter((value) => value !== null) : null;
}

const listed = (text = "") => text.split(/[、，,\s]+/).filter((part) => part !== "");

/** `按楼层系数；系数；0、0.5、1；每层加 0.1；广州做法`, `…；百分比；0、7、13；上海常用`, `…；区间；0-0、4-6；北京 2022 年` */
export const schemeLines: Lines<Scheme> = {
  read(line) {
    const [name = "", kind, floors, ...rest] = partsOf(line);
    const base = { id: idOf(settingDefaults["cost-schemes"][0].value, name), name };
    const source = rest.at(-1) ?? "";
    if (name === "" || source === "") return null;
    if (kind === "系数" && rest.length === 2) {
      const values = all(listed(floors).map(hundredths));
      const step = hundredths(/^每层加\s*(\S+)$/u.exec(rest[0] ?? "")?.[1] ?? "");
      return values && step !== null ? { kind: "coefficients", ...base, source, floors: values, step } : null;
    }
    if (rest.length !== 1) return null;
    if (kind === "百分比") {
      const values = all(listed(floors).map(hundredths));
      return values && { kind: "percentages", ...base, source, floors: values };
    }
    if (kind !== "区间") return null;
    const pairs = all(
      listed(floors).map((text): [number, number] | null => {
        const [from, to] = text.split(/[-–~]/).map(wholeOf);
        return typeof from === "number" && typeof to === "number" ? [from, to] : null;
      }),
    );
    return pairs && { kind: "intervals", ...base, source, floors: pairs };
  },
  write(scheme) {
    if (scheme.kind === "intervals") return joined([scheme.name, "区间", scheme.floors.map(([from, to]) => `${from}-${to}`).join("、"), scheme.source]);
    const floors = scheme.floors.map(plain).join("、");
    if (scheme.kind === "percentages") return joined([scheme.name, "百分比", floors, scheme.source]);
    return joined([scheme.name, "系数", floors, `每层加 ${plain(scheme.step)}`, scheme.source]);
  },
};

const NOT_TESTED = "不计";

/** `参与 2/3、不计` → heads and area. */
function measuresOf(text: string | undefined, word: string): { heads: string | null; area: string | null } | null {
  const found = new RegExp(`^${word}\\s*(\\S+?)[、，,]\\s*(\\S+)$`, "u").exec(text ?? "");
  const [heads, area] = [found?.[1] ?? "", found?.[2] ?? ""];
  if (![heads, area].every((share) => share === NOT_TESTED || parseFraction(share) !== null)) return null;
  return { heads: heads === NOT_TESTED ? null : heads, area: area === NOT_TESTED ? null : area };
}

const writeMeasures = (word: string, { heads, area }: { heads: string | null; area: string | null }) =>
  `${word} ${heads ?? NOT_TESTED}、${area ?? NOT_TESTED}`;

const BASES = { participants: "占参与者", roll: "占全体" } as const;

/** `名称；依据；参与 2/3、2/3；同意 3/4、3/4；占参与者；以上；2027-01-01 起` with `；至 2030-12-31` where it ends. */
export const rulesetLines: Lines<OwnRuleset> = {
  read(line) {
    const [title = "", source = "", participation, consent, base, bound, from, until, ...more] = partsOf(line);
    const quorum = participation === "参与不要求" ? "none" : measuresOf(participation, "参与");
    const approval = measuresOf(consent, "同意");
    const of = (Object.keys(BASES) as (keyof typeof BASES)[]).find((key) => BASES[key] === base);
    const effectiveFrom = /^(\S+)\s*起$/u.exec(from ?? "")?.[1] ?? "";
    const effectiveUntil = until === undefined ? null : (/^至\s*(\S+)$/u.exec(until)?.[1] ?? "");
    const isRead = title !== "" && source !== "" && quorum && approval && of && (bound === "以上" || bound === "超过") && more.length === 0;
    if (!isRead || !isDay(effectiveFrom) || (effectiveUntil !== null && (!isDay(effectiveUntil) || effectiveUntil < effectiveFrom))) return null;
    return {
      id: `own:${title}`, title, source, effectiveFrom, effectiveUntil,
      quorum: quorum === "none" ? null : quorum,
      approval: { of, ...approval, strict: bound === "超过" },
    };
  },
  write: ({ title, source, quorum, approval, effectiveFrom, effectiveUntil }) =>
    joined([
      title, source,
      quorum ? writeMeasures("参与", quorum) : "参与不要求",
      writeMeasures("同意", approval),
      BASES[approval.of],
      approval.strict ? "超过" : "以上",
      `${effectiveFrom} 起`,
      effectiveUntil && `至 ${effectiveUntil}`,
    ]),
};

/** Reads a text of lines; blank lines are left out. The first line that is not understood, by its number from 1. */
export function readLines<Thing>(text: string, { read }: Lines<Thing>): { things: Thing[] } | { line: number } {
  const things: Thing[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    const thing = read(line, things.length);
    if (thing === null) return { line: index + 1 };
    things.push(thing);
  }
  return { things };
}

export function writeLines<Thing>(things: readonly Thing[], { write }: Lines<Thing>): string {
  return things.map(write).join("\n");
}
