import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultState, faultSteps, DeskFaultForm, whyFaultStepIsRefused, type FaultStep } from "./site-fault.ts";

const by = (kind: FaultStep, accountId = 7) => ({ kind, accountId });
const act = (step: FaultStep, more: Partial<Parameters<typeof whyFaultStepIsRefused>[1]> = {}) => ({ step, text: null, photos: 1, accountId: 8, ...more });

describe("a fault at the site", () => {
  it("is found, put right with a photo, and checked by somebody else", () => {
    expect(whyFaultStepIsRefused({ steps: [] }, act("rectified"))).toBeNull();
    expect(whyFaultStepIsRefused({ steps: [] }, act("rectified", { photos: 0 }))).toEqual({ code: "fault_photo_missing", at: "photos" });
    expect(whyFaultStepIsRefused({ steps: [by("rectified")] }, act("checked"))).toBeNull();
    expect(whyFaultStepIsRefused({ steps: [by("rectified", 8)] }, act("checked"))?.code).toBe("fault_own_step");
  });

  it("is sent back with a reason, and then put right anew", () => {
    expect(whyFaultStepIsRefused({ steps: [by("rectified")] }, act("returned"))).toEqual({ code: "fault_reason_missing", at: "text" });
    expect(whyFaultStepIsRefused({ steps: [by("rectified")] }, act("returned", { text: "还在渗水" }))).toBeNull();
    expect(whyFaultStepIsRefused({ steps: [by("rectified"), by("returned")] }, act("rectified"))).toBeNull();
  });

  it("takes no step twice, and none before its time", () => {
    expect(whyFaultStepIsRefused(undefined, act("rectified"))?.code).toBe("fault_unknown");
    expect(whyFaultStepIsRefused({ steps: [by("rectified")] }, act("rectified"))?.code).toBe("fault_rectified");
    expect(whyFaultStepIsRefused({ steps: [] }, act("checked"))?.code).toBe("fault_not_rectified");
    expect(whyFaultStepIsRefused({ steps: [by("rectified"), by("checked")] }, act("rectified"))?.code).toBe("fault_checked");
  });

  it("is checked only after it was put right since it was found last, whatever is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ step: fc.constantFrom(...faultSteps), accountId: fc.integer({ min: 1, max: 3 }), photos: fc.integer({ min: 0, max: 1 }) }), { maxLength: 20 }), (tries) => {
        const steps: { kind: FaultStep; accountId: number }[] = [];
        for (const one of tries) if (!whyFaultStepIsRefused({ steps }, act(one.step, { ...one, text: "说明" }))) steps.push({ kind: one.step, accountId: one.accountId });
        for (const [i, { kind, accountId }] of steps.entries()) {
          expect(kind === "rectified").toBe(i % 2 === 0);
          if (kind !== "rectified") expect(steps[i - 1]?.accountId).not.toBe(accountId);
        }
        expect(steps.filter(({ kind }) => kind === "checked").length).toBeLessThanOrEqual(1);
        if (faultState(steps) === "checked") expect(steps.at(-1)?.kind).toBe("checked");
      }),
    );
  });

  it("is written down with the day until which it is to be gone", () => {
    const faultsIn = (form: object) => DeskFaultForm.safeParse(form).error?.issues.map(({ path }) => path[0]);
    expect(faultsIn({ act: "found", milestone: "M4", text: "焊缝开裂", dueOn: "soon" })).toEqual(["dueOn"]);
    expect(faultsIn({ act: "found", milestone: "M4" })).toEqual(["text", "dueOn"]);
    expect(faultsIn({ act: "checked" })).toEqual(["fault"]);
    expect(faultsIn({ act: "checked", fault: "3" })).toBeUndefined();
  });
});
