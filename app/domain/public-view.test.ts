import { describe, expect, it } from "vitest";
import { dataColumns, dataOf, dataRow } from "./public-data.ts";
import { consultationState, shownTests, type ConsultationFacts } from "./public-consultation.ts";
import { liftOf, toPublic, toPublicRow, type StairwellFacts } from "./public-view.ts";
import { getRuleset } from "./ruleset.ts";
import { tally, type Choice } from "./tally.ts";

const at = (day: string, time = "10:00") => new Date(`${day}T${time}:00+08:00`);
const now = at("2026-11-21");
const rule = getRuleset("cn-civil-278-major");

/** A result over flats of 60 m², one owner each; the rest does not return a ballot. */
function resultOf(flats: number, choices: readonly Choice[]) {
  const units = Array.from({ length: flats }, (_, index) => String(index + 1));
  return tally({
    ruleset: "cn-civil-278-major",
    roll: units.map((unit) => ({ unit, voter: unit, area: 6000 + Number(unit) })),
    ballots: choices.map((choice, index) => ({ unit: String(index + 1), seq: index + 1, choice })),
  });
}

const agree = (count: number): Choice[] => Array.from({ length: count }, () => "agree" as const);

function consultationOf(given: Partial<ConsultationFacts> = {}): ConsultationFacts {
  return {
    code: "Q1", scope: "stairwell", ruleset: rule, openedAt: at("2026-11-01"), closesAt: at("2026-11-30", "23:59"), closedAt: null, withdrawnAt: null,
    extensions: [], plan: null, published: null, ...given,
  };
}

function published(flats: number, choices: readonly Choice[], day = "2026-11-20"): ConsultationFacts {
  const result = resultOf(flats, choices);
  return consultationOf({ closedAt: at("2026-11-15", "18:30"), published: { at: at(day), passed: result.passed, result } });
}

function factsOf(given: Partial<StairwellFacts> = {}): StairwellFacts {
  return {
    code: "T1-008", building: "2幢", entrance: "8号", floors: 6, flats: 12, communityCode: "T1", community: "梅园", committee: "梅园居委会",
    address: "长河路12弄", phone: "021-50000001", stage: "intent", stageSince: at("2026-01-05"), sideState: null, reserveSince: null,
    startedOn: null, inUseSince: null, flatsByFloor: { 1: 2 }, filed: 0, willing: 0, consultations: [], moves: [], assessments: [], stops: [], photos: [], plans: 0, renewal: [], works: null, registration: null, ...given,
  };
}

describe("where a consultation stands", () => {
  const dates = { closesAt: at("2026-11-30"), closedAt: null, passed: null };

  it("is open until its deadline, and being counted from then on until the result is published", () => {
    expect(consultationState(null, now)).toBe("none");
    expect(consultationState(dates, now)).toBe("open");
    expect(consultationState(dates, at("2026-12-01"))).toBe("counting");
    expect(consultationState({ ...dates, closedAt: now }, now)).toBe("counting");
    expect(consultationState({ ...dates, passed: true }, now)).toBe("passed");
    expect(consultationState({ ...dates, passed: false }, now)).toBe("failed");
  });
});

it("a lift is being built from its start, and in use from its handover", () => {
  expect(liftOf({ startedOn: null, inUseSince: null })).toBe("none");
  expect(liftOf({ startedOn: "2026-05-01", inUseSince: null })).toBe("building");
  expect(liftOf({ startedOn: null, inUseSince: "2026-10-01" })).toBe("in-use");
});

