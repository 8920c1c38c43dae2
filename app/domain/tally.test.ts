import { describe, expect, it } from "vitest";
import type { Ruleset } from "./ruleset.ts";
import { tally, tallyRows, type BallotRow, type Choice, type RollRow } from "./tally.ts";

/** Flats as "unit voter area in m²", ballots as "unit choice" in the order of casting. */
const rollOf = (...flats: string[]): RollRow[] =>
  flats.map((flat) => {
    const [unit = "", voter = "", metres] = flat.split(" ");
    return { unit, voter, area: Number(metres) * 100 };
  });

const ballotsOf = (...casts: string[]): BallotRow[] =>
  casts.map((cast, index) => {
    const [unit = "", choice] = cast.split(" ");
    return { unit, seq: index + 1, choice: choice as Choice };
  });

const headsOfRoll = (need: string): Ruleset => ({
  quorum: null,
  approval: { of: "roll", heads: need, area: null, strict: false },
});

describe("ballots", () => {
  const roll = rollOf("101 a 60", "102 b 60");

  it("of a flat supersede each other by sequence, whatever their order in the document", () => {
    const ballots = ballotsOf("101 oppose", "101 agree").reverse();
    expect(tallyRows({ ruleset: headsOfRoll("1/2"), roll, ballots }).agree).toEqual({ heads: 1, area: "60.00" });
  });

  it("that are void count as never cast, so the one before stands again", () => {
    const [first, second] = ballotsOf("101 agree", "101 oppose");
    const ballots = [{ ...first!, void: null }, { ...second!, void: "他人代签" }];
    expect(tallyRows({ ruleset: headsOfRoll("1/2"), roll, ballots })).toMatchObject({
      participated: { heads: 1, area: "60.00" },
      agree: { heads: 1, area: "60.00" },
      oppose: { heads: 0, area: "0.00" },
    });
  });

  it("of a flat that is not on the roll are an error, even when void", () => {
    const ballots: BallotRow[] = [{ unit: "999", seq: 1, choice: "agree", void: "他人代签" }];
    expect(() => tallyRows({ ruleset: headsOfRoll("1/2"), roll, ballots })).toThrow(RangeError);
  });

  it("cannot be counted over a roll that holds a flat twice", () => {
    const twice = rollOf("101 a 60", "101 b 60");
    expect(() => tallyRows({ ruleset: headsOfRoll("1/2"), roll: twice, ballots: [] })).toThrow(RangeError);
  });
});

describe("a person with several flats", () => {
  const roll = rollOf("101 a 50", "102 a 70", "201 b 60");

  it("is one head, and takes part with the first ballot", () => {
    const result = tallyRows({ ruleset: headsOfRoll("1/2"), roll, ballots: ballotsOf("101 agree") });
    expect(result.roll).toEqual({ heads: 2, area: "180.00", units: 3 });
    expect(result.participated).toEqual({ heads: 1, area: "50.00" });
    expect(result.agree).toEqual({ heads: 1, area: "50.00" });
  });

  it("at odds with himself takes part, counts for no choice and is named; the areas count as cast", () => {
    const result = tallyRows({ ruleset: headsOfRoll("1/2"), roll, ballots: ballotsOf("101 agree", "102 abstain") });
    expect(result).toMatchObject({
      participated: { heads: 1, area: "120.00" },
      agree: { heads: 0, area: "50.00" },
      abstain: { heads: 0, area: "70.00" },
      split: { heads: 1 },
      unresolved: ["a"],
    });
  });

  it("stays split whatever a third flat says", () => {
    const three = rollOf("101 a 50", "102 a 70", "103 a 60");
    for (const third of ["agree", "oppose", "abstain"]) {
      const ballots = ballotsOf("101 agree", "102 oppose", `103 ${third}`);
      expect(tallyRows({ ruleset: headsOfRoll("1/2"), roll: three, ballots }).split.heads).toBe(1);
    }
  });

  it("is named in the order of code points, not of UTF-16 units", () => {
    const owners = rollOf("1 𠮷 9", "2 𠮷 9", "3 ｖ 9", "4 ｖ 9", "5 v1 9", "6 v1 9", "7 v 9", "8 v 9", "9 v 9");
    const ballots = ballotsOf("1 agree", "2 oppose", "3 agree", "4 oppose", "5 agree", "6 oppose", "7 agree", "8 oppose");
    expect(tallyRows({ ruleset: headsOfRoll("1/2"), roll: owners, ballots }).unresolved).toEqual(["v", "v1", "ｖ", "𠮷"]);
  });
});

