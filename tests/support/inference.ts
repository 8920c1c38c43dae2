/** What a flat did in a consultation, as far as any public figure could tell: agreed, took part otherwise, or neither. */
export type Did = "agree" | "other" | "nothing";

/** One way in which the flats of a stairwell may have voted; areas in hundredths of a square metre. */
export interface Possibility {
  did: readonly Did[];
  participated: number;
  agree: number;
  participatedArea: number;
  agreeArea: number;
}

const DOINGS: readonly Did[] = ["agree", "other", "nothing"];

/** How likely a neighbour is to do it: four of five take part, seven of ten of those agree. */
const LIKELY: Record<Did, number> = { agree: 0.56, other: 0.24, nothing: 0.2 };

/** Every way in which flats of these areas may have voted: 3 to their power. The object is reused from one to the next. */
function forEachPossibility(areas: readonly number[], visit: (possible: Possibility, likelihood: number) => void): void {
  const did: Did[] = areas.map(() => "nothing");
  const possible = { did, participated: 0, agree: 0, participatedArea: 0, agreeArea: 0 };
  const choose = (flat: number, likelihood: number): void => {
    const area = areas[flat];
    if (area === undefined) return visit(possible, likelihood);
    for (const doing of DOINGS) {
      did[flat] = doing;
      const [takesPart, agrees] = [doing === "nothing" ? 0 : 1, doing === "agree" ? 1 : 0];
      possible.participated += takesPart;
      possible.agree += agrees;
      possible.participatedArea += takesPart * area;
      possible.agreeArea += agrees * area;
      choose(flat + 1, likelihood * LIKELY[doing]);
      possible.participated -= takesPart;
      possible.agree -= agrees;
      possible.participatedArea -= takesPart * area;
      possible.agreeArea -= agrees * area;
    }
  };
  choose(0, 1);
}

/**
 * The share of single choices that somebody knows for certain who knows every area and sees `view`: exactly, over all
 * possibilities. A choice is known where all that look alike have it in common.
 *
 * @param view what is seen; equal where two possibilities look alike
 */
export function inferredShare(areas: readonly number[], view: (possible: Possibility) => string | number): number {
  // Of each view, for each flat, what it may have done: three bits.
  const together = new Map<string | number, Uint8Array>();
  forEachPossibility(areas, (possible) => {
    const seen = view(possible);
    let may = together.get(seen);
    if (!may) together.set(seen, (may = new Uint8Array(areas.length)));
    for (let flat = 0; flat < areas.length; flat++) may[flat] = (may[flat] ?? 0) | (1 << DOINGS.indexOf(possible.did[flat] ?? "nothing"));
  });
  const known = new Map([...together].map(([seen, may]) => [seen, may.filter((bits) => bits === 1 || bits === 2 || bits === 4).length]));
  let share = 0;
  forEachPossibility(areas, (possible, likelihood) => {
    share += (likelihood * (known.get(view(possible)) ?? 0)) / areas.length;
  });
  return share;
}
