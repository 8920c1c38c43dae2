import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TicketParty } from "#app/domain/ticket.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { openTicket, type TicketOpener } from "#app/use-cases/ticket/open-ticket.server.ts";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
const now = new Date("2026-11-20T02:00:00Z");
const deps = (): Deps => ({ db: database.db, vault: testVault, now });

beforeAll(async () => {
  database = await cloneDatabase();
  portal = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());

const SECRET = "楼上每天六点就开始敲";
const PHONE = "13800000881";

/** A stairwell with the people who may have to do with a ticket there, signed in. */
async function people(given?: TestStairwell) {
  const stairwell = given ?? (await createStairwell(database.db));
  const foreign = await createStairwell(database.db, { community: undefined });
  const { subdistrictId, stairwellId, committeeId } = stairwell;
  const flatId = stairwell.flats.find(({ room }) => room === "302")?.id ?? 0;
  const make = async (role: Parameters<typeof createAccount>[1], scopeId: number, phone?: string) => {
    const accountId = await createAccount(database.db, role, { subdistrictId, scopeId, ...(phone && { phone }) });
    return { accountId, visitor: await signedIn(database.db, portal, accountId, now) };
  };
  return {
    stairwell, flatId,
    opener: await make("resident", flatId),
    neighbour: await make("resident", stairwell.flats[0]?.id ?? 0),
    clerk: await make("committee", committeeId),
    otherClerk: await make("committee", foreign.committeeId),
    office: await make("office", subdistrictId),
    contractor: await make("contractor", stairwellId),
    agent: await make("agent", stairwellId),
    otherContractor: await make("contractor", foreign.stairwellId),
  };
}
type People = Awaited<ReturnType<typeof people>>;

const openBy = async ({ stairwell, opener, flatId }: People) =>
  (await done(openTicket(deps(), { stairwell: stairwell.code, room: "302", kind: "noise", text: SECRET, by: { channel: "online", accountId: opener.accountId, flatIds: [flatId] }, formKey: formKey() }))).ticketId;
const putTo = ({ clerk }: People, ticketId: number, parties: TicketParty[]) =>
  done(takeTicketStep(deps(), { ticketId, side: "committee", step: "assigned", parties, text: null, accountId: clerk.accountId, formKey: formKey(), message: () => "" }));

/** A ticket's form as a browser sends it. */
function ticketBody(fields: Record<string, string>, photos: readonly Buffer[] = [], key = formKey()): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries({ room: "", "form-key": key, ...fields })) body.set(name, value);
  for (const bytes of photos) body.append("photos", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), "IMG_1.jpg");
  return body;
}

