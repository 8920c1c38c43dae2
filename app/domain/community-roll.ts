/** A flat with the stairwell that it belongs to. */
interface PlacedFlat {
  room: string;
  /** The stairwell's code, its house and its door number. */
  stairwell: string;
  building: string;
  entrance: string;
}

/**
 * Gives each flat of a community the name by which its roll and its ballots know it: door and room, `4号-101`; with the
 * house where doors of several houses have one number, and with the stairwell's code where even that would name two.
 * What names a flat of one stairwell never names one of another.
 */
export function withUnits<Flat extends PlacedFlat>(flats: readonly Flat[]): (Flat & { unit: string })[] {
  const detail = new Map<string, number>();
  for (;;) {
    const named = flats.map((flat) => ({ ...flat, unit: nameOf(flat, detail.get(flat.stairwell) ?? 0) }));
    const unclear = unclearStairwells(named).filter((stairwell) => detail.get(stairwell) !== 2);
    if (unclear.length === 0) return named;
    for (const stairwell of unclear) detail.set(stairwell, (detail.get(stairwell) ?? 0) + 1);
  }
}

function nameOf({ stairwell, building, entrance, room }: PlacedFlat, detail: number): string {
  if (detail === 0) return `${entrance}-${room}`;
  return detail === 1 ? `${building}${entrance}-${room}` : `${stairwell}-${room}`;
}

/** The stairwells that share a name with another. */
function unclearStairwells(named: readonly { unit: string; stairwell: string }[]): string[] {
  const owners = new Map<string, string>();
  const unclear = new Set<string>();
  for (const { unit, stairwell } of named) {
    const owner = owners.get(unit) ?? stairwell;
    owners.set(unit, owner);
    if (owner !== stairwell) unclear.add(owner).add(stairwell);
  }
  return [...unclear];
}
