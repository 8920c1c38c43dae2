import type { Scope } from "./consultation.ts";
import { fractionOf } from "./fraction.ts";
import type { PlanVersion } from "./plan.ts";
import type { NamedRuleset } from "./ruleset.ts";
import { shanghaiDay, shanghaiTime } from "./shanghai-day.ts";
import { neededOf, sumOf } from "./sums.ts";
import type { TallyResult } from "./tally.ts";
import type { VerdictTest } from "./verdict.ts";

/** Below this many flats an area figure beside a head count gives single ballots away. */
const FEWEST_FLATS_WITH_AREA = 30;

/** A version of a plan: plan and version by their numbers. */
export type PlanNamed = Pick<PlanVersion, "number" | "version">;

/** How a consultation stands, as far as the record tells. */
export interface ConsultationDates {
  closesAt: Date;
  closedAt: Date | null;
  /** Null until the certified result is published. */
  passed: boolean | null;
}

/** The rule that a consultation runs under for ever, as it is named. */
export type RuleNamed = Pick<NamedRuleset, "id" | "title" | "source" | "effectiveFrom" | "effectiveUntil">;

export interface ConsultationFacts {
  code: string;
  scope: Scope;
  ruleset: RuleNamed;
  openedAt: Date;
  closesAt: Date;
  closedAt: Date | null;
  withdrawnAt: Date | null;
  /** Oldest first: the deadline before, and when it was moved. */
  extensions: readonly { from: Date; until: Date; at: Date }[];
  /** The version of a plan that it is about, if any. */
  plan: PlanNamed | null;
  published: { at: Date; passed: boolean; result: TallyResult } | null;
}

/** `counting`: closed, the result not yet certified and published. */
export type ConsultationState = "none" | "open" | "counting" | "passed" | "failed";

/** A test with its figures and the sum written out. */
export interface ShownTest {
  test: VerdictTest["test"];
  need: string;
  strict: boolean;
  met: boolean;
  figures: {
    /** Heads, or square metres as text. */
    have: number | string;
    of: number | string;
    /** The least that meets the test; null where not even the whole base does. */
    needed: number | string | null;
    sum: string;
    /** For drawing: whole numbers, heads or hundredths of a square metre. */
    share: { have: number; of: number; needNum: number; needDen: number };
  };
}

/** The same for the public: without the figures where they would give single ballots away. */
export type PublicTest = Omit<ShownTest, "figures"> & { figures: ShownTest["figures"] | null };

export interface PublicResult {
  passed: boolean;
  ruleset: RuleNamed;
  publishedOn: string;
  heads: { roll: number; participated: number; agree: number };
  tests: PublicTest[];
}

export interface PublicConsultation {
  code: string;
  scope: Scope;
  state: Exclude<ConsultationState, "none">;
  openedOn: string;
  /** The day and the time of day until which ballots count, or counted. */
  closesOn: string;
  closesAt: string;
  /** The last day as it was announced at first, where it was extended since. */
  extendedFrom: string | null;
  plan: PlanNamed | null;
  result: PublicResult | null;
}

/** Where a consultation stands for the public at `now`. */
export function consultationState(consultation: ConsultationDates | null, now: Date): ConsultationState {
  if (consultation === null) return "none";
  if (consultation.passed !== null) return consultation.passed ? "passed" : "failed";
  return consultation.closedAt !== null || now > consultation.closesAt ? "counting" : "open";
}

/** The public part of a consultation. */
export function toPublicConsultation({ published, ...facts }: ConsultationFacts, now: Date): PublicConsultation {
  const state = consultationState({ ...facts, passed: published && published.passed }, now);
  // Before the result is out, an early end would say that all have voted or nothing can change any more. What is closed
  // after the deadline has taken only what came in before it.
  const end = published && facts.closedAt && facts.closedAt < facts.closesAt ? facts.closedAt : facts.closesAt;
  const [first] = facts.extensions;
  return {
    code: facts.code,
    scope: facts.scope,
    state: state as PublicConsultation["state"],
    openedOn: shanghaiDay(facts.openedAt),
    closesOn: shanghaiDay(end),
    // The last moment of a day is what people call midnight.
    closesAt: shanghaiTime(end).replace("23:59", "24:00"),
    extendedFrom: first ? shanghaiDay(first.from) : null,
    plan: facts.plan,
    result: published && {
      passed: published.passed,
      ruleset: facts.ruleset,
      publishedOn: shanghaiDay(published.at),
      heads: {
        roll: published.result.roll.heads,
        participated: published.result.participated.heads,
        agree: published.result.agree.heads,
      },
      tests: publicTests(published.result),
    },
  };
}

/** The tests of a result with all their figures, for those who may see them. */
export function shownTests(result: TallyResult): ShownTest[] {
  return result.tests.map((test) => {
    const { left, symbol, right } = sumOf(test);
    const { num, den } = fractionOf(test.need);
    return {
      test: test.test,
      need: test.need,
      strict: test.strict,
      met: test.met,
      figures: {
        have: test.have,
        of: test.of,
        needed: neededOf(test),
        sum: `${left.factor} × ${left.amount} ${symbol} ${right.factor} × ${right.amount}`,
        share: { have: wholeOf(test.have), of: wholeOf(test.of), needNum: num, needDen: den },
      },
    };
  });
}

/** Heads as they are, an area with its two decimals in hundredths. */
const wholeOf = (amount: number | string) => (typeof amount === "number" ? amount : Number(amount.replace(".", "")));

function publicTests(result: TallyResult): PublicTest[] {
  const hidesArea = result.roll.units < FEWEST_FLATS_WITH_AREA;
  return shownTests(result).map((test) => (hidesArea && test.test.endsWith("-area") ? { ...test, figures: null } : test));
}
