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

/** A street, or a hill without houses: where its ground is, how it swings, how large its houses and trees are. */
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

/** The screens that a picture is drawn for. */
export type Screens = "narrow" | "wide" | "all";

/** A picture of the houses. Its middle is at x = 0, its lower edge at `skylineHeight`. */
export interface SkylinePlan {
  screens: Screens;
  width: number;
  /** Three grounds, from the far one to the near one. */
  rows: readonly StreetRow[];
}

export const skylineHeight = 300;

/** What every screen of the kind shows, in units of the drawing: the houses stand in it as long as they can. */
const seen = { narrow: 390, wide: 1300 };

/** How far the landscape goes on for the widest screen of the kind. */
const drawn = { narrow: 800, wide: 2700 };

/** Room of a house at scale 1, with its shaft and the space around it. */
const pitch = 58;

/** From the ground of a street to the one behind it, at scale 1: a house of seven floors with its shaft, and a little more. */
const rise = 77;

/** The most that houses are drawn apart where there are few. */
const loosest = 1.7;

export const shaftWidth = 8.5;
export const floorHeight = 9;
export const roofHeight = (pitched: boolean) => (pitched ? 7 : 3);

interface Manner {
  /** How large the houses of each street are, compared with the near one; the near one first. */
  streets: readonly number[];
  /** The grounds behind the streets: how far up from the one before. */
  hills: readonly { rise: number; swing: number; scale: number }[];
  /** Between which scales of the near street the manner looks well. */
  least: number;
  most: number;
}

const crowded: Manner = { streets: [1, 0.88, 0.76], hills: [], least: 1, most: 1.15 };

const manners: readonly Manner[] = [
  { streets: [1], hills: [{ rise: 48, swing: 8, scale: 1.2 }, { rise: 38, swing: 9, scale: 0.8 }], least: 1.65, most: 2.4 },
  { streets: [1, 0.82], hills: [{ rise: 30, swing: 8, scale: 0.75 }], least: 1.25, most: 1.7 },
  crowded,
];

/** Height of the ground at `x`: a gentle swing, so that the rows do not look ruled. */
export function groundAt({ base, swing, phase }: Street, x: number): number {
  return base + swing * Math.sin(x / 190 + phase);
}

/**
 * The pictures that show the houses in the order given: few on one street, more on two or three, smaller the more there
 * are. Where a phone needs other streets than an office screen there is a picture for each. The look of a house comes
 * from its place in the list: the same list gives the same pictures.
 */
export function planSkyline(houses: readonly SkylineHouse[]): readonly SkylinePlan[] {
  const wide = planFor("wide", houses);
  // From here on houses do not get smaller: the same streets serve all screens, each shows the middle of them.
  if (fitting("wide", crowded, houses.length) <= crowded.least) return [{ ...wide, screens: "all" }];
  return [planFor("narrow", houses), wide];
}

function planFor(screens: "narrow" | "wide", houses: readonly SkylineHouse[]): SkylinePlan {
  const manner = manners.find((one) => fitting(screens, one, houses.length) >= one.least) ?? crowded;
  const fit = fitting(screens, manner, houses.length);
  const scale = Math.min(manner.most, Math.max(manner.least, fit));
  const loose = Math.min(loosest, Math.max(1, fit / scale));
  const length = (houses.length * pitch * scale * loose) / roomOf(manner.streets);
  const width = Math.max(drawn[screens], Math.ceil(length) + pitch);
  const grounds = groundsOf(manner, scale);
  const ends = grounds.map((_, row) => houses.length - shareOf(manner.streets, grounds.length - 1 - row, houses.length));
  const rows = grounds.map((street, row): StreetRow => {
    const placed = placeHouses(houses, ends[row - 1] ?? 0, ends[row] ?? 0, street, length);
    return { ...street, houses: placed, plants: placePlants(placed, street, width, row) };
  });
  return { screens, width, rows };
}

/** The scale of the near street at which `count` houses fill what every screen shows. */
function fitting(screens: "narrow" | "wide", { streets }: Manner, count: number): number {
  return (seen[screens] * roomOf(streets)) / (pitch * Math.max(1, count));
}

/** How many houses stand on the streets where one would stand on the near one. */
const roomOf = (streets: readonly number[]) => streets.reduce((sum, ratio) => sum + 1 / ratio, 0);

/** How many of `count` houses stand on the `nearest` streets: all streets are equally full. */
function shareOf(streets: readonly number[], nearest: number, count: number): number {
  return Math.round((count * roomOf(streets.slice(0, nearest))) / roomOf(streets));
}

/** The grounds of the streets and of the hills behind them, from the far one to the near one. */
function groundsOf({ streets, hills }: Manner, scale: number): Street[] {
  const grounds: Street[] = [];
  let base = 280;
  for (const [index, ratio] of streets.entries()) {
    grounds.unshift({ base, swing: 3 + 1.5 * index, phase: 4.4 - 2 * index, scale: scale * ratio });
    if (index < streets.length - 1) base -= rise * scale * ratio;
  }
  for (const hill of hills) {
    base -= hill.rise;
    grounds.unshift({ base, swing: hill.swing, phase: 4.4 - 2 * grounds.length, scale: hill.scale });
  }
  return grounds;
}

/** The houses `from`–`to` of the list along `length` of a street, each in the middle of its part or a little off it. */
function placeHouses(houses: readonly SkylineHouse[], from: number, to: number, street: Street, length: number): PlacedHouse[] {
  const step = length / (to - from);
  return houses.slice(from, to).map((house, index): PlacedHouse => {
    const place = from + index;
    const turn = (place * 7 + Math.floor(place / 5) * 3) % 11;
    const width = houseWidths[turn % 3] ?? 31;
    const spare = step - footOf(house, width) * street.scale;
    const x = index * step - length / 2 + spare * (0.3 + 0.04 * turn);
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
export const footOf = (house: SkylineHouse, width: number) => width + (house.car === null ? 0 : shaftWidth);

const plantOf: readonly (Plant["kind"] | undefined)[] = ["tree", "poplar", "tree", "bush", "poplar", "tree", "bush"];

/** Trees and bushes between the houses and beside them, to both ends of the picture. */
function placePlants(placed: readonly PlacedHouse[], street: Street, width: number, row: number): Plant[] {
  const { scale } = street;
  const edges = [-width / 2, ...placed.flatMap(({ house, x, width }) => [x, x + footOf(house, width) * scale]), width / 2];
  const plants: Plant[] = [];
  for (let gap = 0; gap < edges.length; gap += 2) {
    const end = (edges[gap + 1] ?? 0) - 14 * scale;
    let turn = (gap * 3 + row * 5) % 13;
    for (let x = (edges[gap] ?? 0) + 2 * scale; x <= end; turn = (turn + 8) % 13) {
      const kind = plantOf[turn];
      const size = scale * (0.65 + 0.045 * ((turn * 5) % 13));
      if (kind) plants.push({ kind, x: round(x), y: round(groundAt(street, x + 8 * size)), scale: round(size) });
      x += (kind ? 15 + (turn % 5) * 3 : 12) * scale;
    }
  }
  return plants;
}

const round = (value: number) => Math.round(value * 10) / 10;