describe("what neighbours learn while a consultation runs", () => {
  it("is that it runs and until when, and no number of ballots", () => {
    const { consultation } = toPublic(factsOf({ stage: "consultation", consultations: [consultationOf()] }), now);
    expect(consultation).toEqual({
      code: "Q1", scope: "stairwell", state: "open", openedOn: "2026-11-01", closesOn: "2026-11-30", closesAt: "24:00", extendedFrom: null, plan: null, result: null,
    });
  });

  it("is of the stairwell's own and of the community's each the newest, and of none that was withdrawn", () => {
    const community = consultationOf({ code: "Q2-Z", scope: "community" });
    const withdrawn = consultationOf({ code: "Q3", withdrawnAt: at("2026-11-02"), closedAt: at("2026-11-02") });
    const view = toPublic(factsOf({ consultations: [withdrawn, community, consultationOf()] }), now);
    expect([view.consultation?.code, view.communityConsultation?.code]).toEqual(["Q1", "Q2-Z"]);
    expect(dataOf(view)).toMatchObject({ result: { consultation: "Q1" }, community_result: { consultation: "Q2-Z", published: null } });
    expect(toPublic(factsOf({ consultations: [withdrawn] }), now)).toMatchObject({ consultation: null, communityConsultation: null });
  });

  it("is the first deadline beside the one that holds, where it was extended", () => {
    const extensions = [
      { from: at("2026-11-20", "23:59"), until: at("2026-11-25", "23:59"), at: at("2026-11-18") },
      { from: at("2026-11-25", "23:59"), until: at("2026-11-30", "23:59"), at: at("2026-11-24") },
    ];
    const view = toPublic(factsOf({ consultations: [consultationOf({ extensions })] }), now);
    expect(view.consultation).toMatchObject({ closesOn: "2026-11-30", extendedFrom: "2026-11-20" });
    expect(dataOf(view).result).toMatchObject({ closes_on: "2026-11-30", extended_from: "2026-11-20" });
    expect(JSON.stringify(view)).not.toContain("reason");
  });

  it("is not that a neighbour has changed his mind: falling out of the reserve is told neither as a step nor by its day", () => {
    const facts = factsOf({ stage: "intent", moves: [{ from: "reserve", to: "intent", at: at("2026-11-20") }], consultations: [] });
    expect(toPublic(facts, now)).toMatchObject({ history: [], stageSince: null });
  });

  it("is nothing of a certified result before it is published", () => {
    const facts = factsOf({ consultations: [consultationOf({ closedAt: at("2026-11-20", "17:05") })] });
    expect(toPublic(facts, now).consultation).toMatchObject({ state: "counting", closesOn: "2026-11-30", closesAt: "24:00", result: null });
    expect(dataOf(toPublic(facts, now))).toMatchObject({ consultation: "open", result: { published: null } });
  });
});

describe("what neighbours learn of a result", () => {
  const choices: Choice[] = [...agree(9), "oppose", "abstain"];

  it("is who was counted, took part and agreed, in heads, never who was against", () => {
    const { consultation } = toPublic(factsOf({ consultations: [published(12, choices)] }), now);
    expect(consultation?.result).toMatchObject({ passed: true, publishedOn: "2026-11-20", heads: { roll: 12, participated: 11, agree: 9 } });
    expect(JSON.stringify(consultation)).not.toMatch(/oppose|abstain|split|unresolved|toPass/);
  });

  it("is until when ballots counted, not when somebody came to close it", () => {
    const late = { ...published(12, choices), closedAt: at("2026-12-01", "09:00") };
    expect(toPublic(factsOf({ consultations: [late] }), now).consultation).toMatchObject({ closesOn: "2026-11-30", closesAt: "24:00" });
    expect(toPublic(factsOf({ consultations: [published(12, choices)] }), now).consultation).toMatchObject({ closesOn: "2026-11-15", closesAt: "18:30" });
  });

  it("is the sum behind each test of heads", () => {
    const { consultation } = toPublic(factsOf({ consultations: [published(12, choices)] }), now);
    expect(consultation?.result?.tests.map(({ test, met, figures }) => [test, met, figures?.needed, figures?.sum])).toEqual([
      ["quorum-heads", true, 8, "3 × 11 ≥ 2 × 12"],
      ["quorum-area", true, undefined, undefined],
      ["approval-heads", true, 9, "4 × 9 ≥ 3 × 11"],
      ["approval-area", true, undefined, undefined],
    ]);
  });

  it.each([10, 29])("is no area figure in a stairwell of %d flats", (flats) => {
    const view = toPublic(factsOf({ flats, consultations: [published(flats, agree(flats))] }), now);
    for (const test of view.consultation?.result?.tests ?? []) expect(test.figures === null).toBe(test.test.endsWith("-area"));
    for (const test of dataOf(view).result?.published?.tests ?? []) expect("have" in test).toBe(!test.test.endsWith("-area"));
  });

  it("is the area too from thirty flats on", () => {
    const { consultation } = toPublic(factsOf({ flats: 30, consultations: [published(30, agree(20))] }), now);
    expect(consultation?.result?.tests[1]).toMatchObject({
      met: false,
      figures: { have: "1202.10", of: "1804.65", needed: "1203.10", share: { have: 120210, of: 180465, needNum: 2, needDen: 3 } },
    });
  });

  it("is with all figures for those who may see them", () => {
    expect(shownTests(resultOf(12, choices)).map(({ figures }) => figures.of)).toEqual([12, "720.78", 11, "660.66"]);
  });
});

describe("what neighbours learn of intents", () => {
  it.each([
    { filed: 0, willing: 0, band: "none" },
    { filed: 4, willing: 4, band: "few" },
    { filed: 5, willing: 2, band: "below-third" },
    { filed: 7, willing: 6, band: "half-to-two-thirds" },
    { filed: 8, willing: 8, band: "reached" },
  ])("is a band: $filed filed, $willing willing of 12 → $band", ({ filed, willing, band }) => {
    const view = toPublic(factsOf({ filed, willing }), now);
    expect(view.intent).toBe(band);
    expect(view).not.toHaveProperty("filed");
    expect(view).not.toHaveProperty("willing");
  });
});

