import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
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
  await createStairwell(database.db);
  portal = await openPortal(database);
});
beforeEach(async () => {
  stairwell = await createStairwell(database.db, { stage: "intent" });
});
afterAll(() => database.close());

const url = (step?: string) => `/s/${stairwell.code}/intent${step ? `?step=${step}` : ""}`;
const answer = (visitor: TestPortal, step: string, fields: Record<string, string>) => visitor.post(url(step), { ...fields, "form-key": formKey() });
const stored = () => database.db.selectFrom("intent").select(["id", "choice", "worry", "needsHelp", "knownBy", "receipt"]).where("stairwellId", "=", stairwell.stairwellId).execute();

/** Answers question after question up to the last page. */
async function walk(visitor: TestPortal, answers: { worry?: string; needsHelp?: string; phone?: string } = {}): Promise<void> {
  const way = [
    ["flat", { room: "101" }, "choice"],
    ["choice", { choice: "willing" }, "worry"],
    ["worry", { worry: answers.worry ?? "" }, "help"],
    ["help", { needsHelp: answers.needsHelp ?? "" }, "contact"],
    ["contact", { name: "沈月英", phone: answers.phone ?? "13800000101" }, "check"],
  ] as const;
  for (const [step, fields, next] of way) {
    expect((await visitor.get(url(step))).status).toBe(200);
    expect([step, (await answer(visitor, step, fields)).location]).toEqual([step, url(next)]);
  }
}

describe("somebody who files an intent", () => {
  it("may skip what worries them and whether they need help; nothing is made of that", async () => {
    const visitor = portal.visitor();
    await walk(visitor);
    const last = await visitor.get(url("check"));
    expect(last.body).toContain("没有选");
    expect(last.body).toContain("没有说");
    await answer(visitor, "check", { slip: "" });
    expect(await stored()).toMatchObject([{ choice: "willing", worry: null, needsHelp: null }]);
  });

  it("may say that somebody has trouble with the stairs; the committee sees it, the public does not", async () => {
    const visitor = portal.visitor();
    await walk(visitor, { worry: "cost", needsHelp: "yes" });
    expect((await visitor.get(url("check"))).body).toContain("有，需要帮助");
    const { location } = await answer(visitor, "check", { slip: "" });
    expect(await stored()).toMatchObject([{ worry: "cost", needsHelp: true }]);
    expect((await portal.get(location ?? "")).body).not.toContain("需要帮助");
    expect((await portal.get(`/s/${stairwell.code}`)).body).not.toContain("需要帮助");
  });

  it("leaves name and phone beside the filing, sealed", async () => {
    const visitor = portal.visitor();
    await walk(visitor);
    await answer(visitor, "check", { slip: "" });
    const rows = await database.db.selectFrom("intent").selectAll().where("stairwellId", "=", stairwell.stairwellId).execute();
    expect(JSON.stringify(rows)).not.toMatch(/沈月英|13800000101/);
    const contact = await database.db.selectFrom("intentContact").select(["nameCipher", "phoneCipher"]).where("intentId", "=", rows[0]?.id ?? 0).executeTakeFirstOrThrow();
    expect(contact.nameCipher && testVault.open(contact.nameCipher)).toBe("沈月英");
    expect(contact.phoneCipher && testVault.open(contact.phoneCipher)).toBe("13800000101");
    expect(JSON.stringify(contact)).not.toContain("13800000101");
  });

  it("who goes back comes to the receipt, and sending an old page again files nothing more", async () => {
    const visitor = portal.visitor();
    await walk(visitor);
    const { location: receipt } = await answer(visitor, "check", { slip: "" });
    for (const step of ["choice", "worry", "help", "contact", "check"]) {
      expect([step, (await visitor.get(url(step))).location]).toEqual([step, receipt]);
    }
    const again = await answer(visitor, "check", { slip: "" });
    expect(again.location).toBe(`${receipt}?seen=already`);
    expect((await visitor.get(again.location ?? "")).body).toContain("没有重复登记");
    expect((await answer(visitor, "worry", { worry: "noise" })).location).toBe(again.location);
    expect(await stored()).toHaveLength(1);

    // Beginning anew is another filing, as always.
    expect((await visitor.get(url())).body).toContain("您家是哪一户");
    await walk(visitor);
    await answer(visitor, "check", { slip: "" });
    expect(await stored()).toHaveLength(2);
  });

  it("twice at the same moment, from one page, has one effect", async () => {
    const visitor = portal.visitor();
    await walk(visitor);
    const headers = { Cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const key = formKey();
    const twice = await Promise.all([1, 2].map(() => visitor.post(url("check"), { slip: "", "form-key": key }, headers)));
    expect(new Set(twice.map(({ location }) => location)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
  });

  it("uses the code in the browser that asked for it; who else has the receipt and reads the code over a shoulder has neither form nor use for it", async () => {
    const visitor = portal.visitor();
    const phone = "13800000117";
    const { ownerId } = await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [], phone });
    await database.db.insertInto("ownership").values({ flatId: stairwell.flats[0]?.id ?? 0, ownerId }).execute();
    await walk(visitor, { phone });
    const receipt = (await answer(visitor, "check", { slip: "" })).location ?? "";
    const key = formKey();
    // Pressed twice: one code, and both answers lead to it.
    const [sent, again] = [await visitor.post(receipt, { "form-key": key }), await visitor.post(receipt, { "form-key": key })];
    expect([sent.location, again.location]).toEqual([`${receipt}?sms=sent#code`, `${receipt}?sms=sent#code`]);
    const [code, asked] = [await codeTo(database.db, phone), `${receipt}?sms=sent`];
    const other = portal.visitor();
    expect((await other.get(asked)).body).not.toContain('name="code"');
    expect((await visitor.get(asked)).body).toContain('name="code"');
    for (let tries = 0; tries < 6; tries++) expect((await other.post(asked, { code, "form-key": formKey() })).status).toBe(422);
    expect((await visitor.post(asked, { code, "form-key": formKey() })).location).toBe(receipt);
    expect((await other.get(receipt)).body).toContain("已经算数");
  });

  it("with the slip of the flat is not asked who they are", async () => {
    const clerk = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    await done(issueSlips({ db: database.db, vault: testVault, now: new Date() }, { stairwell: stairwell.code, renew: false, accountId: clerk, formKey: formKey() }));
    const visitor = portal.visitor();
    await answer(visitor, "flat", { room: "101" });
    await answer(visitor, "choice", { choice: "willing" });
    const code = slipCode(testVault, stairwell.flats[0]?.id ?? 0, 1);
    expect((await answer(visitor, "help", { needsHelp: "no" })).location).toBe(url("contact"));
    await answer(visitor, "contact", { name: "沈月英", phone: "13800000101" });
    expect((await answer(visitor, "check", { slip: code })).status).toBe(302);
    expect(await stored()).toMatchObject([{ knownBy: "slip", needsHelp: false }]);
  });

  it("is told at the place what is not among the answers", async () => {
    const visitor = portal.visitor();
    await answer(visitor, "flat", { room: "101" });
    await answer(visitor, "choice", { choice: "willing" });
    for (const [step, field] of [["worry", "worry"], ["help", "needsHelp"]] as const) {
      const refused = await answer(visitor, step, { [field]: "maybe" });
      expect(refused.status).toBe(422);
      expect(refused.body).toContain("不在可选的范围里");
    }
  });
});
