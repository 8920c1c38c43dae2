import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changesSince, MOST_PLANS, planEntries, planForm, planForVote, planPositions, plansOf, whyPlanIsRefused, whyPlanWithdrawalIsRefused,
  type PlanEntered, type PlanSituation, type PlanVersion,
} from "./plan.ts";

const version = (number: number, of: number, change: Partial<PlanVersion> = {}): PlanVersion => ({
  id: number * 10 + of, number, version: of, firmId: 7, agent: "安居加梯", make: "申菱", model: "S1", entry: "half", position: "north", priceFen: 60_000_000,
  months: 4, about: null, drawing: null, changed: of === 1 ? null : "改价", at: new Date("2026-11-01T02:00:00Z"), ...change,
});
const entered: PlanEntered = {
  firmId: 7, make: "申菱", model: "S1", entry: "half", position: "north", priceFen: 61_000_000, months: 4, about: null, changed: "钢材涨价", hasDrawing: false, checked: false,
};
const situation: PlanSituation = { stage: "reserve", sideState: null, plans: plansOf([version(1, 1)], []), voted: [], firm: { kind: "agent", standing: "valid" } };

describe("plans and their versions", () => {
  it("are put together by number, the newest version first, with why one was taken back", () => {
    const at = new Date("2026-11-02T02:00:00Z");
    const plans = plansOf([version(2, 1), version(1, 1), version(1, 2)], [{ number: 2, reason: "太贵", at }]);
    expect(plans.map(({ number, newest, earlier, withdrawn }) => [number, newest.version, earlier.length, withdrawn])).toEqual([[1, 2, 1, null], [2, 1, 0, { reason: "太贵", at }]]);
    expect(plansOf([], [])).toEqual([]);
  });

  it("are read from a form in yuan and months, and refused beyond what they can be", () => {
    const form = { firm: "7", make: "申菱", model: "S1", entry: "flat", position: "inside", price: "600,000.50", months: "4", about: "", changed: "", seen: "0" };
    expect(planForm.parse(form)).toMatchObject({ firm: 7, price: 60_000_050, months: 4, seen: 0, about: undefined });
    for (const [name, value] of [["price", "0"], ["price", "10000001"], ["price", "很多"], ["months", "0"], ["months", "61"], ["months", "四"], ["firm", "x"], ["entry", "roof"], ["position", ""], ["seen", "01"], ["make", ""]]) {
      expect(planForm.safeParse({ ...form, [name ?? ""]: value }).error?.issues[0]?.path, `${name} ${value}`).toEqual([name]);
    }
  });
});

describe("recording a plan", () => {
  const why = (change: Partial<PlanSituation>, form: Partial<PlanEntered> = {}, number: number | null = 1, seen = 1) =>
    whyPlanIsRefused({ ...situation, ...change }, { ...entered, ...form }, number, seen)?.code ?? null;

  it("takes a new plan and a version that changes something, with what and why", () => {
    expect(why({}, {}, null, 0)).toBeNull();
    expect(why({})).toBeNull();
    expect(why({}, { priceFen: 60_000_000 })).toBe("plan_version_unchanged");
    expect(why({}, { priceFen: 60_000_000, hasDrawing: true, checked: true })).toBeNull();
    expect(why({}, { changed: null })).toBe("plan_change_missing");
  });

  it("refuses what comes too late, over a version nobody has seen, over one that is voted on, or beyond four", () => {
    expect(why({ stage: "in-use" })).toBe("plan_too_late");
    expect(why({ stage: "acceptance" })).toBe("plan_too_late");
    expect(why({ sideState: "ended" })).toBe("plan_too_late");
    expect(why({}, {}, 2)).toBe("plan_unknown");
    expect(why({}, {}, 1, 2)).toBe("plan_newer");
    expect(why({ voted: [1] })).toBe("plan_being_voted");
    const withdrawn = plansOf([version(1, 1)], [{ number: 1, reason: "太贵", at: new Date() }]);
    expect(why({ plans: withdrawn })).toBe("plan_withdrawn");
    const full = plansOf(Array.from({ length: MOST_PLANS }, (_, index) => version(index + 1, 1)), []);
    expect(why({ plans: full }, {}, null, 0)).toBe("plans_full");
    expect(why({ plans: full })).toBeNull();
  });

  it("refuses a firm that cannot be taken, and a drawing that nobody has looked at", () => {
    expect(why({ firm: undefined })).toBe("plan_firm_unknown");
    expect(why({ firm: { kind: "maker", standing: "valid" } })).toBe("plan_firm_no_agent");
    expect(why({ firm: { kind: "agent", standing: "blacklisted" } })).toBe("plan_firm_blacklisted");
    expect(why({ firm: { kind: "agent", standing: "expired" } })).toBe("plan_firm_not_valid");
    expect(why({}, { hasDrawing: true })).toBe("plan_drawing_unchecked");
  });
});

