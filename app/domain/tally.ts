import { formatArea } from "./area.ts";
import { getRuleset, type Ruleset, type RulesetId } from "./ruleset.ts";
import { furtherNeeded, isPassed, verdictTests, type Standing, type VerdictTest } from "./verdict.ts";

export const choices = ["agree", "oppose", "abstain"] as const;
export type Choice = (typeof choices)[number];

/** One flat of a frozen roll; `area` in hundredths of a square metre, `voter` the head it belongs to. */
export interface RollRow {
  unit: string;
  voter: string;
  area: number;
}

/** One ballot as cast; `void` gives the reason where it counts as never cast. */
export interface BallotRow {
  unit: string;
  seq: number;
  choice: Choice;
  void?: string | null;
}

export interface TallyRows {
  ruleset: Ruleset;
  roll: readonly RollRow[];
  ballots: readonly BallotRow[];
}

/** `secured`: passes however the outstanding ballots fall; `lost`: cannot pass any more. */
export type Outlook = "secured" | "passing" | "open" | "lost";

interface HeadsAndArea {
  heads: number;
  /** Square metres as text with two decimals. */
  area: string;
}

/** The result of a consultation, member for member as a recount prints it. */
export interface TallyResult {
  roll: HeadsAndArea & { units: number };
  participated: HeadsAndArea;
  agree: HeadsAndArea;
  oppose: HeadsAndArea;
  abstain: HeadsAndArea;
  /** Heads whose flats were cast differently: they take part and count for no choice. */
  split: { heads: number };
  /** Their voters, in code point order. */
  unresolved: string[];
  tests: VerdictTest[];
  passed: boolean;
  outlook: Outlook;
  /** Further agreement needed per measure; null where even all of it is not enough. */
  toPass: { heads: number | null; area: string | null };
}

/** Counts a consultation as a file holds it, its ruleset given by id or written out. */
export function tally(consultation: Omit<TallyRows, "ruleset"> & { ruleset: RulesetId | Ruleset }): TallyResult {
  const { ruleset, roll, ballots } = consultation;
  return tallyRows({ ruleset: typeof ruleset === "string" ? getRuleset(ruleset) : ruleset, roll, ballots });
}

/**
 * Counts ballots over a roll. A voter is one head however many flats, and areas always add up
 * (SPC interpretation on 建筑物区分所有权, art. 8 and 9).
 * Throws a RangeError where a flat stands twice on the roll or the flat of a ballot not at all.
 */
export function tallyRows({ ruleset, roll, ballots }: TallyRows): TallyResult {
  const choiceOf = countingChoices(roll, ballots);
  const heads = countHeads(roll, choiceOf);
  const area = countArea(roll, choiceOf);

  const tests = verdictTests(ruleset, { heads, area });
  const passed = isPassed(tests);
  const furtherArea = furtherNeeded(ruleset, "area", area);
  return {
    roll: { heads: heads.roll, area: formatArea(area.roll), units: roll.length },
    participated: { heads: heads.participated, area: formatArea(area.participated) },
    agree: { heads: heads.agree, area: formatArea(area.agree) },
    oppose: { heads: heads.oppose, area: formatArea(area.oppose) },
    abstain: { heads: heads.abstain, area: formatArea(area.abstain) },
    split: { heads: heads.unresolved.length },
    unresolved: heads.unresolved,
    tests,
    passed,
    outlook: outlookOf(ruleset, passed, heads, area),
    toPass: {
      heads: furtherNeeded(ruleset, "heads", heads),
      area: furtherArea === null ? null : formatArea(furtherArea),
    },
  };
}