describe("a ticket is read", () => {
  it("by who opened it and the committee, not by a neighbour, another committee, the office, or who works there", async () => {
    const all = await people();
    const id = await openBy(all);
    const statusOf = async (who: keyof People, url: string) => (await (all[who] as { visitor: TestPortal }).visitor.get(url)).status;
    expect((await all.opener.visitor.get(`/me/tickets/${id}`)).body).toContain(SECRET);
    expect((await all.clerk.visitor.get(`/desk/tickets/${id}`)).body).toContain(SECRET);
    for (const who of ["neighbour", "clerk", "office"] as const) expect([who, await statusOf(who, `/me/tickets/${id}`)]).toEqual([who, 403]);
    for (const who of ["opener", "otherClerk", "office", "contractor"] as const) expect([who, await statusOf(who, `/desk/tickets/${id}`)]).toEqual([who, 403]);
    for (const who of ["opener", "clerk", "contractor", "agent", "otherContractor"] as const) expect([who, await statusOf(who, `/site/tickets/${id}`)]).toEqual([who, 403]);
    expect((await all.office.visitor.get("/desk/tickets")).body).not.toContain(`/desk/tickets/${id}`);
    expect((await all.otherClerk.visitor.get("/desk/tickets")).body).not.toContain(`/desk/tickets/${id}`);
  });

  it("by whom it was put to, without room and phone for those who work there", async () => {
    const all = await people();
    const id = await openBy(all);
    await putTo(all, id, ["contractor", "office"]);
    const site = await all.contractor.visitor.get(`/site/tickets/${id}`);
    expect(site.status).toBe(200);
    expect(site.body).toContain(SECRET);
    expect(site.body).not.toContain("302");
    const { phoneCipher } = await database.db.selectFrom("account").select("phoneCipher").where("id", "=", all.opener.accountId).executeTakeFirstOrThrow();
    const phone = testVault.open(phoneCipher ?? Buffer.alloc(0));
    expect(site.body).not.toContain(phone);
    const desk = await all.office.visitor.get(`/desk/tickets/${id}`);
    expect(desk.body).toContain("302");
    expect(desk.body).toContain(phone);
    expect((await all.contractor.visitor.get("/site/tickets")).body).toContain(`/site/tickets/${id}`);
    expect((await all.agent.visitor.get("/site/tickets")).body).not.toContain(`/site/tickets/${id}`);
    expect((await all.agent.visitor.get(`/site/tickets/${id}`)).status).toBe(403);
    expect((await all.otherContractor.visitor.get(`/site/tickets/${id}`)).status).toBe(403);
  });

  it("nowhere in public, and its words never in clear in the database", async () => {
    const all = await people();
    const id = await openBy(all);
    const page = await portal.visitor().get(`/s/${all.stairwell.code}`);
    expect(page.body).not.toContain(SECRET);
    expect(page.body).not.toContain(`tickets/${id}`);
    const rows = JSON.stringify(await database.db.selectFrom("logContent").selectAll().execute());
    expect(rows).not.toContain(SECRET);
  });

  it("as an objection to a ballot by committee and office alone, with the way to the ballot", async () => {
    const opened = await openedConsultation(database.db, { now });
    const { seq } = await done(opened.cast("302", "agree"));
    const all = await people(opened.stairwell);
    const url = `/s/${all.stairwell.code}/tickets/new?ballot=${opened.consultation}.${seq}`;
    expect((await all.neighbour.visitor.get(url)).status).toBe(404);
    expect((await all.opener.visitor.get(url)).body).toContain("302 室的这张票不是您投的");
    const asked = await all.opener.visitor.post(url, { "form-key": formKey() });
    expect(asked.location).toMatch(/^\/me\/tickets\/\d+$/);
    const id = Number(asked.location?.split("/").at(-1));
    expect((await all.office.visitor.get(`/desk/tickets/${id}`)).status).toBe(200);
    expect((await all.clerk.visitor.get(`/desk/tickets/${id}`)).body).toContain(`/desk/consultations/${opened.consultation}/302`);
    expect((await all.clerk.visitor.post(`/desk/tickets/${id}`, { step: "assigned", contractor: "yes", "form-key": formKey() })).status).toBe(422);
    expect((await all.contractor.visitor.get(`/site/tickets/${id}`)).status).toBe(403);
    expect((await all.clerk.visitor.get(`/desk/consultations/${opened.consultation}/end`)).body).toContain("还没有答复");
    await all.clerk.visitor.post(`/desk/tickets/${id}`, { step: "answer", text: "已核实，重投一张", "form-key": formKey() });
    expect((await all.clerk.visitor.get(`/desk/consultations/${opened.consultation}/end`)).body).not.toContain("还没有答复");
  });
});

