import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { retention } from "#app/domain/retention.ts";
import { settingDefaults } from "#app/domain/setting-defaults.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { privacyWords } from "#app/i18n/zh-CN/privacy.ts";
import { consent } from "#app/i18n/zh-CN/consent.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { done } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { codeTo } from "../support/phone.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";

let database: TestDatabase;
let portal: TestPortal;
let stairwell: TestStairwell;

beforeAll(async () => {
  database = await cloneDatabase();
  stairwell = await createStairwell(database.db);
  portal = await openPortal(database);
});
afterAll(() => database.close());

const [first = ""] = settingDefaults["legal-texts"][0].value.privacy.split("\n");
const consents = () =>
  database.db.selectFrom("consent").innerJoin("consentText", "consentText.id", "consent.textId").select(["consent.intentId", "consent.bindingRequestId", "consent.accountId", "consentText.text", "consent.textId"]).orderBy("consent.id").execute();

/** Files an intent as somebody whom nobody knows, and answers with the page that asks for the name. */
async function file(room: string): Promise<string> {
  const visitor = portal.visitor();
  const url = `/s/${stairwell.code}/intent`;
  const answer = (step: string, fields: Record<string, string>) => visitor.post(`${url}?step=${step}`, { ...fields, "form-key": formKey() });
  await answer("flat", { room });
  await answer("choice", { choice: "willing" });
  await answer("worry", { worry: "none" });
  await answer("help", { needsHelp: "" });
  const { body } = await visitor.get(`${url}?step=contact`);
  await answer("contact", { name: "王月英", phone: "13812345678" });
  expect((await answer("check", {})).status).toBe(302);
  return body;
}

describe("before anybody gives a name or a phone", () => {
  it("the page says what they are for, in the subdistrict's words, and leads to the whole", async () => {
    const page = await file("101");
    expect(page).toContain(first);
    expect(page).toContain('href="/privacy"');
    const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    await done(issueSlips({ db: database.db, vault: testVault, now: new Date() }, { stairwell: stairwell.code, renew: false, accountId, formKey: formKey() }));
    const slip = slipCode(testVault, stairwell.flats[0]?.id ?? 0, 1);
    for (const url of ["/sign-in", `/s/${stairwell.code}/tickets/new?kind=noise`, `/q/${slip}/bind?step=phone`]) {
      const { body } = await portal.visitor().get(url);
      expect(body, url).toContain('name="phone"');
      expect(body, url).toContain(consent.read);
    }
  });

  it("the wording is kept with the filing, the request and the account, and a new wording is a new version", async () => {
    const [intent] = await consents();
    expect(intent).toMatchObject({ intentId: expect.any(Number) as number, text: settingDefaults["legal-texts"][0].value.privacy });

    const phone = "13900007001";
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[1]?.id ?? 0], phone });
    for (let times = 0; times < 2; times++) {
      const visitor = portal.visitor();
      await visitor.post("/sign-in", { phone, "form-key": formKey() });
      expect((await visitor.post("/sign-in/code", { code: await codeTo(database.db, phone), "form-key": formKey() })).status).toBe(302);
    }
    const asker = portal.visitor();
    const bind = (step: string, fields: Record<string, string>) => asker.post(`/s/${stairwell.code}/bind?step=${step}`, { ...fields, "form-key": formKey() });
    await bind("flat", { room: "202" });
    await bind("side", { side: "owner" });
    expect((await asker.get(`/s/${stairwell.code}/bind?step=name`)).body).toContain(first);
    await bind("name", { name: "李根宝" });
    await bind("phone", { phone: "13900007002" });
    expect((await bind("code", { code: await codeTo(database.db, "13900007002") })).status).toBe(302);
    expect((await consents()).map(({ intentId, accountId, bindingRequestId }) => [intentId !== null, accountId !== null, bindingRequestId !== null])).toEqual([
      [true, false, false], [false, true, false], [false, false, true],
    ]);

    const accountId = await createAccount(database.db, "office", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.subdistrictId });
    const value = { ...settingDefaults["legal-texts"][0].value, privacy: "新的说明。" };
    const fromDay = addDays(shanghaiDay(new Date()), -1);
    await database.db.insertInto("setting").values({ subdistrictId: stairwell.subdistrictId, key: "legal-texts", value: JSON.stringify(value), fromDay, accountId, at: new Date() }).execute();
    expect(await file("301")).toContain("新的说明。");
    const all = await consents();
    expect(all.at(-1)).toMatchObject({ text: "新的说明。" });
    expect(new Set(all.map(({ textId }) => textId)).size).toBe(2);
  });
});

describe("the page on personal data", () => {
  it("says of every kind what it is, why and how long it is kept, and whom to ask", async () => {
    const { status, body } = await portal.visitor().get("/privacy");
    expect(status).toBe(200);
    for (const { kind } of retention) {
      expect(body).toContain(privacyWords.kept.rows[kind].what);
      expect(body).toContain(privacyWords.kept.rows[kind].why);
    }
    expect(body).toContain("tel:02150000000");
    expect(body).toContain("新的说明。");
    expect(body).toContain("第 2 版");
  });
});
