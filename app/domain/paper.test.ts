import { describe, expect, it } from "vitest";
import type { RecordedBallot } from "./ballot-end.ts";
import { checkForm, missingImage, pageForm, whyAsideIsRefused, whyAttachingIsRefused, whyPageIsRefused, whyTakingBackIsRefused } from "./paper.ts";

const faults = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  result.error?.issues.map(({ path, message }) => [path[0], message]);

describe("the form of a page", () => {
  it("attaches it to a ballot, sets it aside with a reason, or takes it back", () => {
    expect(pageForm.parse({ step: "attach", seq: "3" })).toMatchObject({ step: "attach", seq: 3 });
    expect(pageForm.parse({ step: "aside", reason: "duplicate", seq: "" })).toMatchObject({ step: "aside", reason: "duplicate" });
    expect(pageForm.parse({ step: "back" })).toMatchObject({ step: "back" });
    expect(faults(pageForm.safeParse({ step: "attach" }))).toEqual([["seq", "missing"]]);
    expect(faults(pageForm.safeParse({ step: "aside" }))).toEqual([["reason", "missing"]]);
    expect(faults(pageForm.safeParse({ step: "burn" }))).toEqual([["step", "missing"]]);
    expect(faults(pageForm.safeParse({ step: "attach", seq: "x", reason: "ugly" }))).toEqual([["seq", "unknown"], ["reason", "unknown"]]);
  });
});

describe("the second person's form", () => {
  it("asks what is wrong only where something is, and for words where no name fits", () => {
    expect(checkForm.parse({ seq: "3", verdict: "confirmed", note: "" })).toEqual({ seq: 3, verdict: "confirmed", wrong: undefined, note: undefined });
    expect(checkForm.parse({ seq: "3", verdict: "disagreed", wrong: "choice" })).toMatchObject({ wrong: "choice" });
    expect(checkForm.parse({ seq: "3", verdict: "disagreed", wrong: "other", note: "有涂改" })).toMatchObject({ note: "有涂改" });
    expect(faults(checkForm.safeParse({ seq: "3", verdict: "disagreed", note: "有涂改" }))).toEqual([["wrong", "missing"]]);
    expect(faults(checkForm.safeParse({ seq: "3", verdict: "disagreed", wrong: "other", note: " " }))).toEqual([["note", "missing"]]);
    expect(faults(checkForm.safeParse({ seq: "0", verdict: "maybe", wrong: "all" }))).toEqual([["seq", "unknown"], ["verdict", "missing"], ["wrong", "unknown"]]);
  });
});

describe("a page of paper", () => {
  const page = { isAside: false, isTaken: false };

  it("is typed once, unless it was set aside", () => {
    expect(whyPageIsRefused(page, "ballot")).toBeNull();
    expect(whyPageIsRefused(undefined, "ballot")).toEqual({ code: "page_unknown", at: "page" });
    expect(whyPageIsRefused({ ...page, isAside: true }, "ballot")).toEqual({ code: "page_aside", at: "page" });
    expect(whyPageIsRefused({ ...page, isTaken: true }, "ballot")).toEqual({ code: "page_taken", at: "page" });
  });

  it("may hold a ballot and its authorisation", () => {
    expect(whyPageIsRefused({ ...page, isTaken: true }, "authorisation")).toBeNull();
    expect(whyPageIsRefused({ ...page, isAside: true }, "authorisation")).toEqual({ code: "page_aside", at: "authorisationPage" });
  });

  it("is set aside while no ballot is typed from it, and taken back from there", () => {
    expect(whyAsideIsRefused(page)).toBeNull();
    expect(whyAsideIsRefused(undefined)).toEqual({ code: "page_unknown" });
    expect(whyAsideIsRefused({ ...page, isTaken: true })).toEqual({ code: "page_taken" });
    expect(whyAsideIsRefused({ ...page, isAside: true })).toEqual({ code: "page_aside" });
    expect(whyTakingBackIsRefused({ ...page, isAside: true })).toBeNull();
    expect(whyTakingBackIsRefused(page)).toEqual({ code: "page_not_aside" });
    expect(whyTakingBackIsRefused(undefined)).toEqual({ code: "page_unknown" });
  });

  it("is attached to a ballot that waits for the second person and has no image yet", () => {
    const ballot: RecordedBallot = { end: "unchecked", certified: false, request: null, channel: "proxy", recordedBy: 1, castAt: new Date(), isChecked: false };
    expect(whyAttachingIsRefused(ballot, page, "ballot")).toBeNull();
    expect(whyAttachingIsRefused(ballot, page, null)).toEqual({ code: "has_image" });
    expect(whyAttachingIsRefused(ballot, { ...page, isTaken: true }, "ballot")).toEqual({ code: "page_taken", at: "page" });
    expect(whyAttachingIsRefused({ ...ballot, end: null, isChecked: true }, page, "ballot")).toEqual({ code: "already_checked" });
  });
});

describe("the images of a ballot", () => {
  it("are its own, and a proxy's authorisation", () => {
    expect(missingImage({ channel: "paper", images: [] })).toBe("ballot");
    expect(missingImage({ channel: "paper", images: ["ballot"] })).toBeNull();
    expect(missingImage({ channel: "proxy", images: ["ballot"] })).toBe("authorisation");
    expect(missingImage({ channel: "proxy", images: ["authorisation"] })).toBe("ballot");
    expect(missingImage({ channel: "proxy", images: ["ballot", "authorisation"] })).toBeNull();
  });
});
