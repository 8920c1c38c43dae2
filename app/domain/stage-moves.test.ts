import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterMove, checklistOf, evidenceKinds, moverOf, nextStage, whyMoveIsRefused, type EvidenceKind, type Mover, type ProjectFacts, type StageMove } from "./stage-moves.ts";
import { stageIndex, stages, type Stage } from "./stages.ts";

const today = "2026-11-21";
const everybody = new Set<Mover>(["committee", "assessor", "contractor"]);
const nothing: ProjectFacts = {
  stage: "reserve", sideState: null, reached: false, assessmentAllows: false, consultationPassed: false, planNoticeOver: false, objectionsAnswered: false, evidence: new Set(), consultationRunning: false,
};
const everything = (stage: Stage): ProjectFacts => ({
  stage, sideState: null, reached: true, assessmentAllows: true, consultationPassed: true, planNoticeOver: true, objectionsAnswered: true, evidence: new Set(evidenceKinds), consultationRunning: false,
});
const why = (facts: ProjectFacts, move: StageMove, roles: ReadonlySet<Mover> = everybody) => whyMoveIsRefused(facts, move, { roles, today })?.code ?? "done";
const pause: StageMove = { kind: "pause", reason: "等燃气移管", owner: "燃气公司", nextDay: "2026-11-28" };

