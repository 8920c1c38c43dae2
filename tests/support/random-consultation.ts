import fc from "fast-check";
import { channels, type Ballot, type Consultation } from "#app/domain/consultation-file.ts";
import { rulesetIds, type Ruleset, type RulesetId } from "#app/domain/ruleset.ts";
import type { RollRow } from "#app/domain/tally.ts";

/** At most so many flats and ballots. */
export interface Size {
  flats: number;
  ballots: number;
}

const stairwell: Size = { flats: 12, ballots: 18 };

const fraction = fc.oneof(
  fc.constantFrom("1/2", "2/3", "3/4"),
  fc.integer({ min: 1, max: 12 }).chain((den) => fc.integer({ min: 0, max: den }).map((num) => `${num}/${den}`)),
);

const measure = fc.option(fraction, { nil: null, freq: 4 });

/** Thresholds of every kind, with measures that are not tested, up to none at all. */
export const randomRuleset: fc.Arbitrary<Ruleset> = fc.record({
  quorum: fc.option(fc.record({ heads: measure, area: measure }), { nil: null, freq: 3 }),
  approval: fc.record({
    of: fc.constantFrom("participants" as const, "roll" as const),
    heads: measure,
    area: measure,
    strict: fc.boolean(),
  }),
});

const anyRuleset: fc.Arbitrary<RulesetId | Ruleset> = fc.oneof(fc.constantFrom(...rulesetIds), randomRuleset);

/** Hundredths of a square metre: few, so that thresholds are hit to the hundredth, and real ones. */
const area = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 3_000, max: 15_000 }));

/** In UTF-16 units these sort in another order than in code points. */
const voterPrefixes = ["v", "ｖ", "𠮷"];

const flat = fc.record({ voter: fc.nat(), area });

/** What a second person noted who did not agree. */
export const DISAGREED = "票面是弃权";

const cast = fc.record({
  flat: fc.nat(),
  gap: fc.integer({ min: 1, max: 3 }),
  place: fc.nat(),
  choice: fc.constantFrom("agree" as const, "agree" as const, "agree" as const, "oppose" as const, "abstain" as const),
  channel: fc.constantFrom(...channels),
  reason: fc.option(fc.constantFrom("无书面委托", "他人代签", "undone", "unchecked", DISAGREED), { nil: undefined, freq: 3 }),
});

/**
 * Consultations over small rolls: owners of several flats, ballots superseded, voided, taken back and not confirmed in any
 * document order, all channels, rulesets by id and written out.
 */
export function randomConsultation(size: Size = stairwell): fc.Arbitrary<Consultation> {
  return fc
    .record({
      ruleset: anyRuleset,
      owners: fc.integer({ min: 1, max: size.flats }),
      flats: fc.array(flat, { minLength: 1, maxLength: size.flats, size: "max" }),
      casts: fc.array(cast, { maxLength: size.ballots, size: "max" }),
    })
    .map(({ ruleset, owners, flats, casts }) => {
      const roll = flats.map(({ voter, area }, index): RollRow => {
        const owner = voter % owners;
        return { unit: `${101 + index}`, voter: `${voterPrefixes[owner % voterPrefixes.length]}${owner}`, area };
      });
      let seq = 0;
      const ballots = casts
        .map(({ flat, gap, place, choice, channel, reason }) => {
          seq += gap;
          const ballot: Ballot = { unit: `${101 + (flat % roll.length)}`, seq, choice, channel };
          // Nobody checks what was cast online.
          const end = channel === "online" && (reason === "unchecked" || reason === DISAGREED) ? undefined : reason;
          return { place, ballot: end === undefined ? ballot : { ...ballot, void: end } };
        })
        .sort((a, b) => a.place - b.place)
        .map(({ ballot }) => ballot);
      return { ruleset, roll, ballots };
    });
}

/** The same `count` consultations for the same seed, for comparing two ways of counting. */
export function randomConsultations(count: number, seed: number, size: Size = stairwell): Consultation[] {
  return fc.sample(randomConsultation(size), { numRuns: count, seed });
}
