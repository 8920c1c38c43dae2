export interface SkylineHouse {
  href: string;
  /** What the house stands for and how far it has come; shown when the house is pointed at. */
  title: string;
  /** Most common number of floors. */
  floors: number;
  /** How high the car is, 0–1; `null` where nothing has started: no shaft. */
  car: number | null;
  /** A lift is in use: a flag on the shaft. */
  inUse?: boolean;
}

export const houseWidths = [27, 31, 35] as const;

export interface PlacedHouse {
  house: SkylineHouse;
  /** Left edge and ground, in units of the drawing. */
  x: number;
  y: number;
  floors: number;
  width: (typeof houseWidths)[number];
  pitched: boolean;
  plant: "tree" | "bush" | null;
}

export interface Plant {
  kind: "tree" | "poplar" | "bush";
  x: number;
  y: number;
  scale: number;
}

/** A street or an empty hill, in units of the drawing: where its ground is, how its ground swings, how large its houses are. */
export interface Street {
  base: number;
  swing: number;
  phase: number;
  scale: number;
}

export interface StreetRow extends Street {
  houses: readonly PlacedHouse[];
  plants: readonly Plant[];
}

/** For which screens a drawing is: narrow ones, wide ones, or all. */
export type Screens = "narrow" | "wide" | "all";

/** A picture of the houses. Its middle is at x = 0, the ground of the last row goes down to `skylineHeight`. */
export interface SkylinePlan {
  screens: Screens;
  width: number;
  /** Three grounds, from the far one to the near one. */
  rows: readonly StreetRow[];
}

export const skylineHeight = 300;

/** What every screen of the kind shows, in units: the houses stand in it as long as they can. */
const seen = { narrow: 390, wide: 1300 };

/** How far the landscape goes on, for the widest screen of the kind. */
const drawn = { narrow: 800, wide: 2700 };

/** Room of a house at scale 1, with its shaft and the space around it. */
const pitch = 58;

/** A house of seven floors with its roof and its shaft. */
const houseHeight = 74;

/** With how many streets, how small compared with the near one, at what scale of the near one. */
const manners = [
  { ratios: [1], least: 1.65, most: 2.4 },
  { ratios: [0.82, 1], least: 1.25, most: 1.7 },
  { ratios: [0.76, 0.88, 1], least: 1, most: 1.15 },
] as const;

/** The most that houses are drawn apart when there are few. */
const loosest = 1.7;

const nearGround = { base: 280, swing: 3, phase: 4.4 };

/** Height of the ground at `x`: a gentle swing, so that the rows do not look ruled. */
export function groundAt({ base, swing, phase }: Street, x: number): number {
  return base + swing * Math.sin(x / 190 + phase);
}

/**
 * The pictures that show the houses in the order given: few on one street, more on two or three, smaller the more there
 * are. Where a phone needs other streets than an office screen there are two pictures, one for each. The look of a house
 * comes from its place in the list: the same list gives the same pictures.
 */
export function planSkyline(houses: readonly SkylineHouse[]): readonly SkylinePlan[] {
  const wide = plan(houses, "wide");
  // From here on the houses are as small as they get, and the same three streets serve all screens.
  if (wide.scale === 1) return [{ ...wide, screens: "all" }];
  return [plan(houses, "narrow"), wide];
}

function plan(houses: readonly SkylineHouse[], screens: "narrow" | "wide"): SkylinePlan & { scale: number } {
  const fitting = ({ ratios }: { ratios: readonly number[] }) => (seen[screens] * roomOf(ratios)) / (pitch * Math.max(1, houses.length));
  const manner = manners.find((one) => fitting(one) >= one.least) ?? manners[2];
  const scale = Math.min(manner.most, Math.max(manner.least, fitting(manner)));
  const loose = Math.min(loosest, Math.max(1, fitting(manner) / scale));
  const width = Math.max(drawn[screens], Math.ceil((houses.length * pitch * scale) / roomOf(manner.ratios)) + pitch);
  const counts = shares(houses.length, manner.ratios);
  let from = 0;
  const rows = groundsOf(manner.ratios, scale).map((street, index, { length }): StreetRow => {
    const count = counts[index - length + counts.length] ?? 0;
    const placed = placeHouses(houses.slice(from, from + count), from, street, pitch * street.scale * loose);
    from += count;
    return { ...street, houses: placed, plants: placePlants(placed, street, width, index) };
  });
  return { screens, scale, width, rows };
}