describe("a project", () => {
  it("moves one step at a time once all is there, from the reserve to a lift in use", () => {
    for (const stage of stages.slice(1, -1)) {
      expect(why(everything(stage), { kind: "forward" })).toBe("done");
      expect(afterMove(everything(stage), { kind: "forward" })).toEqual({ stage: nextStage(stage), sideState: null });
      expect(why({ ...nothing, stage }, { kind: "forward" })).toBe("requirements_missing");
    }
    expect(why(everything("intent"), { kind: "forward" })).toBe("moves_by_itself");
    expect(why(everything("in-use"), { kind: "forward" })).toBe("nothing_further");
    expect(afterMove({ stage: "in-use", sideState: null }, { kind: "forward" }).stage).toBe("in-use");
  });

  it("names what is missing, each by itself", () => {
    for (const stage of stages.slice(1, -1)) {
      for (const { requirement } of checklistOf(everything(stage))) {
        const evidence = new Set(evidenceKinds.filter((kind) => kind !== requirement));
        const without: ProjectFacts = {
          ...everything(stage), evidence,
          reached: requirement !== "two-thirds-willing", assessmentAllows: requirement !== "assessment", consultationPassed: requirement !== "consultation-passed",
          planNoticeOver: requirement !== "plan-notice-over", objectionsAnswered: requirement !== "objections-answered",
        };
        expect(whyMoveIsRefused(without, { kind: "forward" }, { roles: everybody, today })).toEqual({ code: "requirements_missing", params: { missing: requirement } });
      }
    }
  });

  it("is moved on by those whose step it is, and by nobody else", () => {
    for (const stage of stages.slice(1, -1)) {
      for (const role of everybody) expect(why(everything(stage), { kind: "forward" }, new Set([role]))).toBe(role === moverOf(stage) ? "done" : "not_your_move");
    }
    for (const move of [{ kind: "back", reason: "x" }, pause, { kind: "end", reason: "x" }] as StageMove[]) {
      expect(why(everything("construction"), move, new Set<Mover>(["contractor", "assessor"]))).toBe("not_your_move");
    }
  });

  it("goes back one step with a reason, never into the hands of the intents and never from a lift in use", () => {
    expect(why(everything("agreement"), { kind: "back", reason: "方案要改" })).toBe("done");
    expect(afterMove(everything("agreement"), { kind: "back", reason: "x" }).stage).toBe("plan-notice");
    for (const stage of ["intent", "reserve", "in-use"] as const) expect(why(everything(stage), { kind: "back", reason: "x" })).toBe("nothing_before");
    expect(afterMove({ stage: "intent", sideState: null }, { kind: "back", reason: "x" }).stage).toBe("intent");
  });

  it("stands still while it is paused, disputed, not suitable or ended, and leaves each by its own way", () => {
    const at = (sideState: ProjectFacts["sideState"]) => ({ ...everything("construction"), sideState });
    expect(why(at(null), pause)).toBe("done");
    expect(why(at(null), { ...pause, nextDay: "2026-11-20" })).toBe("next_day_in_past");
    expect(why(at("paused"), { kind: "forward" })).toBe("project_paused");
    expect(why(at("paused"), { kind: "resume" })).toBe("done");
    expect(why(at(null), { kind: "resume" })).toBe("not_paused");
    expect(why(at("paused"), { kind: "dispute", reason: "x" })).toBe("already_stopped");
    expect(why(at(null), { kind: "dispute", reason: "x" })).toBe("done");
    expect(why(at("disputed"), pause)).toBe("already_stopped");
    expect(why(at("disputed"), { kind: "forward" })).toBe("project_disputed");
    expect(why(at("disputed"), { kind: "settle", reason: "x" })).toBe("done");
    expect(why(at("paused"), { kind: "settle", reason: "x" })).toBe("not_disputed");
    expect(why(at("not-suitable"), { kind: "forward" })).toBe("not_suitable");
    expect(why(at("paused"), { kind: "end", reason: "x" })).toBe("done");
    for (const move of [{ kind: "forward" }, { kind: "resume" }, pause, { kind: "end", reason: "x" }] as StageMove[]) expect(why(at("ended"), move)).toBe("project_ended");
    expect([pause, { kind: "dispute", reason: "x" }, { kind: "resume" }, { kind: "settle", reason: "x" }, { kind: "end", reason: "x" }].map((move) => afterMove(at("paused"), move as StageMove).sideState))
      .toEqual(["paused", "disputed", null, null, "ended"]);
  });

  it("is neither taken back nor stopped while people vote; a dispute is what a vote may settle", () => {
    const voting = { ...everything("consultation"), consultationRunning: true };
    for (const move of [{ kind: "back", reason: "x" }, pause, { kind: "end", reason: "x" }] as StageMove[]) expect(why(voting, move)).toBe("consultation_running");
    expect(why(voting, { kind: "dispute", reason: "x" })).toBe("done");
  });

  it("never reaches a state that the table forbids, whatever is tried in whatever order", () => {
    const moves = fc.constantFrom<StageMove>({ kind: "forward" }, { kind: "forward" }, { kind: "forward" }, { kind: "back", reason: "x" }, pause, { kind: "resume" }, { kind: "dispute", reason: "x" }, { kind: "settle", reason: "x" }, { kind: "end", reason: "x" });
    const roles = fc.subarray<Mover>([...everybody]).map((list) => new Set(list));
    const learned = fc.record({
      reached: fc.boolean(), assessmentAllows: fc.boolean(), consultationPassed: fc.boolean(), planNoticeOver: fc.boolean(), objectionsAnswered: fc.boolean(),
      evidence: fc.subarray<EvidenceKind>([...evidenceKinds]).map((list) => new Set(list)), consultationRunning: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(moves, roles, learned), { maxLength: 40 }), (steps) => {
        let state: Pick<ProjectFacts, "stage" | "sideState"> = { stage: "reserve", sideState: null };
        for (const [move, held, known] of steps) {
          const facts: ProjectFacts = { ...known, ...state };
          if (whyMoveIsRefused(facts, move, { roles: held, today })) continue;
          const next = afterMove(state, move);
          const step = stageIndex(next.stage) - stageIndex(state.stage);
          expect(Math.abs(step)).toBeLessThanOrEqual(1);
          expect(state.sideState).not.toBe("ended");
          if (step === 1) {
            expect(state.sideState).toBeNull();
            expect(checklistOf(facts).every(({ met }) => met)).toBe(true);
            expect(held.has(moverOf(state.stage) as Mover)).toBe(true);
          }
          if (step !== 0) expect(next.sideState).toBe(state.sideState);
          if (step === -1) expect(stageIndex(next.stage)).toBeGreaterThanOrEqual(stageIndex("reserve"));
          state = next;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
