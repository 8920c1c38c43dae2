import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stepAt } from "#app/domain/totp.ts";
import { addFirstAccount } from "#app/use-cases/account/add-account.server.ts";
import { checkPassword } from "#app/use-cases/account/check-password.server.ts";
import { whyPasswordIsRefused } from "#app/use-cases/account/password.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { codeAt } from "#db/authenticator.server.ts";
import { listEvents } from "#db/queries/account-events.server.ts";
import { listGrants } from "#db/queries/accounts.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { codeOf } from "../support/codes.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const PASSWORD = "月下门前-三棵银杏-27";

let database: TestDatabase;
let now: Date;
let portal: TestPortal;
let here: TestStairwell;
let elsewhere: TestStairwell;
let officeId: number;
let office: TestPortal;
let otherOffice: TestPortal;
let adminId: number;
let admin: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  [here, elsewhere] = [await createStairwell(db), await createStairwell(db)];
  now = new Date();
  portal = await openPortal(database, { clock: () => now });
  const ofOffice = ({ subdistrictId }: TestStairwell) => createAccount(db, "office", { subdistrictId, scopeId: subdistrictId, name: "陈军" });
  officeId = await ofOffice(here);
  adminId = await createAccount(db, "admin", { subdistrictId: here.subdistrictId });
});
beforeEach(async () => {
  // Each test from its own addresses and on new sessions.
  await database.db.deleteFrom("rateLimit").execute();
  now = new Date();
  office = await signedIn(database.db, portal, officeId);
  const { subdistrictId } = elsewhere;
  otherOffice = await signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
  admin = await signedIn(database.db, portal, adminId);
});
afterAll(() => database.close());

let count = 0;
const form = (values: Record<string, string>, key = formKey()) => ({ ...values, "form-key": key });
const url = (accountId: number, more = "") => `/desk/accounts/${accountId}${more}`;
const loginOf = async (accountId: number) => (await database.db.selectFrom("account").select("login").where("id", "=", accountId).executeTakeFirstOrThrow()).login ?? "";
const committeeOf = (stairwell: TestStairwell) => String(stairwell.committeeId);

/** A new account by the page, and its number. */
async function add(who: TestPortal, values: Record<string, string>): Promise<{ answer: Answer; accountId: number }> {
  const role = values["role"] ?? "";
  const answer = await who.post(`/desk/accounts/new?role=${role}`, form({ login: `new${++count}`, name: "周敏", ...values }));
  return { answer, accountId: Number(/^\/desk\/accounts\/(\d+)\/setup$/.exec(answer.location ?? "")?.[1]) };
}
const addClerk = () => add(office, { role: "committee", committee: committeeOf(here) });
const codeOn = ({ body }: Answer) => /<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/b>/.exec(body)?.[1] ?? "";
const setupCodeFor = async (who: TestPortal, accountId: number) => codeOn(await who.get(url(accountId, "/setup")));

const setUp = (login: string, setup: string, { password = PASSWORD, key = formKey(), visitor = portal.visitor() } = {}) =>
  visitor.post("/sign-in/setup", form({ login, setup, password, repeated: password }, key));

/** Sets an account up with its code and binds an authenticator; its portal afterwards. */
async function start(accountId: number, setup: string, password = PASSWORD): Promise<{ visitor: TestPortal; landing: string | null }> {
  const visitor = portal.visitor();
  const answer = await setUp(await loginOf(accountId), setup, { password, visitor });
  expect([answer.status, answer.location]).toEqual([302, "/sign-in/staff/enrol"]);
  const page = await visitor.get("/sign-in/staff/enrol");
  const secret = (/<b>([A-Z2-7 ]{39})<\/b>/.exec(page.body)?.[1] ?? "").replaceAll(" ", "");
  const { location } = await visitor.post("/sign-in/staff/enrol", form({ code: codeAt(secret, stepAt(now)) }));
  return { visitor, landing: location };
}