describe("an intent that is not one's own", () => {
  it("leads from /me, where it stands by whom and how it was filed, to a ticket for committee and office alone, to be answered", async () => {
    const all = await people();
    const { code } = all.stairwell;
    await database.db.updateTable("grant").set({ grantedAt: now }).where("accountId", "=", all.opener.accountId).execute();
    const intent = { stairwell: code, room: "302", worry: null, name: null, phone: null, slipCode: null, formKey: formKey() } as const;
    await done(fileIntent(deps(), { ...intent, choice: "willing", channel: "online", ownFlatIds: [all.flatId], accountId: null }));
    await done(fileIntent(deps(), { ...intent, formKey: formKey(), choice: "unwilling", channel: "paper", ownFlatIds: [], accountId: all.clerk.accountId }));
    const [own, filed] = (await database.db.selectFrom("intent").select("id").where("flatId", "=", all.flatId).orderBy("id").execute()).map(({ id }) => id);
    const me = await all.opener.visitor.get("/me");
    const rows = [...me.body.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].map(([row]) => row.replace(/<[^>]+>/g, " ").replace(/\s+/g, " "));
    expect(rows.find((row) => row.includes("居委按纸质表录入"))).toMatch(/不愿意 11 月 20 日 10:00 .*算数.*这不是我填的/);
    expect(rows.find((row) => row.includes("凭登记的手机"))).toMatch(/愿意.*已被后来的替换/);

    const url = `/s/${code}/tickets/new?intent=${filed}`;
    expect(me.body).toContain(url);
    expect((await all.neighbour.visitor.get(url)).status).toBe(404);
    expect((await all.neighbour.visitor.post(url, { "form-key": formKey() })).status).toBe(422);
    expect((await portal.visitor().get(url)).body).toContain("您的手机号码？");
    expect((await all.opener.visitor.get(url)).body).toContain("302 室的这份意愿不是您填的？");
    const twice = await Promise.all([1, 2].map(() => all.opener.visitor.post(url, { text: "我没有去过居委会", "form-key": formKey() })));
    expect(twice.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(twice.find(({ status }) => status === 409)?.body).toContain("已经提过异议");
    const id = Number(twice.find(({ location }) => location)?.location?.split("/").at(-1));

    expect((await all.office.visitor.get(`/desk/tickets/${id}`)).status).toBe(200);
    const desk = await all.clerk.visitor.get(`/desk/tickets/${id}`);
    expect(desk.body).toMatch(new RegExp(`哪份意愿.*href="/desk/s/${code}".*11 月 20 日填的`, "s"));
    expect((await all.clerk.visitor.get("/desk")).body).toContain("诉求待受理");
    expect((await all.clerk.visitor.post(`/desk/tickets/${id}`, { step: "assigned", contractor: "yes", "form-key": formKey() })).status).toBe(422);
    expect((await all.contractor.visitor.get(`/site/tickets/${id}`)).status).toBe(403);
    await all.clerk.visitor.post(`/desk/tickets/${id}`, { step: "answer", text: "已核对登记表，是邻居填错了室号", "form-key": formKey() });
    expect((await all.opener.visitor.get(`/me/tickets/${id}`)).body).toContain("是邻居填错了室号");

    // Answered, it may be said again; by telephone too, and then it is about what counts.
    const by = { channel: "phone" as const, accountId: all.clerk.accountId, name: null, phone: null, scope: { committeeIds: [all.stairwell.committeeId], subdistrictIds: [] } } satisfies TicketOpener;
    const told = (room: string) => openTicket(deps(), { stairwell: code, room, kind: "intent-not-mine", text: "来电说没填过", by, formKey: formKey() });
    const { ticketId } = await done(told("302"));
    expect(await database.db.selectFrom("ticket").select("intentId").where("id", "=", ticketId).executeTakeFirst()).toEqual({ intentId: filed });
    expect(await refusalOf(told("301"))).toBe("intent_unknown");
    expect(own).toBeLessThan(filed ?? 0);
  });
});

describe("a ticket with photos", () => {
  const countPhotos = async () => (await database.db.selectFrom("file").select("id").execute()).length;

  it("shows them to whoever may read it, and to nobody else", async () => {
    const all = await people();
    const here = `/s/${all.stairwell.code}/tickets/new?kind=quality`;
    const asked = await all.opener.visitor.upload(here, ticketBody({ text: "墙裂了" }, [await photo(), await photo()]));
    const mine = asked.location ?? "";
    const files = [...(await all.opener.visitor.get(mine)).body.matchAll(/\/files\/[\w-]{22}\/thumbnail/g)].map(([src]) => src);
    expect(new Set(files).size).toBe(2);
    const [file = ""] = files;
    const statusOf = async (who: "opener" | "neighbour" | "clerk" | "otherClerk" | "office" | "contractor" | "agent") => (await all[who].visitor.get(file)).status;
    for (const who of ["opener", "clerk"] as const) expect([who, await statusOf(who)]).toEqual([who, 200]);
    for (const who of ["neighbour", "otherClerk", "office", "contractor", "agent"] as const) expect([who, await statusOf(who)]).toEqual([who, 403]);
    expect((await portal.visitor().get(file)).status).toBe(302);
    await putTo(all, Number(mine.split("/").at(-1)), ["contractor"]);
    expect(await statusOf("contractor")).toBe(200);
    expect(await statusOf("agent")).toBe(403);
  });

  it("keeps none of a form that is refused, and one set of a form sent twice", async () => {
    const all = await people();
    const here = `/s/${all.stairwell.code}/tickets/new?kind=quality`;
    const before = await countPhotos();
    const send = (body: FormData) => all.opener.visitor.upload(here, body);
    const wrong = await send(ticketBody({ text: "" }, [await photo()]));
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain("还没有填");
    expect((await send(ticketBody({ text: "墙裂了" }, [Buffer.from("<svg/>")]))).status).toBe(422);
    expect((await send(ticketBody({ text: "墙裂了", room: "999" }, [await photo()]))).status).toBe(422);
    expect((await send(ticketBody({ text: "墙裂了" }, Array(5).fill(await photo()) as Buffer[]))).status).toBe(422);
    for (const text of ["长".repeat(501), "1\u202E", "1\u0000"]) expect((await send(ticketBody({ text }))).status).toBe(422);
    expect((await all.opener.visitor.post(here, { text: "墙裂了", "form-key": formKey() })).status).toBe(415);
    expect(await countPhotos()).toBe(before);
    const key = formKey();
    const [first, again] = [await send(ticketBody({ text: "墙裂了" }, [await photo()], key)), await send(ticketBody({ text: "墙裂了" }, [await photo()], key))];
    expect(again.location).toBe(first.location);
    expect(await countPhotos()).toBe(before + 1);
  });
});

describe("a ticket goes its way through the pages", () => {
  it("from a resident over desk and site to the resident's word", async () => {
    const all = await people();
    const { code } = all.stairwell;
    const start = await all.opener.visitor.get(`/s/${code}/tickets/new`);
    expect(start.body).toContain(`/s/${code}/tickets/new?kind=noise`);
    expect((await all.opener.visitor.get(`/s/${code}/tickets/new?kind=noise`)).body).toContain("302");
    const asked = await all.opener.visitor.upload(`/s/${code}/tickets/new?kind=noise`, ticketBody({ text: SECRET, room: "302" }));
    const mine = asked.location ?? "";
    const id = Number(mine.split("/").at(-1));
    expect((await all.opener.visitor.get(mine)).body).toContain("收到了。11 月 24 日前答复您。");
    expect((await all.opener.visitor.get("/me/tickets")).body).toContain(mine);
    expect((await all.clerk.visitor.get("/desk/tickets")).body).toContain(`/desk/tickets/${id}`);

    const desk = (form: Record<string, string>) => all.clerk.visitor.post(`/desk/tickets/${id}`, { ...form, "form-key": formKey() });
    expect((await desk({ step: "assigned" })).status).toBe(422);
    expect((await desk({ step: "assigned", contractor: "yes" })).location).toBe(`/desk/tickets/${id}`);
    expect((await desk({ step: "accepted" })).status).toBe(409);
    const answer = { step: "answer", text: "今后八点开工", "form-key": formKey() };
    expect((await all.contractor.visitor.post(`/site/tickets/${id}`, answer)).location).toBe(`/site/tickets/${id}`);
    expect((await all.contractor.visitor.post(`/site/tickets/${id}`, { ...answer, "form-key": formKey() })).status).toBe(409);

    const seen = await all.opener.visitor.get(mine);
    for (const words of ["居委受理", "居委交给施工单位办理", "施工单位答复", "今后八点开工", "解决了吗"]) expect(seen.body).toContain(words);
    expect((await all.opener.visitor.post(mine, { step: "not-solved", still: "", "form-key": formKey() })).status).toBe(422);
    expect((await all.opener.visitor.post(mine, { step: "not-solved", still: "今天又是六点", "form-key": formKey() })).location).toBe(mine);
    expect((await all.clerk.visitor.get("/desk/tickets")).body).toContain("重新办理");
    await desk({ step: "answer", text: "已罚款" });
    expect((await all.opener.visitor.post(mine, { step: "solved", "form-key": formKey() })).location).toBe(mine);
    expect((await all.clerk.visitor.get("/desk/tickets?show=solved")).body).toContain(`/desk/tickets/${id}`);
  });

  it("of somebody without an account by a code to the phone, who sees it again after signing in anew", async () => {
    const all = await people();
    const visitor = portal.visitor();
    const here = `/s/${all.stairwell.code}/tickets/new?kind=money`;
    expect((await visitor.get(here)).body).toContain("手机号码");
    const sent = await visitor.post(here, { phone: PHONE, "form-key": formKey() });
    expect(sent.location).toBe(`${here}&step=code`);
    const code = async () => {
      const { textCipher } = await database.db.selectFrom("outbox").select("textCipher").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
      return /\d{6}/.exec(testVault.open(textCipher))?.[0] ?? "";
    };
    const right = await code();
    expect((await visitor.post(sent.location ?? "", { code: right === "000000" ? "000001" : "000000", "form-key": formKey() })).status).toBe(422);
    expect((await visitor.post(sent.location ?? "", { code: right, "form-key": formKey() })).location).toBe(here);
    const asked = await visitor.upload(here, ticketBody({ text: "每户要分摊多少？" }));
    const mine = asked.location ?? "";
    expect((await visitor.get(mine)).body).toContain("每户要分摊多少");
    expect((await visitor.get("/me")).body).toContain("还没有登记在任何一户名下");

    const later = portal.visitor();
    await later.post("/sign-in", { phone: PHONE, "form-key": formKey() });
    await later.post("/sign-in/code", { code: await code(), "form-key": formKey() });
    expect((await later.get(mine)).status).toBe(200);
  });

  it("taken down for a caller, who finds it under the own phone", async () => {
    const all = await people();
    const { code } = all.stairwell;
    expect((await all.clerk.visitor.get(`/desk/tickets/new?q=${code}`)).body).toContain(`/desk/tickets/new?stairwell=${code}`);
    expect((await all.otherClerk.visitor.get(`/desk/tickets/new?q=${code}`)).body).not.toContain(`/desk/tickets/new?stairwell=${code}`);
    const { phoneCipher } = await database.db.selectFrom("account").select("phoneCipher").where("id", "=", all.neighbour.accountId).executeTakeFirstOrThrow();
    const phone = testVault.open(phoneCipher ?? Buffer.alloc(0));
    const form = { stairwell: code, channel: "phone", kind: "stop", text: "停了一个月", room: "", name: "张先生", phone };
    expect((await all.otherClerk.visitor.post(`/desk/tickets/new?stairwell=${code}`, { ...form, "form-key": formKey() })).status).toBe(422);
    const taken = await all.clerk.visitor.post(`/desk/tickets/new?stairwell=${code}`, { ...form, "form-key": formKey() });
    expect((await all.clerk.visitor.get(taken.location ?? "")).body).toContain("张先生");
    const id = Number(taken.location?.split("/").at(-1));
    expect((await all.neighbour.visitor.get(`/me/tickets/${id}`)).body).toContain("停了一个月");
    expect((await all.opener.visitor.get(`/me/tickets/${id}`)).status).toBe(403);
  });

  it("and what is due by today stands on the clerk's page", async () => {
    const all = await people();
    const id = await openBy(all);
    expect((await all.clerk.visitor.get("/desk")).body).not.toContain("到期");
    const tuesday = await openPortal(database, { clock: () => new Date("2026-11-24T02:00:00Z") });
    const clerk = await signedIn(database.db, tuesday, all.clerk.accountId, new Date("2026-11-24T02:00:00Z"));
    expect((await clerk.get("/desk")).body).toContain("诉求今天到期");
    expect((await clerk.get("/desk/tickets")).body).toContain(`/desk/tickets/${id}`);
  });
});
