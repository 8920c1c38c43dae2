/** What stands at one place of a floor, as seen from the street. */
export type Slot = "flat" | "shop" | "wall";

/** The floors from the ground up, each with its slots from left to right; all floors are equally wide. */
export type Building = readonly (readonly Slot[])[];

/**
 * The front of a stairwell from how many flats each floor has (`flatsByFloor[1]` for the first floor).
 * The widest floor sets the width. A floor with fewer flats shows plain wall for the missing ones; a first floor
 * without any flat has shops.
 */
export function buildingOf(floors: number, flatsByFloor: Readonly<Record<number, number>>): Building {
  const numbers = Array.from({ length: Math.max(1, floors) }, (_, index) => index + 1);
  const width = Math.max(1, ...numbers.map((floor) => flatsByFloor[floor] ?? 0));
  return numbers.map((floor) => {
    const flats = flatsByFloor[floor] ?? 0;
    const rest: Slot = floor === 1 && flats === 0 ? "shop" : "wall";
    return Array.from({ length: width }, (_, index) => (index < flats ? "flat" : rest));
  });
}

/** A rectangle in per cent of the drawing. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Front {
  /** One box for each flat and each shop, floor by floor. */
  slots: readonly (Box & { kind: Slot })[];
  /** The strip of each staircase, with its door at the ground. */
  stairs: readonly Box[];
  /** Where one floor ends and the next begins, from the ground up. */
  storeys: readonly Box[];
}

const stairWidth = 0.62;
const eaves = 9;

/**
 * Boxes of the front in per cent: the roof takes the top, floors share the rest equally, staircases stand between
 * the flats that they serve.
 */
export function frontOf(building: Building, entrances: number): Front {
  const columns = building[0]?.length ?? 1;
  const doors = Math.max(1, Math.min(entrances, columns + 1));
  const unit = 100 / (columns + doors * stairWidth);
  const height = (100 - eaves) / building.length;
  const leftOf = Array.from({ length: columns }, (_, column) => {
    const passed = Array.from({ length: doors }, (_, door) => door).filter((door) => column >= splitAt(door)).length;
    return (column + passed * stairWidth) * unit;
  });

  function splitAt(door: number): number {
    return Math.ceil(((2 * door + 1) * columns) / (2 * doors));
  }

  const storeys = building.map((_, floor) => ({ x: 0, y: 100 - (floor + 1) * height, width: 100, height }));
  return {
    storeys,
    slots: building.flatMap((slots, floor) =>
      slots.map((kind, column) => ({ kind, x: leftOf[column] ?? 0, y: 100 - (floor + 1) * height, width: unit, height })),
    ),
    stairs: Array.from({ length: doors }, (_, door) => ({
      x: (splitAt(door) + door * stairWidth) * unit,
      y: eaves,
      width: stairWidth * unit,
      height: 100 - eaves,
    })),
  };
}

/** Height of the middle of a stop, in per cent from the top of the shaft; stop 0 is the lowest. */
export function stopHeight(stop: number, stops: number): number {
  const count = Math.max(1, stops);
  const at = Math.min(count - 1, Math.max(0, stop));
  return (100 * (count - at - 0.5)) / count;
}
