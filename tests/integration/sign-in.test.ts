import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findActor } from "#app/http/actor.server.ts";
import { newSession } from "#app/http/sign-in.server.ts";
import { sessionCookie, signedCookie } from "#app/http/session.server.ts";
import { sendSignInCode, signInByPhone } from "#app/use-cases/account/sign-in-by-phone.server.ts";
import { startSession, type NewSession } from "#app/use-cases/account/start-session.server.ts";
import { signOut } from "#app/use-cases/account/sign-out.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { withTransaction } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { DB } from "#db/schema.d.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault } from "../support/factories.ts";

let database: TestDatabase;
let deps: Deps;
const now = new Date("2026-11-21T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  deps = { db: database.db, vault: testVault, now };
});
afterAll(() => database.close());

/** Those that are to be sent. */
const countMessages = async () => (await database.db.selectFrom("outbox").select("id").where("deadAt", "is", null).execute()).length;

async function newestCode(): Promise<string> {
  const row = await database.db.selectFrom("outbox").select("textCipher").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
  return /\d{6}/.exec(testVault.open(row.textCipher))?.[0] ?? "";
}

const BROWSER = "a browser";
const send = (phone: string, browser = BROWSER) => sendSignInCode(deps, { phone, browser, formKey: formKey(), message: (code) => `验证码 ${code}` });

const actorOf = (token: string, at = now) =>
  findActor(new Request("http://portal/", { headers: { Cookie: sessionCookie(token, false).split(";")[0] ?? "" } }), database.db, testVault, at, false);

describe("a resident", () => {
  it("signs in by the phone on the roll and is bound to the flats that have it", async () => {
    const stairwell = await createStairwell(database.db, { owned: false });
    const [first, second, third] = stairwell.flats.map((flat) => flat.id);
    const { ownerId } = await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [first ?? 0, second ?? 0], phone: "13800000201" });
    await send("13800000201");
    const session = newSession(now);
    await done(signInByPhone(deps, { phone: "13800000201", browser: BROWSER, code: await newestCode(), session }));
    const actor = await actorOf(session.token);
    expect(actor?.grants.map((grant) => grant.scopeId).sort()).toEqual([first, second].sort());
    expect(actor?.name).toBe("138****0201");

    // Sold one flat and bought another: the next sign-in binds anew.
    await database.db.updateTable("ownership").set({ until: "2026-11-20" }).where("flatId", "=", second ?? 0).execute();
    await database.db.insertInto("ownership").values({ flatId: third ?? 0, ownerId }).execute();
    await send("13800000201");
    const again = newSession(now);
    await done(signInByPhone(deps, { phone: "13800000201", browser: BROWSER, code: await newestCode(), session: again }));
    expect((await actorOf(again.token))?.grants.map((grant) => grant.scopeId).sort()).toEqual([first, third].sort());
  });

  it("whose phone nobody knows is answered alike and gets no message", async () => {
    const before = await countMessages();
    await send("13899999999");
    expect(await countMessages()).toBe(before);
    expect(await refusalOf(signInByPhone(deps, { phone: "13899999999", browser: BROWSER, code: "123456", session: newSession(now) }))).toBe("code_wrong");
  });

  it("whose phone nobody knows costs the same work, and leaves nothing that names it", async () => {
    const { flats, subdistrictId } = await createStairwell(database.db, { owned: false });
    await createOwner(database.db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], phone: "13800000205" });
    await createAccount(database.db, "resident", { subdistrictId, scopeId: flats[1]?.id ?? 0, phone: "13800000206" });
    const work: string[][] = [];
    for (const phone of ["13800000205", "13800000206", "13800000207"]) {
      const seen: string[] = [];
      const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: database.pool }), plugins: [new CamelCasePlugin()], log: ({ query }) => void seen.push(query.sql) });
      const calls: string[] = [];
      const vault: Vault = {
        ...testVault,
        hash: (...about) => (calls.push(`hash ${about[0]}`), testVault.hash(...about)),
        seal: (text) => (calls.push(`seal ${text.length}`), testVault.seal(text)),
      };
      await sendSignInCode({ db, vault, now }, { phone, browser: BROWSER, formKey: formKey(), message: (code) => `验证码 ${code}` });
      // A decoy has two columns more.
      work.push([...seen.map((statement) => statement.replace(/insert into "outbox".*/, 'insert into "outbox"')), ...calls]);
    }
    expect(work[1]).toEqual(work[0]);
    expect(work[2]).toEqual(work[0]);
    const decoy = await database.db.selectFrom("outbox").select(["phoneCipher", "phoneHash", "deadAt"]).orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
    expect(decoy.deadAt).toEqual(now);
    expect(testVault.open(decoy.phoneCipher)).toBe("00000000000");
    expect(decoy.phoneHash?.equals(testVault.hash("phone", "13800000207"))).toBe(false);
  });

  it("uses the code in the browser that asked for it; another that asks too neither takes it nor spoils it", async () => {
    const { flats, subdistrictId } = await createStairwell(database.db, { owned: false });
    await createOwner(database.db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], phone: "13800000208" });
    await send("13800000208", "at home");
    const code = await newestCode();
    await send("13800000208", "elsewhere");
    const enter = (browser: string, typed: string) => signInByPhone(deps, { phone: "13800000208", browser, code: typed, session: newSession(now) });
    const other = await newestCode();
    for (let i = 0; i < 6; i++) if (code !== other) expect(await refusalOf(enter("elsewhere", code))).toBe("code_wrong");
    expect(await refusalOf(enter("nowhere", code))).toBe("code_wrong");
    await done(enter("at home", code));
  });

  it("who corrects the number on a page that was sent already is told to load it anew, not sent nothing in silence", async () => {
    const [key, message] = [formKey(), (code: string) => code];
    await done(sendSignInCode(deps, { phone: "13800000298", browser: BROWSER, formKey: key, message }));
    expect(await refusalOf(sendSignInCode(deps, { phone: "13800000299", browser: BROWSER, formKey: key, message }))).toBe("form_used_elsewhere");
  });

  it("cannot use a code twice, nor that of another phone", async () => {
    const { flats, subdistrictId } = await createStairwell(database.db, { owned: false });
    await createOwner(database.db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], phone: "13800000203" });
    await createOwner(database.db, { subdistrictId, flatIds: [flats[1]?.id ?? 0], phone: "13800000204" });
    await send("13800000203");
    const code = await newestCode();
    await send("13800000204");
    if (code !== (await newestCode())) {
      expect(await refusalOf(signInByPhone(deps, { phone: "13800000204", browser: BROWSER, code, session: newSession(now) }))).toBe("code_wrong");
    }
    await done(signInByPhone(deps, { phone: "13800000203", browser: BROWSER, code, session: newSession(now) }));
    expect(await refusalOf(signInByPhone(deps, { phone: "13800000203", browser: BROWSER, code, session: newSession(now) }))).toBe("code_wrong");
  });

  it("leaves neither phone nor code readable in the database", async () => {
    await send("13800000203");
    const code = await newestCode();
    const rows = JSON.stringify([
      await database.db.selectFrom("outbox").selectAll().execute(),
      await database.db.selectFrom("phoneCode").selectAll().execute(),
      await database.db.selectFrom("owner").selectAll().execute(),
    ]);
    expect(rows).not.toContain("13800000203");
    expect(rows).not.toContain(Buffer.from(code).toJSON().data.join(","));
  });
});

