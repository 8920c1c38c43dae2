import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildingOf, frontOf, stopHeight } from "./building.ts";

const sixByTwo = buildingOf(6, { 1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2 });

describe("buildingOf", () => {
  it("gives every floor as many flats as it has", () => {
    expect(sixByTwo).toHaveLength(6);
    expect(sixByTwo.flat()).toEqual(Array.from({ length: 12 }, () => "flat"));
  });

  it("shows wall where a floor has fewer flats than the widest", () => {
    expect(buildingOf(2, { 1: 1, 2: 3 })).toEqual([
      ["flat", "wall", "wall"],
      ["flat", "flat", "flat"],
    ]);
  });

  it("opens shops on a first floor without flats, nowhere else", () => {
    expect(buildingOf(3, { 2: 2 })).toEqual([
      ["shop", "shop"],
      ["flat", "flat"],
      ["wall", "wall"],
    ]);
  });

  it("still draws a house when nothing is known", () => {
    expect(buildingOf(0, {})).toEqual([["shop"]]);
  });
});

describe("frontOf", () => {
  it("puts the staircase between the flats that it serves", () => {
    const front = frontOf(sixByTwo, 1);
    const [left, right] = front.slots;
    const [stairs] = front.stairs;
    expect(stairs?.x).toBeCloseTo((left?.x ?? 0) + (left?.width ?? 0));
    expect(right?.x).toBeCloseTo((stairs?.x ?? 0) + (stairs?.width ?? 0));
  });

  it("stands the first floor on the ground", () => {
    const [first] = frontOf(sixByTwo, 1).storeys;
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeCloseTo(100);
  });

  it("keeps every box of every house inside the drawing, none over another", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 11 }),
        fc.integer({ min: 0, max: 3 }),
        (flats, entrances) => {
          const building = buildingOf(flats.length, Object.fromEntries(flats.map((count, index) => [index + 1, count])));
          const { slots, stairs, storeys } = frontOf(building, entrances);
          expect(slots.filter((slot) => slot.kind === "flat")).toHaveLength(flats.reduce((sum, count) => sum + count, 0));
          expect(storeys).toHaveLength(building.length);
          expect(stairs).toHaveLength(Math.max(1, Math.min(entrances, (building[0]?.length ?? 0) + 1)));
          for (const floor of storeys) {
            const row = [...slots.filter((slot) => slot.y === floor.y), ...stairs].sort((one, other) => one.x - other.x);
            let end = 0;
            for (const box of row) {
              expect(box.x).toBeGreaterThanOrEqual(end - 1e-9);
              end = box.x + box.width;
            }
            expect(end).toBeLessThanOrEqual(100 + 1e-9);
            expect(floor.y).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });
});

describe("stopHeight", () => {
  it("sets ten stops evenly, the first at the ground", () => {
    expect(Array.from({ length: 10 }, (_, stop) => stopHeight(stop, 10))).toEqual([95, 85, 75, 65, 55, 45, 35, 25, 15, 5]);
  });

  it("never leaves the shaft", () => {
    expect(stopHeight(-3, 10)).toBe(95);
    expect(stopHeight(99, 10)).toBe(5);
    expect(stopHeight(0, 0)).toBe(50);
  });
});
