import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSteps } from "#app/domain/totp.ts";
import { codeAt, keyUri, newSecret, spendCode, stepOf, unusedCode } from "#db/authenticator.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { codeOf } from "../support/codes.ts";
import { openedConsultation, done, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createSubdistrict, formKey, testVault } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-11-21T02:00:10Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const newAccount = async () => createAccount(database.db, "admin", await createSubdistrict(database.db));
const spend = (accountId: number, code: string, key = formKey(), at = now) =>
  withTransaction(database.db, (tx) => spendCode(tx, testVault, { accountId, code, formKey: key, now: at }));

describe("a code of an authenticator app", () => {
  it("is that of RFC 6238, and its QR code says so", () => {
    // Appendix B, the last six of its eight digits.
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect(codeAt(secret, 1)).toBe("287082");
    expect(codeAt(secret, 0x23523ec)).toBe("081804");
    expect(stepOf(secret, "287082", new Date(59_000))).toBe(1);
    expect(stepOf(secret, "287083", new Date(59_000))).toBeNull();
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(keyUri(secret, { issuer: "加梯一键通", login: "lin" }));
    expect([uri.protocol, uri.searchParams.get("secret"), uri.searchParams.get("issuer"), uri.searchParams.get("digits"), uri.searchParams.get("period")]).toEqual([
      "otpauth:", secret, "加梯一键通", "6", "30",
    ]);
  });

  it("is good once, and again only for the same form", async () => {
    const account = await newAccount();
    const code = await codeOf(database.db, account, { now });
    const key = formKey();
    expect(await spend(account, code, key)).toBe("right");
    expect(await spend(account, code)).toBe("wrong");
    expect(await spend(account, code, key)).toBe("right");
    // Mending the form takes longer than the code is shown, but not for ever.
    expect(await spend(account, code, key, later(540))).toBe("right");
    expect(await spend(account, code, key, later(660))).toBe("wrong");
  });

  it("goes to one of two forms that are posted at one moment", async () => {
    const account = await newAccount();
    const code = await codeOf(database.db, account, { now });
    const verdicts = await Promise.all(Array.from({ length: 6 }, () => spend(account, code)));
    expect(verdicts.filter((verdict) => verdict === "right")).toHaveLength(1);
  });

  it("may be half a minute early or late, not more", async () => {
    const account = await newAccount();
    for (const [seconds, verdict] of [[-60, "wrong"], [-30, "right"], [0, "right"], [30, "right"], [60, "wrong"]] as const) {
      const code = await codeOf(database.db, account, { now: later(seconds + 3_600) });
      expect([seconds, await spend(account, code, formKey(), later(3_600))]).toEqual([seconds, verdict]);
    }
  });

  it("is not that of a colleague, nor of an account without an authenticator", async () => {
    const [account, colleague] = [await newAccount(), await newAccount()];
    expect(await spend(account, await codeOf(database.db, colleague, { now }))).toBe("wrong");
    const resident = await createAccount(database.db, "resident", { ...(await createSubdistrict(database.db)), scopeId: 1 });
    expect(await spend(resident, "123456")).toBe("missing");
  });

  it("that the demo shows is the first that was not used yet, and none when all were", () => {
    const secret = newSecret();
    const [present = 0, next = 0, before = 0] = openSteps(now);
    expect(unusedCode(secret, [], now)).toBe(codeAt(secret, present));
    expect(unusedCode(secret, [present], now)).toBe(codeAt(secret, next));
    expect(unusedCode(secret, [present, next, before], now)).toBeNull();
  });
});

describe("closing, certifying and voiding", () => {
  let opened: OpenedConsultation;
  let portal: TestPortal;
  let clerk: TestPortal;
  const end = (form: Record<string, string>, key = formKey()) => clerk.post(`/desk/consultations/${opened.consultation}/end`, { reason: "", ...form, "form-key": key });

  beforeAll(async () => {
    opened = await openedConsultation(database.db, { now: new Date() });
    portal = await openPortal(database);
    clerk = await signedIn(database.db, portal, opened.clerk);
    for (const accountId of [opened.clerk, opened.colleague]) await mayLook(database.db, { consultation: opened.consultation, accountId });
    for (const { room } of opened.stairwell.flats) await done(opened.cast(room, "agree"));
  });

  it("ask for the code again and say so at its field", async () => {
    const missing = await end({ step: "close" });
    expect([missing.status, missing.body.includes("还没有填“验证码”")]).toEqual([422, true]);
    const wrong = await end({ step: "close", code: "000000" });
    expect([wrong.status, wrong.body.includes("6 位数字不对")]).toEqual([422, true]);
  });

  it("take the code that a refused form had, when that form is mended", async () => {
    const key = formKey();
    const code = await codeOf(database.db, opened.clerk);
    const refused = await end({ step: "close", code }, key);
    expect([refused.status, refused.body.includes("要写明原因"), refused.body.includes(`value="${code}"`)]).toEqual([422, true, true]);
    expect((await end({ step: "close", code, reason: "全部交回" })).status).toBe(422);
    expect((await end({ step: "close", code, reason: "全部交回" }, key)).status).toBe(302);
    // The same form once more: the first answer, no second effect.
    expect((await end({ step: "close", code, reason: "全部交回" }, key)).status).toBe(302);
  });

  it("ask for a code to request and to confirm a void, not to turn it down", async () => {
    const url = `/desk/consultations/${opened.consultation}/101`;
    const colleague = await signedIn(database.db, portal, opened.colleague);
    const post = (who: TestPortal, form: Record<string, string>) => who.post(url, { seq: "1", ...form, "form-key": formKey() });
    expect((await post(clerk, { step: "request", reason: "代签" })).status).toBe(422);
    expect((await post(clerk, { step: "request", reason: "代签", code: await codeOf(database.db, opened.clerk) })).status).toBe(302);
    expect((await post(colleague, { step: "confirm", code: "000000" })).status).toBe(422);
    expect((await post(colleague, { step: "reject", reason: "已补交委托" })).status).toBe(302);
  });

  it("leave no more than ten wrong codes in a quarter of an hour, and a right one forgives them", async () => {
    const { subdistrictId, committeeId: scopeId } = opened.stairwell;
    const other = await createAccount(database.db, "committee", { subdistrictId, scopeId });
    const visitor = await signedIn(database.db, portal, other);
    // Closed already: a right code is followed by a refusal of another kind.
    const close = async (code: string) => {
      const answer = await visitor.post(`/desk/consultations/${opened.consultation}/end`, { step: "close", reason: "", code, "form-key": formKey() });
      return { status: answer.status, retryAfter: Number(answer.headers.get("Retry-After")) };
    };
    for (let i = 0; i < 9; i++) expect((await close("000000")).status).toBe(422);
    expect((await close(await codeOf(database.db, other))).status).toBe(409);
    for (let i = 0; i < 10; i++) expect((await close("000000")).status).toBe(422);
    const { status, retryAfter } = await close(await codeOf(database.db, other));
    expect([status, retryAfter > 0]).toEqual([429, true]);
  });
});
