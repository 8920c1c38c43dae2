import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doorOf } from "#app/domain/visit.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { forgetWhatIsOver } from "#app/use-cases/retention/forget-what-is-over.server.ts";
import { recordVisit, type VisitRecord } from "#app/use-cases/visit/record-visit.server.ts";
import { undoVisit } from "#app/use-cases/visit/undo-visit.server.ts";
import { findVisitsSince, listVisits } from "#db/queries/visits.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const NOW = new Date("2026-11-21T02:30:00Z");
const deps = (now = NOW): Deps => ({ db: database.db, vault: testVault, now });
const later = (minutes: number) => deps(new Date(NOW.getTime() + minutes * 60_000));
const days = (n: number) => later(n * 24 * 60);

async function place(given?: TestStairwell) {
  const stairwell = given ?? (await createStairwell(database.db));
  const { subdistrictId, committeeId: scopeId, stairwellId } = stairwell;
  const clerk = await createAccount(database.db, "committee", { subdistrictId, scopeId, name: "林芳" });
  const visit = (room: string, outcome: VisitRecord["outcome"], at = deps(), more: Partial<VisitRecord> = {}) =>
    recordVisit(at, { stairwell: stairwell.code, room, outcome, note: null, accountId: clerk, formKey: formKey(), ...more });
  const doorFor = async (room: string, at = NOW) => {
    const flatId = stairwell.flats.find((flat) => flat.room === room)?.id ?? 0;
    return doorOf(await listVisits(database.db, { stairwellId, since: await findVisitsSince(database.db, stairwellId, at), flatId }));
  };
  return { stairwell, clerk, visit, doorFor };
}

