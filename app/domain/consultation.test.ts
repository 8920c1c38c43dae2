import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openForm } from "./consultation-forms.ts";
import {
  consultationCode, headsOf, LONGEST_PERIOD, rulesetsFor, whyBallotIsOutdated, whyBallotIsRefused, whyCertifyingIsRefused,
  whyClosingIsRefused, whyNotReady, whyOpeningIsRefused, whyPublishingIsRefused, whyReasonIsRefused, type Casting, type Certifying, type Opening,
} from "./consultation.ts";
import { getRuleset } from "./ruleset.ts";
import { addDays, endOfDay, shanghaiDay } from "./shanghai-day.ts";
import { stages } from "./stages.ts";
import { tally, type BallotRow, type Choice } from "./tally.ts";

const now = new Date("2026-11-21T02:00:00Z");

describe("opening", () => {
  const opening: Opening = {
    scope: "stairwell", stage: "consultation", sideState: null, running: false, passed: false,
    ruleset: getRuleset("cn-civil-278-major"), closesOn: "2026-12-20", now,
    flats: 4, ownerless: [], openQuestions: 0,
  };
  const refusal = (change: Partial<Opening>) => whyOpeningIsRefused({ ...opening, ...change });

  it("is allowed once the stairwell was assessed, and again after one that failed", () => {
    expect(refusal({})).toBeNull();
    for (const stage of ["reserve", "assessment"] as const) expect(refusal({ stage })).toEqual({ code: "not_assessed" });
    expect(refusal({ stage: "intent" })).toEqual({ code: "not_in_reserve" });
    for (const stage of stages.slice(4)) expect(refusal({ stage })).toEqual({ code: "stage_too_late" });
    expect(refusal({ stage: "consultation", passed: true })).toEqual({ code: "already_passed" });
  });

  it("waits for the one that runs and for a project that stands still, not for a dispute", () => {
    expect(refusal({ stage: "consultation", running: true })).toEqual({ code: "already_open" });
    for (const sideState of ["paused", "ended", "not-suitable"] as const) expect(refusal({ sideState })).toEqual({ code: "project_stopped" });
    expect(refusal({ sideState: "disputed" })).toBeNull();
  });

  it("by the whole community is allowed until there is building, under the ordinary majority alone", () => {
    const community = { scope: "community", ruleset: getRuleset("cn-civil-278-ordinary") } as const;
    for (const stage of stages.slice(1, 7)) expect(refusal({ ...community, stage })).toBeNull();
    expect(refusal({ ...community, stage: "intent" })).toEqual({ code: "not_in_reserve" });
    for (const stage of stages.slice(7)) expect(refusal({ ...community, stage })).toEqual({ code: "stage_too_late" });
    expect(refusal({ ...community, stage: "agreement", passed: true })).toEqual({ code: "already_passed" });
    expect(refusal({ ...community, ruleset: getRuleset("cn-civil-278-major") })).toEqual({ code: "ruleset_not_for_scope", at: "ruleset" });
    expect(rulesetsFor("community", "2026-11-21").map(({ id }) => id)).toEqual(["cn-civil-278-ordinary"]);
    expect(rulesetsFor("stairwell", "2026-11-21").map(({ id }) => id)).toEqual(["cn-civil-278-major", "cn-civil-278-ordinary"]);
    expect(rulesetsFor("stairwell", "2026-11-21", { first: "cn-civil-278-ordinary" }).map(({ id }) => id)).toEqual(["cn-civil-278-ordinary", "cn-civil-278-major"]);
    expect(rulesetsFor("stairwell", "2020-06-01").map(({ id }) => id)).toEqual(["cn-sh-2019-stairwell"]);
  });

  it("is offered under what the subdistrict has added while that is in force, to a stairwell and to a community", () => {
    const { quorum, approval } = getRuleset("cn-civil-278-major");
    const own = { id: "own:试行", title: "试行", source: "沪房〔2026〕9号", effectiveFrom: "2026-12-01", effectiveUntil: "2027-11-30", quorum, approval };
    const offered = (scope: Opening["scope"], day: string) => rulesetsFor(scope, day, { added: [own], first: own.id }).map(({ id }) => id);
    expect(offered("stairwell", "2026-11-30")).toEqual(["cn-civil-278-major", "cn-civil-278-ordinary"]);
    expect(offered("stairwell", "2026-12-01")).toEqual(["own:试行", "cn-civil-278-major", "cn-civil-278-ordinary"]);
    expect(offered("community", "2027-11-30")).toEqual(["own:试行", "cn-civil-278-ordinary"]);
    expect(offered("community", "2027-12-01")).toEqual(["cn-civil-278-ordinary"]);
    const ruleset = { ...own, binding: true };
    expect(refusal({ ruleset })).toEqual({ code: "ruleset_not_in_force", at: "ruleset" });
    expect(refusal({ ruleset, scope: "community", now: new Date("2026-12-01T02:00:00Z") })).toBeNull();
    expect(openForm.safeParse({ ruleset: own.id, closesOn: "2026-12-20" }).success).toBe(true);
  });

  it("is not ready for reasons of its own, whatever the form says", () => {
    expect(whyNotReady(opening)).toBeNull();
    expect(whyNotReady({ ...opening, stage: "intent", openQuestions: 1 })).toEqual({ code: "not_in_reserve" });
    expect(whyNotReady({ ...opening, openQuestions: 1 })?.code).toBe("roll_questions_open");
  });

  it("is under a rule that binds and is in force on that day", () => {
    expect(refusal({ ruleset: getRuleset("cn-sh-intent") })).toEqual({ code: "ruleset_not_binding", at: "ruleset" });
    expect(refusal({ ruleset: getRuleset("cn-sh-2019-stairwell") })).toEqual({ code: "ruleset_not_in_force", at: "ruleset" });
    expect(refusal({ ruleset: getRuleset("cn-sh-2019-stairwell"), now: new Date("2020-12-31T15:59:59Z"), closesOn: "2021-01-20" })).toBeNull();
    expect(refusal({ ruleset: getRuleset("cn-sh-2019-stairwell"), now: new Date("2020-12-31T16:00:00Z"), closesOn: "2021-01-20" })?.code).toBe("ruleset_not_in_force");
  });

  it("has a deadline between today and a year from now", () => {
    expect(refusal({ closesOn: "2026-11-21" })).toBeNull();
    expect(refusal({ closesOn: "2026-11-20" })).toEqual({ code: "closes_in_past", at: "closesOn" });
    expect(refusal({ closesOn: "2026-11-21", now: new Date("2026-11-21T15:59:59.999Z") })?.code).toBe("closes_in_past");
    expect(refusal({ closesOn: "2027-11-21" })).toBeNull();
    expect(refusal({ closesOn: "2027-11-22" })).toEqual({ code: "period_too_long", at: "closesOn", params: { last: "2027-11-21" } });
    expect(LONGEST_PERIOD).toBe(365);
  });

  it("needs a roll in which each flat has an owner and nothing is asked any more", () => {
    expect(refusal({ flats: 0 })).toEqual({ code: "roll_empty" });
    expect(refusal({ ownerless: ["201", "202"] })).toEqual({ code: "owners_missing", params: { rooms: "201、202", flats: 2 } });
    const many = Array.from({ length: 21 }, (_, i) => String(101 + i));
    expect(refusal({ ownerless: many })?.params?.["rooms"]).toBe(`${many.slice(0, 20).join("、")}……`);
    expect(refusal({ openQuestions: 2 })).toEqual({ code: "roll_questions_open", params: { questions: 2 } });
  });
});