it("a plan is taken back once, and not while it is voted on", () => {
  expect(whyPlanWithdrawalIsRefused(situation.plans, [], 1)).toBeNull();
  expect(whyPlanWithdrawalIsRefused(situation.plans, [], 2)?.code).toBe("plan_unknown");
  expect(whyPlanWithdrawalIsRefused(situation.plans, [1], 1)?.code).toBe("plan_being_voted");
  expect(whyPlanWithdrawalIsRefused(plansOf([version(1, 1)], [{ number: 1, reason: "太贵", at: new Date() }]), [], 1)?.code).toBe("plan_withdrawn");
});

it("a vote is about the only plan, or the one that is named in its newest version", () => {
  const two = plansOf([version(1, 1), version(1, 2), version(2, 1)], []);
  expect(planForVote([], undefined)).toEqual({ plan: null });
  expect(planForVote(situation.plans, undefined)).toMatchObject({ plan: { number: 1, version: 1 } });
  expect(planForVote(two, undefined)).toMatchObject({ problem: { code: "plan_not_chosen" } });
  expect(planForVote(two, "1.2")).toMatchObject({ plan: { number: 1, version: 2 } });
  expect(planForVote(two, "1.1")).toMatchObject({ problem: { code: "plan_newer" } });
  expect(planForVote(two, "3.1")).toMatchObject({ problem: { code: "plan_withdrawn" } });
});

describe("a change after the vote", () => {
  const changes = (change: Partial<PlanVersion>, percent = 10) => changesSince(version(1, 1), { newest: version(1, 2, change), withdrawn: null }, percent);

  it("is material in entry, position, agent, or when the plan is given up; not in make, model or months", () => {
    expect(changes({ entry: "flat" })).toEqual(["entry"]);
    expect(changes({ position: "south" })).toEqual(["position"]);
    expect(changes({ firmId: 8 })).toEqual(["agent"]);
    expect(changes({ make: "别家", model: "X", months: 9, about: "门改色" })).toEqual([]);
    expect(changesSince(version(1, 1), { newest: version(1, 1), withdrawn: { reason: "退出", at: new Date() } }, 10)).toEqual(["withdrawn"]);
  });

  it("is material in price beyond the share, not at it, upwards and downwards alike", () => {
    expect([66_000_000, 66_000_001, 54_000_000, 53_999_999].map((priceFen) => changes({ priceFen }))).toEqual([[], ["price"], [], ["price"]]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 1_000_000_000 }), (price, percent, by) => {
        const isMaterial = (priceFen: number) => changesSince(version(1, 1, { priceFen: price }), { newest: version(1, 2, { priceFen }), withdrawn: null }, percent).includes("price");
        expect(isMaterial(price + by)).toBe(BigInt(by) * 100n > BigInt(price) * BigInt(percent));
        expect(isMaterial(price - by)).toBe(isMaterial(price + by));
      }),
    );
  });

  it("is none where nothing has changed, whatever the plan is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...planEntries), fc.constantFrom(...planPositions), fc.nat(), (entry, position, priceFen) => {
        const terms = { firmId: 1, entry, position, priceFen };
        expect(changesSince(terms, { newest: terms, withdrawn: null }, 1)).toEqual([]);
      }),
    );
  });
});
