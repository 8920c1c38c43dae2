import { useId } from "react";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import type { Tone } from "./badge.tsx";
import { frontOf, stopHeight, type Box, type Building } from "./building.ts";
import { Unseen } from "./layout.tsx";
import { Sign, signs, type SignName } from "./sign.tsx";
import { reachOf } from "./steps.tsx";

/** How the car looks: on its way, or why it is not. */
export type CarState = "moving" | "paused" | "disputed" | "ended" | "not-suitable" | "in-use";

const looks: Readonly<Record<CarState, { sign: SignName; tone: Tone }>> = {
  moving: { sign: "up", tone: "jade" },
  paused: { sign: "pause", tone: "amber" },
  disputed: { sign: "alert", tone: "amber" },
  ended: { sign: "none", tone: "brick" },
  "not-suitable": { sign: "no", tone: "brick" },
  "in-use": { sign: "yes", tone: "jade" },
};

export interface Stop {
  label: string;
  /** Short date or word, shown where there is room. */
  detail?: string;
}

export interface ElevationProps {
  /** The stages from the ground up. Labels of up to six characters stay on one line on a small phone. */
  stops: readonly Stop[];
  /** Index of the stop where the car is. */
  at: number;
  state?: CarState;
  /** Says a side state in words below the drawing; wanted for all states but `moving` and `in-use`. */
  stateText?: string;
  building: Building;
  entrances?: number;
  /** Name of the drawing for a screen reader, and what is to be seen on it. */
  title: string;
  description: string;
}

/**
 * The stairwell as a house with its lift shaft: each stage is a stop, the car is where the project is.
 * All windows are alike: a lit one would look like a vote.
 */
export function Elevation(props: ElevationProps) {
  const { stops, at, state = "moving", stateText, building, entrances = 1, title, description } = props;
  return (
    <figure className="elevation" data-tone={looks[state].tone} data-flag={state === "in-use" || undefined}>
      <div className="elevation-scene" data-bays={Math.min(6, building[0]?.length ?? 1)}>
        <ol className="elevation-stops" reversed>
          {[...stops.entries()].reverse().map(([index, stop]) => {
            const reach = reachOf(index, at);
            return (
              <li key={stop.label} data-reach={reach} aria-current={reach === "here" ? "step" : undefined}>
                <span className="elevation-label">
                  {stop.label}
                  <Unseen>{ui.reach[reach]}</Unseen>
                </span>
                {stop.detail && <span className="elevation-detail">{stop.detail}</span>}
              </li>
            );
          })}
        </ol>
        <House building={building} entrances={entrances} title={title} description={description} />
        <Shaft count={stops.length} at={at} state={state} />
        <Yard />
      </div>
      <div className="elevation-ground" />
      {stateText && (
        <figcaption className="elevation-state">
          <Sign name={looks[state].sign} />
          {stateText}
        </figcaption>
      )}
    </figure>
  );
}

const percent = (value: number) => `${Number(value.toFixed(2))}%`;

function place({ x, y, width, height }: Box) {
  return { x: percent(x), y: percent(y), width: percent(width), height: percent(height) };
}

function Shaft({ count, at, state }: { count: number; at: number; state: CarState }) {
  const height = percent(stopHeight(at, count));
  const hatch = useId().replaceAll(":", "");
  const still = state !== "moving" && state !== "in-use";
  return (
    <svg className="elevation-shaft" aria-hidden="true" focusable="false">
      {state === "in-use" && (
        <svg x="50%" y="0" overflow="visible">
          <path className="elevation-flag" d="M0 0V-34H24l-7 8 7 8H0" />
        </svg>
      )}
      <rect className="elevation-glass" width="100%" height="100%" rx="8" />
      {Array.from({ length: count }, (_, index) => (
        <circle
          key={index}
          className={index <= at ? "elevation-dot-past" : "elevation-dot"}
          cx="50%"
          cy={percent(stopHeight(index, count))}
          r={index <= at ? 4.5 : 4}
        />
      ))}
      <line className="elevation-rope" x1="50%" x2="50%" y1="0" y2={height} />
      <svg x="50%" y={height} overflow="visible">
        {still && (
          <pattern id={hatch} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="elevation-car-hatch" width="8" height="8" />
            <path className="elevation-car-stripe" d="M4 0v8" />
          </pattern>
        )}
        <rect className="elevation-car" x="-1em" y="-1em" width="2em" height="2em" rx="6" />
        {still && <rect x="-1em" y="-1em" width="2em" height="2em" rx="6" fill={`url(#${hatch})`} />}
        {still && <circle className="elevation-car-disc" r="0.72em" />}
        <svg x="-0.62em" y="-0.62em" width="1.24em" height="1.24em" viewBox="0 0 24 24">
          <path className="elevation-car-sign" d={signs[looks[state].sign]} />
        </svg>
      </svg>
    </svg>
  );
}