describe("the office", () => {
  it("opens an account for a clerk, who sets a password and an authenticator with the code and finds the own work", async () => {
    const { answer, accountId } = await addClerk();
    expect(answer.status).toBe(302);
    const page = await office.get(url(accountId, "/setup"));
    const code = codeOn(page);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(page.body).toContain("portal.test/sign-in/setup");
    // Read again, it is the same; nobody else sees it, and the database neither.
    expect(await setupCodeFor(office, accountId)).toBe(code);
    expect(await setupCodeFor(admin, accountId)).toBe("");
    const { rows } = await sql<{ all: string }>`select coalesce(string_agg(s::text, ''), '') as all from setup_code s`.execute(database.db);
    expect(rows[0]?.all).not.toContain(code);

    const { visitor, landing } = await start(accountId, code);
    expect(landing).toBe("/desk");
    expect((await visitor.get("/desk")).body).toContain(here.code.slice(0, 4));
    expect((await office.get(url(accountId))).body).toContain("使用中");
    expect((await listEvents(database.db, accountId)).map(({ kind, by }) => [kind, by])).toEqual([
      ["authenticator", "周敏"], ["password", "周敏"], ["setup-code", "陈军"], ["granted", "陈军"], ["added", "陈军"],
    ]);
  });

  it("gives an assessor several stairwells by their codes, and takes one back at once", async () => {
    const second = await createStairwell(database.db, { community: { ...here, code: here.code.split("-")[0] ?? "" } });
    const { accountId } = await add(office, { role: "assessor", stairwells: ` ${here.code.toLowerCase()}，${second.code}` });
    const visitor = await signedIn(database.db, portal, accountId);
    const projects = async () => (await visitor.get("/desk/assessments")).body;
    for (const { code } of [here, second]) expect(await projects()).toContain(`/s/${code}`);
    expect((await readLog(database.db, second.stairwellId)).at(-1)).toMatchObject({
      verb: "access-granted", actor: `account:${officeId}`, subject: `account:${accountId}`, content: { role: "assessor" },
    });

    const grant = await database.db.selectFrom("grant").select("id").where("accountId", "=", accountId).where("scopeId", "=", second.stairwellId).executeTakeFirstOrThrow();
    const key = formKey();
    const revoke = () => office.post(url(accountId), form({ step: "revoke", grant: String(grant.id) }, key));
    expect((await revoke()).status).toBe(302);
    expect([(await projects()).includes(here.code), (await projects()).includes(second.code)]).toEqual([true, false]);
    expect((await readLog(database.db, second.stairwellId)).at(-1)).toMatchObject({ verb: "access-revoked" });
    await verifyChain(database.db, second.stairwellId);
    // The same form once more has no further effect; another one comes too late.
    expect((await revoke()).status).toBe(302);
    expect((await office.post(url(accountId), form({ step: "revoke", grant: String(grant.id) }))).status).toBe(409);
  });

  it("adds a role, once, and is told what is wrong with a place", async () => {
    const { accountId } = await addClerk();
    const give = (role: string, place: Record<string, string>) => office.post(url(accountId, `?role=${role}`), form({ role, ...place }));
    expect((await give("contractor", { stairwells: here.code })).status).toBe(302);
    expect((await give("contractor", { stairwells: here.code })).status).toBe(409);
    for (const [role, place, words] of [
      ["contractor", { stairwells: "ZZ-999" }, "没有楼道 ZZ-999"],
      ["contractor", { stairwells: elsewhere.code }, `没有楼道 ${elsewhere.code}`],
      ["committee", { committee: committeeOf(elsewhere) }, "没有这个居委会"],
      ["office", { subdistrict: String(elsewhere.subdistrictId) }, "没有这个街道"],
      ["committee", { committee: "" }, "还没有填“居委会”"],
      ["admin", {}, "只有系统管理员能给"],
    ] as const) {
      const { status, body } = await give(role, place);
      expect([role, place, status, body.includes(words)]).toEqual([role, place, 422, true]);
    }
    expect((await listGrants(database.db, accountId)).map(({ role }) => role)).toEqual(["committee", "contractor"]);
  });

  it("closes an account, whose sessions and code end, and opens it again", async () => {
    const { accountId } = await addClerk();
    const code = await setupCodeFor(office, accountId);
    const { visitor } = await start(accountId, code);
    const step = (name: string) => office.post(url(accountId), form({ step: name }));
    expect((await step("deactivate")).status).toBe(302);
    expect((await visitor.get("/desk")).status).toBe(302);
    expect(await refusalOf(checkPassword({ db: database.db, vault: testVault, now }, { login: await loginOf(accountId), password: PASSWORD }))).toBe("password_wrong");
    expect([(await step("deactivate")).status, (await step("setup")).body.includes("已停用，没有生成启用码")]).toEqual([409, true]);
    expect((await step("activate")).status).toBe(302);
    // The session stays ended; the grants hold again.
    expect((await visitor.get("/desk")).status).toBe(302);
    expect(await listGrants(database.db, accountId)).toHaveLength(1);
  });

  it("finds an account by part of its name or login, those of its subdistrict alone", async () => {
    const { accountId } = await add(office, { role: "agent", stairwells: here.code, name: "罗经理" });
    const login = await loginOf(accountId);
    const list = async (who: TestPortal, q: string) => (await who.get(`/desk/accounts?q=${encodeURIComponent(q)}`)).body;
    for (const q of ["罗经", login, login.toUpperCase(), ""]) expect([q, (await list(office, q)).includes(login)]).toEqual([q, true]);
    for (const q of ["没有这个人", "%", "_"]) expect([q, (await list(office, q)).includes(login)]).toEqual([q, false]);
    expect((await list(otherOffice, "")).includes(login)).toBe(false);
    expect((await list(admin, "")).includes(login)).toBe(true);
    // An admin's account could do more than the office: it is not the office's to see.
    expect((await list(office, "")).includes(`/desk/accounts/${adminId}"`)).toBe(false);
  });
});

