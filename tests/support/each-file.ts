import { afterEach, expect, vi } from "vitest";
import { beginNumbers } from "./factories.ts";

beginNumbers();

/** A stray console.error fails the test that let it out. */
const errors = vi.spyOn(console, "error");

afterEach(() => {
  const said = errors.mock.calls.map((call) => call.map(String).join(" "));
  errors.mockClear();
  expect(said).toEqual([]);
});
