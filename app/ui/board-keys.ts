import type { PaperChannel } from "#app/domain/board.ts";
import { choices, type Choice } from "#app/domain/tally.ts";

/** What a key means at the board. */
export type BoardAction =
  | { do: "focus"; room: string }
  | { do: "record"; choice: Choice }
  | { do: "channel"; channel: PaperChannel }
  | { do: "find" | "undo" | "again" | "help" | "leave" };

/** The part of a keyboard event that says which key it was. */
export interface KeyPress {
  key: string;
  code: string;
  repeat?: boolean;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
}

/** Flats as they lie in the building, the top floor first; null where there is none. */
export type Grid = readonly (readonly (string | null)[])[];

const channelOf: Readonly<Record<string, PaperChannel>> = { P: "paper", A: "assisted", X: "proxy" };
const wayOf: Readonly<Record<string, "find" | "undo" | "again" | "help" | "leave">> = {
  "/": "find", G: "find", U: "undo", R: "again", "?": "help", ESCAPE: "leave",
};

/** Keys by their place, where the key itself says nothing: a Chinese input method calls every key "Process". */
const places: Readonly<Record<string, string>> = { Slash: "/", NumpadDivide: "/", Escape: "ESCAPE" };

/** The key as a sign: "1", "P", "/", "?", "ARROWUP"; full-width signs count as their plain ones. */
function signOf({ key, code, shiftKey }: KeyPress): string {
  if (key !== "Process" && key !== "Unidentified") return key.normalize("NFKC").toUpperCase();
  if (code === "Slash" && shiftKey) return "?";
  return places[code] ?? /^(?:Key|Numpad|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? code.toUpperCase();
}

/**
 * What a key means for whoever stands at a flat; null for what is none of ours. A key that is held down moves, and does
 * nothing else.
 *
 * @param at the room of the flat that has the focus
 */
export function actionOf(press: KeyPress, { grid, at }: { grid: Grid; at: string | null }): BoardAction | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const sign = signOf(press);
  const room = neighbour(grid, at, sign);
  if (room !== null) return { do: "focus", room };
  if (press.repeat) return null;
  const choice = choices[["1", "2", "3"].indexOf(sign)];
  if (choice) return { do: "record", choice };
  const channel = channelOf[sign];
  if (channel) return { do: "channel", channel };
  const way = wayOf[sign];
  return way ? { do: way } : null;
}

function neighbour(grid: Grid, at: string | null, sign: string): string | null {
  const y = grid.findIndex((row) => at !== null && row.includes(at));
  const row = grid[y];
  if (!row) return null;
  const x = row.indexOf(at);
  const within = (rooms: readonly (string | null)[]) => rooms.find((room) => room !== null) ?? null;
  switch (sign) {
    case "ARROWLEFT":
      return within(row.slice(0, x).reverse());
    case "ARROWRIGHT":
      return within(row.slice(x + 1));
    case "HOME":
      return within(row);
    case "END":
      return within([...row].reverse());
    case "ARROWUP":
      return nearest(grid.slice(0, y).reverse(), x);
    case "ARROWDOWN":
      return nearest(grid.slice(y + 1), x);
    default:
      return null;
  }
}

/** The flat in the first row that has one, as near as can be to the column. */
function nearest(rows: Grid, x: number): string | null {
  for (const row of rows) {
    const [room] = row
      .map((room, column) => ({ room, away: Math.abs(column - x) }))
      .filter(({ room }) => room !== null)
      .sort((one, other) => one.away - other.away);
    if (room) return room.room;
  }
  return null;
}
