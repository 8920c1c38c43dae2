import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getRuleset } from "#app/domain/ruleset.ts";
import { endOfDay } from "#app/domain/shanghai-day.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { findConsultation, listConsultationsOfStairwell, readConsultationRows } from "#db/queries/consultations.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { issuedAssessment } from "../support/assessments.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type StairwellShape } from "../support/factories.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-11-21T02:00:00Z");
const deps = () => ({ db: database.db, vault: testVault, now });

describe("opening a consultation", () => {
  const opening = async (shape: StairwellShape, change: Partial<Parameters<typeof openConsultation>[1]> = {}) => {
    const stairwell = await createStairwell(database.db, { stage: "consultation", ...shape });
    const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    const form = { stairwell: stairwell.code, ruleset: "cn-civil-278-major", closesOn: "2026-12-20", accountId, formKey: formKey(), ...change } as const;
    return { stairwell, form, open: () => openConsultation(deps(), form) };
  };

  it("freezes the roll with its heads, the rule and the last moment of the last day", async () => {
    const { stairwell, open } = await opening({ floors: 3, areas: [5843, 6010] });
    const { subdistrictId, flats } = stairwell;
    const [first, second, third, fourth] = flats;
    if (!first || !second || !third || !fourth) throw new Error("no flats");
    // A couple in 101 and 201; their own owners moved out before.
    const couple = [first.id, third.id];
    await database.db.updateTable("ownership").set({ until: "2020-01-01" }).where("flatId", "in", couple).execute();
    const husband = await createOwner(database.db, { subdistrictId, flatIds: couple });
    const wife = await createOwner(database.db, { subdistrictId, flatIds: couple });

    const { consultation } = await done(open());
    expect(consultation).toBe(`Q2026-${stairwell.code}`);
    const found = await findConsultation(database.db, consultation);
    expect(found).toMatchObject({
      stairwell: stairwell.code, openedAt: now, closesAt: endOfDay("2026-12-20"), closedAt: null, certificate: null,
      ruleset: getRuleset("cn-civil-278-major"),
    });
    const { roll } = await readConsultationRows(database.db, found?.id ?? 0);
    expect(roll.map(({ unit, area }) => [unit, area])).toEqual([["101", 5843], ["102", 6010], ["201", 6010], ["202", 6010], ["301", 6010], ["302", 6010]]);
    const pair = [husband.code, wife.code].sort().join("+");
    expect(roll.filter(({ voter }) => voter === pair).map(({ unit }) => unit)).toEqual(["101", "201"]);
    expect(new Set(roll.map(({ voter }) => voter)).size).toBe(5);

    // A later sale changes nothing.
    await database.db.updateTable("flat").set({ area: 1 }).where("stairwellId", "=", stairwell.stairwellId).execute();
    expect((await readConsultationRows(database.db, found?.id ?? 0)).roll).toEqual(roll);

    const [entry] = (await readLog(database.db, stairwell.stairwellId)).slice(-1);
    const file = roll.map(({ unit, voter, area }) => ({ unit, voter, area: (area / 100).toFixed(2) }));
    expect(entry).toMatchObject({
      verb: "consultation-opened",
      content: {
        consultation, ruleset: "cn-civil-278-major", closesAt: "2026-12-20T15:59:59.999Z",
        roll: { units: 6, heads: 5, area: "358.93" }, rollDigest: createHash("sha256").update(canonicalize(file) ?? "").digest("hex"),
      },
    });
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(1);
  });

  it("waits for an assessment of A or B, and leaves the project at the stage to which that brought it", async () => {
    const { stairwell, form } = await opening({ stage: "reserve" });
    const open = () => openConsultation(deps(), { ...form, formKey: formKey() });
    expect(await refusalOf(open())).toBe("not_assessed");
    await database.db.updateTable("project").set({ stage: "assessment" }).where("stairwellId", "=", stairwell.stairwellId).execute();
    expect(await refusalOf(open())).toBe("not_assessed");
    const { first, second } = await issuedAssessment(database.db, stairwell, { grade: "C" });
    expect(await refusalOf(open())).toBe("not_assessed");
    await issuedAssessment(database.db, stairwell, { grade: "B", by: { first, second } });
    await done(open());
    const project = await database.db.selectFrom("project").select(["stage", "sideState"]).where("stairwellId", "=", stairwell.stairwellId).executeTakeFirst();
    expect(project).toEqual({ stage: "consultation", sideState: null });
  });

  it("is refused where the way, the rule, the dates or the roll do not allow it, and leaves nothing behind", async () => {
    const cases = [
      ["not_in_reserve", { stage: "intent" }, {}],
      ["stage_too_late", { stage: "construction" }, {}],
      ["project_stopped", { sideState: "paused" }, {}],
      ["ruleset_not_binding", {}, { ruleset: "cn-sh-intent" }],
      ["ruleset_not_in_force", {}, { ruleset: "cn-sh-2019-stairwell" }],
      ["closes_in_past", {}, { closesOn: "2026-11-20" }],
      ["period_too_long", {}, { closesOn: "2028-01-01" }],
      ["roll_empty", { floors: 1, flatsPerFloor: 0 }, {}],
      ["owners_missing", { owned: false }, {}],
      ["stairwell_unknown", {}, { stairwell: "X-1" }],
    ] as const;
    for (const [code, shape, change] of cases) {
      const { stairwell, open } = await opening(shape as StairwellShape, change);
      expect(await refusalOf(open())).toBe(code);
      expect(await readLog(database.db, stairwell.stairwellId)).toEqual([]);
      expect(await listConsultationsOfStairwell(database.db, stairwell.stairwellId)).toEqual([]);
    }
  });

  it("waits for the clerk's answers about who is who", async () => {
    const { stairwell, open } = await opening({});
    const { subdistrictId } = stairwell;
    const [flatA = 0, flatB = 0] = stairwell.flats.map((flat) => flat.id);
    const { ownerId: ownerA } = await createOwner(database.db, { subdistrictId, flatIds: [flatA], name: "同名" });
    const { ownerId: ownerB } = await createOwner(database.db, { subdistrictId, flatIds: [flatB], name: "同名" });
    const { id } = await database.db
      .insertInto("ownerQuestion")
      .values({ stairwellId: stairwell.stairwellId, flatA, flatB, ownerA, ownerB, name: "同名" })
      .returning("id")
      .executeTakeFirstOrThrow();
    expect(await open()).toEqual({ ok: false, problem: { code: "roll_questions_open", params: { questions: 1 } } });
    await database.db.updateTable("ownerQuestion").set({ answer: "different", answeredAt: now }).where("id", "=", id).execute();
    await done(open());
  });

  it("happens once for a form posted twice, and once at a time for a stairwell", async () => {
    const { stairwell, form, open } = await opening({});
    const first = await done(open());
    expect(await done(open())).toEqual(first);
    expect(await refusalOf(openConsultation(deps(), { ...form, formKey: formKey() }))).toBe("already_open");
    expect(await listConsultationsOfStairwell(database.db, stairwell.stairwellId)).toHaveLength(1);
    expect(await refusalOf(openConsultation(deps(), { ...form, closesOn: "2026-12-21" }))).toBe("form_used_elsewhere");
  });

  it("happens again under another code once the first has failed and is published, not once it passed", async () => {
    for (const [choice, answer] of [["oppose", "done"], ["agree", "already_passed"]] as const) {
      const opened = await openedConsultation(database.db, { floors: 2 });
      for (const { room } of opened.stairwell.flats) await done(opened.cast(room, choice));
      await done(opened.close());
      await done(opened.certify());
      const again = () =>
        openConsultation(opened.later, {
          stairwell: opened.stairwell.code, ruleset: "cn-civil-278-major", closesOn: "2026-12-30", accountId: opened.clerk, formKey: formKey(),
        });
      expect(await refusalOf(again())).toBe("already_open");
      await done(opened.publish());
      const second = await again();
      expect(second.ok ? "done" : second.problem.code).toBe(answer);
      if (second.ok) expect(second.consultation).toBe(`${opened.consultation}-2`);
    }
  });
});
