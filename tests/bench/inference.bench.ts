import { inferredShare } from "../support/inference.ts";
import { otherViews, portalView, TWELVE_AREAS } from "../support/public-figures.ts";
import type { BenchRow } from "./row.ts";

const percent = (share: number) => `${(100 * share).toFixed(3)} %`;

/** The share of single choices that the public knows for certain of a stairwell of twelve flats, exactly, over all 3¹² ways to vote. */
export function benchInference(): Promise<BenchRow[]> {
  const headCount = inferredShare(TWELVE_AREAS, otherViews.headCount);
  const row = (what: string, share: number, aim: string): BenchRow => ({
    what: `single choices known for certain: ${what}`,
    reference: "by head count alone",
    measured: percent(share),
    referenceMeasured: percent(headCount),
    ratio: (share / headCount).toFixed(2),
    aim,
  });
  return Promise.resolve([
    row("what the portal publishes", inferredShare(TWELVE_AREAS, portalView(TWELVE_AREAS)), "0.1 %"),
    row("area to one per cent", inferredShare(TWELVE_AREAS, otherViews.areaToOnePerCent(TWELVE_AREAS)), "for comparison"),
    row("exact area", inferredShare(TWELVE_AREAS, otherViews.exactArea), "for comparison"),
  ]);
}
