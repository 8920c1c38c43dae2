import type { ReactNode } from "react";
import { StreetHouse, StreetShapes } from "./street-house.tsx";
import { groundAt, placeHouses, streets, type PlacedHouse, type SkylineHouse, type Street } from "./skyline-streets.ts";

export type { SkylineHouse } from "./skyline-streets.ts";

export interface SkylineProps {
  houses: readonly SkylineHouse[];
  /** What the picture tells, in a sentence. */
  caption: ReactNode;
  /** Where all communities are listed: the same ways in words, for keyboard and screen reader. */
  all: { href: string; label: string };
}

const height = 300;

/**
 * The subdistrict as streets of houses, each with its lift on the way. A house can be clicked; the drawing itself is
 * hidden from screen readers and the keyboard, which get the caption and the list behind it.
 */
export function Skyline({ houses, caption, all }: SkylineProps) {
  const { width, rows } = placeHouses(houses);
  const middle = width / 2;
  return (
    <figure className="skyline">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
        <StreetShapes placed={rows.flat()} />
        <circle className="skyline-sun" cx={middle - 205} cy="52" r="25" />
        <path className="skyline-city" transform={`translate(${middle + 60} 122) scale(1.2)`} d={city} />
        <path className="skyline-city" transform={`translate(${middle - 700} 132)`} d={blocks} />
        <path className="skyline-city" transform={`translate(${middle + 430} 132)`} d={blocks} />
        {rows.map((row, index) => {
          const street = streets[index];
          return street && <Row key={street.base} row={row} street={street} width={width} number={index} />;
        })}
      </svg>
      <figcaption>
        <span>{caption}</span>
        <a href={all.href}>{all.label}</a>
      </figcaption>
    </figure>
  );
}

function Row({ row, street, width, number }: { row: readonly PlacedHouse[]; street: Street; width: number; number: number }) {
  const crest = Array.from({ length: Math.ceil(width / 40) + 1 }, (_, index) => {
    const x = index * 40;
    return `${x} ${groundAt(street, x).toFixed(1)}`;
  });
  return (
    <g className="skyline-row" data-row={number}>
      <path className="skyline-ground" d={`M-10 ${height}L-10 ${street.base}L${crest.join("L")}V${height}z`} />
      {row.map((placed) => (
        <a key={placed.house.href} href={placed.house.href} tabIndex={-1}>
          <title>{placed.house.title}</title>
          <StreetHouse placed={placed} scale={street.scale} />
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
