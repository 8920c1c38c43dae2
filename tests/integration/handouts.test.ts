import { PDFiumLibrary } from "@hyzyla/pdfium";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { encode } from "uqr";
import type { HandoutPart } from "#app/domain/handouts.ts";
import { LEASE_SECONDS, MOST_TRIES } from "#app/domain/long-job.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { startJobs } from "#app/jobs.server.ts";
import { stackDrawing } from "#app/stack-drawing.server.ts";
import { drawStack, signsNotPrinted } from "#app/ui/handouts-pdf.server.ts";
import { qrPath } from "#app/ui/qr-code.tsx";
import { makeStack } from "#app/use-cases/handout/make-stack.server.ts";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import { issueSlips } from "#app/use-cases/slip/issue-slips.server.ts";
import { findStack } from "#db/queries/handout-stacks.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey, testVault } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { createFirm, planOf } from "../support/plans.ts";
import { openPortal, ORIGIN, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T03:00:00Z");

let database: TestDatabase;
let opened: OpenedConsultation;
let clerk: TestPortal;
let colleague: TestPortal;
let at = now;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  opened = await openedConsultation(db, {
    now: new Date("2026-11-21T02:00:00Z"),
    before: async ({ code, subdistrictId, committeeId, flats }) => {
      await createOwner(db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], name: "谢𠮷涛" });
      await createOwner(db, { subdistrictId, flatIds: [flats[1]?.id ?? 0], name: "王\u{2A6DF}" });
      const firmId = await createFirm(db, subdistrictId);
      const accountId = await createAccount(db, "committee", { subdistrictId, scopeId: committeeId });
      await done(recordPlan({ db, vault: testVault, storage: database.storage, now: new Date("2026-11-20T02:00:00Z") }, planOf(code, firmId, accountId)));
    },
  });
  const portal = await openPortal(database, { clock: () => at });
  clerk = await signedIn(db, portal, opened.clerk, now);
  colleague = await signedIn(db, portal, opened.colleague, now);
});
afterAll(() => database.close());

const print = (what: string) => `/desk/consultations/${opened.consultation}/print/${what}`;

type Parts = Partial<Record<HandoutPart, "yes">>;
const order = (parts: Parts, key = formKey()) => clerk.post(print("pdf"), { stairwell: opened.stairwell.code, ...parts, "form-key": key });
const idOf = ({ location }: Answer) => location?.split("/").at(-1) ?? "";
/** What the job does that comes for it. */
const make = (id: string, draw = stackDrawing({ db: database.db, vault: testVault }, false)) => makeStack({ db: database.db, vault: testVault, now: at }, id, { draw, clock: () => at });
const standing = async (id: string) => findStack(database.db, { consultation: opened.consultation, id, accountId: opened.clerk, now: at });

/** The stack as whoever asked for it fetches it. */
async function fetched(parts: Parts): Promise<Answer> {
  const ordered = await order(parts);
  await make(idOf(ordered));
  return clerk.get(`${ordered.location}/file`);
}

