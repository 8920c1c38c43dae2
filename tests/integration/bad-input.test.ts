import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, formKey, testVault } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { askedTicket } from "../support/tickets.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let clerk: TestPortal;
let owner: TestPortal;
let office: TestPortal;
let contractor: TestPortal;
let nobody: TestPortal;
let ticket: number;
let slip: string;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db, { now: new Date() });
  const { stairwell, clerk: clerkId } = opened;
  await done(issueSlips({ db: database.db, vault: testVault, now: new Date() }, { stairwell: stairwell.code, renew: false, accountId: clerkId, formKey: formKey() }));
  slip = slipCode(testVault, stairwell.flats[0]?.id ?? 0, 1);
  nobody = await openPortal(database);
  clerk = await signedIn(database.db, nobody, clerkId);
  office = await signedIn(database.db, nobody, await createAccount(database.db, "office", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.subdistrictId }));
  contractor = await signedIn(database.db, nobody, await createAccount(database.db, "contractor", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.stairwellId }));
  const ownerId = await createAccount(database.db, "resident", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.flats[0]?.id ?? 0 });
  owner = await signedIn(database.db, nobody, ownerId);
  ticket = await askedTicket(database.db, ["contractor"], { stairwell: stairwell.code, opener: ownerId, clerk: clerkId });
  await mayLook(database.db, { consultation: opened.consultation, accountId: clerkId });
});
afterAll(() => database.close());

