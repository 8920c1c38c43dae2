import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noticeEnds, noticeForm, noticesDue, whyNoticeIsRefused, type NoticeState } from "./notice.ts";
import { daysBetween, shanghaiDay } from "./shanghai-day.ts";

const state: NoticeState = { extensions: 0, withdrawn: false, published: false, notices: [] };

describe("the period of a notice", () => {
  it("begins after the day of its publication, in Shanghai", () => {
    expect(noticeEnds(new Date("2026-11-21T15:59:59.999Z"), 7)).toBe("2026-11-28");
    expect(noticeEnds(new Date("2026-11-21T16:00:00Z"), 7)).toBe("2026-11-29");
    expect(noticeEnds(new Date("2028-02-25T02:00:00Z"), 7)).toBe("2028-03-03");
    expect(noticeEnds(new Date("2027-02-25T02:00:00Z"), 7)).toBe("2027-03-04");
  });

  it("has as many days as it says", () => {
    const at = fc.date({ min: new Date("2021-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    fc.assert(fc.property(at, fc.integer({ min: 1, max: 365 }), (published, days) => daysBetween(shanghaiDay(published), noticeEnds(published, days)) === days));
  });
});

describe("what is to be published", () => {
  it("is the opening, each extension, and the result once it is out", () => {
    expect(noticesDue(state)).toEqual(["opening"]);
    expect(noticesDue({ ...state, notices: ["opening"] })).toEqual([]);
    expect(noticesDue({ ...state, extensions: 2, notices: ["opening", "extension"] })).toEqual(["extension"]);
    expect(noticesDue({ ...state, extensions: 1 })).toEqual(["opening", "extension"]);
    expect(noticesDue({ ...state, extensions: 1, published: true })).toEqual(["result"]);
    expect(noticesDue({ ...state, published: true, notices: ["result"] })).toEqual([]);
    expect(noticesDue({ ...state, withdrawn: true })).toEqual([]);
  });

  it("is refused out of its time, and where it changed since it was read", () => {
    expect(whyNoticeIsRefused("opening", state, { seen: "a", now: "a" })).toBeNull();
    expect(whyNoticeIsRefused("result", state, { seen: "a", now: "a" })).toEqual({ code: "notice_not_due" });
    expect(whyNoticeIsRefused("opening", state, { seen: "a", now: "b" })).toEqual({ code: "notice_changed" });
  });

  it("has a form", () => {
    expect(noticeForm.parse({ step: "publish", kind: "opening", remark: " ", seen: "x" })).toMatchObject({ kind: "opening", remark: undefined, seen: "x" });
    expect(noticeForm.parse({ step: "withdraw", notice: "12", reason: "日期写错" })).toMatchObject({ notice: "12", reason: "日期写错" });
    const places = (typed: object) => noticeForm.safeParse(typed).error?.issues.map(({ path }) => path[0]);
    expect(places({ step: "publish", kind: "plan", seen: "x" })).toEqual(["kind"]);
    expect(places({ step: "publish" })).toEqual(["kind", "seen"]);
    expect(places({ step: "withdraw", notice: "0", reason: "x" })).toEqual(["notice"]);
    expect(places({ step: "withdraw" })).toEqual(["notice", "reason"]);
    expect(places({})).toEqual(["step"]);
  });
});
