import { describe, expect, it } from "vitest";
import { bindingDecisionForm, sideStep, unbindForm, whyApprovalIsRefused } from "./binding.ts";

const faults = (result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) =>
  (result.error?.issues ?? []).map(({ path, message }) => [path[0], message]);

describe("the forms of a binding", () => {
  it("ask for owner or tenant", () => {
    expect(sideStep.parse({ side: "tenant" })).toEqual({ side: "tenant" });
    expect(faults(sideStep.safeParse({ side: "friend" }))).toEqual([["side", "missing"]]);
  });

  it("take the evidence that was ticked", () => {
    expect(bindingDecisionForm.parse({ request: "3", verdict: "approved", owner: "7", title: "yes", "id-card": "yes", note: "" })).toMatchObject({
      request: 3, owner: 7, title: "yes", "id-card": "yes", note: undefined,
    });
    expect(faults(bindingDecisionForm.safeParse({ request: "3", verdict: "approved", title: "no" }))).toEqual([["title", "unknown"]]);
  });

  it("want words for a refusal and for evidence of another kind", () => {
    expect(faults(bindingDecisionForm.safeParse({ request: "3", verdict: "refused", note: " " }))).toEqual([["note", "missing"]]);
    expect(faults(bindingDecisionForm.safeParse({ request: "3", verdict: "approved", other: "yes" }))).toEqual([["note", "missing"]]);
    expect(bindingDecisionForm.safeParse({ request: "3", verdict: "approved", other: "yes", note: "继承公证书" }).success).toBe(true);
    expect(faults(unbindForm.safeParse({ what: "binding", id: "1" }))).toEqual([["reason", "missing"]]);
    expect(unbindForm.parse({ what: "tenant", id: "1", reason: "" })).toEqual({ what: "tenant", id: 1, reason: undefined });
  });

  it("take numbers as they are stored", () => {
    for (const request of ["0", "-1", "1.5", "x", "99999999999"]) {
      expect(faults(bindingDecisionForm.safeParse({ request, verdict: "refused", note: "不是本户" }))).toEqual([["request", "unknown"]]);
    }
  });
});

describe("approving a request", () => {
  const refusal = (given: Partial<Parameters<typeof whyApprovalIsRefused>[0]>) =>
    whyApprovalIsRefused({ side: "owner", ownerId: 7, ownersOnRoll: [7, 8], evidence: ["title"], ...given });

  it("is for an owner on the roll, whose evidence was seen", () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ ownerId: null })).toEqual({ code: "owner_not_chosen", at: "owner" });
    expect(refusal({ ownerId: 9 })).toEqual({ code: "owner_not_on_roll", at: "owner" });
    expect(refusal({ evidence: [] })).toEqual({ code: "evidence_missing", at: "title" });
  });

  it("of a tenant names no owner and needs no evidence", () => {
    expect(refusal({ side: "tenant", ownerId: null, ownersOnRoll: [], evidence: [] })).toBeNull();
  });
});
