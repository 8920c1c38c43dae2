import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { publishNotice } from "#app/use-cases/notice/publish-notice.server.ts";
import { withdrawNotice } from "#app/use-cases/notice/withdraw-notice.server.ts";
import type { ConsultationNotice } from "#app/domain/notice.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findNotice } from "#db/queries/notices.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey } from "../support/factories.ts";
import { openPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const publish = async (opened: OpenedConsultation, kind: ConsultationNotice, change: { remark?: string; seen?: string; late?: boolean; formKey?: string } = {}) => {
  const closesAt = (await findConsultation(database.db, opened.consultation))?.closesAt.toISOString() ?? "";
  return publishNotice(change.late ? opened.later : opened.deps, {
    consultation: opened.consultation, kind, remark: change.remark, seen: change.seen ?? closesAt, write: notices.draft,
    accountId: opened.clerk, formKey: change.formKey ?? formKey(),
  });
};
const read = async (id: number) => {
  const found = await findNotice(database.db, id);
  if (!found) throw new Error("no notice");
  return found;
};
const words = async (url: string) => (await (await openPortal(database, { clock: () => new Date("2026-12-01T04:00:00Z") })).get(url)).body.replace(/<[^>]+>/g, " ");

describe("notices of a consultation", () => {
  it("tell opening, extension and result, each once, numbered, and lie open by date, on the stairwell's page and alone", async () => {
    const opened = await openedConsultation(database.db, { floors: 2 });
    const { stairwell, consultation, deps, clerk } = opened;
    const opening = await done(publish(opened, "opening", { remark: "投票箱放在门卫室" }));
    expect(await refusalOf(publish(opened, "opening"))).toBe("notice_not_due");
    await done(extendConsultation(deps, { consultation, closesOn: "2026-12-05", reason: "还差三户", accountId: clerk, formKey: formKey() }));
    const extension = await done(publish(opened, "extension"));
    for (const { room } of stairwell.flats) await done(opened.cast(room, room === "101" ? "oppose" : "agree"));
    expect(await refusalOf(publish(opened, "result"))).toBe("notice_not_due");
    const late = { ...opened, later: { ...opened.later, now: new Date("2026-12-06T02:00:00Z") } };
    await done(closeConsultation(late.later, { consultation, accountId: clerk, formKey: formKey() }));
    await done(opened.certify());
    await done(opened.publish());
    const result = await done(publish(late, "result", { late: true }));

    expect(await read(opening.notice)).toMatchObject({ kind: "opening", number: 1, remark: "投票箱放在门卫室", endsOn: "2026-11-28" });
    expect(await read(extension.notice)).toMatchObject({ kind: "extension", number: 2, endsOn: "2026-12-05" });
    expect(await read(result.notice)).toMatchObject({ kind: "result", number: 3, days: 7, endsOn: "2026-12-13" });
    expect((await read(extension.notice)).body).toContain("原定 2026 年 11 月 28 日截止");
    expect((await read(result.notice)).body).toContain("全楼道 4 人，4 人参加表决，3 人同意");
    for (const { notice } of [opening, extension, result]) {
      const text = await words(`/notices/${notice}`);
      expect(text).toContain(stairwell.code);
      expect(text).not.toMatch(/还差三户|不同意 \d|平方米/);
    }
    for (const url of ["/notices", `/s/${stairwell.code}`]) expect(await words(url)).toContain("征询结果公告");
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBeGreaterThan(8);
  });

  it("once published never change; a mistake is taken back by a new one, and then told anew", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { notice } = await done(publish(opened, "opening"));
    for (const db of [database.db, database.owner.db]) {
      await expect(sql`update notice set body = '改' where id = ${notice}`.execute(db)).rejects.toMatchObject({ code: "23001" });
    }
    await expect(sql`delete from notice where id = ${notice}`.execute(database.owner.db)).rejects.toMatchObject({ code: "23001" });
    const back = (id: number, reason = "电话写错") => withdrawNotice(opened.deps, { notice: id, reason, title: notices.withdrawalTitle, accountId: opened.clerk, formKey: formKey() });
    const withdrawal = await done(back(notice));
    expect(await read(notice)).toMatchObject({ withdrawnBy: withdrawal.notice });
    expect(await words(`/notices/${notice}`)).toContain("这份公告已经撤回");
    expect(await refusalOf(back(notice))).toBe("notice_withdrawn");
    expect(await refusalOf(back(withdrawal.notice))).toBe("notice_withdrawn");
    expect(await refusalOf(back(0))).toBe("notice_unknown");
    expect(await read((await done(publish(opened, "opening"))).notice)).toMatchObject({ number: 3 });
  });

  it("are refused where the data changed since they were read, and where the remark names an owner", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { name } = await database.db.selectFrom("owner").innerJoin("ownership", "ownership.ownerId", "owner.id").select("name").where("flatId", "=", opened.stairwell.flats[0]?.id ?? 0).executeTakeFirstOrThrow();
    expect(await refusalOf(publish(opened, "opening", { seen: "2026-01-01T00:00:00.000Z" }))).toBe("notice_changed");
    expect(await publish(opened, "opening", { remark: `找${name}` })).toMatchObject({ ok: false, problem: { code: "reason_names_owner", at: "remark" } });
    const key = formKey();
    const first = await done(publish(opened, "opening", { formKey: key }));
    expect(await done(publish(opened, "opening", { formKey: key }))).toEqual(first);
  });

  it("are read, published and taken back at the desk", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const clerk = await signedIn(database.db, await openPortal(database, { clock: () => opened.deps.now }), opened.clerk);
    const url = `/desk/consultations/${opened.consultation}/notices`;
    const page = (await clerk.get(url)).body;
    const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
    expect((await clerk.post(url, { step: "publish", kind: "plan", seen, "form-key": formKey() })).status).toBe(422);
    const posted = await clerk.post(url, { step: "publish", kind: "opening", seen, remark: "", "form-key": formKey() });
    expect(posted.location).toMatch(/^\/notices\/\d+$/);
    expect((await clerk.post(url, { step: "publish", kind: "opening", seen, remark: "", "form-key": formKey() })).status).toBe(409);
    const id = posted.location?.split("/").at(-1) ?? "";
    expect((await clerk.post(url, { step: "withdraw", notice: id, reason: "电话写错", "form-key": formKey() })).status).toBe(302);
    expect((await clerk.get(url)).body).toContain("待发布：意见征询公告");
    expect((await clerk.get("/notices/x")).status).toBe(404);
  });
});

