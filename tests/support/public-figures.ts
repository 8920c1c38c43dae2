import { dataOf } from "#app/domain/public-data.ts";
import { toPublic, type StairwellFacts } from "#app/domain/public-view.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import { tallyRows, type TallyResult } from "#app/domain/tally.ts";
import { sealResult } from "#app/record/seal.ts";
import { testVault } from "./factories.ts";
import type { Did, Possibility } from "./inference.ts";

/** Twelve flats of a walk-up block, no two of one size; hundredths of a square metre. */
export const TWELVE_AREAS = [4_512, 4_687, 4_931, 5_148, 5_263, 5_479, 5_836, 6_017, 6_354, 6_691, 7_128, 7_745];

const RULESET = getRuleset("cn-civil-278-major");
const day = (number: number) => new Date(Date.UTC(2026, 10, number));

/** The result of a consultation in which each flat is a head of its own. */
export function resultOf(areas: readonly number[], did: readonly Did[]): TallyResult {
  const unit = (flat: number) => String(101 + flat);
  return tallyRows({
    ruleset: RULESET,
    roll: areas.map((area, flat) => ({ unit: unit(flat), voter: unit(flat), area })),
    ballots: did.flatMap((one, flat) => (one === "nothing" ? [] : [{ unit: unit(flat), seq: flat + 1, choice: one === "agree" ? ("agree" as const) : flat % 2 === 0 ? ("oppose" as const) : ("abstain" as const) }])),
  });
}

/** All figures that the portal's own code publishes of a result: the page, the data of the API, the sealed document. */
export function publishedOf(areas: readonly number[], did: readonly Did[]): string {
  const result = resultOf(areas, did);
  const facts: StairwellFacts = {
    code: "T1-001", building: "1幢", entrance: "1号", floors: 6, flats: areas.length, stage: "consultation", stageSince: day(1), sideState: null, reserveSince: day(1),
    startedOn: null, inUseSince: null, communityCode: "T1", community: "梅园", committee: "第一居委", address: "梅园路", phone: "021-50000000", flatsByFloor: {}, filed: 12, willing: 10,
    consultations: [{
      code: "Q1", scope: "stairwell", ruleset: RULESET, openedAt: day(2), closesAt: day(9), closedAt: day(10), withdrawnAt: null, extensions: [], plan: null,
      published: { at: day(11), passed: result.passed, result },
    }],
    moves: [], assessments: [], stops: [], photos: [], plans: 0, renewal: [], works: null, registration: null,
  };
  const view = toPublic(facts, day(12));
  const sealed = sealResult(
    {
      consultation: "Q1", stairwell: "T1-001", ruleset: RULESET, result, roll: [], ballots: [], castCommitment: "", openedAt: day(2), closesAt: day(9), closedAt: day(10),
      certifiedAt: day(10), log: { seq: 1, head: Buffer.alloc(32) },
    },
    testVault,
  );
  return JSON.stringify([view, dataOf(view), sealed]);
}

/** What the portal publishes of a result, as a number: the heads, and which tests are met. */
export function portalView(areas: readonly number[]): (possible: Possibility) => number {
  const heads = areas.length;
  const total = areas.reduce((sum, area) => sum + area, 0);
  return ({ participated, agree, participatedArea, agreeArea }) => {
    const met = [
      3 * participated >= 2 * heads,
      3 * participatedArea >= 2 * total,
      participated > 0 && 4 * agree >= 3 * participated,
      participatedArea > 0 && 4 * agreeArea >= 3 * participatedArea,
    ];
    return met.reduce((sum, one) => 2 * sum + Number(one), participated * (heads + 1) + agree);
  };
}

/** For comparison: what else could be published. Each as a number that differs where what is seen differs. */
export const otherViews = {
  headCount: ({ participated, agree }: Possibility) => participated * 100 + agree,
  areaToOnePerCent: (areas: readonly number[]) => {
    const total = areas.reduce((sum, area) => sum + area, 0);
    const percent = (area: number) => Math.round((100 * area) / total);
    return ({ participated, agree, participatedArea, agreeArea }: Possibility) =>
      ((participated * 100 + agree) * 101 + percent(participatedArea)) * 101 + percent(agreeArea);
  },
  exactArea: ({ participated, agree, participatedArea, agreeArea }: Possibility) => ((participated * 100 + agree) * 100_000 + participatedArea) * 100_000 + agreeArea,
};
