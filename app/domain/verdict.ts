import { formatArea } from "./area.ts";
import { fractionOf, leastFurther, leastMeeting, meets } from "./fraction.ts";
import type { Ruleset } from "./ruleset.ts";

/** Where one measure stands: heads, or hundredths of a square metre. agree <= participated <= roll. */
export interface Standing {
  roll: number;
  participated: number;
  agree: number;
}

export interface Standings {
  heads: Standing;
  area: Standing;
}

export interface HeadsTest {
  test: "quorum-heads" | "approval-heads";
  /** Fraction as text. */
  need: string;
  /** More than the fraction (过半数), not just as much (以上). */
  strict: boolean;
  have: number;
  of: number;
  met: boolean;
}

export interface AreaTest {
  test: "quorum-area" | "approval-area";
  need: string;
  strict: boolean;
  /** Square metres as text with two decimals. */
  have: string;
  of: string;
  met: boolean;
}

export type VerdictTest = HeadsTest | AreaTest;

const measures = ["heads", "area"] as const;
type Measure = (typeof measures)[number];

/** The tests that the ruleset has: quorum heads, quorum area, approval heads, approval area. */
export function verdictTests(ruleset: Ruleset, standings: Standings): VerdictTest[] {
  const tests: VerdictTest[] = [];
  for (const measure of measures) {
    const need = quorumNeed(ruleset, measure);
    const { participated, roll } = standings[measure];
    if (need !== null) tests.push(verdictTest("quorum", measure, need, false, participated, roll));
  }
  for (const measure of measures) {
    const { of, strict, [measure]: need } = ruleset.approval;
    const { agree, participated, roll } = standings[measure];
    const base = of === "roll" ? roll : participated;
    if (need !== null) tests.push(verdictTest("approval", measure, need, strict, agree, base));
  }
  return tests;
}

/** All tests met. A ruleset that tests nothing is passed by anything, as the format has it. */
export function isPassed(tests: readonly VerdictTest[]): boolean {
  return tests.every((test) => test.met);
}

/**
 * The smallest number of further agreements (heads that have not taken part, or hundredths of a
 * square metre without a ballot) after which all tests of this measure hold: 0 where they hold
 * or the measure is not tested, null where even all of them are not enough.
 */
export function furtherNeeded(ruleset: Ruleset, measure: Measure, standing: Standing): number | null {
  const { roll, participated, agree } = standing;
  let further = 0;

  const quorum = quorumNeed(ruleset, measure);
  if (quorum !== null) {
    const least = leastMeeting(roll, fractionOf(quorum), false);
    if (least === null) return null;
    further = Math.max(further, least - participated);
  }

  const { of, strict, [measure]: approval } = ruleset.approval;
  if (approval !== null) {
    const fraction = fractionOf(approval);
    if (of === "roll") {
      const least = leastMeeting(roll, fraction, strict);
      if (least === null) return null;
      further = Math.max(further, least - agree);
    } else {
      const least = leastFurther(agree, participated, fraction, strict);
      if (least === null) return null;
      further = Math.max(further, least);
    }
  }

  return further <= roll - participated ? further : null;
}

function quorumNeed(ruleset: Ruleset, measure: Measure): string | null {
  return ruleset.quorum === null ? null : ruleset.quorum[measure];
}

function verdictTest(
  kind: "quorum" | "approval",
  measure: Measure,
  need: string,
  strict: boolean,
  have: number,
  of: number,
): VerdictTest {
  const met = meets(have, of, fractionOf(need), strict);
  return measure === "heads"
    ? { test: `${kind}-heads`, need, strict, have, of, met }
    : { test: `${kind}-area`, need, strict, have: formatArea(have), of: formatArea(of), met };
}
