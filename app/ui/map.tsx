import { DISC, type Drawn, type MapMark } from "#app/domain/map.ts";
import { map as words } from "#app/i18n/zh-CN/map.ts";

export interface MapDisc {
  href: string;
  /** What is written in it: a number of the list, or a short name. */
  text: string;
  /** What a screen reader and a pointer that rests are told. */
  name: string;
  mark: MapMark;
}

export interface PlaceMapProps {
  drawn: Drawn<MapDisc>;
  title: string;
  description: string;
}

/** A flag stands for a lift in use; the other marks have a letter or a rim of their own, so that none speaks by colour alone. */
function Disc({ disc: { href, text, name, mark }, x, y, radius }: { disc: MapDisc; x: number; y: number; radius: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <a href={href} aria-label={`${name}，${words.marks[mark]}`} data-mark={mark}>
        <g>
          <circle r={radius} />
          {mark === "in-use" && <path d={`M${Math.round(radius * 0.64)} ${Math.round(-radius * 0.55)}v-32l22 8-22 8`} />}
          <text dy=".36em">{text}</text>
        </g>
      </a>
    </g>
  );
}

/** Places by their coordinates, drawn on the server: no tiles, no scripts, every disc a link. */
export function PlaceMap({ drawn: { width, height, disc, places }, title, description }: PlaceMapProps) {
  const crowded = places.some(({ x, y }) => x > width - 140 && y < 140);
  return (
    <figure className="map" data-discs={disc > DISC ? "large" : undefined}>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${title}。${description}`}>
        <rect width={width} height={height} rx="24" />
        <path className="map-north" d={`M${crowded ? 24 : width - 24} 54V22m-9 11 9-13 9 13`} aria-hidden="true" />
        {places.map(({ place, x, y }) => (
          <Disc key={place.href} disc={place} x={x} y={y} radius={disc} />
        ))}
      </svg>
      <figcaption>{description}</figcaption>
    </figure>
  );
}

/** What the marks mean that a map shows. */
export function MapLegend({ marks }: { marks: readonly MapMark[] }) {
  return (
    <ul className="map-legend" aria-label={words.legend}>
      {marks.map((mark) => (
        <li key={mark}>
          <svg viewBox="0 0 64 56" aria-hidden="true" data-mark={mark}>
            <circle cx="28" cy="32" r={DISC} />
            {mark === "in-use" && <path d="M42 20V-2l22 9-22 9" transform="translate(0 8)" />}
            <text x="28" y="32" dy=".36em">
              {/^[ABC]$/.test(mark) ? mark : ""}
            </text>
          </svg>
          {words.marks[mark]}
        </li>
      ))}
    </ul>
  );
}
