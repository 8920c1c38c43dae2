import type { ReactNode } from "react";
import type { PlacedHouse, SkylineHouse } from "./skyline-streets.ts";
import { StreetHouse, StreetShapes } from "./street-house.tsx";

export interface GridHouse extends SkylineHouse {
  /** Where it stands, in a word. */
  detail: ReactNode;
}

/** Houses to choose from, each with its lift as high as it has come: a link with its name and where it stands. */
export function HouseGrid({ houses }: { houses: readonly GridHouse[] }) {
  const placed = houses.map((house): PlacedHouse => {
    const floors = Math.min(7, Math.max(3, house.floors));
    return { house, x: house.car === null ? 13 : 8, y: 84, floors, width: 31, pitched: true, plant: null };
  });
  return (
    <>
      <svg width="0" height="0" aria-hidden="true" focusable="false">
        <StreetShapes placed={placed} name="grid" />
      </svg>
      <ul className="house-grid">
        {placed.map((one, index) => (
          <li key={one.house.href}>
            <a href={one.house.href}>
              <svg viewBox="0 0 56 86" aria-hidden="true" focusable="false">
                <StreetHouse placed={one} name="grid" />
              </svg>
              <span className="house-grid-title">{one.house.title}</span>
              <span className="house-grid-detail">{houses[index]?.detail}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
