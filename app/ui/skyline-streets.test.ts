import { describe, expect, it } from "vitest";
import {
  floorHeight, footOf, planSkyline, roofHeight, skylineHeight, type PlacedHouse, type SkylineHouse, type SkylinePlan, type StreetRow,
} from "./skyline-streets.ts";

const housesOf = (count: number): SkylineHouse[] =>
  Array.from({ length: count }, (_, index) => ({
    href: `/s/T-${index}`,
    title: `楼道 ${index}`,
    floors: 3 + ((index * 5) % 5),
    car: index % 4 === 3 ? null : (index % 10) / 9,
    inUse: index % 10 === 9,
  }));

/** What a house takes of the picture, with roof, shaft and flag; `wall` is where its wall ends. */
function boxOf({ scale }: StreetRow, { house, x, y, floors, width, pitched }: PlacedHouse) {
  const roof = floors * floorHeight + roofHeight(pitched);
  const shaft = house.car === null ? roof : roof + 2;
  return {
    left: x - 2.5 * scale,
    right: x + Math.max(footOf(house, width), house.inUse ? width + 14.5 : width + 2.5) * scale,
    end: x + footOf(house, width) * scale,
    top: y - (house.inUse ? shaft + 14 : shaft) * scale,
    wall: y - shaft * scale,
    ground: y,
    x,
  };
}

const boxesOf = (row: StreetRow) => row.houses.map((placed) => boxOf(row, placed));
const streetsOf = ({ rows }: SkylinePlan) => rows.filter(({ houses }) => houses.length > 0).length;

function planOf(count: number, screens: SkylinePlan["screens"]): SkylinePlan {
  const plan = planSkyline(housesOf(count)).find((one) => one.screens === screens);
  if (!plan) throw new Error(`no ${screens} picture of ${count} houses`);
  return plan;
}

describe.each([0, 1, 2, 3, 4, 8, 12, 13, 14, 22, 39, 40, 60, 77, 78, 105, 200])("the picture of %i houses", (count) => {
  const plans = planSkyline(housesOf(count));

  it("has each of them once, in the order given, on every screen", () => {
    expect(plans.map(({ screens }) => screens)).toEqual(count < 78 ? ["narrow", "wide"] : ["all"]);
    for (const { rows } of plans) expect(rows.flatMap(({ houses }) => houses.map(({ house }) => house.href))).toEqual(housesOf(count).map(({ href }) => href));
  });

  it("has nothing outside", () => {
    for (const { width, rows } of plans) {
      for (const row of rows) {
        for (const { left, right, top, ground } of boxesOf(row)) {
          expect(left).toBeGreaterThanOrEqual(-width / 2);
          expect(right).toBeLessThanOrEqual(width / 2);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(ground).toBeLessThan(skylineHeight);
        }
        for (const { x, y, scale } of row.plants) {
          expect(x).toBeGreaterThanOrEqual(-width / 2);
          expect(x).toBeLessThanOrEqual(width / 2);
          expect(y - 33 * scale).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThan(skylineHeight);
        }
      }
    }
  });

  it("has air between neighbours, and no tree before a house", () => {
    for (const { rows } of plans) {
      for (const row of rows) {
        const boxes = boxesOf(row);
        boxes.slice(1).forEach((box, index) => expect(box.x - (boxes[index]?.end ?? 0)).toBeGreaterThan(4 * row.scale));
        for (const plant of row.plants) expect(boxes.some(({ x, end }) => plant.x > x && plant.x < end)).toBe(false);
      }
    }
  });

  it("hides no more of a house behind another street than its door", () => {
    for (const { rows } of plans) {
      rows.slice(1).forEach((near, index) => {
        for (const behind of boxesOf(rows[index] ?? near)) {
          for (const before of boxesOf(near)) {
            if (before.x < behind.end && behind.x < before.end) expect(before.wall).toBeGreaterThan(behind.ground - 7 * (rows[index]?.scale ?? 1));
          }
        }
      });
    }
  });

  it("stands in the middle", () => {
    for (const { rows } of plans) {
      for (const row of rows) {
        const boxes = boxesOf(row);
        const [first, last] = [boxes[0], boxes.at(-1)];
        if (first && last) expect(Math.abs(first.x + last.end)).toBeLessThan(60 * row.scale);
      }
    }
  });

  it("is the same every time", () => {
    expect(planSkyline(housesOf(count))).toEqual(plans);
  });
});

describe("the streets", () => {
  it("are one for few houses, two for more, three for many", () => {
    expect([1, 3, 12, 22, 39, 40, 60].map((count) => streetsOf(planOf(count, "wide")))).toEqual([1, 1, 1, 2, 2, 3, 3]);
    expect([1, 4, 5, 11, 12, 60].map((count) => streetsOf(planOf(count, "narrow")))).toEqual([1, 1, 2, 2, 3, 3]);
    expect([105, 200].map((count) => streetsOf(planOf(count, "all")))).toEqual([3, 3]);
  });

  // The least that the styles show of a picture: 244 of 320 px, 23 of 100 vw.
  it.each([
    ["narrow", 1, 320 / 244],
    ["narrow", 22, 320 / 244],
    ["wide", 1, 100 / 23],
    ["wide", 22, 100 / 23],
    ["wide", 60, 100 / 23],
  ] as const)("are seen from end to end on every %s screen with %i houses", (screens, count, aspect) => {
    const boxes = planOf(count, screens).rows.flatMap(boxesOf);
    expect(Math.min(...boxes.map(({ x }) => x))).toBeGreaterThanOrEqual((-skylineHeight * aspect) / 2);
    expect(Math.max(...boxes.map(({ end }) => end))).toBeLessThanOrEqual((skylineHeight * aspect) / 2);
  });
});