describe("what a browser keeps", () => {
  it("is written by this host alone wherever the portal is reached by HTTPS", async () => {
    expect(await signedCookie("sign-in", "a secret", true).serialize({})).toMatch(/^__Host-sign-in=(?=.*; Path=\/)(?!.*Domain=).*; Secure/);
    expect(await signedCookie("sign-in", "a secret", false).serialize({})).not.toMatch(/__Host-|Secure/);
  });
});

describe("a session", () => {
  it("ends on the server when signed out, when its time is over, when another replaces it, and when the account is closed", async () => {
    const account = await createAccount(database.db, "office", { subdistrictId: 1, scopeId: 1, name: "林芳" });
    const start = (session: NewSession) => withTransaction(database.db, (tx) => startSession(tx, deps, account, session));
    const [one, two, three] = [newSession(now), newSession(now), newSession(now)];
    for (const session of [one, two, three]) await start(session);
    await signOut(deps, one.token);
    expect(await actorOf(one.token)).toBeUndefined();
    expect(await actorOf(two.token)).toMatchObject({ name: "林芳" });
    expect(await actorOf(two.token, two.expiresAt)).toBeUndefined();
    const four = newSession(now, two.token);
    await start(four);
    expect([await actorOf(two.token), (await actorOf(four.token))?.accountId]).toEqual([undefined, account]);
    await database.db.updateTable("account").set({ active: false }).where("id", "=", account).execute();
    expect(await actorOf(three.token)).toBeUndefined();
    expect(await actorOf("x".repeat(43))).toBeUndefined();
  });
});
