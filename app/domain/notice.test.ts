import { describe, expect, it } from "vitest";
import { noticeForm, noticesDue, whyNoticeIsRefused, type NoticeState } from "./notice.ts";

const state: NoticeState = { extensions: 0, withdrawn: false, published: false, notices: [] };

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
