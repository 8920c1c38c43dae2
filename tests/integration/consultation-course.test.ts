import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { withdrawConsultation } from "#app/use-cases/consultation/withdraw-consultation.server.ts";
import { findConsultation, listConsultations, listConsultationsOfStairwell } from "#db/queries/consultations.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { findStairwell, listStairwells } from "#db/queries/stairwells.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { codeOf } from "../support/codes.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const find = async (code: string) => {
  const found = await findConsultation(database.db, code);
  if (!found) throw new Error("no consultation");
  return found;
};
const extend = (opened: OpenedConsultation, closesOn: string, change: Partial<{ reason: string; now: Date; formKey: string }> = {}) =>
  extendConsultation({ ...opened.deps, now: change.now ?? opened.deps.now }, {
    consultation: opened.consultation, closesOn, reason: change.reason ?? "有几户在外地", accountId: opened.clerk, formKey: change.formKey ?? formKey(),
  });
const withdraw = (opened: OpenedConsultation, change: Partial<{ reason: string; formKey: string }> = {}) =>
  withdrawConsultation(opened.deps, { consultation: opened.consultation, reason: change.reason ?? "选错了楼道", accountId: opened.clerk, formKey: change.formKey ?? formKey() });

describe("extending a consultation", () => {
  it("moves the deadline, keeps the one before with the reason, and takes ballots until the new one", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { closesAt: before } = await find(opened.consultation);
    await done(extend(opened, "2026-12-05"));
    expect((await find(opened.consultation)).closesAt).toEqual(endOfDay("2026-12-05"));
    const [entry] = (await readLog(database.db, opened.stairwell.stairwellId)).slice(-1);
    expect(entry).toMatchObject({
      verb: "consultation-extended", content: { from: before.toISOString(), until: endOfDay("2026-12-05").toISOString(), reason: "有几户在外地" },
    });
    const between = { ...opened.deps, now: endOfDay("2026-12-01") };
    await done(castBallot(between, { consultation: opened.consultation, room: "101", choice: "agree", channel: "online", flatIds: opened.stairwell.flats.map(({ id }) => id), accountId: opened.clerk, formKey: formKey() }));
    expect(await refusalOf(closeAtDeadline(between, opened.consultation))).toBe("before_deadline");
    await done(closeAtDeadline({ ...opened.deps, now: endOfDay("2026-12-06") }, opened.consultation));
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(4);
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("can happen again, is told in public by its days alone, and happens once for a form posted twice", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const key = formKey();
    await done(extend(opened, "2026-12-05", { formKey: key }));
    await done(extend(opened, "2026-12-05", { formKey: key }));
    await done(extend(opened, "2026-12-12", { reason: "再等三户" }));
    const facts = await findStairwell(database.db, opened.stairwell.code);
    expect(facts?.consultations[0]?.extensions.map(({ from, until }) => [shanghaiDay(from), shanghaiDay(until)])).toEqual([
      ["2026-11-28", "2026-12-05"], ["2026-12-05", "2026-12-12"],
    ]);
    const page = (await (await openPortal(database, { clock: () => opened.deps.now })).get(`/s/${opened.stairwell.code}`)).body.replace(/<[^>]+>/g, "");
    expect(page).toContain("2026 年 12 月 12 日 24:00 截止");
    expect(page).toContain("原定 2026 年 11 月 28 日截止，已经延长");
    expect(page).not.toMatch(/再等三户|有几户在外地/);
  });

  it("is refused after the deadline, to a day that is not later, beyond a year, and where the reason names an owner", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { name } = await database.db.selectFrom("owner").innerJoin("ownership", "ownership.ownerId", "owner.id").select("name").where("flatId", "=", opened.stairwell.flats[0]?.id ?? 0).executeTakeFirstOrThrow();
    for (const [code, refused] of [
      ["not_later", extend(opened, "2026-11-28")],
      ["period_too_long", extend(opened, "2027-11-22")],
      ["reason_names_owner", extend(opened, "2026-12-05", { reason: `${name}在外地` })],
      ["deadline_passed", extend(opened, "2026-12-05", { now: opened.later.now })],
    ] as const) {
      expect(await refusalOf(refused)).toBe(code);
    }
    await done(opened.close());
    expect(await refusalOf(extend(opened, "2026-12-05"))).toBe("not_open");
    expect(await refusalOf(extendConsultation(opened.deps, { consultation: "Q0", closesOn: "2026-12-05", reason: "无", accountId: opened.clerk, formKey: formKey() }))).toBe("not_open");
    expect((await find(opened.consultation)).closesAt).toEqual(endOfDay("2026-11-28"));
  });

  it("or the portal's closing comes first, never both", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 16; round++) {
      const opened = await openedConsultation(database.db, { floors: 1 });
      const { closesAt } = await find(opened.consultation);
      // The clerk's clock is a moment behind the portal's.
      const [extended, closed] = await Promise.all([
        extend(opened, "2026-12-05", { now: closesAt }),
        closeAtDeadline({ ...opened.deps, now: new Date(closesAt.getTime() + 1) }, opened.consultation),
      ]);
      const answers = [extended, closed].map((answer) => (answer.ok ? "done" : answer.problem.code)).join("+");
      expect(["done+before_deadline", "not_open+done"]).toContain(answers);
      seen.add(answers);
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe("the database itself", () => {
  it("moves a deadline only later, while open, and with the extension on record", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const change = async (statement: string, db = database.db) => {
      try {
        await sql.raw(statement).execute(db);
        return "done";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    const move = (day: string) => `update consultation set closes_at = '${day}T23:59:59.999+08' where id = ${opened.consultationId}`;
    for (const day of ["2026-12-05", "2026-11-27"]) {
      expect([await change(move(day)), await change(move(day), database.owner.db)]).toEqual(["23001", "23001"]);
    }
    const extension = (before: string, after: string) =>
      change(`insert into consultation_extension values (${opened.consultationId}, ${opened.stairwell.subdistrictId}, '${before}', '${after}', '无', ${opened.clerk}, '2026-11-22')`);
    expect(await extension("2026-12-05", "2026-12-01")).toBe("23514");
    await done(extend(opened, "2026-12-05"));
    expect(await change(move("2026-11-28"))).toBe("23001");
    expect(await change(`update consultation_extension set reason = '改'`)).toBe("42501");
    expect(await change(`update consultation set scope = 'community' where id = ${opened.consultationId}`)).toBe("23001");
  });

  it("takes nothing back once there is a ballot, and nothing of what was taken back", async () => {
    const [voted, withdrawn] = [await openedConsultation(database.db, { floors: 1 }), await openedConsultation(database.db, { floors: 1 })];
    await done(voted.cast("101", "agree"));
    await done(withdraw(withdrawn));
    const refused = async (statement: string) => {
      await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject({ code: "23001" });
    };
    await refused(`update consultation set closed_at = now(), withdrawn_at = now(), withdraw_reason = '无' where id = ${voted.consultationId}`);
    await refused(`update consultation set withdraw_reason = '改' where id = ${withdrawn.consultationId}`);
    await refused(`update consultation set withdrawn_at = null, withdraw_reason = null where id = ${withdrawn.consultationId}`);
    await refused(`insert into certificate values (${withdrawn.consultationId}, '{}', false, 'portal', ${withdrawn.colleague}, now())`);
  });
});

describe("taking a consultation back", () => {
  it("keeps it on record as no result, leaves the stage alone, and frees the stairwell", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { stairwell, consultation, deps, clerk } = opened;
    await done(withdraw(opened));
    expect(await find(consultation)).toMatchObject({ withdrawnAt: deps.now, withdrawReason: "选错了楼道", closedAt: deps.now, certificate: null });
    expect(await listConsultationsOfStairwell(database.db, stairwell.stairwellId)).toMatchObject([{ state: "withdrawn" }]);
    expect((await listConsultations(database.db, { committeeIds: [stairwell.committeeId], subdistrictIds: [] })).count).toBe(0);

    const facts = await findStairwell(database.db, stairwell.code);
    expect(facts?.stage).toBe("consultation");
    const [entry] = (await readLog(database.db, stairwell.stairwellId)).slice(-1);
    expect(entry).toMatchObject({ verb: "consultation-withdrawn", content: { reason: "选错了楼道" } });
    expect((await listStairwells(database.db)).find(({ code }) => code === stairwell.code)?.consultation).toBeNull();
    for (const refused of [opened.close(), opened.certify(), opened.publish(), opened.cast("101", "agree"), extend(opened, "2026-12-05"), withdraw(opened)]) {
      expect(["not_open", "not_certified", "withdrawn", "not_closed"]).toContain(await refusalOf(refused));
    }
    const again = await done(openConsultation(deps, { stairwell: stairwell.code, ruleset: "cn-civil-278-major", closesOn: "2026-12-20", accountId: clerk, formKey: formKey() }));
    expect(again.consultation).toBe(`${consultation}-2`);
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("is refused once anybody has voted, also where that ballot was taken back, and where the reason names an owner", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { name } = await database.db.selectFrom("owner").innerJoin("ownership", "ownership.ownerId", "owner.id").select("name").where("flatId", "=", opened.stairwell.flats[0]?.id ?? 0).executeTakeFirstOrThrow();
    expect(await refusalOf(withdraw(opened, { reason: `${name}不同意` }))).toBe("reason_names_owner");
    const { seq } = await done(opened.cast("101", "agree"));
    expect(await refusalOf(withdraw(opened))).toBe("ballots_cast");
    await done(undoBallot(opened.deps, { consultation: opened.consultation, seq, accountId: opened.clerk, formKey: formKey() }));
    expect(await refusalOf(withdraw(opened))).toBe("ballots_cast");
    expect((await find(opened.consultation)).closedAt).toBeNull();
  });

  it("or the first ballot comes first, never both", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 24; round++) {
      const opened = await openedConsultation(database.db, { floors: 1 });
      const [cast, withdrawn] = await Promise.all([opened.cast("101", "agree"), withdraw(opened)]);
      const answers = [cast, withdrawn].map((answer) => (answer.ok ? "done" : answer.problem.code)).join("+");
      expect(["done+ballots_cast", "not_open+done"]).toContain(answers);
      seen.add(answers);
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe("the pages", () => {
  let clerk: TestPortal;
  let opened: OpenedConsultation;
  beforeAll(async () => {
    opened = await openedConsultation(database.db, { floors: 1 });
    clerk = await signedIn(database.db, await openPortal(database, { clock: () => opened.deps.now }), opened.clerk);
  });

  it("extend, and show what was extended and why", async () => {
    const url = `/desk/consultations/${opened.consultation}/extend`;
    expect((await clerk.get(url)).body).toContain("2026-12-05");
    const wrong = await clerk.post(url, { closesOn: "2026-11-01", reason: "有几户在外地", "form-key": formKey() });
    expect([wrong.status, wrong.body.includes("请选更晚的一天"), wrong.body.includes("有几户在外地")]).toEqual([422, true, true]);
    const posted = await clerk.post(url, { closesOn: "2026-12-05", reason: "有几户在外地", "form-key": formKey() });
    expect(posted.location).toBe(`/desk/consultations/${opened.consultation}/end`);
    const end = (await clerk.get(posted.location ?? "")).body;
    expect(end).toContain("第 1 次延长");
    expect(end).toContain("有几户在外地");
  });

  it("take back with the authenticator's code, and show that it was", async () => {
    const url = `/desk/consultations/${opened.consultation}/withdraw`;
    expect((await clerk.post(url, { reason: "选错了楼道", code: "000000", "form-key": formKey() })).status).toBe(422);
    const code = await codeOf(database.db, opened.clerk, { now: opened.deps.now });
    const posted = await clerk.post(url, { reason: "选错了楼道", code, "form-key": formKey() });
    expect(posted.status).toBe(302);
    const end = (await clerk.get(posted.location ?? "")).body;
    expect(end).toContain("已撤回");
    expect(end).toContain("选错了楼道");
    expect((await clerk.get(`/desk/s/${opened.stairwell.code}`)).body).toContain("已撤回");
    const page = (await clerk.visitor().get(`/s/${opened.stairwell.code}`)).body;
    expect(page).toContain("意见征询撤回，没有表决");
    expect(page).not.toContain("选错了楼道");
  });
});
