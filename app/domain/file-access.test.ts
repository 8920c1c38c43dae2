import { describe, expect, it } from "vitest";
import { maySee, type FileOwner } from "./file-access.ts";
import { fileKinds, type FileKind } from "./files.ts";

const owner: FileOwner = { subdistrictId: 1, committeeId: 20, stairwellId: 300 };
const grant = (role: string, scope: string, scopeId: number | null) => ({ accountId: 7, grants: [{ role, scope, scopeId }] });
const sees = (kind: FileKind, viewer: Parameters<typeof maySee>[2], owners: FileOwner[] = [owner]) => maySee({ kind, uploadedBy: 9 }, owners, viewer);

describe("a file that is not public", () => {
  it.each(fileKinds)("of kind %s is seen by the committee whose it is, and by no other", (kind) => {
    expect(sees(kind, grant("committee", "committee", 20))).toBe(true);
    expect(sees(kind, grant("committee", "committee", 21))).toBe(false);
  });

  it.each([["photo", true], ["document", true], ["scan", false], ["authorisation", false]] as const)(
    "of kind %s is seen by the office and those who work at the stairwell: %s",
    (kind, expected) => {
      expect(sees(kind, grant("office", "subdistrict", 1))).toBe(expected);
      for (const role of ["assessor", "contractor", "agent", "supervisor"]) expect(sees(kind, grant(role, "stairwell", 300))).toBe(expected);
    },
  );

  it("is not seen by the office of another subdistrict, another stairwell's firm, an owner or the administrator", () => {
    expect(sees("photo", grant("office", "subdistrict", 2))).toBe(false);
    expect(sees("photo", grant("contractor", "stairwell", 301))).toBe(false);
    expect(sees("photo", grant("resident", "flat", 300))).toBe(false);
    expect(sees("photo", grant("resident", "stairwell", 300))).toBe(false);
    expect(sees("photo", grant("admin", "installation", null))).toBe(false);
  });

  it("that concerns a whole community is no single stairwell's", () => {
    const whole = [{ ...owner, stairwellId: null }];
    expect(sees("photo", grant("contractor", "stairwell", null), whole)).toBe(false);
    expect(sees("photo", grant("committee", "committee", 20), whole)).toBe(true);
  });

  it("that is a receipt is seen by the agent and by the flats that paid, by nobody else", () => {
    const receipt = [{ ...owner, flatIds: [41, 42] }];
    expect(sees("receipt", grant("agent", "stairwell", 300), receipt)).toBe(true);
    expect(sees("receipt", grant("resident", "flat", 42), receipt)).toBe(true);
    expect(sees("receipt", grant("resident", "flat", 43), receipt)).toBe(false);
    expect(sees("receipt", grant("agent", "stairwell", 301), receipt)).toBe(false);
    expect(sees("receipt", grant("office", "subdistrict", 1), receipt)).toBe(false);
    for (const role of ["assessor", "contractor", "supervisor"]) expect(sees("receipt", grant(role, "stairwell", 300), receipt)).toBe(false);
  });

  it("in which the office has no part is not seen by it", () => {
    expect(sees("photo", grant("office", "subdistrict", null), [{ ...owner, subdistrictId: null }])).toBe(false);
    expect(sees("photo", grant("office", "subdistrict", 1), [{ ...owner, subdistrictId: null }])).toBe(false);
  });

  it("is seen by who is named with it", () => {
    expect(sees("photo", { accountId: 7, grants: [] }, [owner, { ...owner, accountId: 7 }])).toBe(true);
  });

  it("is seen by who sent it as long as nothing refers to it, and no longer for having sent it", () => {
    const sender = { accountId: 9, grants: [] };
    expect(sees("scan", sender, [])).toBe(true);
    expect(sees("scan", { ...sender, accountId: 8 }, [])).toBe(false);
    expect(sees("scan", sender)).toBe(false);
  });
});
