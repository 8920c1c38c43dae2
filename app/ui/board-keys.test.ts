import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionOf, type Grid, type KeyPress } from "./board-keys.ts";

const grid: Grid = [
  [null, "302", "303", null],
  ["201", "202", "203", "204"],
  ["101", null, null, "104"],
];
const press = (key: string, code: string, more: Partial<KeyPress> = {}) => actionOf({ key, code, ...more }, { grid, at: "202" });
const from = (at: string | null, key: string) => {
  const action = actionOf({ key, code: key }, { grid, at });
  return action?.do === "focus" ? action.room : action;
};

describe("a clerk with one hand on the keyboard", () => {
  it.each([
    ["1", "agree"],
    ["2", "oppose"],
    ["3", "abstain"],
  ])("records with %s: %s, on the row of figures, on the number pad, and while a Chinese input method is on", (key, choice) => {
    const record = { do: "record", choice };
    expect(press(key, `Digit${key}`)).toEqual(record);
    expect(press(key, `Numpad${key}`)).toEqual(record);
    expect(press("Process", `Digit${key}`)).toEqual(record);
    expect(press("Unidentified", `Numpad${key}`)).toEqual(record);
    expect(press(String.fromCodePoint(0xff10 + Number(key)), `Digit${key}`)).toEqual(record);
  });

  it("says where ballots come from, takes one back, tries again, looks for a flat, asks for the keys, and leaves", () => {
    expect(press("p", "KeyP")).toEqual({ do: "channel", channel: "paper" });
    expect(press("A", "KeyA", { shiftKey: true })).toEqual({ do: "channel", channel: "assisted" });
    expect(press("Process", "KeyX")).toEqual({ do: "channel", channel: "proxy" });
    expect(press("u", "KeyU")).toEqual({ do: "undo" });
    expect(press("r", "KeyR")).toEqual({ do: "again" });
    for (const [key, code] of [["g", "KeyG"], ["/", "Slash"], ["Process", "Slash"], ["／", "Slash"], ["/", "NumpadDivide"], ["Process", "NumpadDivide"]] as const) {
      expect(press(key, code)).toEqual({ do: "find" });
    }
    for (const [key, more] of [["?", {}], ["？", {}], ["Process", { shiftKey: true }]] as const) expect(press(key, "Slash", more)).toEqual({ do: "help" });
    expect(press("Escape", "Escape")).toEqual({ do: "leave" });
    expect(press("Process", "Escape")).toEqual({ do: "leave" });
  });

  it("goes by the key's own sign where the keyboard is laid out otherwise, and moves with the pad's arrows", () => {
    expect(press("p", "KeyR")).toEqual({ do: "channel", channel: "paper" });
    expect(press("ArrowDown", "Numpad2")).toEqual({ do: "focus", room: "101" });
    expect(press("!", "Digit1", { shiftKey: true })).toBeNull();
  });

  it("keeps the browser's own keys", () => {
    for (const held of ["ctrlKey", "altKey", "metaKey"] as const) expect(press("1", "Digit1", { [held]: true })).toBeNull();
    for (const [key, code] of [["Tab", "Tab"], ["Enter", "Enter"], ["4", "Digit4"], ["F5", "F5"], ["Process", "Space"]] as const) expect(press(key, code)).toBeNull();
  });

  it("records nothing by a key that is held down, though arrows go on", () => {
    for (const [key, code] of [["1", "Digit1"], ["u", "KeyU"], ["x", "KeyX"], ["?", "Slash"]] as const) expect(press(key, code, { repeat: true })).toBeNull();
    expect(press("ArrowRight", "ArrowRight", { repeat: true })).toEqual({ do: "focus", room: "203" });
  });

  it("moves among the flats as they lie in the building, over gaps, and stops at the walls", () => {
    expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].map((key) => from("202", key))).toEqual(["201", "203", "302", "101", "201", "204"]);
    expect(from("104", "ArrowLeft")).toBe("101");
    expect(from("101", "ArrowRight")).toBe("104");
    expect(from("201", "ArrowUp")).toBe("302");
    expect(from("204", "ArrowUp")).toBe("303");
    expect(from("101", "ArrowUp")).toBe("201");
    for (const [at, key] of [["302", "ArrowUp"], ["101", "ArrowDown"], ["201", "ArrowLeft"], ["303", "ArrowRight"], [null, "ArrowUp"], ["999", "Home"]] as const) {
      expect(from(at, key)).toBeNull();
    }
  });

  it("is always at a flat, however the building is made and whatever is pressed", () => {
    const building = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }).map((rows) =>
      rows.map((row, y) => row.map((there, x) => (there ? `${y}-${x}` : null))),
    );
    const walk = fc.array(fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"), { maxLength: 30 });
    fc.assert(
      fc.property(building, walk, (rooms, keys) => {
        let at = rooms.flat().find((room) => room !== null) ?? null;
        for (const key of keys) {
          const action = actionOf({ key, code: key }, { grid: rooms, at });
          if (action?.do === "focus") at = action.room;
          expect(at === null || rooms.flat().includes(at)).toBe(true);
        }
      }),
    );
  });
});
