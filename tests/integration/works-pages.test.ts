import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { createSite, type TestSite } from "../support/works.ts";

let database: TestDatabase;
let visitor: TestPortal;
let site: TestSite;
let [contractor, clerk]: TestPortal[] = [];
/** Ten days after the planned start. */
let now: Date;

beforeAll(async () => {
  database = await cloneDatabase();
  site = await createSite(database);
  now = site.on(10).now;
  visitor = await openPortal(database, { clock: () => now });
  contractor = await as(site.contractor);
  clerk = await as(site.clerk);
});
afterAll(() => database.close());

const as = (accountId: number) => signedIn(database.db, visitor, accountId, now);
const page = () => `/site/${site.stairwell.code}`;
const desk = () => `/desk/s/${site.stairwell.code}/construction`;
const reports = () => database.db.selectFrom("siteReport").select(["id", "kind", "onDay"]).where("stairwellId", "=", site.stairwell.stairwellId).orderBy("id").execute();
const wordsOf = ({ body }: Answer) => body.replaceAll(/<(script|style).*?<\/\1>/gs, "").replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

async function send(fields: Record<string, string>, { photos = [] as Uint8Array[], by = contractor, to = page(), key = formKey(), report = true } = {}): Promise<Answer> {
  const form = new FormData();
  form.set("form-key", key);
  for (const [name, value] of Object.entries({ ...(report && { milestone: "M0", onDay: "" }), ...fields })) form.set(name, value);
  for (const [index, bytes] of photos.entries()) form.append("photos", new Blob([new Uint8Array(bytes)]), `IMG_${index}.jpg`);
  if (!by) throw new Error("nobody");
  return by.upload(to, form);
}

describe("a contractor at the site", () => {
  it("is asked how far the works are, and told that they are late", async () => {
    const words = wordsOf((await contractor?.get(page())) as Answer);
    expect(words).toContain("今天到哪一步？");
    expect(words).toContain("比计划晚 10 天");
    expect(words).toContain("下一步要做：进场围挡、立公示牌。");
  });

  it("sends a report by a plain form, and the same by a script that repeats it: it is one", async () => {
    const key = formKey();
    expect((await send({ kind: "working", work: "围挡搭好" }, { key })).location).toBe(`${page()}?done=sent`);
    const again = await send({ kind: "working", work: "围挡搭好" }, { key, to: `${page()}/report` });
    expect([again.status, JSON.parse(again.body)]).toEqual([200, { sent: true }]);
    expect(await reports()).toMatchObject([{ kind: "working", onDay: "2026-12-11" }]);
  });

  it("gets back what was typed, with each fault at its place, and nothing is stored", async () => {
    const before = await reports();
    const stop = await send({ kind: "stopped", cause: "gas", problems: "燃气没来" });
    expect(stop.status).toBe(422);
    expect(wordsOf(stop)).toContain("请选下一步由谁来做");
    expect(stop.body).toContain("燃气没来");
    const bad: Record<string, string>[] = [
      { kind: "" }, { kind: "dancing" }, { kind: "working", people: "-3" }, { kind: "working", milestone: "M0'--" }, { kind: "working", onDay: "2026-02-30" },
      { kind: "stopped", cause: "gas", nextOwner: "me", nextDay: "2026-12-20" }, { kind: "stopped", cause: "gas", nextOwner: "gas", nextDay: "2026-12-10" }, { kind: "working", nothing: "1" },
      { kind: "working", work: "长".repeat(501) }, { kind: "working", work: "\u202e" },
    ];
    for (const fields of bad) expect([fields, (await send(fields)).status]).toEqual([fields, 422]);
    expect((await send({ kind: "done" })).body).toContain("报告完成要有照片");
    expect((await send({ kind: "done" }, { photos: [Buffer.from("<svg/>")] })).body).toContain("只收照片");
    const json = await send({ kind: "done" }, { to: `${page()}/report` });
    expect([json.status, (JSON.parse(json.body) as { reply: { errors: { name: string }[] } }).reply.errors[0]?.name]).toEqual([422, "photos"]);
    expect(await reports()).toEqual(before);
  });

  it("of another stairwell, and an assessor, are let in neither to read nor to report", async () => {
    const other = await createStairwell(database.db);
    const people = [
      await as(await createAccount(database.db, "contractor", { subdistrictId: other.subdistrictId, scopeId: other.stairwellId })),
      await as(await createAccount(database.db, "assessor", { subdistrictId: site.stairwell.subdistrictId, scopeId: site.stairwell.stairwellId })),
      clerk,
    ];
    const before = await reports();
    for (const by of people) {
      expect((await by?.get(page()))?.status).toBe(403);
      for (const to of [page(), `${page()}/report`]) expect((await send({ kind: "working" }, { by, to })).status).toBe(403);
    }
    expect((await contractor?.get(desk()))?.status).toBe(403);
    expect(await reports()).toEqual(before);
  });

  it("reads on the same page what the committee sent back, and why", async () => {
    expect((await send({ kind: "done" }, { photos: [await photo({ seed: 2 })] })).status).toBe(302);
    const id = String((await reports()).at(-1)?.id);
    const refused = await clerk?.post(desk(), { "form-key": formKey(), reportId: id, verdict: "returned" });
    expect([refused?.status, refused && wordsOf(refused).includes("退回要写明还差什么")]).toEqual([422, true]);
    expect((await clerk?.post(desk(), { "form-key": formKey(), reportId: id, verdict: "returned", reason: "没拍到公示牌" }))?.location).toBe(`${desk()}?done=returned`);
    expect(wordsOf((await contractor?.get(page())) as Answer)).toContain("退回重报：没拍到公示牌");
  });
});