function House({
  building,
  entrances,
  title,
  description,
}: Pick<ElevationProps, "building" | "title" | "description"> & { entrances: number }) {
  const id = useId().replaceAll(":", "");
  const front = frontOf(building, entrances);
  return (
    <svg className="elevation-house" role="img" aria-labelledby={`${id}t ${id}d`} focusable="false">
      <title id={`${id}t`}>{title}</title>
      <desc id={`${id}d`}>{description}</desc>
      <symbol id={`${id}flat`} viewBox="0 0 60 50" preserveAspectRatio="none">
        <path className="draw-glass" d="M10 10h40v24H10z" />
        <path className="draw-sash" d="M23 10v24M37 10v24M10 18h40" />
        <path className="draw-rail" d="M7 33h46v10H7z" />
        <path className="draw-sash" d="M16 33v10M25.5 33v10M34.5 33v10M44 33v10" />
      </symbol>
      <symbol id={`${id}shop`} viewBox="0 0 60 50" preserveAspectRatio="none">
        <path className="draw-glass" d="M5 20h50v30H5z" />
        <path className="draw-sash" d="M22 20v30M39 20v30" />
        <path className="draw-awning" d="M2 10h56l2 11H0z" />
        <path className="draw-awning-2" d="M12.5 10h9l-.5 11H10zM31 10h9l1 11h-9.5zM50 10h8l2 11h-8z" />
      </symbol>
      <symbol id={`${id}stair`} viewBox="0 0 30 50" preserveAspectRatio="none">
        <path className="draw-glass" d="M9 0h12v50H9z" />
        <path className="draw-sash" d="M15 0v50M9 18h12" />
      </symbol>
      <circle className="skyline-sun" cx="87%" cy="2%" r="9%" />
      {front.storeys.slice(1).map((storey) => (
        <rect key={storey.y} className="elevation-bridge" x="-1.1em" y={percent(storey.y + 0.62 * storey.height)} width="1.2em" height="5" />
      ))}
      <svg y="0" width="100%" height="9.5%" viewBox="0 0 100 10" preserveAspectRatio="none" overflow="visible">
        <path className="draw-roof" d="M-2.5 10L6 1h88l8.5 9z" />
        <path className="draw-roof-line" d="M1 6.5h98M4 3.5h92" />
      </svg>
      <rect className="draw-wall" y="9%" width="100%" height="91%" />
      {front.stairs.map((stair) => (
        <rect key={stair.x} className="draw-stairs" {...place(stair)} />
      ))}
      {front.storeys.slice(0, -1).map((storey) => (
        <line key={storey.y} className="draw-sash" x1="0" x2="100%" y1={percent(storey.y)} y2={percent(storey.y)} />
      ))}
      {front.stairs.flatMap((stair) =>
        front.storeys.slice(0, -1).map((storey) => (
          <use
            key={`${stair.x} ${storey.y}`}
            href={`#${id}stair`}
            {...place({ ...stair, y: storey.y - 0.2 * storey.height, height: 0.36 * storey.height })}
          />
        )),
      )}
      {front.slots.map(({ kind, ...box }) =>
        kind === "wall" ? null : <use key={`${box.x} ${box.y}`} href={`#${id}${kind}`} {...place(box)} />,
      )}
      {front.stairs.map((stair) => (
        <Door key={stair.x} box={{ ...stair, y: 100 - 0.8 * (front.storeys[0]?.height ?? 0), height: 0.8 * (front.storeys[0]?.height ?? 0) }} />
      ))}
    </svg>
  );
}

/** Trees beside the house, where there is room for them. */
function Yard() {
  return (
    <svg className="elevation-yard" viewBox="0 0 90 150" preserveAspectRatio="xMinYMax meet" aria-hidden="true" focusable="false">
      <path className="draw-trunk" d="M36 150V84M36 120l12-14M68 150v-34" />
      <circle className="draw-leaf-2" cx="36" cy="66" r="30" />
      <circle className="draw-leaf" cx="28" cy="56" r="18" />
      <circle className="draw-leaf-2" cx="69" cy="104" r="18" />
      <circle className="draw-leaf" cx="65" cy="98" r="10" />
      <path className="draw-leaf-2" d="M2 150a9 9 0 0 1 9-11 10 10 0 0 1 18 4 7 7 0 0 1 3 7z" />
    </svg>
  );
}

function Door({ box }: { box: Box }) {
  return (
    <svg {...place(box)} viewBox="0 0 30 40" preserveAspectRatio="none">
      <path className="draw-door" d="M7 12h16v28H7z" />
      <path className="draw-door-line" d="M15 12v28" />
      <path className="draw-roof" d="M2 6h26v5H2z" />
    </svg>
  );
}