describe("an account", () => {
  it("is changed by a second person alone: nobody grants, revokes, closes or sets up the own one", async () => {
    for (const [who, accountId] of [[office, officeId], [admin, adminId]] as const) {
      const page = await who.get(url(accountId));
      expect([page.status, page.body.includes("要由另一位同事来改"), page.body.includes("生成启用码</button>")]).toEqual([200, true, false]);
      const before = await listGrants(database.db, accountId);
      const { id } = await database.db.selectFrom("grant").select("id").where("accountId", "=", accountId).executeTakeFirstOrThrow();
      const own = [
        await who.post(url(accountId, "?role=contractor"), form({ role: "contractor", stairwells: here.code })),
        await who.post(url(accountId), form({ step: "revoke", grant: String(id) })),
        await who.post(url(accountId), form({ step: "deactivate" })),
        await who.post(url(accountId), form({ step: "setup" })),
      ];
      for (const { status, body } of own) expect([status, body.includes("自己的账号要由另一位同事来改")]).toEqual([422, true]);
      expect(await listGrants(database.db, accountId)).toEqual(before);
    }
    expect(await database.db.selectFrom("setupCode").select("id").where("accountId", "in", [officeId, adminId]).execute()).toEqual([]);
  });

  it("is out of reach for another subdistrict, and one that reaches further than the subdistrict for its office", async () => {
    const { accountId } = await addClerk();
    expect((await otherOffice.get(url(accountId))).status).toBe(403);
    expect((await otherOffice.post(url(accountId), form({ step: "setup" }))).status).toBe(403);
    expect((await office.get(url(adminId))).status).toBe(403);
    expect((await office.post(url(adminId), form({ step: "setup" }))).status).toBe(403);
    expect((await admin.post(url(accountId, "?role=assessor"), form({ role: "assessor", stairwells: elsewhere.code }))).status).toBe(302);
    expect((await office.post(url(accountId), form({ step: "setup" }))).status).toBe(403);
    const resident = await createAccount(database.db, "resident", { subdistrictId: here.subdistrictId, scopeId: here.flats[0]?.id ?? 0 });
    for (const id of [resident, 999_999]) expect((await admin.get(url(id))).status).toBe(404);
  });

  it("of an admin is made by an admin, and of the database refuses a code for oneself", async () => {
    const { answer, accountId } = await add(admin, { role: "admin", name: "唐宁" });
    expect(answer.status).toBe(302);
    expect(await listGrants(database.db, accountId)).toEqual([{ role: "admin", scope: "installation", scopeId: null }]);
    expect((await add(office, { role: "admin" })).answer.status).toBe(422);
    const insert = database.db
      .insertInto("setupCode")
      .values({ accountId, subdistrictId: here.subdistrictId, number: 9, codeHash: Buffer.from("x"), madeBy: accountId, madeAt: now, expiresAt: new Date(now.getTime() + 1) })
      .execute();
    await expect(insert).rejects.toMatchObject({ code: "23514" });
    for (const statement of [sql`delete from account_event`, sql`update account_event set kind = 'added'`]) {
      await expect(statement.execute(database.db)).rejects.toMatchObject({ code: "42501" });
      await expect(statement.execute(database.owner.db)).rejects.toMatchObject({ code: "23001" });
    }
  });

  it("has a login of its own", async () => {
    const { accountId } = await addClerk();
    const again = await add(office, { role: "committee", committee: committeeOf(here), login: await loginOf(accountId) });
    expect([again.answer.status, again.answer.body.includes("这个账号名已经有人用了")]).toEqual([422, true]);
  });
});

