import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomConsultation } from "#tests/support/random-consultation.ts";
import { parseArea } from "./area.ts";
import type { Ballot, Consultation } from "./consultation-file.ts";
import { getRuleset } from "./ruleset.ts";
import { choices, tally, type Choice, type TallyResult } from "./tally.ts";

const runs = { numRuns: 10_000 };

const hundredths = (area: string) => Number(parseArea(area));

/** Units whose ballots are none or all void. */
function outstandingUnits({ roll, ballots }: Consultation): string[] {
  const returned = new Set(ballots.filter((ballot) => ballot.void === undefined).map(({ unit }) => unit));
  return roll.map(({ unit }) => unit).filter((unit) => !returned.has(unit));
}

/** The consultation after further ballots, each newer than all before it. */
function withFurther(consultation: Consultation, further: { unit: string; choice: Choice }[]): Consultation {
  const last = Math.max(0, ...consultation.ballots.map(({ seq }) => seq));
  const added = further.map((cast, index): Ballot => ({ ...cast, seq: last + 1 + index, channel: "paper" }));
  return { ...consultation, ballots: [...consultation.ballots, ...added] };
}

/** Every way in which the outstanding flats can agree, oppose, abstain or not return: 4 to their number. */
function* completionsOf(consultation: Consultation): Generator<Consultation> {
  const units = outstandingUnits(consultation);
  for (let way = 0; way < 4 ** units.length; way += 1) {
    const said = units.flatMap((unit, index) => {
      const choice = choices[Math.floor(way / 4 ** index) % 4];
      return choice === undefined ? [] : [{ unit, choice }];
    });
    yield withFurther(consultation, said);
  }
}

const allSay = (consultation: Consultation, choice: Choice) =>
  withFurther(consultation, outstandingUnits(consultation).map((unit) => ({ unit, choice })));

const holds = (result: TallyResult, measure: "heads" | "area") =>
  result.tests.filter(({ test }) => test.endsWith(measure)).every(({ met }) => met);

/** The counts read off the definitions one by one, with no regard to speed. */
function literalCounts({ ruleset, roll, ballots }: Consultation) {
  const counting = new Map<string, Choice>();
  for (const { unit } of roll) {
    const [newest] = ballots
      .filter((ballot) => ballot.unit === unit && ballot.void === undefined)
      .sort((a, b) => b.seq - a.seq);
    if (newest) counting.set(unit, newest.choice);
  }
  const areaWhere = (said: (choice: Choice | undefined) => boolean) =>
    roll.filter(({ unit }) => said(counting.get(unit))).reduce((sum, { area }) => sum + area, 0);
  const voters = [...new Set(roll.map(({ voter }) => voter))];
  const saidBy = (voter: string) =>
    new Set(roll.filter((flat) => flat.voter === voter).flatMap(({ unit }) => counting.get(unit) ?? []));
  const headsWhere = (said: (choices: Set<Choice>) => boolean) => voters.filter((voter) => said(saidBy(voter))).length;
  const headsOf = (choice: Choice) => headsWhere((said) => said.size === 1 && said.has(choice));

  const heads = {
    roll: voters.length,
    participated: headsWhere((said) => said.size > 0),
    agree: headsOf("agree"),
  };
  const area = {
    roll: areaWhere(() => true),
    participated: areaWhere((said) => said !== undefined),
    agree: areaWhere((said) => said === "agree"),
  };

  const { quorum, approval } = typeof ruleset === "string" ? getRuleset(ruleset) : ruleset;
  const met = (have: number, of: number, need: string, strict: boolean) => {
    const [num, den] = need.split("/").map(BigInt) as [bigint, bigint];
    const difference = BigInt(have) * den - BigInt(of) * num;
    return of > 0 && (difference > 0n || (difference === 0n && !strict));
  };
  const tests: [string, boolean][] = [];
  const base = (count: typeof heads) => (approval.of === "roll" ? count.roll : count.participated);
  if (quorum?.heads) tests.push(["quorum-heads", met(heads.participated, heads.roll, quorum.heads, false)]);
  if (quorum?.area) tests.push(["quorum-area", met(area.participated, area.roll, quorum.area, false)]);
  if (approval.heads) tests.push(["approval-heads", met(heads.agree, base(heads), approval.heads, approval.strict)]);
  if (approval.area) tests.push(["approval-area", met(area.agree, base(area), approval.area, approval.strict)]);
  return {
    heads: { ...heads, oppose: headsOf("oppose"), abstain: headsOf("abstain") },
    area: { ...area, oppose: areaWhere((said) => said === "oppose"), abstain: areaWhere((said) => said === "abstain") },
    split: voters.filter((voter) => saidBy(voter).size > 1),
    tests,
    passed: tests.every(([, ok]) => ok),
  };
}

