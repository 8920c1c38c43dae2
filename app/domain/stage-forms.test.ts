import { describe, expect, it } from "vitest";
import { enteredAt, evidenceAt, isNumbered, mayRecord, moveForm, readMove, whyEvidenceIsRefused } from "./stage-forms.ts";
import { evidenceKinds, type EvidenceKind, type Mover } from "./stage-moves.ts";
import { stages } from "./stages.ts";

const today = "2026-11-21";
const roles = (...list: Mover[]) => new Set(list);

describe("a move from a form", () => {
  it("says what it is and all that it asks for", () => {
    const read = (form: object) => moveForm.safeParse({ seen: "agreement", ...form });
    const missing = (form: object) => read(form).error?.issues.map(({ path }) => path[0]);
    expect(missing({ move: "forward" })).toBeUndefined();
    expect(missing({ move: "pause" })).toEqual(["reason", "nextOwner", "nextDay"]);
    for (const move of ["back", "dispute", "settle", "end"]) expect(missing({ move, reason: " " })).toEqual(["reason"]);
    expect(missing({ move: "jump" })).toEqual(["move"]);
    expect(missing({ move: "pause", reason: "等管线", nextOwner: "燃气公司", nextDay: "2026-02-30" })).toEqual(["nextDay"]);
    expect(readMove({ move: "forward", reason: undefined, nextOwner: undefined, nextDay: undefined })).toEqual({ kind: "forward" });
    expect(readMove({ move: "resume", reason: "x", nextOwner: undefined, nextDay: undefined })).toEqual({ kind: "resume" });
    expect(readMove({ move: "end", reason: "业主不装了", nextOwner: undefined, nextDay: undefined })).toEqual({ kind: "end", reason: "业主不装了" });
    const pause = { reason: "等管线", nextDay: "2026-12-01" };
    expect(readMove({ move: "pause", ...pause, nextOwner: "燃气公司" })).toEqual({ kind: "pause", ...pause, owner: "燃气公司" });
    expect(readMove({ move: "pause", reason: undefined, nextOwner: undefined, nextDay: undefined })).toEqual({ kind: "pause", reason: "", owner: "", nextDay: "" });
  });
});

describe("evidence", () => {
  it("belongs to the stage that asks for it; each kind to one", () => {
    expect(stages.flatMap(evidenceAt).sort()).toEqual([...evidenceKinds].sort());
    expect(evidenceAt("construction")).toEqual(["start-date", "site-board"]);
    expect(evidenceAt("reserve")).toEqual([]);
    expect(evidenceAt("in-use")).toEqual(["handover"]);
  });

  it("of agreement and contract is recorded where their rules are asked; here their papers are added to it", () => {
    const bare = { stage: "agreement", sideState: null, evidence: new Set<EvidenceKind>() } as const;
    const signed = { ...bare, evidence: new Set<EvidenceKind>(["agreement", "agent-contract"]) };
    const why = (kind: EvidenceKind, at: Parameters<typeof whyEvidenceIsRefused>[0]) => whyEvidenceIsRefused(at, { kind, day: today }, { roles: roles("committee"), today });
    expect([enteredAt(bare), enteredAt(signed)]).toEqual([["cost-shares"], ["agreement", "cost-shares", "agent-contract"]]);
    for (const kind of ["agreement", "agent-contract"] as const) expect([why(kind, bare), why(kind, signed)]).toEqual([{ code: "evidence_elsewhere", at: "kind" }, null]);
  });

  it("is put on record by the committee, and by whose step the stage is", () => {
    expect(mayRecord("construction", roles("contractor"))).toBe(true);
    expect(mayRecord("approval", roles("contractor", "assessor"))).toBe(false);
    expect(mayRecord("in-use", roles("contractor"))).toBe(false);
    for (const stage of stages) expect(mayRecord(stage, roles("committee"))).toBe(true);
  });

  it("has a number or a day that has come, as its kind asks", () => {
    const why = (form: { kind: (typeof evidenceKinds)[number]; text?: string; day?: string; show?: "yes"; files?: number }, at: Partial<Parameters<typeof whyEvidenceIsRefused>[0]> = {}, who = roles("committee")) =>
      whyEvidenceIsRefused({ stage: "approval", sideState: null, evidence: new Set(), ...at }, { text: undefined, day: undefined, ...form }, { roles: who, today });
    expect(why({ kind: "filing-number" })).toEqual({ code: "evidence_text_missing", at: "text" });
    expect(why({ kind: "filing-number", text: "浦加备 12 号" })).toBeNull();
    expect(why({ kind: "design-review", text: "通过" })).toEqual({ code: "evidence_day_missing", at: "day" });
    expect(why({ kind: "design-review", day: today })).toBeNull();
    expect(why({ kind: "design-review", day: "2026-11-22" })).toEqual({ code: "evidence_in_future", at: "day" });
    expect(why({ kind: "agreement", day: today })).toEqual({ code: "evidence_not_asked", at: "kind" });
    expect(why({ kind: "design-review", day: today }, undefined, roles("contractor"))).toEqual({ code: "not_your_move" });
    expect(why({ kind: "design-review", day: today }, { sideState: "ended" })).toEqual({ code: "project_ended" });
    expect(isNumbered("registration-number")).toBe(true);
    const shown = { kind: "design-review", day: today, show: "yes" } as const;
    expect(why(shown)).toEqual({ code: "evidence_file_missing", at: "file" });
    expect(why({ ...shown, files: 1 })).toBeNull();
    expect(why({ kind: "cost-shares", day: today, show: "yes", files: 1 }, { stage: "agreement" })).toEqual({ code: "evidence_not_for_all", at: "show" });
  });
});
