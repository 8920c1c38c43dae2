import { describe, expect, it } from "vitest";
import { mediationForm, mediationState, whyMediationStepIsRefused, type MediationEntry, type MediationStep } from "./mediation.ts";

const session: MediationEntry = { step: "session", outcome: null };
const offer: MediationEntry = { step: "offer", outcome: null };
const agreed: MediationEntry = { step: "outcome", outcome: "agreed" };
const failed: MediationEntry = { step: "outcome", outcome: "not-agreed" };

const refusal = (entries: MediationEntry[], step: MediationStep, heldOn?: string) =>
  whyMediationStepIsRefused({ kind: "objection", entries }, { step, heldOn }, "2026-12-01")?.code ?? null;

describe("a mediation", () => {
  it("stands where its last session or outcome left it", () => {
    expect(mediationState([])).toBe("none");
    expect(mediationState([offer])).toBe("open");
    expect(mediationState([session, offer])).toBe("open");
    expect(mediationState([session, failed])).toBe("not-agreed");
    expect(mediationState([session, failed, session])).toBe("open");
    expect(mediationState([agreed, { step: "agreement", outcome: null }])).toBe("agreed");
  });

  it("goes on after its outcome with a new session alone", () => {
    expect(refusal([session], "offer")).toBeNull();
    expect(refusal([], "outcome")).toBeNull();
    expect(refusal([session, failed], "offer")).toBe("mediation_ended");
    expect(refusal([session, failed], "outcome")).toBe("mediation_ended");
    expect(refusal([session, failed], "session", "2026-12-01")).toBeNull();
  });

  it("writes down an agreement once they agreed", () => {
    expect(refusal([session], "agreement")).toBe("not_agreed");
    expect(refusal([session, failed], "agreement")).toBe("not_agreed");
    expect(refusal([session, agreed], "agreement")).toBeNull();
  });

  it("is of objections, and its sessions were held", () => {
    expect(whyMediationStepIsRefused({ kind: "suggestion", entries: [] }, { step: "session" }, "2026-12-01")).toEqual({ code: "nothing_to_mediate" });
    expect(refusal([], "session", "2026-12-02")).toBe("session_in_future");
  });

  it("has a form that asks what its step needs", () => {
    const places = (typed: object) => mediationForm.safeParse({ text: "谈了井道位置", ...typed }).error?.issues.map(({ path }) => path[0]);
    expect(places({})).toEqual(["step"]);
    expect(places({ step: "session" })).toEqual(["heldOn"]);
    expect(places({ step: "offer" })).toEqual(["party"]);
    expect(places({ step: "outcome" })).toEqual(["ending"]);
    expect(places({ step: "offer", party: "judge" })).toEqual(["party"]);
    expect(mediationForm.safeParse({ step: "agreement", text: "井道改用玻璃" }).success).toBe(true);
  });
});