describe("the history of a stairwell", () => {
  it("tells each step once, oldest first, and a step back as one", () => {
    const facts = factsOf({
      stage: "reserve",
      reserveSince: at("2026-02-01"),
      startedOn: "2026-12-01",
      inUseSince: "2027-06-01",
      consultations: [
        { ...published(12, agree(3), "2026-10-20"), openedAt: at("2026-10-01") },
        { ...published(12, agree(12), "2026-05-20"), openedAt: at("2026-05-01") },
      ],
      moves: [
        { from: "intent", to: "reserve", at: at("2026-02-01") },
        { from: "reserve", to: "assessment", at: at("2026-03-01") },
        { from: "assessment", to: "consultation", at: at("2026-05-01") },
        { from: "consultation", to: "reserve", at: at("2026-10-20", "12:00") },
      ],
    });
    expect(toPublic(facts, now).history).toEqual([
      { day: "2026-02-01", kind: "reserve-entered" },
      { day: "2026-03-01", kind: "stage", stage: "assessment", back: false },
      { day: "2026-05-01", kind: "consultation-opened", scope: "stairwell" },
      { day: "2026-05-20", kind: "consultation-passed", scope: "stairwell" },
      { day: "2026-10-01", kind: "consultation-opened", scope: "stairwell" },
      { day: "2026-10-20", kind: "consultation-failed", scope: "stairwell" },
      { day: "2026-10-20", kind: "stage", stage: "reserve", back: true },
      { day: "2026-12-01", kind: "works-started" },
      { day: "2027-06-01", kind: "in-use" },
    ]);
  });

  it("tells extensions and withdrawals by their day, and a community's vote beside the stairwell's stage", () => {
    const facts = factsOf({
      consultations: [
        consultationOf({ scope: "community", openedAt: at("2026-11-10"), extensions: [{ from: at("2026-11-20"), until: at("2026-11-30"), at: at("2026-11-12") }] }),
        consultationOf({ openedAt: at("2026-11-10"), withdrawnAt: at("2026-11-10", "11:00"), closedAt: at("2026-11-10", "11:00") }),
      ],
      moves: [{ from: "assessment", to: "consultation", at: at("2026-11-10") }, { from: "consultation", to: "assessment", at: at("2026-11-12") }],
    });
    expect(toPublic(facts, now).history).toEqual([
      { day: "2026-11-10", kind: "consultation-opened", scope: "community" },
      { day: "2026-11-10", kind: "consultation-opened", scope: "stairwell" },
      { day: "2026-11-10", kind: "consultation-withdrawn", scope: "stairwell" },
      { day: "2026-11-12", kind: "consultation-extended", scope: "community", until: "2026-11-30" },
      { day: "2026-11-12", kind: "stage", stage: "assessment", back: true },
    ]);
  });

  it("is empty where nothing has happened yet", () => {
    expect(toPublic(factsOf(), now).history).toEqual([]);
  });
});

describe("photos", () => {
  const photoOf = (file: string, publicSince: Date | null) => ({ file, caption: "电梯井道", at: at("2026-11-20", "23:30"), publicSince, width: 1_600, height: 1_200 });

  it("are told once somebody has looked at them, with their day and without who sent them", () => {
    const sent = [{ ...photoOf("b", null), by: "林芳" }, { ...photoOf("a", now), by: "林芳" }];
    const { photos } = toPublic(factsOf({ photos: sent }), now);
    expect(photos).toEqual([{ file: "a", caption: "电梯井道", day: "2026-11-20", width: 1_600, height: 1_200 }]);
  });

  it("are the newest twelve, as data too", () => {
    const view = toPublic(factsOf({ photos: Array.from({ length: 15 }, (_, i) => photoOf(`p${i}`, i === 3 ? null : now)) }), now);
    expect(view.photos.map(({ file }) => file)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((i) => `p${i}`));
    expect(dataOf(view).photos[0]).toEqual({ file: "p0", caption: "电梯井道", on: "2026-11-20" });
  });
});