describe("heads", () => {
  const votersOf = (flats: Record<string, string[]>) =>
    Object.fromEntries(headsOf(Object.entries(flats).map(([room, owners]) => ({ room, owners }))).map(({ room, voter }) => [room, voter]));

  it("are one for all flats with exactly the same owners", () => {
    expect(votersOf({ a: ["P1"], b: ["P1"], c: ["P2", "P1"], d: ["P1", "P2"], e: ["P2"], f: ["DEV"], g: ["DEV"] })).toEqual({
      a: "P1", b: "P1", c: "P1+P2", d: "P1+P2", e: "P2", f: "DEV", g: "DEV",
    });
  });

  it("of many owners are called by their number and first room", () => {
    const many = Array.from({ length: 30 }, (_, i) => `P${String(i).padStart(6, "0")}`);
    expect(votersOf({ 302: [...many].reverse(), 301: many, 401: many.slice(1), 101: ["P1"] })).toEqual({ 301: "30@301", 302: "30@301", 401: "29@401", 101: "P1" });
  });

  it("are never mistaken for another by what their codes contain", () => {
    expect(votersOf({ a: ["A+B"], b: ["A", "B"], c: ["1@a"] })).toEqual({ a: "1@a", b: "A+B", c: "1@c" });
  });

  it("need an owner", () => {
    expect(() => votersOf({ a: [] })).toThrow(RangeError);
  });

  it("are equal exactly where the owners are, whatever the order of flats and owners", () => {
    const code = fc.oneof(fc.constantFrom("A", "B", "A+B", "1@1", "+"), fc.string({ minLength: 1, maxLength: 90 }));
    const flats = fc.array(fc.array(code, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(flats, (owners) => {
        const given = owners.map((codes, index) => ({ room: String(index), owners: codes }));
        const heads = headsOf(given);
        const turned = headsOf([...given].reverse().map((flat) => ({ ...flat, owners: [...flat.owners].reverse() })));
        const same = (a: string[], b: string[]) => new Set([...a, ...b]).size === new Set(a).size && new Set(b).size === new Set(a).size;
        const holds = heads.every(
          (a) =>
            a.voter.length <= 200 &&
            turned.some((b) => b.room === a.room && b.voter === a.voter) &&
            heads.every((b) => (a.voter === b.voter) === same([...a.owners], [...b.owners])),
        );
        expect(holds).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("the code of a consultation", () => {
  it("has the year in Shanghai and the stairwell, and a number from the second on", () => {
    const newYear = new Date("2026-12-31T16:00:00Z");
    expect(consultationCode(newYear, "C001-001", [])).toBe("Q2027-C001-001");
    expect(consultationCode(newYear, "C001-001", ["Q2027-C001-001", "Q2027-C001-001-2", "Q2027-C001-001-4"])).toBe("Q2027-C001-001-3");
    expect(consultationCode(newYear, "C001-001", ["Q2027-C001-001-Z"], "community")).toBe("Q2027-C001-001-Z-2");
    expect(consultationCode(newYear, "ABCDEFGHIJKL-12345678", ["Q2027-ABCDEFGHIJKL-12345678"])).toMatch(/^[A-Z0-9-]{1,32}$/);
  });
});

describe("a ballot", () => {
  const times = { openedAt: new Date("2026-11-01T04:00:00Z"), closesAt: endOfDay("2026-11-30"), closedAt: null };
  const flat = { onRoll: true, mayCast: true };
  const online: Casting = { channel: "online", authorisation: null, authorisationPage: null, receivedOn: null, now };
  const paper: Casting = { ...online, channel: "paper", receivedOn: "2026-11-21" };
  const refusal = (casting: Casting) => whyBallotIsRefused(times, flat, casting);

  it("is for a flat of the roll of an open consultation, by those who may", () => {
    expect(refusal(online)).toBeNull();
    expect(whyBallotIsRefused({ ...times, closedAt: now }, flat, online)).toEqual({ code: "not_open" });
    expect(whyBallotIsRefused(times, { onRoll: false, mayCast: false }, online)).toEqual({ code: "not_on_roll", at: "room" });
    expect(whyBallotIsRefused(times, { onRoll: true, mayCast: false }, online)).toEqual({ code: "not_your_flat", at: "room" });
  });

  it("by proxy has its authorisation", () => {
    expect(refusal({ ...paper, channel: "proxy" })).toEqual({ code: "authorisation_missing", at: "authorisation" });
    const authorised: Casting = { ...paper, channel: "proxy", authorisation: "委托书" };
    expect(refusal(authorised)).toEqual({ code: "authorisation_image_missing", at: "authorisationPage" });
    expect(refusal({ ...authorised, authorisationPage: 3 })).toBeNull();
  });

  it("online comes until the last moment of the last day", () => {
    expect(refusal({ ...online, now: times.closesAt })).toBeNull();
    const after = new Date(times.closesAt.getTime() + 1);
    expect(refusal({ ...online, now: after })).toEqual({ code: "after_deadline", params: { day: "2026-11-30" } });
  });

  it("on paper comes in between the first and the last day, and may be recorded later", () => {
    const later = { ...paper, now: new Date("2026-12-03T02:00:00Z") };
    expect(refusal({ ...later, receivedOn: "2026-11-30" })).toBeNull();
    expect(refusal({ ...later, receivedOn: "2026-11-01" })).toBeNull();
    expect(refusal({ ...later, receivedOn: "2026-12-01" })).toEqual({ code: "after_deadline", at: "receivedOn", params: { day: "2026-11-30" } });
    expect(refusal({ ...later, receivedOn: "2026-10-31" })).toEqual({ code: "received_before_opening", at: "receivedOn", params: { day: "2026-11-01" } });
    expect(refusal({ ...paper, receivedOn: "2026-11-22" })).toEqual({ code: "received_in_future", at: "receivedOn" });
  });
});

describe("a ballot that comes in", () => {
  const onlineAt = new Date("2026-11-20T23:00:00Z");

  it("is refused where the flat has a newer one than the person saw", () => {
    const refusal = (seq: number | null, seen: number | null | undefined) =>
      whyBallotIsOutdated({ newest: seq === null ? null : { seq, channel: "online", castAt: onlineAt }, onlineAt: null }, { seen, receivedOn: null });
    // Ballots are never removed, so none can have been seen where there is none.
    for (const [newest, seen] of [[3, 3], [null, null], [null, 3], [3, undefined], [null, undefined]] as const) expect(refusal(newest, seen)).toBeNull();
    for (const seen of [2, null]) expect(refusal(3, seen)).toEqual({ code: "ballot_newer", params: { channel: "online", at: onlineAt.toISOString() } });
  });

  it("on paper is refused where its flat has voted online on a later day", () => {
    const refusal = (receivedOn: string | null) => whyBallotIsOutdated({ newest: null, onlineAt }, { seen: undefined, receivedOn });
    expect(refusal("2026-11-20")).toEqual({ code: "newer_online", at: "receivedOn", params: { day: "2026-11-21" } });
    for (const receivedOn of ["2026-11-21", "2026-11-22", null]) expect(refusal(receivedOn)).toBeNull();
    expect(whyBallotIsOutdated({ newest: null, onlineAt: null }, { seen: 1, receivedOn: "2026-11-01" })).toBeNull();
  });
});

describe("a reason in the record", () => {
  it("names no owner", () => {
    expect(whyReasonIsRefused("101 室由沈月英代签", ["沈月英"])).toEqual({ code: "reason_names_owner", at: "reason" });
    expect(whyReasonIsRefused("101 室由他人代签", ["沈月英", "他"])).toBeNull();
    expect(whyReasonIsRefused("", [])).toBeNull();
  });
});

describe("closing", () => {
  const roll = Array.from({ length: 4 }, (_, i) => ({ unit: `${i + 1}01`, voter: `v${i}`, area: 6000 }));
  const resultOf = (...cast: Choice[]) =>
    tally({ ruleset: "cn-civil-278-major", roll, ballots: cast.map((choice, i): BallotRow => ({ unit: `${i + 1}01`, seq: i + 1, choice })) });
  const times = { closesAt: endOfDay("2026-11-30"), closedAt: null };
  const refusal = (result: ReturnType<typeof resultOf>, reason: string | null, at = now) => whyClosingIsRefused(times, { result, unchecked: [], reason, now: at });

  it("comes after the deadline, whatever was returned", () => {
    expect(refusal(resultOf(), null, new Date("2026-12-01T00:00:00Z"))).toBeNull();
    expect(refusal(resultOf("agree"), "都到了", times.closesAt)).toEqual({ code: "before_deadline", params: { day: "2026-11-30" } });
  });

  it("comes before it only once nothing can change, with a reason", () => {
    expect(resultOf("agree", "agree").outlook).toBe("open");
    expect(refusal(resultOf("agree", "agree"), "急")?.code).toBe("before_deadline");
    expect(resultOf("agree", "agree", "agree").outlook).toBe("secured");
    expect(refusal(resultOf("agree", "agree", "agree"), "结果已定")).toBeNull();
    expect(resultOf("oppose", "oppose").outlook).toBe("lost");
    expect(refusal(resultOf("oppose", "oppose"), "结果已定")).toBeNull();
    expect(refusal(resultOf("agree", "agree", "agree", "oppose"), "全部交回")).toBeNull();
    expect(refusal(resultOf("agree", "agree", "agree", "oppose"), null)).toEqual({ code: "reason_missing", at: "reason" });
  });

  it("with every flat returned is allowed even where a rule tests nothing more", () => {
    const result = { ...resultOf("agree", "agree", "agree", "agree"), outlook: "passing" as const };
    expect(whyClosingIsRefused(times, { result, unchecked: [], reason: "全部交回", now })).toBeNull();
  });

  it("before it waits for the second person, after it does not", () => {
    const of = (at: Date) => whyClosingIsRefused(times, { result: resultOf("agree", "agree", "agree"), unchecked: ["101", "202"], reason: "结果已定", now: at });
    expect(of(now)).toEqual({ code: "unchecked", params: { rooms: "101、202" } });
    expect(of(new Date("2026-12-01T00:00:00Z"))).toBeNull();
  });

  it("comes once", () => {
    expect(whyClosingIsRefused({ ...times, closedAt: now }, { result: resultOf(), unchecked: [], reason: "再来", now })).toEqual({ code: "not_open" });
  });
});

describe("certifying", () => {
  const closed: Certifying = {
    closedAt: now, withdrawnAt: null, closedBy: 1, openedBy: 3, isCertified: false, accountId: 2, pendingVoids: [], unchecked: [], unresolved: [],
    roll: [{ unit: "101", voter: "A", area: 1 }, { unit: "102", voter: "A", area: 1 }, { unit: "201", voter: "B", area: 1 }],
  };
  const refusal = (change: Partial<Certifying>) => whyCertifyingIsRefused({ ...closed, ...change });

  it("is for another than who closed it", () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ accountId: 1 })).toEqual({ code: "same_person" });
    expect(refusal({ accountId: 3 })).toBeNull();
    expect(refusal({ closedAt: null })).toEqual({ code: "not_closed" });
    expect(refusal({ withdrawnAt: now })).toEqual({ code: "withdrawn" });
    expect(refusal({ isCertified: true })).toEqual({ code: "already_certified" });
  });

  it("is for another than who opened it, where the portal closed it at its deadline", () => {
    expect(refusal({ closedBy: null })).toBeNull();
    expect(refusal({ closedBy: null, accountId: 3 })).toEqual({ code: "same_person" });
    expect(refusal({ closedBy: null, openedBy: null })).toBeNull();
  });

  it("waits for what is not resolved", () => {
    expect(refusal({ pendingVoids: ["101", "201"] })).toEqual({ code: "void_pending", params: { rooms: "101、201" } });
    expect(refusal({ unchecked: ["101"] })).toEqual({ code: "unchecked", params: { rooms: "101" } });
    expect(refusal({ unresolved: ["A"] })).toEqual({ code: "unresolved_split", params: { rooms: "101、102" } });
  });
});

describe("publishing", () => {
  it("follows the certificate, once", () => {
    expect(whyPublishingIsRefused({ isCertified: true, publishedAt: null })).toBeNull();
    expect(whyPublishingIsRefused({ isCertified: false, publishedAt: null })).toEqual({ code: "not_certified" });
    expect(whyPublishingIsRefused({ isCertified: true, publishedAt: now })).toEqual({ code: "already_published" });
  });
});

describe("a period", () => {
  it("of any length up to a year can be opened on any day", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("2021-01-02"), max: new Date("2090-01-01"), noInvalidDate: true }), fc.integer({ min: 1, max: LONGEST_PERIOD }), (at, days) => {
        const closesOn = addDays(shanghaiDay(at), days);
        const opening = { scope: "stairwell", stage: "consultation", sideState: null, running: false, passed: false, ruleset: getRuleset("cn-civil-278-major"), flats: 1, ownerless: [], openQuestions: 0 } as const;
        expect(whyOpeningIsRefused({ ...opening, closesOn, now: at })).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
