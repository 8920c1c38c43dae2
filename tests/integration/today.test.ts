import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { done, openedConsultation, type ConsultationShape, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createCommunity, createStairwell, formKey, type TestCommunity } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
/** The consultations here open on 21 November and close on the 28th. */
let now = new Date("2026-11-21T03:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  await createStairwell(database.db);
  portal = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());

const open = (shape: ConsultationShape = {}) => openedConsultation(database.db, shape);
const clerkOf = (accountId: number) => signedIn(database.db, portal, accountId, now);
const officeOf = async ({ stairwell: { subdistrictId } }: OpenedConsultation) =>
  clerkOf(await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));

/** The rows of the list on top: what is to be done, and where it leads. */
async function tasks(person: TestPortal): Promise<[string, string][]> {
  const { body } = await person.get("/desk");
  const list = /<ul class="link-list">(.*?)<\/ul>/s.exec(body.slice(body.indexOf("<h1>"), body.indexOf('role="search"')))?.[1] ?? "";
  return [...list.matchAll(/<a href="([^"]*)">.*?link-list-title">([^<]*)</gs)].map(([, href = "", title = ""]) => [title, href]);
}
const titles = async (person: TestPortal) => (await tasks(person)).map(([title]) => title);

describe("today", () => {
  it("is empty and says so where nothing is due", async () => {
    const { subdistrictId, committeeId } = await createStairwell(database.db);
    const clerk = await clerkOf(await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId }));
    expect(await tasks(clerk)).toEqual([]);
    expect((await clerk.get("/desk")).body).toContain("今天没有要办的事");
  });

  it("asks the second person, and never whoever recorded the ballot or asked to void it", async () => {
    now = new Date("2026-11-21T03:00:00Z");
    const opened = await open();
    const { consultation, clerk: first, colleague: second } = opened;
    const [clerk, colleague] = [await clerkOf(first), await clerkOf(second)];
    await done(opened.record("101", "agree", { channel: "paper" }));
    await done(opened.record("102", "agree", { channel: "paper" }));
    await done(opened.cast("201", "oppose"));
    await done(requestVoid(opened.deps, { consultation, seq: 3, reason: "不是本人投的", accountId: second, formKey: formKey() }));
    const ofColleague = await tasks(colleague);
    expect(ofColleague.slice(0, 2).map(([title]) => title.replace(/^\S+ \S+：/, ""))).toEqual(["2 张纸质票等您核对", "征询 11 月 28 日 24:00 截止"]);
    expect(ofColleague[0]?.[1]).toBe(`/desk/consultations/${consultation}/check`);
    expect((await titles(clerk)).slice(0, 2).map((title) => title.replace(/^\S+ \S+：/, ""))).toEqual(["1 张票的作废申请等您决定", "征询 11 月 28 日 24:00 截止"]);
    expect((await tasks(clerk))[0]?.[1]).toBe(`/desk/consultations/${consultation}/201`);
    await done(checkBallot(opened.deps, { consultation, seq: 1, verdict: "disagreed", note: "选择不对", accountId: second, formKey: formKey() }));
    await opened.scan();
    const typing = (await tasks(clerk)).find(([title]) => title.endsWith("2 页纸质票等录入"));
    expect(typing?.[1]).toBe(`/desk/consultations/${consultation}/paper`);
    expect((await clerk.get("/desk")).body).toContain("其中 1 张核对不一致，退回给您重录");
    const { body } = await clerk.get(`/desk/consultations/${consultation}/end`);
    for (const part of ["上传的纸质票还有 2 页没有录入", "已录的还有 1 张没有第二个人核对，现在不算数：102"]) expect(body).toContain(part);
  });

  it("says of a consultation that closes this week what is missing, by heads and area, to the committee alone", async () => {
    now = new Date("2026-11-21T03:00:00Z");
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    expect((await clerk.get("/desk")).body).toContain("还差 8 人同意、 480.00 平方米同意");
    for (const room of ["101", "102", "201", "202", "301", "302", "401", "402"]) await done(opened.cast(room, "agree"));
    expect((await clerk.get("/desk")).body).toContain("现在截止会通过");
    const office = await (await officeOf(opened)).get("/desk");
    expect(office.body).toContain("征询 11 月 28 日 24:00 截止");
    expect(office.body).not.toMatch(/还差|会通过|算数的票/);
    now = new Date("2026-11-20T15:00:00Z");
    expect(await tasks(clerk)).toEqual([]);
  });

  it("says that it cannot pass any more, where it cannot", async () => {
    now = new Date("2026-11-21T03:00:00Z");
    const opened = await open({ floors: 2 });
    for (const room of ["101", "102"]) await done(opened.cast(room, "oppose"));
    expect((await (await clerkOf(opened.clerk)).get("/desk")).body).toContain("其余的票怎么投都不通过");
  });

  it("leads from the deadline to the certificate to the publication, each to whoever may do it", async () => {
    const opened = await open();
    now = new Date("2026-11-29T03:00:00Z");
    const [clerk, colleague, office] = [await clerkOf(opened.clerk), await clerkOf(opened.colleague), await officeOf(opened)];
    const all = async () => (await Promise.all([clerk, colleague, office].map(titles))).map(([title]) => title?.replace(/^\S+ \S+：/, ""));
    expect(await all()).toEqual(["征询已到期，等截止", "征询已到期，等截止", "征询已到期，等截止"]);
    await done(opened.close());
    expect(await all()).toEqual(["结果等另一位同事认证", "结果等您认证", "结果等居委认证"]);
    await done(opened.certify());
    expect(await all()).toEqual(["结果可以公布", "结果可以公布", "结果等居委公布"]);
    await done(opened.publish());
    expect(await all()).toEqual([undefined, undefined, undefined]);
  });

  it("counts filings to be confirmed and questions of a roll, each with its way", async () => {
    now = new Date("2026-11-21T03:00:00Z");
    const { db } = database;
    const community = await createCommunity(db);
    const stairwell = await createStairwell(db, { community, stage: "intent" });
    const { subdistrictId, committeeId, code, flats } = stairwell;
    const deps = { db, vault: (await open()).deps.vault, now };
    for (const room of ["101", "101", "102"]) {
      await done(
        fileIntent(deps, {
          stairwell: code, room, choice: "willing", worry: null, channel: "online", name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(),
        }),
      );
    }
    const owners = await db.selectFrom("ownership").select("ownerId").where("flatId", "in", [flats[0]?.id ?? 0, flats[1]?.id ?? 0]).execute();
    await db
      .insertInto("ownerQuestion")
      .values({ stairwellId: stairwell.stairwellId, flatA: flats[0]?.id ?? 0, flatB: flats[1]?.id ?? 0, ownerA: owners[0]?.ownerId ?? 0, ownerB: owners[1]?.ownerId ?? 0, name: "沈月英" })
      .execute();
    const clerk = await clerkOf(await createAccount(db, "committee", { subdistrictId, scopeId: committeeId }));
    expect(await tasks(clerk)).toEqual([
      ["2 条意愿等您确认", "/desk/intents"],
      [expect.stringMatching(/：清册有 1 个问题要回答$/), `/desk/s/${code}/questions`],
    ]);
    expect(await tasks(await clerkOf(await createAccount(db, "office", { subdistrictId, scopeId: subdistrictId })))).toEqual([["2 条意愿等居委确认", "/desk/intents"]]);
  });
});

