import { describe, expect, it } from "vitest";
import { whenToClose } from "./consultation-course.ts";
import { endOfDay } from "./shanghai-day.ts";

describe("closing by itself", () => {
  it("is at the deadline, three days later while scanned paper waits to be typed", () => {
    const closesAt = endOfDay("2028-02-28");
    expect(whenToClose(closesAt, 0)).toEqual(closesAt);
    for (const pages of [1, 40]) expect(whenToClose(closesAt, pages)).toEqual(endOfDay("2028-03-02"));
  });
});
