import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawMap, isLocated, MAP_WIDTH, markOfStage, markOfStairwell, textOfStairwell, type Located } from "./map.ts";
import type { Stage } from "./stages.ts";

const at = (lon: number, lat: number): Located => ({ lon, lat });

describe("a map", () => {
  it("has north at the top and east at the right", () => {
    const [south, north, east] = drawMap([at(121.5, 31.2), at(121.5, 31.3), at(121.6, 31.2)]).places;
    expect(north?.y).toBeLessThan(south?.y ?? 0);
    expect(north?.x).toBe(south?.x);
    expect(east?.x).toBeGreaterThan(south?.x ?? 0);
  });

  it("draws a kilometre as long to the east as to the north", () => {
    const kilometre = 1 / 111.2;
    const [origin, north, east] = drawMap([at(121.5, 31.2), at(121.5, 31.2 + kilometre), at(121.5 + kilometre / Math.cos((31.2 * Math.PI) / 180), 31.2)]).places;
    expect(Math.abs((origin?.y ?? 0) - (north?.y ?? 0) - ((east?.x ?? 0) - (origin?.x ?? 0)))).toBeLessThan(3);
  });

  it("draws one place alone, several at one point beside each other, and a line of them", () => {
    expect(drawMap([at(121.5, 31.2)])).toEqual({ width: MAP_WIDTH, height: 240, disc: 44, places: [{ place: at(121.5, 31.2), x: 320, y: 120 }] });
    const same = drawMap(Array.from({ length: 6 }, () => at(121.5, 31.2))).places;
    expect(new Set(same.map(({ x, y }) => `${x} ${y}`)).size).toBe(6);
    const column = drawMap([at(121.5, 31.1), at(121.5, 31.3)]);
    expect(column.height).toBe(900);
    expect(column.places.every(({ x }) => x === MAP_WIDTH / 2)).toBe(true);
  });

  it("keeps every place in its frame, and a hundred of them apart", () => {
    const place = fc.record({ lon: fc.double({ min: 121.4, max: 121.6, noNaN: true }), lat: fc.double({ min: 31.1, max: 31.3, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (located) => {
        const { height, disc, places } = drawMap(located);
        expect(places.every(({ x, y }) => x >= disc && x <= MAP_WIDTH - disc && y >= disc && y <= height - disc)).toBe(true);
      }),
      { numRuns: 60 },
    );
    const { places: grid, disc } = drawMap(Array.from({ length: 100 }, (_, n) => at(121.5 + (n % 10) / 4_000, 31.2 + Math.floor(n / 10) / 4_000)));
    const nearest = Math.min(...grid.flatMap((one, i) => grid.slice(i + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));
    expect(nearest).toBeGreaterThan(disc);
    expect(drawMap(Array.from({ length: 12 }, (_, n) => at(121.5 + n / 4_000, 31.2))).disc).toBe(2 * disc);
  });

  it("says by a mark how far a place is, and of a stairwell whether it suits, by a letter too", () => {
    expect([null, "intent", "reserve", "approval", "construction", "acceptance", "in-use"].map((stage) => markOfStage(stage as Stage | null))).toEqual([
      "none", "wishing", "under-way", "under-way", "building", "building", "in-use",
    ]);
    expect(markOfStairwell({ stage: "consultation", grade: "B" })).toBe("B");
    expect(markOfStairwell({ stage: "in-use", grade: "B" })).toBe("in-use");
    expect(markOfStairwell({ stage: "reserve", grade: null })).toBe("under-way");
    expect((["A", "B", "C", "in-use"] as const).map((mark) => textOfStairwell("12 号", mark))).toEqual(["12A", "12B", "12C", "12"]);
    expect([{ lon: 121.5, lat: null }, { lon: null, lat: 31.2 }, at(121.5, 31.2)].map((place) => isLocated(place))).toEqual([false, false, true]);
  });
});
