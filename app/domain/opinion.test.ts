import { describe, expect, it } from "vitest";
import { deskOpinionForm, opinionAnswerForm, opinionForm, publicOpinions, whyOpinionIsRefused, type OpinionTime } from "./opinion.ts";

const notice: OpinionTime = { opinionDays: 7, withdrawn: false, publishedOn: "2026-11-21", endsOn: "2026-12-08", stage: "plan-notice" };

describe("an opinion on a plan", () => {
  it("is taken from the day of publication to the last day of the period", () => {
    expect(whyOpinionIsRefused(notice, "2026-11-21", "2026-11-21")).toBeNull();
    expect(whyOpinionIsRefused(notice, "2026-12-08", "2026-12-08")).toBeNull();
    expect(whyOpinionIsRefused(notice, "2026-12-09", "2026-12-09")).toEqual({ code: "opinion_too_late", at: "receivedOn", params: { day: "2026-12-08" } });
    expect(whyOpinionIsRefused(notice, "2026-11-20", "2026-11-21")).toEqual({ code: "opinion_too_early", at: "receivedOn", params: { day: "2026-11-21" } });
    expect(whyOpinionIsRefused(notice, "2026-11-22", "2026-11-21")).toEqual({ code: "received_in_future", at: "receivedOn" });
  });

  it("that came on paper in time is taken later too, until the plan goes on", () => {
    expect(whyOpinionIsRefused(notice, "2026-12-08", "2026-12-20")).toBeNull();
    expect(whyOpinionIsRefused({ ...notice, stage: "agreement" }, "2026-12-08", "2026-12-20")).toEqual({ code: "plan_moved_on" });
    expect(whyOpinionIsRefused({ ...notice, stage: "consultation" }, "2026-12-08", "2026-12-20")).toBeNull();
  });

  it("is not taken on other notices, nor on one that was taken back", () => {
    for (const change of [{ opinionDays: null }, { endsOn: null }, { withdrawn: true }]) {
      expect(whyOpinionIsRefused({ ...notice, ...change }, "2026-11-22", "2026-11-22")).toEqual({ code: "takes_no_opinions" });
    }
  });

  it("has a form online and one at the desk", () => {
    expect(opinionForm.parse({ kind: "objection", room: "", text: "挡光" })).toEqual({ kind: "objection", room: undefined, text: "挡光" });
    expect(deskOpinionForm.parse({ kind: "suggestion", channel: "phone", phone: "138 0000 0001", text: "井道能不能往西移" })).toMatchObject({ phone: "13800000001" });
    const places = (parsed: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) => parsed.error?.issues.map(({ path }) => path[0]);
    expect(places(opinionForm.safeParse({ kind: "vote" }))).toEqual(["kind", "text"]);
    expect(places(deskOpinionForm.safeParse({ kind: "objection", channel: "online", receivedOn: "2026-02-30", text: " " }))).toEqual(["channel", "receivedOn", "text"]);
    expect(places(opinionAnswerForm.safeParse({ text: "x".repeat(1001) }))).toEqual(["text"]);
  });
});

describe("what everybody learns of opinions", () => {
  it("is a count below ten, and their kinds from ten on", () => {
    expect(publicOpinions({ opinions: 9, objections: 2, answered: 9 })).toEqual({ opinions: 9, objections: null, allAnswered: true });
    expect(publicOpinions({ opinions: 10, objections: 2, answered: 9 })).toEqual({ opinions: 10, objections: 2, allAnswered: false });
    expect(publicOpinions({ opinions: 0, objections: 0, answered: 0 })).toEqual({ opinions: 0, objections: null, allAnswered: true });
  });
});