/** Every form of the portal with a good filling; `who` sends it. */
function forms(): { name: string; who: TestPortal; url: string; good: Record<string, string> }[] {
  const { code } = opened.stairwell;
  const { consultation } = opened;
  return [
    { name: "flat of an intent", who: nobody, url: `/s/${code}/intent?step=flat`, good: { room: "101" } },
    { name: "sign-in by phone", who: nobody, url: "/sign-in", good: { phone: "13800000101" } },
    { name: "sign-in of staff", who: nobody, url: "/sign-in/staff", good: { login: "lin", password: "x" } },
    { name: "intent at the desk", who: clerk, url: `/desk/s/${code}/intent`, good: { room: "101", choice: "willing", channel: "paper", worry: "", needsHelp: "", name: "", phone: "" } },
    { name: "decision on an intent", who: clerk, url: "/desk/intents", good: { intent: "1", decision: "confirm" } },
    { name: "question of the roll", who: clerk, url: `/desk/s/${code}/questions`, good: { question: "1", answer: "same" } },
    { name: "flat of a binding", who: nobody, url: `/s/${code}/bind?step=flat`, good: { room: "101" } },
    { name: "owner of a slip", who: nobody, url: `/q/${slip}/bind?step=owner`, good: { owner: "no" } },
    { name: "phone of a slip", who: nobody, url: `/q/${slip}/bind?step=phone`, good: { phone: "13800000101" } },
    { name: "decision on a binding", who: clerk, url: "/desk/bindings", good: { request: "1", verdict: "approved", owner: "", title: "yes", "id-card": "", contract: "", other: "", note: "" } },
    { name: "end of a binding", who: clerk, url: `/desk/s/${code}/people`, good: { what: "binding", id: "999999", reason: "手机丢了" } },
    { name: "ballot read aloud", who: clerk, url: `/desk/consultations/${consultation}/read?room=101&choice=agree`, good: { owner: "999999", name: "" } },
    { name: "slips", who: clerk, url: `/desk/s/${code}/slips`, good: { renew: "no" } },
    { name: "opening", who: clerk, url: `/desk/s/${code}/consultation`, good: { ruleset: "cn-civil-278-major", closesOn: "2027-01-01" } },
    { name: "ballot at the desk", who: clerk, url: `/desk/consultations/${consultation}`, good: { room: "101", choice: "agree", channel: "paper", receivedOn: "", authorisation: "", seen: "", page: "", authorisationPage: "" } },
    { name: "page of paper", who: clerk, url: `/desk/consultations/${consultation}/paper/1`, good: { step: "aside", reason: "duplicate", seq: "" } },
    { name: "second person's word", who: clerk, url: `/desk/consultations/${consultation}/check`, good: { seq: "1", verdict: "disagreed", wrong: "choice", note: "" } },
    { name: "several consultations", who: clerk, url: "/desk/consultations/new", good: { closesOn: "2099-01-01", ruleset: "cn-civil-278-major", stairwell: opened.stairwell.code } },
    { name: "look at ballots", who: clerk, url: `/desk/consultations/${consultation}/look`, good: { purpose: "other", reason: "法院调取" } },
    { name: "void", who: clerk, url: `/desk/consultations/${consultation}/101`, good: { seq: "1", step: "request", reason: "代签", code: "123456" } },
    { name: "end", who: clerk, url: `/desk/consultations/${consultation}/end`, good: { step: "certify", reason: "", code: "123456" } },
    { name: "export of a roll", who: clerk, url: `/desk/s/${code}/roll/export`, good: { reason: "核对", format: "csv" } },
    { name: "days of a setting", who: office, url: "/desk/office/settings/paper-grace", good: { graceDays: "4", fromDay: "2099-01-01" } },
    { name: "sum of a setting", who: office, url: "/desk/office/settings/city-subsidy", good: { subsidy: "share", amount: "280000", percent: "40", fromDay: "2099-01-01" } },
    { name: "list of a setting", who: office, url: "/desk/office/settings/milestones", good: { lines: "进场；3 天", fromDay: "2099-01-01" } },
    { name: "phone of a ticket", who: nobody, url: `/s/${code}/tickets/new?kind=noise`, good: { phone: "13800000101" } },
    { name: "objection to a ballot", who: owner, url: `/s/${code}/tickets/new?ballot=${consultation}.1`, good: { text: "", room: "" } },
    { name: "ticket of a caller", who: clerk, url: "/desk/tickets/new", good: { stairwell: code, channel: "phone", kind: "noise", text: "夜里施工", room: "", name: "", phone: "" } },
    { name: "step of a ticket", who: clerk, url: `/desk/tickets/${ticket}`, good: { step: "note", text: "已联系", committee: "", contractor: "", agent: "", office: "" } },
    { name: "answer on the site", who: contractor, url: `/site/tickets/${ticket}`, good: { step: "answer", text: "已停工" } },
    { name: "word of the opener", who: owner, url: `/me/tickets/${ticket}`, good: { step: "not-solved", still: "还是吵" } },
    { name: "visit at a door", who: clerk, url: `/desk/s/${code}/doors/102`, good: { outcome: "met", note: "周末在家" } },
    { name: "visit taken back", who: clerk, url: `/desk/s/${code}/doors`, good: { visit: "1" } },
    { name: "ballot online", who: owner, url: `/me/ballots/${consultation}`, good: { room: "101", choice: "agree", seen: "" } },
  ];
}

const BROKEN = {
  long: "长".repeat(5_000),
  control: "1\u00001",
  bidi: "1\u202E01",
  invisible: "1\u200B01",
  surrogate: "\uD800",
  prototype: "__proto__",
  number: "1e309",
  negative: "-1",
  huge: "99999999999999999999",
  sql: "1'; drop table ballot; --",
  html: "<script>alert(1)</script>",
};

/** How many rows every table has that keeps what people did. */
async function countRows(): Promise<unknown> {
  const tables = ["intent", "intent_confirmation", "ballot", "ballot_void_request", "ballot_look", "code_use", "ballot_check", "ballot_undo", "ballot_page", "ballot_image", "consultation", "certificate", "slip", "owner_question", "log_entry", "outbox", "form_post", "session", "setting", "roll_export", "ticket", "ticket_step", "visit", "visit_note", "visit_undo"];
  const { rows } = await sql`select ${sql.join(tables.map((t) => sql`(select count(*) from ${sql.id(t)}) as ${sql.id(t)}`))}`.execute(database.db);
  return rows;
}

