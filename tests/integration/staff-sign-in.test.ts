import { verify } from "@node-rs/argon2";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stepAt } from "#app/domain/totp.ts";
import { checkPassword } from "#app/use-cases/account/check-password.server.ts";
import { hashPassword } from "#app/use-cases/account/password.server.ts";
import type { DB } from "#db/schema.d.ts";
import { codeAt } from "#db/authenticator.server.ts";
import { codeOf } from "../support/codes.ts";
import { refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";

const PASSWORD = "月下门前-三棵银杏-27";

let database: TestDatabase;
let portal: TestPortal;
let stairwell: TestStairwell;
let passwordHash: string;

beforeAll(async () => {
  database = await cloneDatabase();
  stairwell = await createStairwell(database.db);
  portal = await openPortal(database);
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => database.close());

const scopes = { committee: "committeeId", office: "subdistrictId", assessor: "stairwellId", contractor: "stairwellId", agent: "stairwellId" } as const;

/** Somebody of this role with the password above, and with an authenticator unless told. */
async function staff(role: keyof typeof scopes | "admin", { enrolled = true } = {}) {
  const scopeId = role === "admin" ? null : stairwell[scopes[role]];
  const id = await createAccount(database.db, role, { subdistrictId: stairwell.subdistrictId, scopeId });
  await database.db.updateTable("account").set({ passwordHash, ...(!enrolled && { totpCipher: null, totpConfirmedAt: null }) }).where("id", "=", id).execute();
  const { login } = await database.db.selectFrom("account").select("login").where("id", "=", id).executeTakeFirstOrThrow();
  return { id, login: login ?? "" };
}

const givePassword = (visitor: TestPortal, login: string, password = PASSWORD, url = "/sign-in/staff") => visitor.post(url, { login, password, "form-key": formKey() });
const giveCode = (visitor: TestPortal, code: string, key = formKey(), page = "code") => visitor.post(`/sign-in/staff/${page}`, { code, "form-key": key });
const seen = ({ status, location }: Answer) => [status, location];
/** The page as it stands, without what is random on it. */
const words = ({ body }: Answer) => body.replace(/name="form-key" value="[^"]*"/g, "").replace(/name="login"[^>]*>/g, "");

describe("staff", () => {
  it.each([["committee", "/desk"], ["office", "/desk"], ["assessor", "/desk/assessments"], ["contractor", "/site"], ["agent", "/site"], ["admin", "/desk/accounts"]] as const)(
    "sign in by password and code; the work of %s is at %s",
    async (role, landing) => {
      const { id, login } = await staff(role);
      const visitor = portal.visitor();
      expect(seen(await givePassword(visitor, login))).toEqual([302, "/sign-in/staff/code"]);
      // The password alone opens nothing.
      expect((await visitor.get("/desk")).status).toBe(302);
      expect((await visitor.get("/sign-in/staff/code")).status).toBe(200);
      expect(seen(await giveCode(visitor, await codeOf(database.db, id)))).toEqual([302, landing]);
      expect(visitor.cookies.has("staff-sign-in")).toBe(false);
    },
  );

  it("go on to the page that they wanted, never to another site", async () => {
    for (const [to, leads] of [[`/desk/s/${stairwell.code}`, `/desk/s/${stairwell.code}`], ["https://evil.example/", "/desk"], ["//evil.example", "/desk"]] as const) {
      const { id, login } = await staff("committee");
      const visitor = portal.visitor();
      await givePassword(visitor, login, PASSWORD, `/sign-in/staff?to=${encodeURIComponent(to)}`);
      expect((await giveCode(visitor, await codeOf(database.db, id))).location).toBe(leads);
    }
  });

  it("get a new session at every sign-in, and the one before ends", async () => {
    const { id, login } = await staff("committee");
    const visitor = portal.visitor();
    const enter = async () => {
      await givePassword(visitor, login);
      await giveCode(visitor, await codeOf(database.db, id));
      return visitor.cookies.get("jiati") ?? "";
    };
    const [first, second] = [await enter(), await enter()];
    expect(first).not.toBe(second);
    const before = portal.visitor();
    before.cookies.set("jiati", first);
    expect([(await before.get("/desk")).status, (await visitor.get("/desk")).status]).toEqual([302, 200]);
  });

  it("are answered alike for an unknown account, a closed one, one without a password and a wrong password", async () => {
    const [known, closed, fresh] = [await staff("committee"), await staff("committee"), await staff("committee")];
    await database.db.updateTable("account").set({ active: false }).where("id", "=", closed.id).execute();
    await database.db.updateTable("account").set({ passwordHash: null }).where("id", "=", fresh.id).execute();
    const answers = [
      await givePassword(portal.visitor(), known.login, "wrong"),
      await givePassword(portal.visitor(), closed.login),
      await givePassword(portal.visitor(), fresh.login),
      await givePassword(portal.visitor(), "nobody"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(new Set(answers.map(words)).size).toBe(1);
    expect(await refusalOf(checkPassword({ db: database.db, vault: testVault, now: new Date() }, { login: known.login, password: "wrong" }))).toBe("password_wrong");
  });

  it("cost the same work whether there is such an account or not: one look-up, one password held against a hash as slow", async () => {
    const known = await staff("committee");
    const work: unknown[] = [];
    for (const [login, password] of [[known.login, PASSWORD], [known.login, "wrong"], ["nobody", "wrong"]] as const) {
      const seen: string[] = [];
      const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: database.pool }), plugins: [new CamelCasePlugin()], log: ({ query }) => void seen.push(query.sql) });
      const held: unknown[] = [];
      await checkPassword({ db, vault: testVault, now: new Date() }, { login, password }, (hash, given) => {
        held.push(hash.split("$").slice(0, 4));
        return verify(hash, given);
      });
      work.push([seen, held]);
    }
    expect(work[0]).toEqual([[expect.stringContaining("select") as string], [["", "argon2id", "v=19", "m=19456,t=2,p=1"]]]);
    expect(work[1]).toEqual(work[0]);
    expect(work[2]).toEqual(work[0]);
  });

  it("cannot use a code again in another form, and can in the same one", async () => {
    const { id, login } = await staff("committee");
    const code = await codeOf(database.db, id);
    const key = formKey();
    const visitor = portal.visitor();
    await givePassword(visitor, login);
    const cookie = visitor.cookies.get("staff-sign-in") ?? "";
    expect((await giveCode(visitor, code, key)).status).toBe(302);
    const again = portal.visitor();
    again.cookies.set("staff-sign-in", cookie);
    expect((await giveCode(again, code)).status).toBe(422);
    expect((await giveCode(again, code, key)).status).toBe(302);
  });

  it("have ten tries of a code, wherever they come from", async () => {
    const { id, login } = await staff("committee");
    for (let i = 0; i < 10; i++) {
      const visitor = portal.visitor();
      await givePassword(visitor, login);
      expect((await giveCode(visitor, "000000")).status).toBe(422);
    }
    const visitor = portal.visitor();
    await givePassword(visitor, login);
    const answer = await giveCode(visitor, await codeOf(database.db, id));
    expect([answer.status, Number(answer.headers.get("Retry-After")) > 0]).toEqual([429, true]);
    expect(answer.body).toContain("试的次数太多了");
  });

  it("begin anew when they took longer than ten minutes, or when the password has changed meanwhile", async () => {
    const { id, login } = await staff("committee");
    let now = new Date();
    const slow = (await openPortal(database, { clock: () => now })).visitor();
    await givePassword(slow, login);
    now = new Date(now.getTime() + 601_000);
    expect(seen(await slow.get("/sign-in/staff/code"))).toEqual([302, "/sign-in/staff?lost=late"]);
    expect((await slow.get("/sign-in/staff?lost=late")).body).toContain("超过 10 分钟");

    const visitor = portal.visitor();
    await givePassword(visitor, login);
    await database.db.updateTable("account").set({ passwordHash: await hashPassword("a password set since") }).where("id", "=", id).execute();
    const answer = await giveCode(visitor, await codeOf(database.db, id));
    expect([answer.status, answer.body.includes("密码或账号刚才有变动")]).toEqual([422, true]);
  });

  it("cannot begin with a cookie of their own making", async () => {
    const { id } = await staff("committee");
    const visitor = portal.visitor();
    visitor.cookies.set("staff-sign-in", Buffer.from(JSON.stringify({ accountId: id, proof: "x", until: Date.now() + 60_000 })).toString("base64"));
    expect(seen(await giveCode(visitor, await codeOf(database.db, id)))).toEqual([302, "/sign-in/staff?lost=late"]);
  });
});

