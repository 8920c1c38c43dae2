import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNotReady } from "#app/domain/consultation.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { openSeveralConsultations, type SeveralOpenings } from "#app/use-cases/consultation/open-several-consultations.server.ts";
import { readSeveralOpened } from "#app/use-cases/consultation/read-several-opened.server.ts";
import { listConsultationsOfStairwell } from "#db/queries/consultations.server.ts";
import { listReadiness } from "#db/queries/readiness.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createCommunity, createStairwell, formKey, testVault, type StairwellShape, type TestCommunity, type TestStairwell } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T02:00:00Z");
let database: TestDatabase;
let community: TestCommunity;
let clerk: number;
let visitor: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  community = await createCommunity(database.db);
  clerk = await createAccount(database.db, "committee", { subdistrictId: community.subdistrictId, scopeId: community.committeeId });
  visitor = await signedIn(database.db, await openPortal(database, { clock: () => now }), clerk);
});
afterAll(() => database.close());

const deps = () => ({ db: database.db, vault: testVault, now });
const stairwell = (shape: StairwellShape = {}) => createStairwell(database.db, { community, floors: 2, stage: "consultation", ...shape });
const consultationsOf = ({ stairwellId }: TestStairwell) => listConsultationsOfStairwell(database.db, stairwellId);
const form = (stairwells: readonly TestStairwell[], change: Partial<SeveralOpenings> = {}): SeveralOpenings => ({
  stairwells: stairwells.map(({ code }) => code), own: stairwells.map(({ code }) => code),
  ruleset: "cn-civil-278-major", closesOn: "2026-12-20", accountId: clerk, formKey: formKey(), ...change,
});

describe("opening several consultations", () => {
  it("opens each that may be opened and says of the others why not", async () => {
    const [first, second, early, ownerless] = [await stairwell(), await stairwell(), await stairwell({ stage: "intent" }), await stairwell({ owned: false })];
    const answer = await done(openSeveralConsultations(deps(), form([first, early, second, ownerless])));
    expect(answer.opened.map((one) => one.stairwell)).toEqual([first.code, second.code]);
    expect(answer.refused.map(({ stairwell: code, problem }) => [code, problem.code])).toEqual([[early.code, "not_in_reserve"], [ownerless.code, "owners_missing"]]);
    for (const opened of [first, second]) {
      expect(await consultationsOf(opened)).toMatchObject([{ state: "open", scope: "stairwell" }]);
      expect(await verifyChain(database.db, opened.stairwellId)).toBe(1);
    }
    for (const refused of [early, ownerless]) expect(await consultationsOf(refused)).toEqual([]);
  });

  it("posted twice opens none a second time and gives the first answer, though more could be opened by then", async () => {
    const [ready, early] = [await stairwell(), await stairwell({ stage: "intent" })];
    const posted = form([ready, early]);
    const first = await done(openSeveralConsultations(deps(), posted));
    await database.db.updateTable("project").set({ stage: "consultation" }).where("stairwellId", "=", early.stairwellId).execute();
    expect(await openSeveralConsultations(deps(), posted)).toEqual(first);
    expect(await consultationsOf(ready)).toHaveLength(1);
    expect(await consultationsOf(early)).toEqual([]);
    expect(await readSeveralOpened(deps(), posted)).toEqual({ opened: first.opened, refused: first.refused });
    expect(await readSeveralOpened(deps(), { ...posted, accountId: clerk + 1 })).toBeUndefined();
  });

  it("posted twice at the same moment, or again after it was cut short, opens each once", async () => {
    const all = [await stairwell(), await stairwell(), await stairwell()];
    const posted = form(all);
    // As if the process had died after the first of them.
    await done(openSeveralConsultations(deps(), { ...posted, stairwells: posted.stairwells.slice(0, 1) }));
    await database.owner.db.deleteFrom("formPost").where("key", "=", posted.formKey).execute();
    const [one, other] = await Promise.all([done(openSeveralConsultations(deps(), posted)), done(openSeveralConsultations(deps(), posted))]);
    expect(one.opened.map((opened) => opened.stairwell)).toEqual(posted.stairwells);
    expect(other).toEqual(one);
    for (const opened of all) expect(await consultationsOf(opened)).toHaveLength(1);
  });

  it("is refused as a whole where the dates or the rule are at fault", async () => {
    const all = [await stairwell(), await stairwell()];
    expect(await refusalOf(openSeveralConsultations(deps(), form(all, { closesOn: "2026-11-20" })))).toBe("closes_in_past");
    expect(await refusalOf(openSeveralConsultations(deps(), form(all, { ruleset: "cn-sh-intent" })))).toBe("ruleset_not_binding");
    for (const refused of all) expect(await consultationsOf(refused)).toEqual([]);
  });

  it("is for the clerk's own stairwells alone", async () => {
    const [own, foreign] = [await stairwell(), await createStairwell(database.db)];
    expect(await refusalOf(openSeveralConsultations(deps(), form([own, foreign], { own: [own.code] })))).toBe("stairwell_unknown");
    for (const refused of [own, foreign]) expect(await consultationsOf(refused)).toEqual([]);
  });
});

