import type { ReactNode } from "react";
import { StreetHouse, StreetShapes } from "./street-house.tsx";
import { groundAt, planSkyline, skylineHeight, type Screens, type SkylineHouse, type SkylinePlan, type StreetRow } from "./skyline-streets.ts";

export type { SkylineHouse } from "./skyline-streets.ts";

export interface SkylineProps {
  houses: readonly SkylineHouse[];
  /** What the picture tells, in a sentence. */
  caption: ReactNode;
  /** Where all communities are listed: the same ways in words, for keyboard and screen reader. */
  all: { href: string; label: string };
}

/**
 * The subdistrict as streets of houses, each with its lift on the way. A house can be clicked; the drawing itself is
 * hidden from screen readers and the keyboard, which get the caption and the list behind it.
 */
export function Skyline({ houses, caption, all }: SkylineProps) {
  return (
    <figure className="skyline">
      {planSkyline(houses).map((plan) => (
        <Drawing key={plan.screens} plan={plan} name={`sky-${plan.screens}`} />
      ))}
      <figcaption>
        <span>{caption}</span>
        <a href={all.href}>{all.label}</a>
      </figcaption>
    </figure>
  );
}

function Drawing({ plan: { screens, width, rows }, name }: { plan: SkylinePlan; name: string }) {
  return (
    <svg data-screens={screens} viewBox={`${-width / 2} 0 ${width} ${skylineHeight}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <StreetShapes placed={rows.flatMap(({ houses }) => houses)} name={name} />
      <Sky ground={rows[0]?.base ?? skylineHeight} screens={screens} />
      {rows.map((row, index) => (
        <Row key={row.phase} row={row} width={width} number={index} name={name} />
      ))}
    </svg>
  );
}

/** Where the sun, the towers and the blocks beside them stand, and how large the towers are at most. */
const wideSky = { sun: -260, towers: 60, most: 1.6, far: [-1290, -960, -700, 430, 700, 1010] };
const sky: Record<Screens, typeof wideSky> = {
  wide: wideSky,
  all: { ...wideSky, sun: -160 },
  narrow: { sun: -125, towers: -20, most: 1.25, far: [-340] },
};

function Sky({ ground, screens }: { ground: number; screens: Screens }) {
  const foot = ground - 14;
  const { sun, towers, most, far } = sky[screens];
  const scale = Math.min(most, (foot - 9) / 94);
  return (
    <>
      <circle className="skyline-sun" cx={sun} cy="52" r="25" />
      <path className="skyline-city" transform={`translate(${towers} ${foot}) scale(${scale.toFixed(2)})`} d={city} />
      {far.map((x) => (
        <path key={x} className="skyline-city" transform={`translate(${x} ${foot + 10})`} d={blocks} />
      ))}
    </>
  );
}

function Row({ row, width, number, name }: { row: StreetRow; width: number; number: number; name: string }) {
  const crest = Array.from({ length: Math.ceil(width / 40) + 1 }, (_, index) => {
    const x = index * 40 - width / 2;
    return `${x} ${groundAt(row, x).toFixed(1)}`;
  });
  return (
    <g className="skyline-row" data-row={number}>
      <path className="skyline-ground" d={`M${-width / 2} ${skylineHeight}L${crest.join("L")}V${skylineHeight}z`} />
      {row.plants.map(({ kind, x, y, scale }) => (
        <use key={x} href={`#${name}-${kind}`} transform={`translate(${x} ${y}) scale(${scale})`} />
      ))}
      {row.houses.map((placed) => (
        <a key={placed.house.href} href={placed.house.href} tabIndex={-1}>
          <title>{placed.house.title}</title>
          <StreetHouse placed={placed} scale={row.scale} name={name} />
        </a>
      ))}
    </g>
  );
}

/** Towers across the river, far off. */
const city =
  "M0 20V-30h16v50M22 20v-72l5-6 5 6v72M38 20V-46h18v66M64 20l2-62-5-4a9 9 0 1 1 9-1l-1-14a5 5 0 0 1 3-9l1-24 1 24a5 5 0 0 1 3 9l-1 14a9 9 0 1 1 9 1l-5 4 2 62M98 20v-58h14v58M118 20l2-104 9-10 6 12 2 102M146 20l1-86 12-14 4 100M170 20v-44h20v44";
const blocks =
  "M0 20v-30h18v30M24 20v-46h14v46M46 20v-24h24v24M78 20v-54h12v54M96 20v-36h20v36M124 20v-26h16v26M146 20v-40h16v40M170 20v-22h26v22M204 20v-34h14v34";
