import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { everyForm, type KnownForm } from "../support/every-form.ts";
import { formKey } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";

const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;

/** These read no field at all: whoever sends anything to them is signed out. */
const WITHOUT_FIELDS = ["sign-out", "me_.sign-out"];

let database: TestDatabase;
let nobody: TestPortal;
let forms: KnownForm[];

beforeAll(async () => {
  database = await cloneDatabase();
  nobody = await openPortal(database);
  forms = await everyForm(database, nobody);
});
afterAll(() => database.close());

/** What nobody means, whatever the field is for. */
const UNREADABLE = { long: "长".repeat(13_000), control: "1\u00001", bidi: "1\u202E01", invisible: "1\u200B01", surrogate: "\uD800" };
/** What may well stand in a sentence, a name or a password, and nowhere else. */
const MISPLACED = {
  astral: "𠮷🏠", prototype: "__proto__", number: "1e309", negative: "-1", huge: "99999999999999999999", sql: "1'; drop table ballot; --", html: "<script>alert(1)</script>",
};
const SENTENCES = [
  "password", "repeated", "login", "reason", "authorisation", "name", "text", "still", "note", "remark", "seen", "asked", "lines", "stairwells", "caption", "firmName", "source", "purpose", "item", "voucher", "contractNo", "make", "model", "about", "changed", "remedy", "remedyBy", "nextOwner", "factor", "privacyText", "ballotText", "paymentText", "heading", "body", "section", "question", "answer", "work", "problems", "tomorrow",
];

interface Sent {
  status: number;
  /** What the answer finds wrong, by the field's name; null for an answer without a list. */
  errors: { name?: string; message: string }[] | null;
  to: string | null;
}

/** Sends a form as a page would, and reads the answer without the page around it. */
async function send({ route, who, url, upload }: KnownForm, fields: Record<string, string | readonly string[]>, key: string | null = formKey()): Promise<Sent> {
  const at = `${url}${url.includes("?") ? "&" : "?"}_data=${encodeURIComponent(`routes/${route}`)}`;
  const all = { ...fields, ...(key !== null && { "form-key": key }) };
  const parts = new FormData();
  for (const [name, value] of Object.entries(all)) for (const one of [value].flat()) parts.append(name, one as string);
  const answer = upload ? await who.upload(at, parts) : await who.post(at, all);
  const isList = answer.headers.get("Content-Type")?.startsWith("application/json") && !answer.headers.has("X-Remix-Error");
  const { reply } = (isList ? JSON.parse(answer.body) : {}) as { reply?: { errors: { name?: string; message: string }[] } };
  return { status: answer.status, errors: reply?.errors ?? null, to: answer.headers.get("X-Remix-Redirect") };
}

const isSentBack = ({ sendsBack }: KnownForm, { status, to }: Sent) => sendsBack === true && status === 204 && (to?.includes("none") ?? false);
const isRefused = ({ status, errors }: Sent) => status >= 400 && status < 500 && (status !== 422 || errors === null || errors.some(({ message }) => message !== ""));
const isNamed = ({ errors }: Sent, field: string) => errors?.some(({ name }) => name === field) ?? false;

/** How many rows every table has, but for the tries that are counted. */
async function countRows(): Promise<Record<string, unknown>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'rate_limit' order by 1`.execute(database.db);
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join(tables.map(({ name }) => sql`(select count(*) from ${sql.id(name)}) as ${sql.id(name)}`))}`.execute(database.owner.db);
  return rows[0] ?? {};
}

const rested = () => database.db.deleteFrom("rateLimit").execute();

