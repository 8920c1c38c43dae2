import { describe, expect, it } from "vitest";
import { contactStep, deskIntent, whyIntentIsRefused, worryStep } from "./intent.ts";

describe("filing an intent", () => {
  it("is refused only when the lift is in use", () => {
    expect(whyIntentIsRefused({ stage: "in-use" })).toEqual({ code: "in_use" });
    expect(whyIntentIsRefused({ stage: "intent" })).toBeNull();
    expect(whyIntentIsRefused({ stage: "construction" })).toBeNull();
  });

  it("needs a name and a mobile, and no worry", () => {
    expect(contactStep.parse({ name: " 沈月英 ", phone: "138 0000 0101" })).toEqual({ name: "沈月英", phone: "13800000101" });
    expect(worryStep.parse({ worry: "" })).toEqual({ worry: undefined });
    expect(contactStep.safeParse({}).error?.issues.map((i) => [i.path[0], i.message])).toEqual([["name", "missing"], ["phone", "missing"]]);
  });

  it("from paper needs neither name nor phone", () => {
    expect(deskIntent.parse({ room: "101", choice: "willing", channel: "paper", name: "", phone: "", worry: "" })).toMatchObject({ room: "101", choice: "willing" });
    expect(deskIntent.safeParse({ room: "101", choice: "willing", channel: "online" }).success).toBe(false);
  });
});