describe("bad input", () => {
  it("in any field of any form is answered with 4xx and changes nothing", async () => {
    const before = await countRows();
    const wrong: string[] = [];
    for (const { name, who, url, good } of forms()) {
      for (const field of Object.keys(good)) {
        for (const [kind, value] of Object.entries(BROKEN)) {
          // What is broken for a room is a fair password or reason.
          if (["password", "login", "reason", "authorisation", "name", "text", "still", "note"].includes(field) && ["sql", "html", "number", "negative", "huge", "prototype"].includes(kind)) continue;
          if (field === "phone" || field === "intent" || field === "question" || field === "seq" || !["number"].includes(kind)) {
            const { status, location } = await who.post(url, { ...good, [field]: value, "form-key": formKey() });
            if (status < 400 || status >= 500) wrong.push(`${name} ${field} ${kind}: ${status} ${location ?? ""}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await countRows()).toEqual(before);
  }, 300_000);

  it("names a repeated and an unknown field, and a missing form key", async () => {
    const before = await countRows();
    for (const { who, url, good } of forms()) {
      const [first = ""] = Object.keys(good);
      expect((await who.post(url, { ...good, [first]: [good[first] ?? "", "again"], "form-key": formKey() })).status).toBe(422);
      const unknown = await who.post(url, { ...good, surplus: "1", "form-key": formKey() });
      expect([url, unknown.status]).toEqual([url, 422]);
      expect((await who.post(url, good)).status).toBe(422);
      expect((await who.post(url, { ...good, constructor: "1", __proto__: "2", "form-key": formKey() })).status).toBe(422);
    }
    expect(await countRows()).toEqual(before);
  });

  it("that is no form at all is answered with 4xx", async () => {
    for (const { who, url } of forms()) {
      for (const type of ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""]) {
        const { status } = await who.post(url, { a: "1" }, { "Content-Type": type });
        expect(status, `${url} ${type}`).toBeGreaterThanOrEqual(400);
        expect(status, `${url} ${type}`).toBeLessThan(500);
      }
      const { status } = await who.post(url, { reason: "x".repeat(100_000), "form-key": formKey() });
      expect(status).toBe(413);
    }
  });

  it("in an address is answered with 4xx, never with 5xx", async () => {
    const { code } = opened.stairwell;
    const strange = ["%00", "%FF", "%C0%AF", "..%2f..%2fetc", "%E2%80%AE", "x".repeat(1_900), "__proto__", "constructor", "' or 1=1", "%25", "%ED%A0%80"];
    const wrong: string[] = [];
    for (const part of strange) {
      for (const url of [
        `/s/${part}`, `/s/${part}/intent`, `/s/${code}/intent/${part}`, `/communities/${part}`, `/q/${part}`, `/find?q=${part}`, `/progress?stage=${part}`,
        `/reserve?page=${part}`, `/api/v1/stairwells/${part}.json`, `/view?to=${part}&back=${part}`, `/sign-in?to=${part}`, `/${part}`,
        `/s/${code}/intent?step=${part}`, `/s/${code}?_data=${part}`,
      ]) {
        const { status } = await nobody.get(url);
        if (status >= 500) wrong.push(`${url}: ${status}`);
      }
      for (const url of [`/desk/s/${part}`, `/desk/consultations/${part}`, `/desk/consultations/${opened.consultation}/${part}`, `/desk?community=${part}`, `/desk/s/${code}?room=${part}&receipt=${part}`, `/desk/tickets/${part}`, `/desk/s/${code}/doors/${part}`, `/desk/s/${code}/doors?done=${part}`, `/desk/tickets?show=${part}&page=${part}`, `/desk/tickets/new?stairwell=${part}&q=${part}`, `/me/tickets/${part}`, `/s/${code}/tickets/new?kind=${part}&ballot=${part}&step=${part}`, `/desk/consultations/${opened.consultation}?room=${part}&channel=${part}`]) {
        const { status } = await clerk.get(url);
        if (status >= 500) wrong.push(`${url}: ${status}`);
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