describe("an assessment", () => {
  const factor = (name: string, more: Partial<StairwellFacts["assessments"][number]["factors"][number]> = {}) => ({
    name, informative: false, unit: null, finding: "none" as const, measured: null, remedy: null, remedyBy: null, ...more,
  });
  const issued = (grade: "A" | "B" | "C", day: string, factors = [factor("结构")]) => ({ grade, issuedAt: at(day), factors });

  it("is told with what stands in the way and what could be done, not with what is only information", () => {
    const assessment = issued("B", "2026-03-02", [
      factor("消防车道", { finding: "weak", measured: "3.80", unit: "米" }),
      factor("管线", { finding: "strong", remedy: "迁移燃气立管", remedyBy: "燃气公司" }),
      factor("门厅", { finding: "weak", measured: "2.00" }),
      factor("屋顶", { finding: "not-seen" }),
      factor("入户方式", { informative: true, finding: "weak", remedy: "x", remedyBy: "y" }),
    ]);
    const view = toPublic(factsOf({ assessments: [assessment, issued("C", "2026-01-02")] }), now);
    expect(view.assessment).toEqual({
      grade: "B", issuedOn: "2026-03-02",
      reasons: [{ factor: "消防车道", finding: "weak", measured: "3.80 米" }, { factor: "管线", finding: "strong", measured: null }, { factor: "门厅", finding: "weak", measured: "2.00" }],
      remedies: [{ what: "迁移燃气立管", who: "燃气公司" }],
    });
    expect(view.grade).toEqual({ grade: "B", on: "2026-03-02" });
    expect(view.history).toEqual([{ day: "2026-01-02", kind: "assessed", grade: "C" }, { day: "2026-03-02", kind: "assessed", grade: "B" }]);
    expect(dataOf(view).assessment).toEqual(view.assessment);
    expect(toPublic(factsOf(), now).assessment).toBeNull();
  });
});

describe("a project that stands still", () => {
  const paused = { from: null, to: "paused" as const, reason: "等燃气移管", owner: "燃气公司", nextDay: "2026-12-01", at: at("2026-11-10") };

  it("says why, who owes the next step and until when; of a dispute and an end only that it is so", () => {
    expect(toPublic(factsOf({ sideState: "paused", stops: [paused] }), now).pause).toEqual({ since: "2026-11-10", reason: "等燃气移管", owner: "燃气公司", nextDay: "2026-12-01", daysLate: 0 });
    expect(toPublic(factsOf({ sideState: "paused" }), now).pause).toBeNull();
    const disputed = { ...paused, to: "disputed" as const, owner: null, nextDay: null, reason: "301 室不同意" };
    const view = toPublic(factsOf({ sideState: "disputed", stops: [disputed] }), now);
    expect(view.pause).toBeNull();
    expect(JSON.stringify(view)).not.toContain("301");
  });

  it("tells each stop and how it went on, but for those that a grade tells", () => {
    const stops = [
      { ...paused, from: "not-suitable" as const, to: null, at: at("2026-11-14") },
      { ...paused, to: "not-suitable" as const, at: at("2026-11-13") },
      { ...paused, from: "paused" as const, to: null, at: at("2026-11-12") },
      paused,
    ];
    expect(toPublic(factsOf({ stops }), now).history).toEqual([
      { day: "2026-11-10", kind: "stopped", state: "paused" },
      { day: "2026-11-12", kind: "went-on", state: "paused" },
    ]);
  });
});

describe("the open data", () => {
  it("has one row a stairwell with exactly its columns", () => {
    const { consultations, moves, assessments, stops, photos, filed, willing, flatsByFloor, address, phone, ...facts } = factsOf({ reserveSince: at("2026-02-01") });
    const row = dataRow(toPublicRow({ ...facts, grade: null, consultation: { closesAt: now, closedAt: now, passed: null } }, now));
    expect(row).toEqual({
      code: "T1-008", community: "T1", committee: "梅园居委会", flats: 12, stage: "intent", intent_reached: true, consultation: "open", lift: "none",
    });
    expect(Object.keys(row)).toEqual([...dataColumns]);
    expect([consultations, moves, assessments, stops, photos, filed, willing, flatsByFloor, address, phone]).toHaveLength(10);
  });

  it("says of a stairwell what its page says, beginning with its row", () => {
    const view = toPublic(factsOf({ stage: "consultation", consultations: [published(12, agree(12))], startedOn: "2026-12-01" }), now);
    const data = dataOf(view);
    expect(Object.keys(data).slice(0, dataColumns.length)).toEqual([...dataColumns]);
    expect(data).toMatchObject({
      intent_reached: false,
      consultation: "passed",
      lift: "building",
      intent_band: "none",
      place: { community: "梅园", address: "长河路12弄", building: "2幢", entrance: "8号", floors: 6 },
      result: { opened_on: "2026-11-01", closes_on: "2026-11-15", published: { on: "2026-11-20", ruleset: "cn-civil-278-major", passed: true } },
      history: [{ on: "2026-11-01", kind: "consultation-opened" }, { on: "2026-11-20" }, { on: "2026-12-01" }],
    });
    expect(dataOf(toPublic(factsOf(), now))).toMatchObject({ consultation: "none", result: null });
  });
});
