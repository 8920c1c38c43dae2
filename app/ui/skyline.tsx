import { ui } from "#app/i18n/zh-CN/ui.ts";

export interface SkylineHouse {
  href: string;
  /** Name of the community and where it stands: the name of its link and its tooltip. */
  title: string;
  /** Most common number of floors. */
  floors: number;
  /** How high the car is, 0–1; `null` where nothing has started: no shaft. */
  car: number | null;
  /** A lift is in use: a flag on the shaft. */
  inUse?: boolean;
}

export interface SkylineProps {
  houses: readonly SkylineHouse[];
  /** What the picture shows, for a screen reader. */
  label: string;
  /** Where all communities are listed: the way on for those who do not pick a house. */
  all: { href: string; label: string };
  /** Houses on a phone: those whose lifts have come furthest. */
  onPhone?: number;
}

const floorHeight = 9;
const ground = 84;
const widths = [26, 30, 34] as const;

/** Same houses in the same order give the same street: trees and widths come from the place in the list. */
function lookOf(index: number) {
  const turn = (index * 7 + Math.floor(index / 5) * 3) % 11;
  return { width: widths[turn % 3] ?? 30, left: turn % 2 === 0 ? 4 : 7, tree: turn % 4, pitched: turn % 3 !== 1 };
}

/** Indices of the houses that come furthest, for places where not all fit. */
export function furthest(houses: readonly SkylineHouse[], count: number): ReadonlySet<number> {
  const ranked = houses.map((house, index) => ({ index, rank: house.inUse ? 2 : (house.car ?? -1) }));
  ranked.sort((one, other) => other.rank - one.rank || one.index - other.index);
  return new Set(ranked.slice(0, count).map(({ index }) => index));
}

/** The subdistrict as streets of houses, each with its lift on the way. */
export function Skyline({ houses, label, all, onPhone = 18 }: SkylineProps) {
  const near = furthest(houses, onPhone);
  return (
    <section className="skyline" aria-label={label}>
      <a className="skyline-skip" href="#after-skyline">
        {ui.skyline.skip}
      </a>
      <Shapes />
      <ul className="skyline-street">
        {houses.map((house, index) => (
          <li key={house.href} data-far={near.has(index) ? undefined : true}>
            <a href={house.href}>
              <House house={house} index={index} />
            </a>
          </li>
        ))}
      </ul>
      <p className="skyline-all" id="after-skyline" tabIndex={-1}>
        <a href={all.href}>{all.label}</a>
      </p>
    </section>
  );
}

function House({ house, index }: { house: SkylineHouse; index: number }) {
  const { width, left, tree, pitched } = lookOf(index);
  const floors = Math.min(7, Math.max(3, Math.round(house.floors)));
  const top = ground - floors * floorHeight;
  const shaft = left + width;
  return (
    <svg viewBox="0 0 56 96" role="img" focusable="false">
      <title>{house.title}</title>
      {tree === 0 && <use href="#sky-tree" x={shaft + 9} y={ground - 26} width="16" height="26" />}
      {tree === 2 && <use href="#sky-bush" x={shaft + 7} y={ground - 12} width="18" height="12" />}
      <rect className="draw-wall" x={left} y={top} width={width} height={floors * floorHeight} />
      <rect className="skyline-windows" x={left + 3} y={top} width={width - 6} height={floors * floorHeight} fill="url(#sky-windows)" />
      {pitched ? (
        <path className="draw-roof" d={`M${left - 2} ${top}l4-6h${width - 4}l4 6z`} />
      ) : (
        <rect className="draw-roof" x={left - 1.5} y={top - 3} width={width + 3} height="3.5" />
      )}
      {house.car !== null && <Lift x={shaft} top={top - 5} car={house.car} flag={house.inUse} />}
    </svg>
  );
}

function Lift({ x, top, car, flag }: { x: number; top: number; car: number; flag?: boolean }) {
  const room = ground - top - 13;
  const y = top + 2 + room * (1 - Math.min(1, Math.max(0, car)));
  return (
    <>
      <rect className="skyline-shaft" x={x} y={top} width="8" height={ground - top} />
      <rect className="skyline-car" x={x + 1.5} y={Number(y.toFixed(1))} width="5" height="9" rx="1.5" />
      {flag && <path className="skyline-flag" d={`M${x + 4} ${top}v-11h9l-2.5 3.5 2.5 3.5h-9`} />}
    </>
  );
}

function Shapes() {
  return (
    <svg className="skyline-shapes" aria-hidden="true" focusable="false">
      <pattern id="sky-windows" width="8" height={floorHeight} y={ground % floorHeight} patternUnits="userSpaceOnUse">
        <rect className="skyline-window" x="1.5" y="2.5" width="5" height="4" />
      </pattern>
      <symbol id="sky-tree" viewBox="0 0 16 26">
        <path className="skyline-trunk" d="M8 26V12" />
        <circle className="draw-leaf-2" cx="8" cy="9" r="7.5" />
        <circle className="skyline-leaf" cx="6" cy="7" r="4" />
      </symbol>
      <symbol id="sky-bush" viewBox="0 0 18 12">
        <path className="draw-leaf-2" d="M1 12a5 5 0 0 1 5-6 5.5 5.5 0 0 1 10 2 4 4 0 0 1 1 4z" />
      </symbol>
    </svg>
  );
}