describe("every tally", () => {
  it("counts and tests what the definitions say one by one", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const result = tally(consultation);
        const literal = literalCounts(consultation);
        const count = (measure: "heads" | "area") =>
          Object.fromEntries(
            (["roll", "participated", "agree", "oppose", "abstain"] as const).map((part) => [
              part,
              measure === "heads" ? result[part].heads : hundredths(result[part].area),
            ]),
          );
        expect(count("heads")).toEqual(literal.heads);
        expect(count("area")).toEqual(literal.area);
        expect(new Set(result.unresolved)).toEqual(new Set(literal.split));
        expect(result.tests.map(({ test, met }) => [test, met])).toEqual(literal.tests);
        expect(result.passed).toBe(literal.passed);
      }),
      runs,
    );
  });

  it("adds up: agree, oppose and abstain are the area, and with the split the heads, that took part", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const { roll, participated, agree, oppose, abstain, split, unresolved } = tally(consultation);
        expect(agree.heads + oppose.heads + abstain.heads + split.heads).toBe(participated.heads);
        expect([agree, oppose, abstain].reduce((sum, { area }) => sum + hundredths(area), 0)).toBe(
          hundredths(participated.area),
        );
        expect(hundredths(roll.area)).toBe(consultation.roll.reduce((sum, { area }) => sum + area, 0));
        expect(participated.heads).toBeLessThanOrEqual(roll.heads);
        expect(roll.units).toBe(consultation.roll.length);
        expect(unresolved.length).toBe(split.heads);
      }),
      runs,
    );
  });

  it("is the same for every order of the same ballots, and of the same roll", () => {
    const shuffled = randomConsultation().chain(({ ruleset, roll, ballots }) =>
      fc.record({
        given: fc.constant({ ruleset, roll, ballots }),
        roll: fc.shuffledSubarray(roll, { minLength: roll.length }),
        ballots: fc.shuffledSubarray(ballots, { minLength: ballots.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, roll, ballots }) => {
        expect(JSON.stringify(tally({ ruleset: given.ruleset, roll, ballots }))).toBe(JSON.stringify(tally(given)));
      }),
      runs,
    );
  });

  it("that passed still passes after a further, newest agreement of any flat, its first or one that supersedes", () => {
    fc.assert(
      fc.property(randomConsultation({ flats: 6, ballots: 14 }), fc.nat(), (consultation, pick) => {
        fc.pre(tally(consultation).passed);
        const unit = consultation.roll.map((flat) => flat.unit).at(pick % consultation.roll.length) ?? "";
        expect(tally(withFurther(consultation, [{ unit, choice: "agree" }])).passed).toBe(true);
      }),
      { ...runs, maxSkipsPerRun: 1_000 },
    );
  });
});

describe("the outlook", () => {
  // Rolls small enough for every completion: at most 4^4 of them.
  const small = randomConsultation({ flats: 4, ballots: 8 });

  it("is secured exactly when every completion passes, lost exactly when none does", () => {
    fc.assert(
      fc.property(small, (consultation) => {
        const { outlook, passed } = tally(consultation);
        let expected = passed ? "secured" : "lost";
        for (const completion of completionsOf(consultation)) {
          if (tally(completion).passed !== passed) {
            expected = passed ? "passing" : "open";
            break;
          }
        }
        expect(outlook).toBe(expected);
      }),
      runs,
    );
  });

  it("is what the tally says of the ballots completed by all opposing, or by all agreeing", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const { outlook, passed } = tally(consultation);
        const expected = passed
          ? tally(allSay(consultation, "oppose")).passed ? "secured" : "passing"
          : tally(allSay(consultation, "agree")).passed ? "open" : "lost";
        expect(outlook).toBe(expected);
      }),
      runs,
    );
  });
});

describe("what is missing to pass", () => {
  it("by heads, is enough when so many that have not taken part agree, and one less is not", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const untouched = new Map<string, string>();
        const outstanding = new Set(outstandingUnits(consultation));
        for (const { unit, voter } of consultation.roll) if (outstanding.has(unit)) untouched.set(voter, unit);
        for (const { unit, voter } of consultation.roll) if (!outstanding.has(unit)) untouched.delete(voter);
        const units = [...untouched.values()];
        const holdsAfter = (heads: number) => {
          const further = units.slice(0, heads).map((unit) => ({ unit, choice: "agree" as const }));
          return holds(tally(withFurther(consultation, further)), "heads");
        };

        const missing = tally(consultation).toPass.heads;
        if (missing === null) {
          expect(holdsAfter(units.length)).toBe(false);
          return;
        }
        expect(missing).toBeLessThanOrEqual(units.length);
        expect(holdsAfter(missing)).toBe(true);
        if (missing > 0) expect(holdsAfter(missing - 1)).toBe(false);
      }),
      runs,
    );
  });

  it("by area, is enough when so much of the area without a ballot agrees, and a hundredth less is not", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const result = tally(consultation);
        const outstanding = new Set(outstandingUnits(consultation));
        const rest = hundredths(result.roll.area) - hundredths(result.participated.area);
        // The area without a ballot, divided anew into a flat that agrees and one that does not return.
        const holdsAfter = (area: number) => {
          const agreeing = { unit: "agreeing", voter: "agreeing", area };
          const silent = { unit: "silent", voter: "silent", area: rest - area };
          const divided: Consultation = {
            ruleset: consultation.ruleset,
            roll: [...consultation.roll.filter(({ unit }) => !outstanding.has(unit)), agreeing, silent],
            ballots: consultation.ballots.filter(({ unit }) => !outstanding.has(unit)),
          };
          return holds(tally(withFurther(divided, [{ unit: "agreeing", choice: "agree" }])), "area");
        };

        const missing = result.toPass.area;
        if (missing === null) {
          expect(holdsAfter(rest)).toBe(false);
          return;
        }
        const area = hundredths(missing);
        expect(area).toBeLessThanOrEqual(rest);
        expect(holdsAfter(area)).toBe(true);
        if (area > 0) expect(holdsAfter(area - 1)).toBe(false);
      }),
      runs,
    );
  });
});