describe("the ballots of a stairwell", () => {
  it("name the owners of each flat, the version of the plan, the deadline, and no choice", async () => {
    await done(opened.cast("101", "oppose"));
    const { status, body } = await clerk.get(print("ballots"));
    expect(status).toBe(200);
    expect(body.match(/class="sheet"/g)).toHaveLength(12);
    expect(body).toContain("谢𠮷涛（签名）");
    expect(body).toContain("您是否同意本楼道按方案一（第 1 版）加装电梯？");
    expect(body).toContain("11 月 28 日 24:00 前交到");
    expect(body).not.toContain("oppose");
    expect(body).not.toContain("已有");
  });

  it("carry a code that leads the clerk to exactly that flat of that consultation and plan version", async () => {
    const { body } = await clerk.get(print("ballots"));
    const url = `${ORIGIN}/desk/consultations/${opened.consultation}?room=502`;
    const code = encode(url, { ecc: "M", border: 4 });
    expect(body.split(qrPath(code.data)).length).toBe(2);
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk, now });
    const board = await clerk.get(url.replace(ORIGIN, ""));
    expect(board.body).toContain("502 室");
    expect(board.body).toMatch(/data-room="502"[^>]*aria-current="true"|aria-current="true"[^>]*data-room="502"/);
    expect(board.body).toContain("方案一（第 1 版）");
  });

  it("come with slips and authorisations as one PDF in room order, which can be searched and names itself", async () => {
    const { db } = database;
    await done(issueSlips({ db, vault: testVault, now }, { stairwell: opened.stairwell.code, renew: false, accountId: opened.clerk, formKey: formKey() }));
    const started = performance.now();
    const { status, headers, bytes } = await fetched({ slips: "yes", ballots: "yes", authorisations: "yes" });
    const took = Math.round(performance.now() - started);
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/pdf");
    console.log(`一个楼道的 PDF：36 页，${Math.round(bytes.length / 1024)} kB，每页 ${Math.round(bytes.length / 36 / 1024)} kB，${took} ms`);
    expect(bytes.length / 36).toBeLessThan(200 * 1024);
    expect(bytes.toString("latin1")).toContain("/Lang (zh-CN)");
    const engine = await PDFiumLibrary.init();
    const document = await engine.loadDocument(bytes);
    expect(document.getPageCount()).toBe(36);
    const texts = [...document.pages()].map((page) => page.getText());
    const rooms = opened.stairwell.flats.map(({ room }) => room);
    expect(texts.map((text) => /(授权委托书|表决票|意愿填报)/.exec(text)?.[1])).toEqual(rooms.flatMap(() => ["意愿填报", "表决票", "授权委托书"]));
    expect(texts.map((text, index) => text.includes(rooms[Math.floor(index / 3)] ?? "?"))).not.toContain(false);
    expect(texts.map((text) => /整叠 (\d+／\d+)/.exec(text)?.[1])).toEqual(texts.map((_, index) => `${index + 1}／36`));
    expect(texts.filter((text) => /第 \d+／\d+ 页/.test(text))).toEqual([]);
    // Not the demo: nothing is said to count for nothing.
    expect(texts.join("").replaceAll(/\s+/g, "")).not.toContain(site.demoPaper);
    const [, ballot = ""] = texts;
    for (const words of ["您是否同意本楼道按方案一（第 1 版）加装电梯？", "不同意", "11 月 28 日 24:00", "谢〓涛（签名）", "业主", "U+20BB7"]) expect(ballot.replaceAll(/\s+/g, "")).toContain(words.replaceAll(" ", ""));
    document.destroy();
    engine.destroy();
    const log = await db.selectFrom("logEntry").select(["verb", "actor"]).where("verb", "=", "handouts-downloaded").execute();
    expect(log).toEqual([{ verb: "handouts-downloaded", actor: `account:${opened.clerk}` }]);
  });

  it("say on the page and on the sheet which sign no font has, and never leave a box", async () => {
    const hub = await clerk.get(`/desk/consultations/${opened.consultation}/print`);
    expect(signsNotPrinted(["谢𠮷涛", "𠮷田", "王建国"])).toEqual(["𠮷"]);
    expect(hub.body).toContain("有些字 PDF 里印不出：𠮷、𪛟");
    expect(hub.body).toContain("101、102 室的这些字在 PDF 里是“〓”");
    const { bytes } = await fetched({ ballots: "yes" });
    const engine = await PDFiumLibrary.init();
    const document = await engine.loadDocument(bytes);
    const text = document.getPage(1).getText();
    document.destroy();
    engine.destroy();
    expect(text).toContain("王〓");
    expect(text).toContain("U+2A6DF");
  });

  it("keep a flat with long names to one sheet, and say whose the next page is where more owners sign than one holds", async () => {
    const engine = await PDFiumLibrary.init();
    const pagesOf = async (owners: readonly string[], notice: string | null = null) => {
      const community = "花木街道牡丹路第一千二百三十四新村第十二小区";
      const [openedAt, closesAt] = ["2026-11-21T02:00:00Z", "2026-11-29T16:00:00Z"];
      const place = { code: "T1-001", building: "1234幢", entrance: "1234号" };
      const plan = { number: 12, version: 3, agent: "上海安居乐业既有住宅加装电梯工程服务有限公司", make: "上海三菱电梯", model: "LEHY-II-MRL", entry: "half", position: "north", priceFen: 123_456_789, months: 14 } as const;
      const consultation = { ...place, code: "Q2026-T1-001", scope: "stairwell", community, committee: `${community}居民委员会`, phone: "021-50000001", openedAt, closesAt, ruleset: getRuleset("cn-civil-278-major"), plan, place } as const;
      const flat = { unit: "T1-001/502", room: "502", area: 12345, owners: [...owners], url: `${ORIGIN}/desk/consultations/Q2026-T1-001?room=502`, slip: null };
      const document = await engine.loadDocument((await drawStack({ title: "表决票", consultation, parts: ["ballots", "authorisations"], address: "", notice, flats: [flat] })).bytes);
      const texts = [...document.pages()].map((page) => page.getText().replaceAll(/\s+/g, ""));
      document.destroy();
      return texts;
    };
    const usual = await pagesOf(["欧阳𠮷涛", "司马建国"]);
    expect(usual.map((text) => text.includes("U+20BB7"))).toEqual([true, true]);
    const many = await pagesOf(Array.from({ length: 40 }, (_, index) => `业主${index + 1}号`));
    expect(many.length).toBeGreaterThan(2);
    expect(usual.map((text) => /第\d／\d页|整叠\d／\d/.exec(text)?.[0])).toEqual(["整叠1／2", "整叠2／2"]);
    expect(many.filter((text) => text.startsWith("502室，接上页"))).toHaveLength(many.length - 2);
    expect(many.map((text) => /整叠(\d)／(\d)/.exec(text)?.slice(1).map(Number))).toEqual(many.map((_, index) => [index + 1, many.length]));
    for (const page of [1, 2]) expect(many.filter((text) => text.includes(`502室·第${page}／`))).toHaveLength(2);
    const demo = await pagesOf(Array.from({ length: 40 }, (_, index) => `业主${index + 1}号`), site.demoPaper);
    expect(demo.map((text) => text.split(site.demoPaper).length)).toEqual(many.map(() => 2));
    for (let owner = 1; owner <= 40; owner++) expect(many.filter((text) => text.includes(`业主${owner}号`)).length).toBeGreaterThanOrEqual(2);
    engine.destroy();
  });

  it("leave a receipt for each household whose paper counts, four on a page, without the choice", async () => {
    const kept = await Promise.all(["201", "202", "301", "302", "401"].map((room) => done(opened.cast(room, "oppose", { channel: "paper" }))));
    const waits = await done(opened.record("402", "agree", { channel: "paper" }));
    const { body } = await clerk.get(print("receipts"));
    expect(body.match(/class="sheet"/g)).toHaveLength(2);
    for (const { receipt } of kept) expect(body).toMatch(new RegExp(`回执号</p></div></div><p class="slip-number">${receipt}</p>`));
    expect(body).not.toContain(waits.receipt);
    expect(body).not.toMatch(/不同意|oppose/);
    expect(body.split(qrPath(encode(`${ORIGIN}/verify`, { ecc: "M", border: 4 }).data)).length).toBe(1 + kept.length);
  });

  it("are made by a job, told how far on a page without scripts, kept for an hour, for whoever asked alone and once", async () => {
    const key = formKey();
    const ordered = await order({ ballots: "yes" }, key);
    expect([ordered.status, ordered.location]).toEqual([302, expect.stringMatching(/\/print\/stacks\/[\w-]{22}$/)]);
    const page = ordered.location ?? "";
    const id = idOf(ordered);
    // Sent twice, or asked for again while it is made: the same.
    for (const again of [key, formKey()]) expect((await order({ ballots: "yes" }, again)).location).toBe(page);
    const waits = await clerk.get(page);
    expect([waits.status, waits.headers.get("Refresh")]).toEqual([200, "2"]);
    for (const part of ["正在做 PDF", "排队中，马上开始", "可以离开这一页"]) expect(waits.body).toContain(part);
    expect((await clerk.get(`${page}/file`)).location).toBe(page);

    const seen: unknown[] = [];
    const draw = stackDrawing({ db: database.db, vault: testVault }, false);
    const made = await make(id, (what, onFlat) =>
      draw(what, async (drawn) => {
        await onFlat(drawn);
        seen.push((await standing(id))?.flat);
        if (drawn !== 5) return;
        expect((await clerk.get(page)).body).toMatch(/已做好 5／12 户.*<progress max="12" value="5" aria-label="正在做 PDF"/);
        expect((await clerk.get(print("").slice(0, -1))).body).toContain("已做好 5／12 户");
        expect(await make(id)).toBeNull();
      }),
    );
    expect([made, seen]).toEqual([{ pages: 12 }, Array.from({ length: 12 }, (_, index) => index + 1)]);
    const ready = await clerk.get(page);
    expect([ready.headers.get("Refresh"), ready.body.includes("共 12 页。12:00 前可以下载")]).toEqual([null, true]);
    expect((await clerk.get(print("").slice(0, -1))).body).toContain(`href="${page}"`);
    expect((await clerk.get(`${page}/file`)).bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const { sealed } = await database.db.selectFrom("handoutStack").select("sealed").where("id", "=", id).executeTakeFirstOrThrow();
    expect(sealed?.includes("%PDF")).toBe(false);

    const hub = print("").slice(0, -1);
    expect([(await colleague.get(page)).location, (await colleague.get(`${page}/file`)).location]).toEqual([`${hub}?stack=gone`, page]);
    at = new Date(now.getTime() + 3_600_000);
    expect((await clerk.get(page)).location).toBe(`${hub}?stack=gone`);
    expect((await clerk.get(`${hub}?stack=gone`)).body).toContain("这份 PDF 已经过期删除，请重新做");
    at = now;
  });

  it("are made by the queue by itself, which forgets those that have expired", async () => {
    const old = idOf(await order({ authorisations: "yes" }));
    at = new Date(now.getTime() + 3_600_000);
    const id = idOf(await order({ slips: "yes", authorisations: "yes" }));
    const jobs = await startJobs({ url: database.url, vault: testVault, storage: database.storage, sms: null, log: pino({ level: "silent" }), clock: () => at, demo: true });
    try {
      await vi.waitUntil(async () => (await standing(id))?.endedAt, { timeout: 50_000, interval: 100 });
    } finally {
      await jobs.close();
    }
    expect(await standing(id)).toMatchObject({ flat: 12, pages: 24, refused: null });
    expect(await database.db.selectFrom("handoutStack").select("id").where("id", "=", old).execute()).toEqual([]);
    at = now;
  });

  it("are given up after some tries that nobody survived, and begun anew by another before", async () => {
    const id = idOf(await order({ authorisations: "yes" }));
    const gone = () => Promise.reject(new Error("gone"));
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      await expect(make(id, gone)).rejects.toThrow("gone");
      expect(await make(id)).toBeNull();
      at = new Date(at.getTime() + LEASE_SECONDS * 1_000 + 1);
    }
    expect(await make(id)).toEqual({ refused: { code: "stack_not_made" } });
    const page = await clerk.get(print(`stacks/${id}`));
    expect([page.headers.get("Refresh"), page.body.includes("PDF 没有做成"), page.body.includes("回去重新做")]).toEqual([null, true, true]);
    at = now;
  });

  it("leave the portal only with at least one kind of sheet, and not over a link", async () => {
    const none = await clerk.post(print("pdf"), { stairwell: opened.stairwell.code, "form-key": formKey() });
    expect([none.status, none.location]).toEqual([302, `/desk/consultations/${opened.consultation}/print?stairwell=${opened.stairwell.code}&parts=none`]);
    expect((await clerk.get(none.location ?? "")).body).toContain("请至少选一样");
    expect((await clerk.get(print("pdf"))).status).toBe(302);
  });

  it("are not printed any more once the consultation is closed; the roll still is", async () => {
    expect((await clerk.get(print("nothing"))).status).toBe(404);
    expect((await clerk.get(`${print("ballots")}?stairwell=nowhere`)).status).toBe(404);
    const late = idOf(await order({ slips: "yes" }));
    await done(opened.close());
    expect(await make(late)).toEqual({ refused: { code: "stack_closed" } });
    expect((await clerk.get(print(`stacks/${late}`))).body).toContain("征询已经截止，表决票和委托书不再打印");
    expect((await clerk.get(print("ballots"))).status).toBe(404);
    const receipts = await clerk.get(print("receipts"));
    expect(receipts.body.match(/class="sheet"/g)).toHaveLength(2);
    const roll = await clerk.get(print("roll"));
    expect(roll.body).toContain("12 户，12 人（表决人数），720.00 平方米");
  });
});
