import { describe, expect, it } from "vitest";
import { agreementItems, agreementPageForm, missingItems, whyAgreementIsRefused, whyContractIsRefused } from "./agreement.ts";

it("an agreement is held against its checklist", () => {
  expect(missingItems(agreementItems)).toEqual([]);
  expect(missingItems(["shares", "account"])).toEqual(agreementItems.slice(2));
  const faults = (form: object) => agreementPageForm.safeParse({ signedOn: "2026-11-20", items: [], ...form }).error?.issues.map(({ path }) => path[0]) ?? [];
  expect(faults({ step: "agreement" })).toEqual(["items"]);
  expect(faults({ step: "agreement", items: ["shares", "lunch"] })).toEqual(["items"]);
  expect(faults({ step: "agreement", items: ["shares"] })).toEqual([]);
  expect(faults({ step: "contract" })).toEqual(["role", "firm", "contractNo"]);
  expect(faults({ step: "contract", role: "agent", firm: "7", contractNo: "HT-1" })).toEqual([]);
  expect(whyAgreementIsRefused("2026-11-21", "2026-11-21")).toBeNull();
  expect(whyAgreementIsRefused("2026-11-22", "2026-11-21")?.code).toBe("signed_in_future");
});

describe("a contract", () => {
  const contract = { role: "agent", firmId: 7, signedOn: "2026-11-20", today: "2026-11-21" } as const;
  const firm = { kind: "agent", standing: "valid" } as const;
  const why = (change = {}, is: Parameters<typeof whyContractIsRefused>[1] = firm, consented: Parameters<typeof whyContractIsRefused>[2] = null) =>
    whyContractIsRefused({ ...contract, ...change }, is, consented)?.code ?? null;

  it("is made with a firm that is registered for it and can be taken on the day", () => {
    expect(why()).toBeNull();
    expect(why({ signedOn: "2026-11-22" })).toBe("signed_in_future");
    expect(whyContractIsRefused(contract, undefined, null)?.code).toBe("contract_firm_unknown");
    expect(why({ role: "contractor" })).toBe("contract_firm_kind");
    expect(why({}, { kind: "agent", standing: "blacklisted" })).toBe("contract_firm_blacklisted");
    expect(why({}, { kind: "agent", standing: "expired" })).toBe("contract_firm_not_valid");
  });

  it("is made with the agent that the owners consented to, and with no other", () => {
    expect(why({}, firm, { firmId: 7, agent: "安居加梯" })).toBeNull();
    expect(why({}, firm, { firmId: 8, agent: "安居加梯" })).toBe("contract_other_agent");
    expect(why({ role: "contractor" }, { kind: "contractor", standing: "valid" }, { firmId: 8, agent: "安居加梯" })).toBeNull();
  });
});
