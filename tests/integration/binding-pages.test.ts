import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey, testVault } from "../support/factories.ts";
import { codeTo } from "../support/phone.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let portal: TestPortal;
let slip: string;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db, { now: new Date() });
  const { stairwell, clerk } = opened;
  await done(issueSlips({ db: database.db, vault: testVault, now: new Date() }, { stairwell: stairwell.code, renew: false, accountId: clerk, formKey: formKey() }));
  slip = slipCode(testVault, stairwell.flats[0]?.id ?? 0, 1);
  portal = await openPortal(database);
});
afterAll(() => database.close());

const post = (visitor: TestPortal, url: string, fields: Record<string, string>) => visitor.post(url, { ...fields, "form-key": formKey() });
const wordsOf = ({ body }: Answer) => (/<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("a slip's page", () => {
  it("offers what the slip is for, the open ballot first, and says it belongs to this flat alone", async () => {
    const page = await portal.visitor().get(`/q/${slip}`);
    expect(page.status).toBe(200);
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    const words = wordsOf(page);
    expect(words).toContain("101 室");
    expect(words.indexOf("投表决票")).toBeLessThan(words.indexOf("填意愿"));
    expect(words.indexOf("填意愿")).toBeLessThan(words.indexOf("把这部手机绑定到您家"));
  });

  it("leads to the intent with the flat known", async () => {
    const visitor = portal.visitor();
    expect((await visitor.get(`/q/${slip}/intent`)).location).toBe(`/s/${opened.stairwell.code}/intent?step=choice`);
    expect(wordsOf(await visitor.get(`/s/${opened.stairwell.code}/intent?step=choice`))).toContain("101 室愿意装电梯吗？");
  });

  it("asks for the wish and a word that it is right; what worries can be added before that", async () => {
    const visitor = portal.visitor();
    const url = (step: string) => `/s/${opened.stairwell.code}/intent?step=${step}`;
    await visitor.get(`/q/${slip}/intent`);
    expect((await post(visitor, url("choice"), { choice: "willing" })).location).toBe(url("check"));
    expect(wordsOf(await visitor.get(url("contact")))).toContain("已经扫过您家的通知单");
    for (const [step, answer] of [["worry", { worry: "cost" }], ["help", { needsHelp: "yes" }]] as const) {
      expect((await visitor.get(url("check"))).body).toContain(`href="${url(step)}">填一下`);
      expect((await visitor.get(url(step))).body).toContain(`href="${url("check")}"`);
      expect((await post(visitor, url(step), answer)).location).toBe(url("check"));
    }
    expect((await visitor.get(url("check"))).body).not.toContain("填一下");
    await post(visitor, url("check"), {});
    const filed = await database.db.selectFrom("countingIntent").innerJoin("flat", "flat.id", "countingIntent.flatId")
      .select(["room", "choice", "worry", "needsHelp"]).where("flat.stairwellId", "=", opened.stairwell.stairwellId).execute();
    expect(filed).toEqual([{ room: "101", choice: "willing", worry: "cost", needsHelp: true }]);
  });

  it("of a code that nobody has is answered with 404, and in the end with 429", async () => {
    const visitor = portal.visitor();
    expect((await visitor.get("/q/0000-0000-0000/bind")).location).toBe("/q/0000-0000-0000");
    let answer = await visitor.get("/q/0000-0000-0000");
    expect(answer.status).toBe(404);
    for (let tries = 0; answer.status === 404 && tries < 30; tries++) answer = await visitor.get("/q/0000-0000-0000");
    expect(answer.status).toBe(429);
    expect((await visitor.get(`/q/${slip}`)).status, "nor is a right one looked up").toBe(429);
    await database.db.deleteFrom("rateLimit").execute();
  });
});

describe("binding by a slip", () => {
  it("asks whether the flat is theirs, for the phone and its code, and ends at the ballot", async () => {
    const visitor = portal.visitor();
    const bind = `/q/${slip}/bind`;
    expect(wordsOf(await visitor.get(bind))).toContain("是您的房子吗？");
    expect((await post(visitor, `${bind}?step=owner`, { owner: "yes" })).location).toBe(`${bind}?step=phone`);
    expect((await visitor.get(`${bind}?step=code`)).body, "no code without a phone").toContain("您的手机号码是多少？");
    expect((await post(visitor, `${bind}?step=phone`, { phone: "13700000001" })).location).toBe(`${bind}?step=code`);
    expect(wordsOf(await visitor.get(`${bind}?step=code`))).toContain("137****0001");
    const wrong = await post(visitor, `${bind}?step=code`, { code: "12345" });
    expect([wrong.status, wordsOf(wrong).includes("验证码是 6 位数字")]).toEqual([422, true]);
    const answer = await post(visitor, `${bind}?step=code`, { code: await codeTo(database.db, "13700000001") });
    expect(answer.location).toBe(`/me/ballots/${opened.consultation}?room=101`);
    expect((await visitor.get(answer.location ?? "")).status).toBe(200);
    expect(wordsOf(await visitor.get(`/q/${slip}`))).toContain("这部手机已经绑定");
  });

  it("tells family and tenants that it is the owner's to do", async () => {
    const visitor = portal.visitor();
    const { location } = await post(visitor, `/q/${slip}/bind`, { owner: "no" });
    expect(wordsOf(await visitor.get(location ?? ""))).toContain("租户不参加表决");
  });
});

describe("asking the committee to bind a flat", () => {
  const bind = (step?: string) => `/s/${opened.stairwell.code}/bind${step ? `?step=${step}` : ""}`;

  async function walk(visitor: TestPortal, phone: string, side = "owner"): Promise<Answer> {
    const way = [
      ["flat", { room: "201" }, "side"],
      ["side", { side }, "name"],
      ["name", { name: "周秀珍" }, "phone"],
      ["phone", { phone }, "code"],
    ] as const;
    for (const [step, fields, next] of way) {
      expect((await visitor.get(bind(step))).status).toBe(200);
      expect([step, (await post(visitor, bind(step), fields)).location]).toEqual([step, bind(next)]);
    }
    return post(visitor, bind("code"), { code: await codeTo(database.db, phone) });
  }

  it("is five questions, a receipt, the clerk's word, and a sign-in that works", async () => {
    const visitor = portal.visitor();
    const { location } = await walk(visitor, "13700000002");
    const receipt = location ?? "";
    const waiting = await visitor.get(receipt);
    expect(wordsOf(waiting)).toContain("等居委会核验");
    expect(waiting.body).not.toMatch(/周秀珍|201|1370000/);
    expect((await visitor.get(bind("code"))).body, "what was typed is gone").toContain("您家是哪一户？");

    const clerk = await signedIn(database.db, portal, opened.clerk);
    const desk = await clerk.get("/desk/bindings");
    const words = wordsOf(desk);
    expect(words).toContain("周秀珍");
    expect(words).toContain("13700000002");
    expect(words).toContain(`业主${opened.stairwell.code}-201`);
    expect(wordsOf(await clerk.get("/desk"))).toContain("1 个绑定申请等您核验");
    const [request = "", owner = ""] = [/name="request" value="(\d+)"/.exec(desk.body)?.[1], /<input[^>]*name="owner"[^>]*value="(\d+)"/.exec(desk.body)?.[1]];
    const none = await post(clerk, "/desk/bindings", { request, verdict: "approved", owner, note: "" });
    expect([none.status, wordsOf(none).includes("请勾选您看过的证明")]).toEqual([422, true]);
    expect((await post(clerk, "/desk/bindings", { request, verdict: "approved", owner, title: "yes", note: "" })).location).toBe("/desk/bindings?decided=approved");
    expect((await post(clerk, "/desk/bindings", { request, verdict: "refused", note: "不是本户" })).status).toBe(409);
    expect(wordsOf(await visitor.get(receipt))).toContain("已经通过");

    const people = wordsOf(await clerk.get(`/desk/s/${opened.stairwell.code}/people`));
    expect(people).toMatch(/201 室 .*居委核验 .*137\*\*\*\*0002/);

    await post(visitor, "/sign-in", { phone: "13700000002" });
    expect((await post(visitor, "/sign-in/code", { code: await codeTo(database.db, "13700000002") })).location).toBe("/me");
    expect(wordsOf(await visitor.get("/me"))).toContain("201 室");
  });

  it("shows the office that something waits, not who asks", async () => {
    await walk(portal.visitor(), "13700000003", "tenant");
    const { subdistrictId } = opened.stairwell;
    const office = await signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const page = await office.get("/desk/bindings");
    expect(page.body).toContain("137****0003");
    expect(page.body).not.toMatch(/周秀珍|13700000003|<form[^>]*bindings/);
    expect((await post(office, "/desk/bindings", { request: "1", verdict: "refused", note: "不是本户" })).status).toBe(422);
  });

  it("leads whoever stands on the roll to the sign-in", async () => {
    await createOwner(database.db, { subdistrictId: opened.stairwell.subdistrictId, flatIds: [opened.stairwell.flats[2]?.id ?? 0], phone: "13700000004" });
    const visitor = portal.visitor();
    const { location } = await walk(visitor, "13700000004");
    expect(wordsOf(await visitor.get(location ?? ""))).toContain("直接登录就行");
  });

  it("goes back to the first question when what was answered is gone", async () => {
    expect((await post(portal.visitor(), bind("name"), { name: "周秀珍" })).location).toBe(`${bind()}?again=yes`);
  });
});
