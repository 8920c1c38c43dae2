import { expect, it } from "vitest";
import { help } from "./help.ts";

const questions = help.groups.flatMap((group) => group.questions);

it("answers thirty questions, each under an anchor of its own and with its source", () => {
  expect(questions).toHaveLength(30);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(30);
  for (const { id, source } of questions) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source).not.toBe("");
  }
});

it.each(questions)("answers $question in at most three sentences", ({ answer }) => {
  expect(answer.match(/[。？！]/g)?.length).toBeLessThanOrEqual(3);
  expect(answer.endsWith("。")).toBe(true);
});
