import { describe, expect, it } from "vitest";
import { intentBand } from "#app/domain/stages.ts";
import { inferredShare, type Did } from "../support/inference.ts";
import { otherViews, portalView, publishedOf, TWELVE_AREAS } from "../support/public-figures.ts";

/** In per cent, to the one decimal in which domain.md states them. */
const percent = (share: number) => Math.round(share * 1_000) / 10;

function possibilityOf(did: readonly Did[]) {
  const sum = (which: (one: Did) => boolean, of: (flat: number) => number) => did.reduce((total, one, flat) => total + (which(one) ? of(flat) : 0), 0);
  const [tookPart, agreed] = [(one: Did) => one !== "nothing", (one: Did) => one === "agree"];
  const area = (flat: number) => TWELVE_AREAS[flat] ?? 0;
  return { did, participated: sum(tookPart, () => 1), agree: sum(agreed, () => 1), participatedArea: sum(tookPart, area), agreeArea: sum(agreed, area) };
}

describe("what the public can infer of a stairwell with twelve flats of different sizes", () => {
  it("is no more than what the heads and the four verdicts say: page, API and sealed result are the same wherever those are", () => {
    const view = portalView(TWELVE_AREAS);
    const published = new Map<number, string>();
    const views = new Map<string, number>();
    // The same row of draws in every run (Lehmer, minimal standard).
    let state = 20_261_121;
    const draw = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
    for (let count = 0; count < 4_000; count++) {
      const least = draw(4);
      const did = TWELVE_AREAS.map((): Did => (["agree", "agree", "other", "nothing"] as const)[Math.max(draw(4), draw(4) < 2 ? least : 0)] ?? "agree");
      const [seen, said] = [view(possibilityOf(did)), publishedOf(TWELVE_AREAS, did)];
      expect(published.get(seen) ?? said).toBe(said);
      expect(views.get(said) ?? seen).toBe(seen);
      published.set(seen, said);
      views.set(said, seen);
    }
    expect(published.size).toBeGreaterThan(40);
    expect(published.size).toBeLessThan(200);
  });

  it("are 0.1 per cent of the single choices, as head counts alone give away", () => {
    expect(percent(inferredShare(TWELVE_AREAS, otherViews.headCount))).toBe(0.1);
    expect(percent(inferredShare(TWELVE_AREAS, portalView(TWELVE_AREAS)))).toBe(0.1);
  });

  it("would be nearly all of them with exact areas, and many with areas to one per cent: the measure sees what gives people away", () => {
    expect(percent(inferredShare(TWELVE_AREAS, otherViews.exactArea))).toBeGreaterThan(95);
    expect(percent(inferredShare(TWELVE_AREAS, otherViews.areaToOnePerCent(TWELVE_AREAS)))).toBeGreaterThan(5);
  });

  it("are none of the intents, of which a band is told", () => {
    const band = inferredShare(TWELVE_AREAS, ({ participated, agree }) => intentBand({ filed: participated, willing: agree, flats: TWELVE_AREAS.length }));
    expect(band).toBeLessThan(1e-6);
  });
});
