import { describe, expect, it } from "vitest";
import type { EvidenceKind } from "./stage-moves.ts";
import { noticeDeskForm, stageNoticeForm, stageNoticesDue, whyStageNoticeIsRefused, type StageNoticeFacts } from "./stage-notice.ts";
import type { Stage } from "./stages.ts";

const facts: StageNoticeFacts = { stage: "plan-notice", sideState: null, assessed: true, consultationPassed: true, evidence: new Set(), inForce: [] };
const due = (change: Partial<StageNoticeFacts>) => stageNoticesDue({ ...facts, ...change });
const evidence = (...kinds: EvidenceKind[]) => new Set(kinds);

describe("the notices of a project's stages", () => {
  it("begin with the plan, once its consultation passed", () => {
    expect(due({})).toEqual(["plan"]);
    expect(due({ consultationPassed: false })).toEqual([]);
    expect(due({ stage: "consultation" })).toEqual(["assessment"]);
    expect(due({ stage: "assessment", sideState: "not-suitable" })).toEqual(["assessment"]);
    expect(due({ stage: "assessment", assessed: false })).toEqual([]);
    expect(due({ stage: "consultation", inForce: ["assessment"] })).toEqual([]);
    expect(due({ inForce: ["plan"] })).toEqual([]);
  });

  it("come with what was put on record, at its stage or the next", () => {
    const all = evidence("agreement", "filing-number", "start-date", "registration-number", "handover");
    const kinds = (stage: Stage) => due({ stage, evidence: all });
    expect(kinds("agreement")).toEqual(["agreement"]);
    expect(kinds("approval")).toEqual(["agreement", "filing"]);
    expect(kinds("construction")).toEqual(["filing", "construction"]);
    expect(kinds("acceptance")).toEqual(["acceptance"]);
    expect(kinds("in-use")).toEqual(["acceptance", "in-use"]);
    for (const stage of ["agreement", "approval", "construction", "acceptance", "in-use"] as const) expect(due({ stage })).toEqual([]);
  });

  it("tell a stop wherever it is", () => {
    expect(due({ stage: "construction", sideState: "paused" })).toEqual(["stop"]);
    expect(due({ stage: "construction", sideState: "paused", inForce: ["stop"] })).toEqual([]);
    expect(due({ stage: "construction", sideState: "disputed" })).toEqual([]);
  });

  it("are refused out of their time, changed since they were read, and a plan without its drawing", () => {
    const given = { seen: "a", now: "a", drawings: 1, looked: true };
    expect(whyStageNoticeIsRefused("plan", facts, given)).toBeNull();
    expect(whyStageNoticeIsRefused("filing", facts, given)).toEqual({ code: "notice_not_due" });
    expect(whyStageNoticeIsRefused("plan", facts, { ...given, seen: "b" })).toEqual({ code: "notice_changed" });
    expect(whyStageNoticeIsRefused("plan", facts, { ...given, drawings: 0 })).toEqual({ code: "drawing_missing", at: "drawings" });
    expect(whyStageNoticeIsRefused("plan", facts, { ...given, looked: false })).toEqual({ code: "drawing_not_looked", at: "looked" });
    expect(whyStageNoticeIsRefused("other", facts, { ...given, seen: "", drawings: 0, looked: false })).toBeNull();
  });

  it("have a form, and one for what is done with them later", () => {
    const places = (parsed: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) => parsed.error?.issues.map(({ path }) => path[0]);
    expect(places(stageNoticeForm.safeParse({ kind: "plan", seen: "x", looked: "yes" }))).toBeUndefined();
    expect(places(stageNoticeForm.safeParse({ kind: "other" }))).toEqual(["heading", "body"]);
    expect(places(stageNoticeForm.safeParse({ kind: "plan" }))).toEqual(["seen"]);
    expect(places(stageNoticeForm.safeParse({ kind: "opening", seen: "x" }))).toEqual(["kind"]);
    expect(places(noticeDeskForm.safeParse({ step: "posted", looked: "" }))).toBeUndefined();
    expect(places(noticeDeskForm.safeParse({ step: "posted", looked: "no" }))).toEqual(["looked"]);
    expect(places(noticeDeskForm.safeParse({ step: "withdraw" }))).toEqual(["reason"]);
    expect(places(noticeDeskForm.safeParse({}))).toEqual(["step"]);
  });
});
