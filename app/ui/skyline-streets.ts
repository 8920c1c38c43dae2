export interface SkylineHouse {
  href: string;
  /** Name of the community and where it stands; shown when the house is pointed at. */
  title: string;
  /** Most common number of floors. */
  floors: number;
  /** How high the car is, 0–1; `null` where nothing has started: no shaft. */
  car: number | null;
  /** A lift is in use: a flag on the shaft. */
  inUse?: boolean;
}

/** A street of the picture, in units of the drawing: where its ground is, how small its houses, how far apart. */
export interface Street {
  base: number;
  scale: number;
  pitch: number;
  swing: number;
  phase: number;
}

/** From the far one to the near one. */
export const streets: readonly Street[] = [
  { base: 136, scale: 0.76, pitch: 44, swing: 6, phase: 0.4 },
  { base: 206, scale: 0.88, pitch: 51, swing: 5, phase: 2.3 },
  { base: 280, scale: 1, pitch: 58, swing: 3, phase: 4.4 },
];

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

/** Height of the ground of a street: a gentle swing, so that the rows do not look ruled. */
export function groundAt({ base, swing, phase }: Street, x: number): number {
  return base + swing * Math.sin(x / 190 + phase);
}

/**
 * Sets the houses on the streets, each street as full as the others, in the order given. The look of a house comes from
 * its place in the list: the same list gives the same picture.
 */
export function placeHouses(houses: readonly SkylineHouse[]): { width: number; rows: readonly (readonly PlacedHouse[])[] } {
  const room = streets.reduce((sum, street) => sum + 1 / street.pitch, 0);
  const width = Math.max(640, Math.ceil(houses.length / room));
  const ends = streets.map((_, row) =>
    Math.round((houses.length * streets.slice(0, row + 1).reduce((sum, street) => sum + 1 / street.pitch, 0)) / room),
  );
  const rows = streets.map((street, row) => {
    const mine = houses.slice(ends[row - 1] ?? 0, ends[row]);
    const step = width / Math.max(1, mine.length);
    return mine.map((house, index): PlacedHouse => {
      const turn = (index * 7 + row * 4 + Math.floor(index / 5) * 3) % 11;
      const x = (index + 0.12 + 0.04 * (turn % 4)) * step;
      return {
        house,
        x: Math.round(x),
        y: Math.round(groundAt(street, x + 15)),
        floors: Math.min(7, Math.max(3, Math.round(house.floors))),
        width: houseWidths[turn % 3] ?? 31,
        pitched: turn % 4 !== 1,
        plant: turn % 5 === 0 ? "tree" : turn % 5 === 3 ? "bush" : null,
      };
    });
  });
  return { width, rows };
}