describe("somebody who looks for a flat at the desk", () => {
  let community: TestCommunity;
  let opened: OpenedConsultation;
  let clerk: TestPortal;
  beforeAll(async () => {
    now = new Date("2026-11-21T03:00:00Z");
    community = await createCommunity(database.db, { name: "紫藤苑" });
    opened = await open({ community });
    await createStairwell(database.db, { community });
    clerk = await clerkOf(opened.clerk);
  });
  const find = async (person: TestPortal, q: string) => {
    const { body } = await person.get(`/desk?q=${encodeURIComponent(q)}`);
    // What was looked for stands before all else.
    const found = body.slice(body.indexOf("<main"));
    return [...found.matchAll(/<a href="([^"]*)"><span class="link-list-words"><span class="link-list-text"><span class="link-list-title">(紫藤苑[^<]*)</g)].map(([, href]) => href?.replace(/&amp;/g, "&"));
  };

  it("comes to its ballot where one is taken, to the stairwell where none is", async () => {
    const number = /(\d+)$/.exec(opened.stairwell.code)?.[1]?.replace(/^0+/, "");
    const board = `/desk/consultations/${opened.consultation}?room=502`;
    expect((await find(clerk, `紫藤苑 ${number}号 502`))[0]).toBe(board);
    expect((await find(clerk, `${opened.stairwell.code} 502室`))[0]).toBe(board);
    expect((await find(clerk, opened.stairwell.code))[0]).toBe(`/desk/s/${opened.stairwell.code}`);
    expect((await find(await officeOf(opened), `${opened.stairwell.code} 502`))[0]).toBe(`/desk/s/${opened.stairwell.code}`);
  });

  it("finds nothing of another committee, and is told so", async () => {
    const other = await clerkOf((await open()).clerk);
    for (const q of ["紫藤苑", `${opened.stairwell.code} 502`]) {
      const { body } = await other.get(`/desk?q=${encodeURIComponent(q)}`);
      expect(body).toContain("没有找到");
      expect(body).not.toContain(`/desk/s/${opened.stairwell.code}"`);
    }
  });
});

describe("the list of consultations", () => {
  it("has those that run, those that are done, and all, by community; counts for the committee alone", async () => {
    now = new Date("2026-11-30T03:00:00Z");
    const [one, other] = [await createCommunity(database.db), await createCommunity(database.db)];
    const first = await open({ community: one });
    const second = await open({ community: { ...other, committeeId: one.committeeId, subdistrictId: one.subdistrictId } });
    await database.db.updateTable("community").set({ committeeId: one.committeeId }).where("id", "=", other.communityId).execute();
    await done(first.cast("101", "agree"));
    for (const step of [first.close, first.certify, first.publish]) await done<object>(step());
    const clerk = await clerkOf(first.clerk);
    const codes = async (person: TestPortal, query: string) => {
      const { body } = await person.get(`/desk/consultations${query}`);
      return [...body.matchAll(/href="\/desk\/consultations\/(Q[\w-]+)/g)].map(([, code]) => code);
    };
    expect(await codes(clerk, "")).toEqual([second.consultation]);
    expect(await codes(clerk, "?show=ended")).toEqual([first.consultation]);
    expect(await codes(clerk, "?show=all")).toEqual([second.consultation, first.consultation]);
    expect(await codes(clerk, `?show=all&community=${one.code}`)).toEqual([first.consultation]);
    expect((await clerk.get("/desk/consultations?show=ended")).body).toMatch(/1／12 户/);
    expect((await clerk.get("/desk/consultations?show=ended")).body).toContain("已公布：不通过");
    const office = await officeOf(first);
    expect(await codes(office, "?show=ended")).toEqual([first.consultation]);
    expect((await office.get("/desk/consultations?show=ended")).body).not.toMatch(/／12 户/);
    expect([(await clerk.get("/desk/consultations?show=x")).status, (await clerk.get("/desk/consultations?page=2")).status]).toEqual([400, 404]);
  });
});