describe("a clerk", () => {
  it("sees what waits with its photos, and confirms it; the site board goes on record", async () => {
    expect((await send({ kind: "done", people: "6", work: "公示牌立好" }, { photos: [await photo({ seed: 3 })] })).status).toBe(302);
    const id = String((await reports()).at(-1)?.id);
    const words = wordsOf((await clerk?.get(desk())) as Answer);
    expect(words).toContain("请看照片确认：进场围挡、立公示牌");
    expect(words).toContain("公示牌立好");
    expect((await clerk?.post(desk(), { "form-key": formKey(), reportId: id, verdict: "confirmed", board: "yes" }))?.location).toBe(`${desk()}?done=confirmed`);
    expect((await clerk?.post(desk(), { "form-key": formKey(), reportId: id, verdict: "confirmed" }))?.status).toBe(409);
    const evidence = await database.db.selectFrom("stageEvidence").select(["kind", "day"]).where("stairwellId", "=", site.stairwell.stairwellId).orderBy("id").execute();
    expect(evidence).toEqual([{ kind: "start-date", day: "2026-12-11" }, { kind: "site-board", day: "2026-12-11" }]);
  });

  it("of the office looks, and decides nothing", async () => {
    const { subdistrictId } = site.stairwell;
    const office = await as(await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const seen = await office.get(desk());
    expect([seen.status, seen.body.includes("改施工计划"), seen.body.includes('name="verdict"')]).toEqual([200, false, false]);
    expect((await office.post(desk(), { "form-key": formKey(), reportId: "1", verdict: "confirmed" })).status).toBe(403);
    expect((await office.get(`${desk()}/plan`)).status).toBe(403);
  });

  it("changes the plan date by date; what is wrong is named and typed anew by nobody", async () => {
    const start = site.plan.map((one) => one.start);
    const end = [...site.plan.map((one) => one.end).slice(0, -1), "2027-04-30"];
    const change = (form: Record<string, string | readonly string[]>) => clerk?.post(`${desk()}/plan`, { "form-key": formKey(), start, end, reason: "雨季", ...form });
    const refused = await change({ end: ["2026-11-01", ...end.slice(1)] });
    expect([refused?.status, refused?.body.includes("第 1 步的完成日早于开始日"), refused?.body.includes('value="2027-04-30"')]).toEqual([422, true, true]);
    const wrong: Record<string, string | readonly string[]>[] = [{ start: ["soon"] }, { end: [] }, { reason: "" }, { start: start.slice(1) }];
    for (const form of wrong) expect((await change(form))?.status).toBe(422);
    expect((await change({}))?.location).toBe(`${desk()}?done=planned`);
    expect((await change({}))?.status).toBe(409);
  });

  it("has the days counted from a first one, for a stairwell without a plan", async () => {
    const fresh = await createSite(database, { stage: "approval", planned: false });
    const by = await as(fresh.clerk);
    const plan = `/desk/s/${fresh.stairwell.code}/construction/plan`;
    const { body } = await by.get(`${plan}?start=2028-02-27`);
    expect([body.includes('value="2028-02-29"'), body.includes('value="2028-03-01"')]).toEqual([true, true]);
    expect((await by.get(`${plan}?start=never`)).status).toBe(200);
    expect((await (await as(fresh.contractor)).get(`/site/${fresh.stairwell.code}`)).body).toContain("还没有施工计划");
  });
});

describe("the list of the own sites", () => {
  it("begins with those where something is built; only there is a report asked for", async () => {
    const early = await createSite(database, { stage: "agreement", planned: false });
    await database.db.updateTable("project").set({ stageSince: new Date("2020-01-01T00:00:00Z") }).where("stairwellId", "=", early.stairwell.stairwellId).execute();
    await database.db.insertInto("grant").values({ accountId: early.contractor, role: "contractor", scope: "stairwell", scopeId: site.stairwell.stairwellId, way: null }).execute();
    const { body } = await (await as(early.contractor)).get("/site");
    expect([...body.matchAll(/href="\/site\/([^"]+-[^"]+)"[^>]*>([^<]+)/g)].map(([, code, words]) => [code, words])).toEqual([
      [site.stairwell.code, "报告今天的进度"], [early.stairwell.code, "看工地"],
    ]);
  });
});

describe("a supervisor", () => {
  it("confirms a milestone of the own site and checks what was put right there; plans, contacts and other sites are not theirs", async () => {
    const { subdistrictId, stairwellId, code } = site.stairwell;
    const supervisor = await as(await createAccount(database.db, "supervisor", { subdistrictId, scopeId: stairwellId }));
    expect(wordsOf(await supervisor.get("/site"))).toContain("确认节点、复查整改");
    expect((await send({ kind: "done", milestone: "M2" }, { photos: [await photo({ seed: 5 })] })).status).toBe(302);
    const reportId = String((await reports()).at(-1)?.id);
    const seen = await supervisor.get(desk());
    expect([seen.body.includes('name="verdict"'), seen.body.includes(`${desk()}/plan`), seen.body.includes(`${desk()}/contacts`)]).toEqual([true, false, false]);
    expect((await supervisor.post(desk(), { "form-key": formKey(), reportId, verdict: "confirmed" })).location).toBe(`${desk()}?done=confirmed`);

    const faults = `${desk()}/faults`;
    const step = async (by: TestPortal | undefined, to: string, fields: Record<string, string>, photos: Uint8Array[] = []) => (await send(fields, { by, to, photos, report: false })).location;
    expect(await step(supervisor, faults, { act: "found", milestone: "M2", text: "焊缝没打磨", dueOn: "2026-12-20" })).toBe(`${faults}?done=yes`);
    const { id: fault } = await database.db.selectFrom("siteFault").select("id").where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();
    expect(await step(contractor, `${page()}/faults`, { fault: String(fault) }, [await photo({ seed: 6 })])).toBe(`${page()}/faults?done=yes`);
    expect(await step(supervisor, faults, { act: "checked", fault: String(fault) })).toBe(`${faults}?done=yes`);

    const board = wordsOf(await supervisor.get(`${desk()}/board?size=a3`));
    for (const said of ["施工公示牌", "计划工期 2026 年 12 月 1 日至", "监理单位", "021-50000001", "5 个工作日内答复"]) expect(board).toContain(said);

    for (const url of [page(), `${page()}/faults`, `${desk()}/plan`, `${desk()}/contacts`, `/desk/s/${code}`, `/desk/s/${code}/money`]) expect([url, (await supervisor.get(url)).status]).toEqual([url, 403]);
    const other = await createStairwell(database.db);
    const stranger = await as(await createAccount(database.db, "supervisor", { subdistrictId: other.subdistrictId, scopeId: other.stairwellId }));
    expect((await stranger.get(desk())).status).toBe(403);
    expect((await stranger.post(desk(), { "form-key": formKey(), reportId, verdict: "confirmed" })).status).toBe(403);
  });
});

describe("a neighbour on the public page", () => {
  it("reads how far the works are against the plan, why they stand still, and until when who does what", async () => {
    expect((await send({ kind: "stopped", milestone: "M1", cause: "gas", nextOwner: "gas", nextDay: "2026-12-18", problems: "燃气公司王工没来" })).status).toBe(302);
    const public_ = await visitor.get(`/s/${site.stairwell.code}`);
    const words = wordsOf(public_);
    for (const said of ["停工了：等燃气管道迁移。", "燃气公司，12 月 18 日前", "2027 年 4 月 30 日（计划改过 1 次，最初是 2027 年 3 月 30 日）", "各步的计划和实际日期"]) expect(words).toContain(said);
    expect(words).not.toMatch(/王工|没拍到公示牌|用户\d/);
    const data = JSON.parse((await visitor.get(`/api/v1/stairwells/${site.stairwell.code}.json`)).body) as { works: { stopped: object; milestones: object[] } };
    expect(data.works.stopped).toEqual({ since: "2026-12-11", cause: "gas", next_by: "gas", next_on: "2026-12-18" });
    expect(data.works.milestones).toHaveLength(11);
  });

  it("sees a photo of the site only once somebody has looked that nobody is on it", async () => {
    const { fileId } = await database.db.selectFrom("siteReportPhoto").select("fileId").orderBy("reportId", "desc").executeTakeFirstOrThrow();
    expect((await visitor.get(`/s/${site.stairwell.code}`)).body).not.toContain(fileId);
    expect((await visitor.get(`/files/${fileId}/screen`)).status).toBe(302);
    expect((await contractor?.get(`/files/${fileId}/screen`))?.status).toBe(200);
    await clerk?.post(`/desk/s/${site.stairwell.code}/photos/${fileId}`, { "form-key": formKey(), decision: "show", looked: "yes" });
    expect((await visitor.get(`/s/${site.stairwell.code}`)).body).toContain(fileId);
  });
});
