import { expect, it } from "vitest";
import { answeredPairs, confirmForm, MOST_ANSWERS } from "./roll-answers.ts";

const pairs = [{ rooms: "101 201" }, { rooms: "101 301" }, { rooms: "201 301" }];

it("takes an answer about each pair, or none", () => {
  const { data } = confirmForm(3).safeParse({ asked: "x", "answer-0": "same", "answer-1": "", "answer-2": "different" });
  expect(answeredPairs(pairs, data ?? {})).toEqual([{ rooms: "101 201", answer: "same" }, { rooms: "201 301", answer: "different" }]);
  expect(answeredPairs(pairs, {})).toEqual([]);
});

it("takes nothing else, and none about more pairs than are asked about", () => {
  expect(confirmForm(1).safeParse({ asked: "x", "answer-0": "perhaps" }).success).toBe(false);
  expect(confirmForm(1).safeParse({ asked: "x".repeat(65) }).success).toBe(false);
  expect(Object.keys(confirmForm(99).shape)).toHaveLength(MOST_ANSWERS + 1);
});
