import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkState, objectionEnds, readAloudForm, whySpeakerIsRefused } from "./assisted.ts";

const sentAt = new Date("2026-11-21T02:00:00Z");
const ends = objectionEnds(sentAt);

describe("the link by which to object", () => {
  it("holds for two days to the millisecond, once", () => {
    expect(ends.toISOString()).toBe("2026-11-23T02:00:00.000Z");
    const at = (offset: number, usedAt: Date | null = null) => linkState({ expiresAt: ends, usedAt }, new Date(ends.getTime() + offset));
    expect([at(-1), at(0), at(1)]).toEqual(["open", "expired", "expired"]);
    expect([at(-1, sentAt), at(1, sentAt)]).toEqual(["used", "used"]);
  });

  it("never opens again once it has expired", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), fc.nat(10 ** 10), (first, more) => {
        const state = (ms: number) => linkState({ expiresAt: ends, usedAt: null }, new Date(sentAt.getTime() + ms));
        if (state(first) === "expired") expect(state(first + more)).toBe("expired");
      }),
    );
  });
});

describe("who said what is filed", () => {
  const refusal = (ownerId: number | null, ownersOnRoll: number[], name: string | null = null) => whySpeakerIsRefused({ ownerId, name }, ownersOnRoll);

  it("is one of the owners on the roll, where there are any", () => {
    expect(refusal(7, [7, 8])).toBeNull();
    expect(refusal(null, [7, 8], "沈月英")).toEqual({ code: "speaker_not_chosen", at: "owner" });
    expect(refusal(9, [7, 8])).toEqual({ code: "speaker_not_owner", at: "owner" });
  });

  it("has a name where the roll has none", () => {
    expect(refusal(null, [], "沈月英")).toBeNull();
    expect(refusal(null, [])).toEqual({ code: "speaker_not_chosen", at: "name" });
    expect(refusal(7, [], "沈月英")).toEqual({ code: "speaker_not_owner", at: "owner" });
  });

  it("is given by number or left out", () => {
    expect(readAloudForm.parse({ owner: "7", name: "" })).toEqual({ owner: 7, name: undefined });
    expect(readAloudForm.parse({ owner: "", name: " 沈月英 " })).toEqual({ owner: undefined, name: "沈月英" });
    for (const owner of ["0", "-1", "x", "9".repeat(20)]) expect(readAloudForm.safeParse({ owner }).success).toBe(false);
  });
});