it("who may be opened is told as opening itself tells it", async () => {
  const own = await createCommunity(database.db);
  const accountId = await createAccount(database.db, "committee", { subdistrictId: own.subdistrictId, scopeId: own.committeeId });
  const failed = await openedConsultation(database.db, { community: own, floors: 1, now: new Date("2026-10-01T02:00:00Z") });
  await done(failed.close());
  await done(failed.certify());
  await done(failed.publish());
  await openedConsultation(database.db, { community: own, floors: 1 });
  await openedConsultation(database.db, { community: own, floors: 1, scope: "community" });
  for (const shape of [{}, { stage: "intent" }, { stage: "reserve" }, { stage: "agreement" }, { sideState: "paused" }, { owned: false }, { flatsPerFloor: 0 }] as const) {
    await createStairwell(database.db, { community: own, floors: 1, stage: "consultation", ...shape });
  }
  const told = (await listReadiness(database.db, [own.committeeId])).map((one) => [one.code, whyNotReady(one)?.code ?? "done"]);
  expect(told.map(([, code]) => code)).toEqual(
    expect.arrayContaining(["done", "already_open", "not_in_reserve", "not_assessed", "stage_too_late", "project_stopped", "owners_missing", "roll_empty"]),
  );
  const tried: string[][] = [];
  for (const [code = ""] of told) {
    const opening = openConsultation(deps(), { stairwell: code, ruleset: "cn-civil-278-major", closesOn: "2026-12-20", accountId, formKey: formKey() });
    tried.push([code, await refusalOf(opening)]);
  }
  expect(tried).toEqual(told);
});

describe("the page", () => {
  it("offers what may be opened, says of the rest why not, and after posting what became of each", async () => {
    const [one, two, early] = [await stairwell(), await stairwell(), await stairwell({ stage: "intent" })];
    const page = await visitor.get("/desk/consultations/new");
    expect(page.status).toBe(200);
    for (const { code } of [one, two]) expect(page.body).toContain(`value="${code}"`);
    expect(page.body).not.toContain(`value="${early.code}"`);
    expect(page.body).toContain("意愿还没到三分之二");
    const posted = await visitor.post("/desk/consultations/new", {
      stairwell: [one.code, two.code, early.code], ruleset: "cn-civil-278-major", closesOn: "2026-12-20", "form-key": formKey(),
    });
    expect(posted.status).toBe(302);
    const answer = (await visitor.get(posted.location ?? "")).body;
    for (const { code } of [one, two]) expect(answer).toContain(`/desk/consultations/Q2026-${code}`);
    expect(answer).toContain("没有开始");
    expect(answer).toContain("已开始 2 个征询");
  });

  it("keeps what was ticked and names the place where something is wrong", async () => {
    const one = await stairwell();
    const good = { stairwell: one.code, ruleset: "cn-civil-278-major", closesOn: "2026-12-20" };
    const { stairwell: _, ...without } = good;
    const none = await visitor.post("/desk/consultations/new", { ...without, "form-key": formKey() });
    expect([none.status, none.body.includes("还没有填“楼道”")]).toEqual([422, true]);
    const late = await visitor.post("/desk/consultations/new", { ...good, closesOn: "2026-01-01", "form-key": formKey() });
    const box = late.body.match(/<input[^>]*>/g)?.find((input) => input.includes(`value="${one.code}"`));
    expect([late.status, box]).toEqual([422, expect.stringContaining("checked")]);
    expect((await visitor.post("/desk/consultations/new", { ...good, closesOn: ["2026-12-20", "2026-12-21"], "form-key": formKey() })).status).toBe(422);
    expect((await visitor.post("/desk/consultations/new", { ...good, stairwell: ["x".repeat(30)], "form-key": formKey() })).status).toBe(422);
    expect((await visitor.post("/desk/consultations/new", { ...good, stairwell: Array.from({ length: 501 }, () => "A"), "form-key": formKey() })).status).toBe(400);
    expect(await consultationsOf(one)).toEqual([]);
  });
});