/** For each flat of the roll the choice of its newest ballot that is not void, or null. */
function countingChoices(
  roll: readonly RollRow[],
  ballots: readonly BallotRow[],
): (unit: string) => Choice | null {
  const newest = new Map<string, { seq: number; choice: Choice | null }>();
  for (const { unit } of roll) {
    if (newest.has(unit)) throw new RangeError(`flat stands twice on the roll: ${unit}`);
    newest.set(unit, { seq: -Infinity, choice: null });
  }
  const entryOf = (unit: string) => {
    const entry = newest.get(unit);
    if (entry === undefined) throw new RangeError(`flat of a ballot is not on the roll: ${unit}`);
    return entry;
  };
  for (const { unit, seq, choice, void: reason } of ballots) {
    const entry = entryOf(unit);
    if (typeof reason !== "string" && entry.seq < seq) newest.set(unit, { seq, choice });
  }
  return (unit) => entryOf(unit).choice;
}

/** One measure counted, with those who agree once all outstanding flats oppose, or all agree. */
interface Count extends Standing {
  oppose: number;
  abstain: number;
  agreeIfRestOpposes: number;
  agreeIfRestAgrees: number;
}

interface Head {
  /** What its counting ballots say; null before the first. */
  stance: Choice | "split" | null;
  hasOutstandingFlat: boolean;
}

function countHeads(
  roll: readonly RollRow[],
  choiceOf: (unit: string) => Choice | null,
): Count & { unresolved: string[] } {
  const heads = new Map<string, Head>();
  for (const { unit, voter } of roll) {
    const head = heads.get(voter) ?? { stance: null, hasOutstandingFlat: false };
    heads.set(voter, head);
    const choice = choiceOf(unit);
    if (choice === null) head.hasOutstandingFlat = true;
    else head.stance = head.stance === null || head.stance === choice ? choice : "split";
  }

  const stances = { agree: 0, oppose: 0, abstain: 0 };
  const unresolved: string[] = [];
  let outstanding = 0;
  let agreeWithOutstandingFlat = 0;
  for (const [voter, { stance, hasOutstandingFlat }] of heads) {
    if (stance === null) outstanding += 1;
    else if (stance === "split") unresolved.push(voter);
    else stances[stance] += 1;
    if (stance === "agree" && hasOutstandingFlat) agreeWithOutstandingFlat += 1;
  }
  return {
    ...stances,
    roll: heads.size,
    participated: heads.size - outstanding,
    // A head that agrees with one flat and then opposes with another is split.
    agreeIfRestOpposes: stances.agree - agreeWithOutstandingFlat,
    agreeIfRestAgrees: stances.agree + outstanding,
    unresolved: unresolved.sort(byCodePoint),
  };
}

function countArea(roll: readonly RollRow[], choiceOf: (unit: string) => Choice | null): Count {
  const cast = { agree: 0, oppose: 0, abstain: 0 };
  let outstanding = 0;
  for (const { unit, area } of roll) {
    const choice = choiceOf(unit);
    if (choice === null) outstanding += area;
    else cast[choice] += area;
  }
  const participated = cast.agree + cast.oppose + cast.abstain;
  return {
    ...cast,
    roll: participated + outstanding,
    participated,
    agreeIfRestOpposes: cast.agree,
    agreeIfRestAgrees: cast.agree + outstanding,
  };
}

/**
 * All oppose is the worst that the outstanding flats can do and all agree the best: either way all
 * take part, and no completion has fewer or more that agree. Only the quorum can be worse, now.
 */
function outlookOf(ruleset: Ruleset, passed: boolean, heads: Count, area: Count): Outlook {
  const passesWith = (agree: "agreeIfRestOpposes" | "agreeIfRestAgrees") =>
    isPassed(verdictTests(ruleset, { heads: allReturned(heads, agree), area: allReturned(area, agree) }));
  if (passed) return passesWith("agreeIfRestOpposes") ? "secured" : "passing";
  return passesWith("agreeIfRestAgrees") ? "open" : "lost";
}

function allReturned(count: Count, agree: "agreeIfRestOpposes" | "agreeIfRestAgrees"): Standing {
  return { roll: count.roll, participated: count.roll, agree: count[agree] };
}

/** The order of code points, which is also that of UTF-8 bytes and of COLLATE "C"; < compares UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at < length ? Number(a.codePointAt(at)) - Number(b.codePointAt(at)) : a.length - b.length;
}
