import type { Grade } from "./assessment.ts";
import type { Stage } from "./stages.ts";

/** Where a place lies, in degrees. */
export interface Located {
  lon: number;
  lat: number;
}

export interface Placed<T> {
  place: T;
  x: number;
  y: number;
}

export interface Drawn<T> {
  width: number;
  height: number;
  /** Radius of each place's disc; none is nearer to the next than two of them. */
  disc: number;
  places: Placed<T>[];
}

/** Width of a map in its own units. */
export const MAP_WIDTH = 640;
/** Radius of a disc in the key. */
export const DISC = 22;
/** A few places are drawn so large that a finger on a phone meets each; so many are few. */
const LARGE_DISC = 44;
const FEW = 12;
/** Room at the edge for a disc with its flag. */
const MARGIN = 66;
const LEAST_HEIGHT = 240;
const MOST_HEIGHT = 900;
/** Rounds in which discs that cover each other are moved apart. */
const ROUNDS = 60;

/**
 * Places on a flat map, north at the top: a degree of longitude is as much shorter as the cosine of the latitude says.
 * Those that would cover each other are moved apart, so that each can be seen and pressed.
 */
export function drawMap<T extends Located>(located: readonly T[]): Drawn<T> {
  const lons = located.map(({ lon }) => lon);
  const lats = located.map(({ lat }) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [(east - west) * shrink, north - south];
  const inner = MAP_WIDTH - 2 * MARGIN;
  const scale = Math.min(wide > 0 ? inner / wide : Infinity, high > 0 ? (MOST_HEIGHT - 2 * MARGIN) / high : Infinity);
  const unit = Number.isFinite(scale) ? scale : 0;
  const height = Math.max(LEAST_HEIGHT, high * unit + 2 * MARGIN);
  const left = (MAP_WIDTH - wide * unit) / 2;
  const top = (height - high * unit) / 2;
  const places = located.map((place) => ({ place, x: left + (place.lon - west) * shrink * unit, y: top + (north - place.lat) * unit }));
  const disc = located.length <= FEW ? LARGE_DISC : DISC;
  moveApart(places, height, disc);
  return { width: MAP_WIDTH, height: Math.round(height), disc, places: places.map(({ place, x, y }) => ({ place, x: Math.round(x), y: Math.round(y) })) };
}

function moveApart(places: { x: number; y: number }[], height: number, disc: number): void {
  const apart = 2 * disc + 2;
  const within = (at: number, most: number) => Math.min(most - disc - 2, Math.max(disc + 2, at));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (const [index, one] of places.entries()) {
      for (const [later, other] of places.slice(index + 1).entries()) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= apart) continue;
        // Those at one point go round, each in another direction, the same every time.
        const angle = distance > 0 ? Math.atan2(dy, dx) : (later + 1) * 2.4;
        const push = (apart - distance) / 2;
        one.x = within(one.x - Math.cos(angle) * push, MAP_WIDTH);
        one.y = within(one.y - Math.sin(angle) * push, height);
        other.x = within(other.x + Math.cos(angle) * push, MAP_WIDTH);
        other.y = within(other.y + Math.sin(angle) * push, height);
        moved = true;
      }
    }
    if (!moved) return;
  }
}

/** What a disc says, by a letter or sign of its own and never by colour alone. */
export type MapMark = "in-use" | "building" | "under-way" | "wishing" | "A" | "B" | "C" | "none";

/** How far a stage has come, for a map: a wish, on the way, being built, in use. */
export function markOfStage(stage: Stage | null): MapMark {
  if (stage === null) return "none";
  if (stage === "in-use") return "in-use";
  if (stage === "construction" || stage === "acceptance") return "building";
  return stage === "intent" ? "wishing" : "under-way";
}

/** A stairwell on a map: a flag where its lift is in use, else whether it suits, else how far it is. */
export function markOfStairwell({ stage, grade }: { stage: Stage; grade: Grade | null }): MapMark {
  return stage === "in-use" || grade === null ? markOfStage(stage) : grade;
}

/** What is written in the disc of a stairwell: its number, with the letter of its grade, which the colour alone would not say. */
export function textOfStairwell(entrance: string, mark: MapMark): string {
  const number = entrance.replace(/\D/g, "").slice(-3);
  return mark === "A" || mark === "B" || mark === "C" ? `${number}${mark}` : number;
}

/** Whether a place has coordinates to be drawn at. */
export function isLocated<T extends { lon: number | null; lat: number | null }>(place: T): place is T & Located {
  return place.lon !== null && place.lat !== null;
}