describe("a setup code", () => {
  it("recovers an account whose phone or password was lost: all is new, and the old sessions end", async () => {
    const { accountId } = await addClerk();
    const first = await start(accountId, await setupCodeFor(office, accountId));
    const login = await loginOf(accountId);
    expect((await admin.post(url(accountId), form({ step: "setup" }))).location).toBe(url(accountId, "/setup"));
    // Until it is used, everything stays as it was.
    expect((await first.visitor.get("/desk")).status).toBe(200);
    now = new Date(now.getTime() + 60_000);
    const second = await start(accountId, await setupCodeFor(admin, accountId), "三月下旬-渡口-9 只白鹭");
    expect((await first.visitor.get("/desk")).status).toBe(302);
    expect((await second.visitor.get("/desk")).status).toBe(200);
    expect(await refusalOf(checkPassword({ db: database.db, vault: testVault, now }, { login, password: PASSWORD }))).toBe("password_wrong");
    const visitor = portal.visitor();
    await visitor.post("/sign-in/staff", form({ login, password: "三月下旬-渡口-9 只白鹭" }));
    now = new Date(now.getTime() + 60_000);
    expect((await visitor.post("/sign-in/staff/code", form({ code: await codeOf(database.db, accountId, { now }) }))).location).toBe("/desk");
  });

  it("is good once, for a day, until another is made, for its own account alone – and answered alike where it is not", async () => {
    const [used, old, replaced, closed, mine] = await Promise.all([addClerk(), addClerk(), addClerk(), addClerk(), addClerk()]);
    const codes = new Map<number, string>();
    for (const { accountId } of [used, old, replaced, closed, mine]) codes.set(accountId, await setupCodeFor(office, accountId));
    const codeFor = ({ accountId }: { accountId: number }) => codes.get(accountId) ?? "";
    await setUp(await loginOf(used.accountId), codeFor(used));
    await office.post(url(replaced.accountId), form({ step: "setup" }));
    await office.post(url(closed.accountId), form({ step: "deactivate" }));
    await database.db.updateTable("setupCode").set({ madeAt: new Date(now.getTime() - 86_400_000), expiresAt: now }).where("accountId", "=", old.accountId).execute();

    const answers = [];
    for (const account of [used, old, replaced, closed]) answers.push(await setUp(await loginOf(account.accountId), codeFor(account)));
    answers.push(await setUp("nobody", codeFor(mine)), await setUp(await loginOf(used.accountId), codeFor(mine)), await setUp(await loginOf(mine.accountId), "0000-0000-0000"));
    for (const { status, body } of answers) expect([status, body.includes("账号或启用码不对")]).toEqual([422, true]);
    const words = answers.map(({ body }) => body.replace(/name="form-key" value="[^"]*"/g, "").replace(/ value="[^"]*"/g, ""));
    expect(new Set(words).size).toBe(1);
    // It is still good for whom it was made.
    expect((await setUp(await loginOf(mine.accountId), codeFor(mine))).status).toBe(302);
  });

  it("is not used up by a password that is refused, and the same form posted twice has one effect", async () => {
    const { accountId } = await addClerk();
    const login = await loginOf(accountId);
    const setup = await setupCodeFor(office, accountId);
    const common = await setUp(login, setup, { password: "password1234" });
    expect([common.status, common.body.includes("太容易猜")]).toEqual([422, true]);
    expect(common.body).not.toContain("password1234");
    const short = await setUp(login, setup, { password: "tooshort" });
    expect([short.status, short.body.includes("至少 12 个字符")]).toEqual([422, true]);
    const key = formKey();
    for (let i = 0; i < 2; i++) expect((await setUp(login, setup, { key })).location).toBe("/sign-in/staff/enrol");
    expect((await listEvents(database.db, accountId)).filter(({ kind }) => kind === "password")).toHaveLength(1);
  });

  it("cannot be guessed: ten tries from one place", async () => {
    const { accountId } = await addClerk();
    const login = await loginOf(accountId);
    for (let i = 0; i < 10; i++) expect((await setUp(login, "0000-0000-0000")).status).toBe(422);
    const answer = await setUp(login, await setupCodeFor(office, accountId));
    expect([answer.status, Number(answer.headers.get("Retry-After")) > 0]).toEqual([429, true]);
  });
});

