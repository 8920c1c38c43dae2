import fc from "fast-check";
import { expect, it } from "vitest";
import { formatYuan, parseYuan } from "./money.ts";

it("reads yuan as people write them, as whole fen", () => {
  expect(["140000", "140,000", "140 000.5", "０.01", " 28 "].map(parseYuan)).toEqual([14_000_000, 14_000_000, 14_000_050, 1, 2_800]);
});

it("reads nothing else", () => {
  expect(["", "-1", "1.234", "14万", "1e5", "1,00", "9".repeat(20)].map(parseYuan)).toEqual(Array(7).fill(null));
});

it("reads back what it writes, to the fen", () => {
  fc.assert(fc.property(fc.nat({ max: 100_000_000_000 }), (fen) => parseYuan(formatYuan(fen)) === fen));
});
