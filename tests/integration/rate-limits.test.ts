import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLimits, type Limit } from "#app/http/rate-limit.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { everyForm, type KnownForm } from "../support/every-form.ts";
import { formKey, testVault } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";

/** Where the test portal takes everybody to come from. */
const ADDRESS = "192.0.2.1";

let database: TestDatabase;
let portal: TestPortal;
let forms: KnownForm[];

beforeAll(async () => {
  database = await cloneDatabase();
  portal = await openPortal(database);
  forms = await everyForm(database, portal);
});
afterAll(() => database.close());

/** Sends the form of this address as it should be, from where its sender has come to, and leaves that as it was. */
const send = (url: RegExp) => async (): Promise<Answer> => {
  const form = forms.find((one) => url.test(one.url));
  if (!form) throw new Error(`no form at ${url.source}`);
  const who = form.who.visitor();
  for (const [name, value] of form.who.cookies) who.cookies.set(name, value);
  const fields = { ...form.good, "form-key": formKey() };
  if (!form.upload) return who.post(form.url, fields);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return who.upload(form.url, body);
};
const ask = (url: string) => (): Promise<Answer> => portal.visitor().get(url);
const stairwell = () => /\/s\/([^/]+)\//.exec(forms.find(({ url }) => url.startsWith("/s/"))?.url ?? "")?.[1] ?? "";
const resident = async () => String((await database.db.selectFrom("grant").select("accountId").where("role", "=", "resident").executeTakeFirstOrThrow()).accountId);
const enrolled = async () => {
  const owes = database.db.selectFrom("account").select("id").where("login", "like", "staff%").where("totpConfirmedAt", "is not", null);
  return String((await owes.executeTakeFirstOrThrow()).id);
};

/** For each limit whom it counts, and what that person is refused. */
const doors: Record<Limit, { who: () => string | Promise<string>; does: () => Promise<Answer> }> = {
  "code-phone-address": { who: () => `13800000101 ${ADDRESS}`, does: send(/^\/sign-in$/) },
  "code-phone": { who: () => "13800000101", does: send(/^\/q\/[^/]+\/bind\?step=phone$/) },
  "code-address": { who: () => ADDRESS, does: send(/\/bind\?step=phone$/) },
  "try-address": { who: () => ADDRESS, does: send(/^\/sign-in\/code$/) },
  "password-address-login": { who: () => `lin ${ADDRESS}`, does: send(/^\/sign-in\/staff$/) },
  "password-login": { who: () => "lin", does: send(/^\/sign-in\/staff$/) },
  "setup-address-login": { who: () => `lin ${ADDRESS}`, does: send(/^\/sign-in\/setup$/) },
  "setup-login": { who: () => "lin", does: send(/^\/sign-in\/setup$/) },
  "code-account": { who: enrolled, does: send(/^\/sign-in\/staff\/code$/) },
  "code-account-day": { who: enrolled, does: send(/^\/sign-in\/staff\/code$/) },
  "slip-wrong": { who: () => ADDRESS, does: ask("/q/0000-0000-0000") },
  "verify-address": { who: () => ADDRESS, does: send(/^\/verify$/) },
  "help-address": { who: () => ADDRESS, does: send(/^\/help$/) },
  "search-address": { who: () => ADDRESS, does: ask("/find?q=ltf") },
  "binding-flat": { who: () => `${stairwell()} 101`, does: send(/^\/s\/[^/]+\/bind\?step=code$/) },
  "objection-address": { who: () => ADDRESS, does: ask(`/o/${"A".repeat(22)}`) },
  "intent-address": { who: () => ADDRESS, does: send(/^\/s\/[^/]+\/intent\?step=check$/) },
  "intent-flat": { who: () => `${stairwell()} 101`, does: send(/^\/s\/[^/]+\/intent\?step=check$/) },
  "ticket-account": { who: resident, does: send(/^\/s\/[^/]+\/tickets\/new\?kind=noise$/) },
  "opinion-account": { who: resident, does: send(/^\/notices\/\d+\/opinion$/) },
};

describe("whoever tries too often", () => {
  it.each(Object.entries(doors))("is told to wait by %s, nobody else is", async (limit, { who, does }) => {
    const tooOften = async (one: string) => {
      await sql`truncate rate_limit`.execute(database.owner.db);
      await createLimits(database.pool, testVault).wait(limit as Limit, one);
      await sql`update rate_limit set points = 1000000 where key like ${`${limit}:%`}`.execute(database.owner.db);
    };
    await tooOften("somebody else");
    expect((await does()).status, "after the tries of somebody else").not.toBe(429);
    await tooOften(await who());
    const answer = await does();
    expect(answer.status).toBe(429);
    expect(answer.body, "there is another way").toMatch(/打电话/);
    expect(answer.body, "what is right is not called wrong").not.toContain("不能用了");
  });
});