describe("the own account", () => {
  it("signs out on every device at once", async () => {
    const { accountId } = await addClerk();
    const [one, two] = [await signedIn(database.db, portal, accountId), await signedIn(database.db, portal, accountId)];
    expect((await one.get("/account")).body).toContain("现在有 2 处登录");
    expect((await one.post("/account", form({}))).location).toBe("/");
    for (const visitor of [one, two]) expect((await visitor.get("/desk")).status).toBe(302);
    expect((await listEvents(database.db, accountId))[0]).toMatchObject({ kind: "signed-out" });
  });

  it("is there for a resident too", async () => {
    const resident = await createAccount(database.db, "resident", { subdistrictId: here.subdistrictId, scopeId: here.flats[0]?.id ?? 0, name: "138****0001" });
    const visitor = await signedIn(database.db, portal, resident);
    const page = await visitor.get("/account");
    expect([page.status, page.body.includes("138****0001"), page.body.includes("验证器")]).toEqual([200, true, false]);
    await visitor.post("/account", form({}));
    expect((await visitor.get("/me")).status).toBe(302);
  });
});

describe("a password", () => {
  it("is refused when it is short or common, also for somebody who knows the person or the portal", async () => {
    const about = ["lin", "林芳", "春申居民委员会"];
    const why = async (password: string) => (await whyPasswordIsRefused(password, about))?.code ?? "taken";
    for (const short of ["", "eleven char", "x".repeat(201)]) expect(await why(short)).toBe("password_short");
    for (const common of ["password1234", "qwertyuiop123", "aaaaaaaaaaaa", "123456789012", "jiatijiatijiati", "春申居民委员会春申居民委员会", "linlinlinlin"]) {
      expect([common, await why(common)]).toEqual([common, "password_common"]);
    }
    for (const fine of ["correct horse battery", PASSWORD, "jiati-demo-2026"]) expect([fine, await why(fine)]).toEqual([fine, "taken"]);
  });

  it("of the first accounts comes by the command line, by the same rule", async () => {
    const deps: Deps = { db: database.db, vault: testVault, now };
    const { name: committee } = await database.db.selectFrom("committee").select("name").where("id", "=", here.committeeId).executeTakeFirstOrThrow();
    const zhou = { login: "zhou", name: "周敏", password: PASSWORD, role: "committee" as const, committee };
    const { accountId } = await done(addFirstAccount(deps, zhou));
    expect(await done(checkPassword(deps, { login: "zhou", password: PASSWORD }))).toMatchObject({ accountId, enrolled: false });
    expect(await listGrants(database.db, accountId)).toEqual([{ role: "committee", scope: "committee", scopeId: here.committeeId }]);
    expect((await listEvents(database.db, accountId)).map(({ kind, by }) => [kind, by])).toEqual([["granted", null], ["added", null]]);
    for (const [change, code] of [
      [{}, "login_taken"],
      [{ login: "other", committee: "没有的居委" }, "committee_unknown"],
      [{ login: "other", password: "short" }, "password_short"],
      [{ login: "other", password: "password1234" }, "password_common"],
      [{ login: "other", role: "assessor" as const, stairwells: "ZZ-1" }, "stairwell_not_found"],
      [{ login: "other", role: "assessor" as const }, "stairwell_not_found"],
    ] as const) {
      expect(await refusalOf(addFirstAccount(deps, { ...zhou, ...change }))).toBe(code);
    }
    const agent = await done(addFirstAccount(deps, { ...zhou, login: "luo", role: "agent", committee: undefined, stairwells: here.code }));
    expect(await listGrants(database.db, agent.accountId)).toEqual([{ role: "agent", scope: "stairwell", scopeId: here.stairwellId }]);
  });
});