/** How many houses at scale 1 stand where one would on a single street. */
const roomOf = (ratios: readonly number[]) => ratios.reduce((sum, ratio) => sum + 1 / ratio, 0);

/** How many of the houses stand on each street, so that all are equally full. */
function shares(count: number, ratios: readonly number[]): number[] {
  const ends = ratios.map((_, index) => Math.round((count * roomOf(ratios.slice(0, index + 1))) / roomOf(ratios)));
  return ends.map((end, index) => end - (ends[index - 1] ?? 0));
}

/** Three grounds: the streets, and behind them hills with trees where there are fewer streets. */
function groundsOf(ratios: readonly number[], scale: number): Street[] {
  const near = { ...nearGround, scale };
  if (ratios.length === 1) {
    return [
      { base: 194, swing: 9, phase: 0.7, scale: 0.8 },
      { base: 232, swing: 8, phase: 2.9, scale: 1.2 },
      near,
    ];
  }
  const mid = { base: near.base - houseHeight * scale, swing: 5, phase: 2.3, scale: scale * (ratios.at(-2) ?? 1) };
  if (ratios.length === 2) return [{ base: mid.base - 30, swing: 8, phase: 0.4, scale: 0.75 }, mid, near];
  return [{ base: mid.base - 80 * mid.scale, swing: 6, phase: 0.4, scale: scale * (ratios[0] ?? 1) }, mid, near];
}

/** The houses of one street, each in the middle of its `step` or a little off it; `from` is the place of the first in the list. */
function placeHouses(houses: readonly SkylineHouse[], from: number, street: Street, step: number): PlacedHouse[] {
  return houses.map((house, index): PlacedHouse => {
    const place = from + index;
    const turn = (place * 7 + Math.floor(place / 5) * 3) % 11;
    const width = houseWidths[turn % 3] ?? 31;
    const room = step - footOf(house, width) * street.scale;
    const x = (index - houses.length / 2) * step + room * (0.3 + 0.04 * turn);
    return {
      house,
      x: round(x),
      y: round(groundAt(street, x + (width / 2) * street.scale)),
      floors: Math.min(7, Math.max(3, Math.round(house.floors))),
      width,
      pitched: turn % 4 !== 1,
      plant: null,
    };
  });
}

/** Width of a house with its shaft, at scale 1. */
export const footOf = (house: SkylineHouse, width: number) => width + (house.car === null ? 0 : 8.5);

const plantOf: readonly (Plant["kind"] | undefined)[] = ["tree", "poplar", "tree", "bush", "poplar", "tree", "bush"];

/** Trees and bushes between the houses and beside them, to both ends of the picture. */
function placePlants(placed: readonly PlacedHouse[], street: Street, width: number, row: number): Plant[] {
  const { scale } = street;
  const edges = [-width / 2, ...placed.flatMap(({ house, x, width }) => [x, x + footOf(house, width) * scale]), width / 2];
  const plants: Plant[] = [];
  for (let gap = 0; gap < edges.length; gap += 2) {
    const end = edges[gap + 1] ?? 0;
    let x = (edges[gap] ?? 0) + 2 * scale;
    while (x + 14 * scale <= end) {
      const turn = Math.abs(Math.round(x) * 7 + row * 5) % 13;
      const kind = plantOf[turn];
      const size = scale * (0.65 + 0.045 * ((turn * 5) % 13));
      if (kind) plants.push({ kind, x: round(x), y: round(groundAt(street, x + 8 * size)), scale: round(size) });
      x += (kind ? 15 + (turn % 5) * 3 : 12) * scale;
    }
  }
  return plants;
}

const round = (value: number) => Math.round(value * 10) / 10;