describe("the certificate", () => {
  it("is one page with rule, roll, the sums written out and the verdict, once the result is certified", async () => {
    const opened = await openedConsultation(database.db, { floors: 2 });
    const clerk = await signedIn(database.db, await openPortal(database, { clock: () => opened.deps.now }), opened.clerk);
    const url = `/desk/consultations/${opened.consultation}/certificate`;
    expect((await clerk.get(url)).status).toBe(404);
    for (const { room } of opened.stairwell.flats) await done(opened.cast(room, "agree"));
    await done(opened.close());
    await done(opened.certify());
    const text = (await clerk.get(url)).body.replace(/<[^>]+>/g, " ");
    for (const part of ["意见征询结果证明", "3 × 4 ≥ 2 × 4", "3 × 240.00 ≥ 2 × 240.00", "4 × 4 ≥ 3 × 4", "4 × 240.00 ≥ 3 × 240.00", "结论：通过", "民法典", "4 人，4 户，240.00 平方米", "认证人（签名）", "2021 年 1 月 1 日起施行"]) expect(text).toContain(part);
    const nameOf = async (id: number) => (await database.db.selectFrom("account").select("name").where("id", "=", id).executeTakeFirstOrThrow()).name;
    expect(text.replace(/\s+/g, " ")).toMatch(new RegExp(`截止.*${await nameOf(opened.clerk)}.*认证.*${await nameOf(opened.colleague)}`));
  });
});
