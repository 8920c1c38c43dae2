import type { ReactNode } from "react";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import type { Tone } from "./badge.tsx";
import { Unseen } from "./layout.tsx";
import { Sign, signs, type SignName } from "./sign.tsx";
import { percentOf } from "./result-bar.tsx";

export const boardStates = ["agree", "oppose", "abstain", "missing", "waiting", "void"] as const;
export type BoardState = (typeof boardStates)[number];

const looks: Readonly<Record<BoardState, { sign: SignName; tone: Tone }>> = {
  agree: { sign: "yes", tone: "jade" },
  oppose: { sign: "no", tone: "brick" },
  abstain: { sign: "abstain", tone: "blue" },
  missing: { sign: "none", tone: "neutral" },
  waiting: { sign: "wait", tone: "amber" },
  void: { sign: "void", tone: "neutral" },
};

export interface BoardFlat {
  room: string;
  /** How the roll names the flat, where that is not its room alone. */
  unit?: string;
  state: BoardState;
  /** Other words for the state: an intent instead of a ballot, a channel. */
  text?: string;
  /** A small further line: the owner, the area. */
  detail?: string;
  href?: string;
  /** Makes the flat a submit button of the form around the board. */
  button?: { name: string; value: string };
  selected?: boolean;
}

export interface BoardFloor {
  floor: number;
  /** From left to right; `null` where there is no flat. */
  flats: readonly (BoardFlat | null)[];
}

export interface BoardProps {
  caption: string;
  /** Any order: the highest floor is drawn on top. */
  floors: readonly BoardFloor[];
  /** How high the car stands: ballots returned out of all, for instance. */
  car?: { have: number; of: number };
  /** With scripts: the room or unit at which the keyboard enters; all others are reached by arrows. */
  enter?: string | null | undefined;
  /** Words for the states in the legend, where they are not those of a ballot. */
  legend?: Partial<Readonly<Record<BoardState, string>>>;
}

/** The stairwell at the desk: its floors by its flats, each flat with its state and, if wanted, the way to it. */
export function Board({ caption, floors, car, enter, legend = {} }: BoardProps) {
  const ordered = fromTheTop(floors);
  const columns = Math.max(1, ...floors.map((floor) => floor.flats.length));
  const flats = floors.flatMap((floor) => floor.flats).filter((flat) => flat !== null);
  return (
    <figure className="board">
      <div className="board-scroll" role="region" aria-label={caption} tabIndex={0}>
        {car && <BoardShaft {...car} />}
        <table className="board-floors" data-columns={Math.min(8, columns)} role={enter === undefined ? undefined : "grid"}>
          <caption>
            <Unseen>{caption}</Unseen>
          </caption>
          <colgroup>
            <col className="board-number" />
          </colgroup>
          <tbody>
            {ordered.map(({ floor, flats: row }) => (
              <tr key={floor}>
                <th scope="row">{ui.board.floor(floor)}</th>
                {Array.from({ length: columns }, (_, column) => {
                  const flat = row[column];
                  return <td key={column}>{flat && <Cell flat={flat} words={legend} enter={enter} />}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="board-legend">
        {boardStates.map((state) => {
          const count = flats.filter((flat) => flat.state === state).length;
          if (count === 0) return null;
          return (
            <span key={state} data-state={state} data-tone={looks[state].tone}>
              <Sign name={looks[state].sign} />
              {legend[state] ?? ui.board.states[state]} {ui.board.count(count)}
            </span>
          );
        })}
      </figcaption>
    </figure>
  );
}

/** Floors as they are drawn: the highest on top. */
export function fromTheTop<Floor extends { floor: number }>(floors: readonly Floor[]): Floor[] {
  return [...floors].sort((one, other) => other.floor - one.floor);
}

function Cell({ flat, words, enter }: { flat: BoardFlat; words: NonNullable<BoardProps["legend"]>; enter: BoardProps["enter"] }) {
  const name = flat.unit ?? flat.room;
  const content: ReactNode = (
    <>
      <b>{flat.room}</b>
      <span>
        <Sign name={looks[flat.state].sign} />
        {flat.text ?? words[flat.state] ?? ui.board.states[flat.state]}
      </span>
      {flat.detail && <small>{flat.detail}</small>}
    </>
  );
  const shared = {
    className: "board-flat",
    "data-state": flat.state,
    "data-tone": looks[flat.state].tone,
    "data-room": name,
    tabIndex: enter === undefined || enter === name ? undefined : -1,
    "aria-current": flat.selected ? ("true" as const) : undefined,
  };
  if (flat.href) {
    return (
      <a {...shared} href={flat.href}>
        {content}
      </a>
    );
  }
  if (flat.button) {
    return (
      <button {...shared} type="submit" {...flat.button}>
        {content}
      </button>
    );
  }
  return <div {...shared}>{content}</div>;
}

/** The car keeps clear of both ends of the shaft: 7 % of its height on either side. */
function BoardShaft({ have, of }: { have: number; of: number }) {
  const middle = `${(93 - 0.86 * percentOf(have, of)).toFixed(2)}%`;
  return (
    <svg className="board-shaft" data-tone="jade" aria-hidden="true" focusable="false">
      <rect className="elevation-glass" width="100%" height="100%" rx="8" />
      <line className="elevation-rope" x1="50%" x2="50%" y1="0" y2={middle} />
      <svg x="50%" y={middle} overflow="visible">
        <rect className="elevation-car" x="-0.85em" y="-1em" width="1.7em" height="2em" rx="6" />
        <svg x="-0.6em" y="-0.6em" width="1.2em" height="1.2em" viewBox="0 0 24 24">
          <path className="elevation-car-sign" d={signs.up} />
        </svg>
      </svg>
    </svg>
  );
}