describe("the outlook", () => {
  it("is not secured while an agreeing owner can still oppose with another flat and lose the head", () => {
    const roll = rollOf("101 a 50", "102 a 70");
    const once = tallyRows({ ruleset: headsOfRoll("1/1"), roll, ballots: ballotsOf("101 agree") });
    expect(once).toMatchObject({ passed: true, outlook: "passing", toPass: { heads: 0 } });
    const both = tallyRows({ ruleset: headsOfRoll("1/1"), roll, ballots: ballotsOf("101 agree", "102 agree") });
    expect(both).toMatchObject({ passed: true, outlook: "secured" });
  });

  it("is lost where an opposing owner's other flat could bring the area but not the head", () => {
    const roll = rollOf("101 a 50", "102 a 70", "201 b 60");
    const ruleset: Ruleset = { quorum: null, approval: { of: "roll", heads: "1/1", area: "1/2", strict: false } };
    const result = tallyRows({ ruleset, roll, ballots: ballotsOf("101 oppose", "201 agree") });
    expect(result).toMatchObject({ passed: false, outlook: "lost", toPass: { heads: null, area: "30.00" } });
  });

  it("is open before the first ballot, when nothing is met", () => {
    const result = tally({ ruleset: "cn-civil-278-major", roll: rollOf("101 a 60", "102 b 60", "103 c 60"), ballots: [] });
    expect(result).toMatchObject({ passed: false, outlook: "open", toPass: { heads: 2, area: "120.00" } });
    expect(result.tests.map(({ met }) => met)).toEqual([false, false, false, false]);
  });

  it("is lost over an empty roll, which meets no test", () => {
    expect(tally({ ruleset: "cn-civil-278-major", roll: [], ballots: [] })).toMatchObject({
      passed: false,
      outlook: "lost",
      toPass: { heads: null, area: null },
    });
    expect(tally({ ruleset: "cn-sh-2019-stairwell", roll: [], ballots: [] }).toPass).toEqual({ heads: null, area: null });
  });
});

describe("a ruleset", () => {
  const roll = rollOf("101 a 60", "102 b 60");

  it("has tests only for the measures that it names, turnout before consent", () => {
    const ruleset: Ruleset = {
      quorum: { heads: null, area: "1/2" },
      approval: { of: "participants", heads: "1/2", area: null, strict: true },
    };
    expect(tallyRows({ ruleset, roll, ballots: ballotsOf("101 agree") }).tests).toEqual([
      { test: "quorum-area", need: "1/2", strict: false, have: "60.00", of: "120.00", met: true },
      { test: "approval-heads", need: "1/2", strict: true, have: 1, of: 1, met: true },
    ]);
  });

  it("that tests nothing is passed by anything, to the letter of the format", () => {
    const ruleset: Ruleset = { quorum: null, approval: { of: "roll", heads: null, area: null, strict: false } };
    expect(tallyRows({ ruleset, roll, ballots: [] })).toMatchObject({
      tests: [],
      passed: true,
      outlook: "secured",
      toPass: { heads: 0, area: "0.00" },
    });
  });

  it("more than all can never be had", () => {
    const ruleset: Ruleset = { quorum: null, approval: { of: "roll", heads: "1/1", area: "1/1", strict: true } };
    const result = tallyRows({ ruleset, roll, ballots: ballotsOf("101 agree", "102 agree") });
    expect(result).toMatchObject({ passed: false, outlook: "lost", toPass: { heads: null, area: null } });
  });
});