describe("the first sign-in", () => {
  const secretOn = ({ body }: Answer) => (/<b>([A-Z2-7 ]{39})<\/b>/.exec(body)?.[1] ?? "").replaceAll(" ", "");

  it("binds an authenticator before any session exists", async () => {
    const { id, login } = await staff("committee", { enrolled: false });
    const visitor = portal.visitor();
    expect(seen(await givePassword(visitor, login))).toEqual([302, "/sign-in/staff/enrol"]);
    const page = await visitor.get("/sign-in/staff/enrol");
    const secret = secretOn(page);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(page.body).toContain('role="img" aria-label="二维码：验证器的密钥"');
    // Read again, it is the same: nobody has to scan twice.
    expect(secretOn(await visitor.get("/sign-in/staff/enrol"))).toBe(secret);
    expect(seen(await giveCode(visitor, "123456"))).toEqual([302, "/sign-in/staff?lost=late"]);
    expect((await giveCode(visitor, "000000", formKey(), "enrol")).status).toBe(422);
    expect((await visitor.get("/desk")).status).toBe(302);

    const code = codeAt(secret, stepAt(new Date()));
    const key = formKey();
    const cookie = visitor.cookies.get("staff-sign-in") ?? "";
    expect(seen(await giveCode(visitor, code, key, "enrol"))).toEqual([302, "/desk"]);
    const { totpCipher } = await database.db.selectFrom("account").select("totpCipher").where("id", "=", id).executeTakeFirstOrThrow();
    expect(totpCipher && testVault.open(totpCipher)).toBe(secret);
    expect(totpCipher?.includes(secret)).toBe(false);

    // Posted once more, the same form passes; the code is good for no other.
    const again = portal.visitor();
    again.cookies.set("staff-sign-in", cookie);
    expect((await giveCode(again, code, key, "enrol")).status).toBe(302);
    const third = portal.visitor();
    await givePassword(third, login);
    expect((await giveCode(third, code)).status).toBe(422);
  });

  it("does not replace an authenticator that was bound meanwhile", async () => {
    const { login } = await staff("committee", { enrolled: false });
    const [first, second] = [portal.visitor(), portal.visitor()];
    for (const visitor of [first, second]) await givePassword(visitor, login);
    const enrol = async (visitor: TestPortal) =>
      giveCode(visitor, codeAt(secretOn(await visitor.get("/sign-in/staff/enrol")), stepAt(new Date())), formKey(), "enrol");
    expect((await enrol(first)).status).toBe(302);
    const late = await enrol(second);
    expect([late.status, late.body.includes("已经绑定过验证器")]).toEqual([422, true]);
  });

  it("has a stand-in for the app in the demo, and only there", async () => {
    const demo = await openPortal(database, { demo: true });
    const { login } = await staff("committee", { enrolled: false });
    for (const [visitor, shown] of [[demo.visitor(), true], [portal.visitor(), false]] as const) {
      await givePassword(visitor, login);
      expect(/验证器现在的数字是 \d{6}/.test((await visitor.get("/sign-in/staff/enrol")).body)).toBe(shown);
    }
  });
});