describe("a visit", () => {
  it("is recorded with a sealed note, and stands in the log without it", async () => {
    const { stairwell, visit, doorFor } = await place();
    await done(visit("501", "met", deps(), { note: "下周三晚上在家" }));
    expect(await doorFor("501")).toMatchObject({ state: "met" });
    const [row] = await listVisits(database.db, { stairwellId: stairwell.stairwellId, since: null });
    expect(row).toMatchObject({ outcome: "met", by: "林芳" });
    expect(testVault.open(row?.textCipher ?? Buffer.alloc(0))).toBe("下周三晚上在家");
    const log = await readLog(database.db, stairwell.stairwellId);
    expect(log.at(-1)).toMatchObject({ verb: "door-visited" });
    expect(JSON.stringify(log)).not.toContain("周三");
    await verifyChain(database.db, stairwell.stairwellId);
  });

  it("to an empty flat on three days makes it one that cannot be reached", async () => {
    const { visit, doorFor } = await place();
    for (const at of [deps(), later(60), days(2), days(9)]) await done(visit("501", "absent", at));
    expect(await doorFor("501")).toEqual({ state: "unreachable", attempts: ["2026-11-21", "2026-11-23", "2026-11-30"], reachedOn: null });
    await done(visit("501", "called", days(10)));
    expect(await doorFor("501")).toMatchObject({ state: "called", attempts: [] });
  });

  it("is refused for an unknown place or flat, once the intent is known, and twice by the same form counts once", async () => {
    const { stairwell, clerk, visit } = await place();
    expect(await refusalOf(visit("999", "met"))).toBe("flat_unknown");
    expect(await refusalOf(visit("501", "met", deps(), { stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    const key = formKey();
    const [first, again] = [await done(visit("501", "absent", deps(), { formKey: key })), await done(visit("501", "absent", deps(), { formKey: key }))];
    expect(again.visitId).toBe(first.visitId);
    await done(fileIntent(deps(), {
      stairwell: stairwell.code, room: "501", choice: "willing", worry: null, channel: "paper", name: null, phone: null, slipCode: null,
      needsHelp: null, ownFlatIds: [], accountId: clerk, formKey: formKey(),
    }));
    expect(await refusalOf(visit("501", "met"))).toBe("door_done");
    expect(await refusalOf(visit("502", "met"))).toBe("done");
  });

  it("while a consultation is open is refused once the ballot is in, even before a second person has checked it", async () => {
    const opened = await openedConsultation(database.db, { now: NOW });
    const { visit } = await place(opened.stairwell);
    const at = opened.deps;
    await done(visit("501", "met", at));
    const { seq } = await done(opened.record("501", "agree", { channel: "paper" }));
    expect(await refusalOf(visit("501", "met", at))).toBe("door_done");
    await done(checkBallot(at, { consultation: opened.consultation, seq, verdict: "disagreed", note: "看不清", accountId: opened.colleague, formKey: formKey() }));
    expect(await refusalOf(visit("501", "met", at))).toBe("done");
  });

  it("before a consultation opened does not count for it", async () => {
    const { stairwell } = await place();
    const opened = await openedConsultation(database.db, {
      now: days(1).now,
      before: async (made) => {
        const before = await place(made);
        for (const at of [days(-3), days(-2), days(-1)]) await done(before.visit("501", "absent", at));
      },
    });
    const { doorFor } = await place(opened.stairwell);
    expect(await doorFor("501", opened.deps.now)).toMatchObject({ state: "to-visit" });
    expect(stairwell.code).not.toBe(opened.stairwell.code);
  });
});

describe("taking a visit back", () => {
  it("is a new entry and removes the note", async () => {
    const { stairwell, clerk, visit, doorFor } = await place();
    const { visitId } = await done(visit("501", "met", deps(), { note: "在家" }));
    const undo = (at = later(5), accountId = clerk, code = stairwell.code) => undoVisit(at, { stairwell: code, visitId, accountId, formKey: formKey() });
    const colleague = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    const foreign = await createStairwell(database.db);
    expect(await refusalOf(undo(later(5), colleague))).toBe("visit_unknown");
    expect(await refusalOf(undo(later(5), clerk, foreign.code))).toBe("visit_unknown");
    expect(await refusalOf(undo(later(5), clerk, "NONE-1"))).toBe("visit_unknown");
    expect(await refusalOf(undo(later(11)))).toBe("undo_late");
    await done(undo());
    expect(await doorFor("501")).toMatchObject({ state: "to-visit" });
    expect(await refusalOf(undo())).toBe("visit_undone");
    expect(await database.db.selectFrom("visitNote").select("visitId").where("visitId", "=", visitId).execute()).toEqual([]);
    expect((await readLog(database.db, stairwell.stairwellId)).map(({ verb }) => verb)).toEqual(["door-visited", "door-visit-undone"]);
  });
});

describe("what was noted", () => {
  it("is forgotten after half a year, the visit is not", async () => {
    const { stairwell, visit } = await place();
    await done(visit("501", "met", deps(), { note: "在家" }));
    await done(visit("502", "met", days(170), { note: "在上海" }));
    await forgetWhatIsOver(days(181));
    const rows = await listVisits(database.db, { stairwellId: stairwell.stairwellId, since: null });
    expect(rows.map(({ textCipher }) => textCipher && testVault.open(textCipher))).toEqual([null, "在上海"]);
    expect(await forgetWhatIsOver(days(181))).toEqual({});
  });

  it("may be removed; that there was a visit may not", async () => {
    const { visit } = await place();
    const { visitId } = await done(visit("501", "met", deps(), { note: "在家" }));
    for (const { db } of [database, database.owner]) {
      await expect(db.updateTable("visit").set({ outcome: "absent" }).where("id", "=", visitId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("visit").where("id", "=", visitId).execute()).rejects.toThrow();
    }
    await expect(database.db.updateTable("visitNote").set({ at: NOW }).where("visitId", "=", visitId).execute()).rejects.toThrow();
    await database.db.deleteFrom("visitNote").where("visitId", "=", visitId).execute();
  });
});

describe("the pages", () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await openPortal(database, { clock: () => NOW });
  });

  async function doors() {
    const opened = await openedConsultation(database.db, { now: new Date(NOW.getTime() - 3_600_000) });
    const here = await place(opened.stairwell);
    const { subdistrictId, committeeId, code, flats } = opened.stairwell;
    await createOwner(database.db, { subdistrictId, flatIds: [flats.find(({ room }) => room === "602")?.id ?? 0], name: "陈阿姨", phone: "13800000991" });
    const enter = (accountId: number) => signedIn(database.db, portal, accountId, NOW);
    return {
      ...here, opened, code,
      clerk: await enter(here.clerk),
      colleague: await enter(await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId })),
      office: await enter(await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId })),
      url: `/desk/s/${code}/doors`,
    };
  }

  it("lead from flat to flat, take back a slip of the thumb, and lose a flat whose ballot came in", async () => {
    const { clerk, colleague, opened, url } = await doors();
    const list = await clerk.get(url);
    expect(list.body).toContain(`${url}/601`);
    expect(list.body).toContain("不是表决");
    const card = await clerk.get(`${url}/602`);
    expect(card.body).toContain("陈阿姨");
    expect(card.body).toContain("tel:13800000991");
    expect(card.body).not.toMatch(/name="choice"|value="(agree|oppose|abstain)"/);

    const tapped = await clerk.post(`${url}/601`, { outcome: "absent", note: "", "form-key": formKey() });
    expect(tapped.location).toMatch(new RegExp(`^${url}/602\\?done=\\d+$`));
    const shown = await clerk.get(tapped.location ?? "");
    expect(shown.body).toContain("601 室：没遇到");
    const visit = /done=(\d+)/.exec(tapped.location ?? "")?.[1] ?? "";
    expect((await colleague.get(tapped.location ?? "")).body).not.toContain("撤销");
    expect((await clerk.post(url, { visit, "form-key": formKey() })).location).toBe(`${url}/601`);
    expect((await clerk.get(`${url}/601`)).body).toContain("要上门");

    await clerk.post(`${url}/601`, { outcome: "met", note: "周末在家", "form-key": formKey() });
    expect((await colleague.get(`${url}/601`)).body).toContain("周末在家");
    await done(opened.cast("601", "agree"));
    expect((await clerk.get(url)).body).not.toContain(`${url}/601`);
    expect((await clerk.get(`${url}/601`)).body).toContain("不用上门了");
    expect((await clerk.post(`${url}/601`, { outcome: "met", "form-key": formKey() })).status).toBe(409);
  });

  it("are the committee's alone: the office is not told who returned a ballot", async () => {
    const { office, url, clerk, code } = await doors();
    expect((await office.get(url)).status).toBe(403);
    expect((await office.get(`${url}/601`)).status).toBe(403);
    expect((await office.get(`/desk/s/${code}`)).body).not.toContain(url);
    expect((await office.get("/desk")).body).not.toContain("没交回");
    expect((await clerk.get(`/desk/s/${code}`)).body).toContain(url);
    expect((await clerk.get("/desk")).body).toContain(`${url}"`);
  });

  it("know no flat and no visit that is none", async () => {
    const { clerk, url } = await doors();
    expect((await clerk.get(`${url}/999`)).status).toBe(404);
    expect((await clerk.get(`${url}?done=abc`)).status).toBe(200);
    expect((await clerk.post(url, { visit: "999999", "form-key": formKey() })).status).toBe(422);
  });
});