describe("bad input", () => {
  it("is tried at every form that there is", () => {
    const known = new Set([...WITHOUT_FIELDS, ...forms.map(({ route }) => route)]);
    const acting = Object.values(build.routes).flatMap((route) => (route?.module.action ? [route.id.replace(/^routes\//, "")] : []));
    expect(acting.filter((route) => !known.has(route)), "add these to tests/support/every-form.ts").toEqual([]);
    expect([...known].filter((route) => !acting.includes(route))).toEqual([]);
  });

  it("in any field of any form is answered with 4xx, named at its place, and changes nothing", async () => {
    const before = await countRows();
    const wrong: string[] = [];
    for (const form of forms) {
      const { url, good, optional = [] } = form;
      await rested();
      const fields = Object.keys(good);
      let read = fields.length === 0;
      const breaking: [kind: string, value: string, fields: string[]][] = [
        ...Object.entries(UNREADABLE).map(([kind, value]): [string, string, string[]] => [kind, value, fields]),
        ...Object.entries(MISPLACED).map(([kind, value]): [string, string, string[]] => [kind, value, fields.filter((field) => !SENTENCES.includes(field))]),
        ["empty", "", fields.filter((field) => good[field] !== "" && !optional.includes(field))],
      ];
      for (const [kind, value, broken] of breaking) {
        if (broken.length === 0) continue;
        const all = await send(form, { ...good, ...Object.fromEntries(broken.map((field) => [field, value])) });
        read ||= isSentBack(form, all) || all.status === 422 && (all.errors === null || broken.some((field) => isNamed(all, field)));
        if (!isRefused(all) && !isSentBack(form, all)) wrong.push(`${url} ${kind}: ${all.status} ${all.to ?? ""}`);
        // What is well-formed and still means nothing is found one by one.
        for (const field of broken.filter((one) => !isNamed(all, one))) {
          const one = await send(form, { ...good, [field]: value });
          if (!isRefused(one) && !isSentBack(form, one)) wrong.push(`${url} ${field} ${kind}: ${one.status} ${one.to ?? ""}`);
        }
      }
      if (!read) wrong.push(`${url}: its fields were never looked at`);
    }
    expect(wrong).toEqual([]);
    expect(await countRows()).toEqual(before);
  }, 300_000);

  it("names a repeated and an unknown field, and a missing form key", async () => {
    const before = await countRows();
    const wrong: string[] = [];
    for (const form of forms) {
      const { url, good, list } = form;
      await rested();
      const [first] = Object.keys(good);
      const tries: [string, Promise<Sent>][] = [
        ["unknown", send(form, { ...good, surplus: "1" })],
        ["constructor", send(form, { ...good, constructor: "1", ["__proto__"]: "2" })],
        ["no key", send(form, good, null)],
        ["bad key", send(form, good, "x")],
        ...(first && !list ? [["repeated", send(form, { ...good, [first]: [good[first] ?? "", "again"] })] as [string, Promise<Sent>]] : []),
      ];
      for (const [kind, sent] of tries) {
        const answer = await sent;
        const { status, errors } = answer;
        if (isSentBack(form, answer)) continue;
        if (status !== 422 || (errors !== null && errors.length === 0)) wrong.push(`${url} ${kind}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await countRows()).toEqual(before);
  }, 300_000);

  it("that is no form at all is answered with 4xx", async () => {
    const [form] = forms;
    if (!form) throw new Error("no forms");
    const { who, url } = form;
    for (const type of ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""]) {
      const { status } = await who.post(url, { a: "1" }, { "Content-Type": type });
      expect(status, `${url} ${type}`).toBeGreaterThanOrEqual(400);
      expect(status, `${url} ${type}`).toBeLessThan(500);
    }
    expect((await who.post(url, { room: "x".repeat(100_000), "form-key": formKey() })).status).toBe(413);
  });

  it("is told in words where a route has no page of its own; a program gets the status alone", async () => {
    const owner = forms.find(({ route }) => route === "me.reminders")?.who ?? nobody;
    const broken = () => ({ reminders: "sometimes", "form-key": formKey() });
    const told = await owner.post("/me/reminders", broken(), { Accept: "text/html,*/*;q=0.8" });
    expect([told.status, told.body.includes("没有办成"), told.body.includes("什么都没有改动")]).toEqual([422, true, true]);
    const bare = await owner.post("/me/reminders", broken());
    expect([bare.status, bare.body]).toEqual([422, ""]);
  });

  it("in an address is answered with 4xx, never with 5xx", async () => {
    const { code, consultation } = await database.db
      .selectFrom("consultation").innerJoin("stairwell", "stairwell.id", "consultation.stairwellId").select(["stairwell.code", "consultation.code as consultation"]).executeTakeFirstOrThrow();
    const clerk = forms.find(({ route }) => route === "desk.intents")?.who ?? nobody;
    const owner = forms.find(({ route }) => route === "me.reminders")?.who ?? nobody;
    const strange = ["%00", "%FF", "%C0%AF", "..%2f..%2fetc", "%E2%80%AE", "x".repeat(1_900), "__proto__", "constructor", "' or 1=1", "%25", "%ED%A0%80"];
    const wrong: string[] = [];
    for (const part of strange) {
      const asked: [TestPortal, string[]][] = [
        [nobody, [
          `/s/${part}`, `/s/${part}/intent`, `/s/${code}/intent/${part}`, `/communities/${part}`, `/q/${part}`, `/find?q=${part}`, `/progress?stage=${part}`,
          `/reserve?page=${part}`, `/api/v1/stairwells/${part}.json`, `/view?to=${part}&back=${part}`, `/sign-in?to=${part}`, `/${part}`,
          `/s/${code}/intent?step=${part}`, `/s/${code}?_data=${part}`, `/s/${code}/tickets/new?kind=${part}&ballot=${part}&step=${part}`, `/s/${code}/tickets/new?intent=${part}`,
        ]],
        [owner, [`/me/tickets/${part}`, `/me/ballots/${part}?room=${part}`]],
        [clerk, [
          `/desk/s/${part}`, `/desk/consultations/${part}`, `/desk/consultations/${consultation}/${part}`, `/desk?community=${part}`, `/desk/s/${code}?room=${part}&receipt=${part}`,
          `/desk/tickets/${part}`, `/desk/s/${code}/doors/${part}`, `/desk/s/${code}/doors?done=${part}`, `/desk/tickets?show=${part}&page=${part}`,
          `/desk/tickets/new?stairwell=${part}&q=${part}`, `/desk/consultations/${consultation}?room=${part}&channel=${part}`,
        ]],
      ];
      for (const [who, urls] of asked) {
        for (const url of urls) {
          const { status } = await who.get(url);
          if (status >= 500) wrong.push(`${url}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("never leads to another site", async () => {
    for (const back of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example"]) {
      expect((await nobody.get(`/view?to=elder&back=${encodeURIComponent(back)}`)).location).toBe("/");
    }
  });
});
