import { z } from "zod";
import { stageIndex, stages, type Stage } from "./stages.ts";

/** How many stairwells have come how far. `flats` and all counts are of the same stairwells. */
export interface Counts {
  stairwells: number;
  flats: number;
  /** At least one flat has a counting intent. */
  withIntents: number;
  /** Two thirds of the households are willing, at whatever stage. */
  reserve: number;
  /** Newest consultation not published yet, passed, failed. */
  consulting: number;
  passed: number;
  failed: number;
  building: number;
  inUse: number;
  stages: Record<Stage, number>;
}

/** A community with its counts. */
export interface CommunityProgress extends Counts {
  code: string;
  name: string;
  pinyin: string;
  address: string;
  builtYear: number | null;
  /** Most common number of floors of its stairwells; null without stairwells. */
  floors: number | null;
  committeeId: number;
  committee: string;
  phone: string;
  subdistrict: string;
}

export interface CommitteeProgress extends Counts {
  id: number;
  name: string;
  communities: CommunityProgress[];
}

const measures = ["stairwells", "flats", "withIntents", "reserve", "consulting", "passed", "failed", "building", "inUse"] as const;

/** The counts of several communities together. */
export function sumProgress(rows: readonly Counts[]): Counts {
  const add = (pick: (row: Counts) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  return {
    ...(Object.fromEntries(measures.map((measure) => [measure, add((row) => row[measure])])) as Record<(typeof measures)[number], number>),
    stages: Object.fromEntries(stages.map((stage) => [stage, add((row) => row.stages[stage])])) as Record<Stage, number>,
  };
}

const inChinese = new Intl.Collator("zh-CN", { numeric: true });

/** The committees with the counts of their communities, by name: 第2 before 第10. */
export function byCommittee(rows: readonly CommunityProgress[]): CommitteeProgress[] {
  return [...grouped(rows, (row) => row.committeeId)]
    .map(([id, communities]) => ({ id, name: communities[0].committee, communities, ...sumProgress(communities) }))
    .sort((a, b) => inChinese.compare(a.name, b.name));
}

/** The communities under the first letter of their names' pinyin, A to Z; what has none stands under #. */
export function byLetter<T extends { pinyin: string }>(rows: readonly T[]): { letter: string; rows: T[] }[] {
  const sorted = [...rows].sort((a, b) => (a.pinyin === b.pinyin ? 0 : a.pinyin < b.pinyin ? -1 : 1));
  const letterOf = ({ pinyin }: T) => /^[a-z]/.exec(pinyin)?.[0].toUpperCase() ?? "#";
  return [...grouped(sorted, letterOf)].map(([letter, group]) => ({ letter, rows: group }));
}

/** The rows under their keys, keys in the order of their first row. */
export function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** How far a community or a stairwell has come, 0–1 on the way; null where nobody has filed an intent yet. */
export interface Reach {
  code: string;
  name: string;
  floors: number;
  furthest: Stage | null;
  car: number | null;
  inUse: boolean;
}

function reach(stage: Stage, hasIntents: boolean): Pick<Reach, "furthest" | "car"> {
  if (stage === "intent" && !hasIntents) return { furthest: null, car: null };
  return { furthest: stage, car: stageIndex(stage) / (stages.length - 1) };
}

/** A community is where its furthest stairwell is. */
export function reachOf({ code, name, floors, stages: counts, withIntents, inUse }: CommunityProgress): Reach {
  const last = stages.filter((stage) => counts[stage] > 0).at(-1) ?? "intent";
  return { code, name, floors: floors ?? 6, ...reach(last, withIntents > 0), inUse: inUse > 0 };
}

/** Where a stairwell stands, as far as everybody may know. */
export interface StairwellProgress {
  code: string;
  community: string;
  entrance: string;
  floors: number;
  stage: Stage;
  /** At least one flat has a counting intent. */
  hasIntents: boolean;
  inUse: boolean;
}

export function stairwellReach({ code, floors, stage, hasIntents, inUse }: StairwellProgress, name: string): Reach {
  return { code, name, floors, ...reach(stage, hasIntents), inUse };
}

/** Communities that make a skyline by themselves, and stairwells that still find room in one. */
const COMMUNITIES_FOR_A_SKYLINE = 16;
const MOST_STAIRWELLS_DRAWN = 200;

/** Whether the picture of the subdistrict shows its stairwells one by one: too few communities would not tell much. */
export function drawsStairwells(communities: number, stairwells: number): boolean {
  return communities < COMMUNITIES_FOR_A_SKYLINE && stairwells > 0 && stairwells <= MOST_STAIRWELLS_DRAWN;
}

function dataCounts({ stairwells, flats, withIntents, reserve, consulting, passed, failed, building, inUse, stages: at }: Counts) {
  return { stairwells, flats, with_intents: withIntents, intent_reached: reserve, consultation_open: consulting, consultation_passed: passed, consultation_failed: failed, lift_building: building, lift_in_use: inUse, stages: at };
}

/** The progress as data: the whole, its committees, their communities; `as_of` in UTC. */
export function progressData(rows: readonly CommunityProgress[], now: Date) {
  return {
    as_of: now.toISOString(),
    total: dataCounts(sumProgress(rows)),
    committees: byCommittee(rows).map(({ name, communities, ...counts }) => ({
      committee: name,
      ...dataCounts(counts),
      communities: communities.map((community) => ({ community: community.code, name: community.name, address: community.address, ...dataCounts(community) })),
    })),
  };
}

const blankIsMissing = (value: unknown) => (value === "" ? undefined : value);
const wholeNumber = z.coerce.number().int().min(1).max(2 ** 31 - 1);

/** Which part of the progress a URL asks for: all, a committee, a community; a list of those in one stage, page by page. */
export const progressQuery = z.object({
  committee: z.preprocess(blankIsMissing, wholeNumber.optional()),
  community: z.preprocess(blankIsMissing, z.string().regex(/^[A-Z0-9]{1,12}$/).optional()),
  stage: z.preprocess(blankIsMissing, z.enum(stages).optional()),
  page: z.preprocess(blankIsMissing, wholeNumber.default(1)),
});

/** How many pages a list takes; an empty list takes one. */
export function pagesOf(count: number, perPage: number): number {
  return Math.max(1, Math.ceil(count / perPage));
}
