import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { site } from "#app/i18n/zh-CN/site.ts";
import { draftedAssessment } from "../support/assessments.ts";
import { openedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { askedTicket } from "../support/tickets.ts";

const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
/** Those that are pages: what is no page has nothing to show. */
const patterns = Object.values(build.routes).flatMap((route) => (!route?.module.default || route.id === "root" ? [] : [{ id: route.id, pattern: route.path ?? "" }]));

let database: TestDatabase;
type Person = "stranger" | "clerk" | "office" | "assessor" | "contractor" | "resident";
let people: Record<Person, TestPortal>;
let given: Record<string, string>;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  const { stairwell, consultation, clerk } = await openedConsultation(db);
  const { subdistrictId, stairwellId, flats } = stairwell;
  const account = (role: Parameters<typeof createAccount>[1], scopeId: number | null) => createAccount(db, role, { subdistrictId, scopeId });
  const assessor = await account("assessor", stairwellId);
  const resident = await account("resident", flats[0]?.id ?? 0);
  const ticket = await askedTicket(db, ["committee", "contractor"], { stairwell: stairwell.code, opener: resident, clerk });
  const { assessment } = await draftedAssessment(db, stairwell, { by: { first: assessor, second: clerk } });
  given = { code: stairwell.code, consultation, room: "101", ticket: String(ticket), assessment: String(assessment), account: String(clerk), role: "clerk", topic: "cost" };
  const stranger = await openPortal(database, { demo: true });
  const as = (accountId: number) => signedIn(db, stranger, accountId);
  people = {
    stranger, clerk: await as(clerk), assessor: await as(assessor), resident: await as(resident),
    office: await as(await account("office", subdistrictId)), contractor: await as(await account("contractor", stairwellId)),
  };
});
afterAll(() => database.close());

const isPage = ({ headers, body }: Answer) => (headers.get("Content-Type") ?? "").startsWith("text/html") && body !== "";

/** The route as an address: with what there is, and where there is nothing to fill in, something unknown. */
function addressOf({ id, pattern }: { id: string; pattern: string }): string {
  const code = /consultations|ballots/.test(id) ? given["consultation"] : given["code"];
  return `/${pattern}`.replace(":code", code ?? "").replace(/:(\w+)/g, (_, name: string) => given[name] ?? "x");
}

/** Whose page it is. */
function ownerOf(id: string): Person {
  if (/^routes\/desk\.(office|accounts|firms|help)/.test(id)) return "office";
  if (/^routes\/desk\.assessments/.test(id)) return "assessor";
  if (/^routes\/(desk|account)/.test(id)) return "clerk";
  if (/^routes\/site\./.test(id)) return "contractor";
  return /^routes\/(me|notices\.\$id_)/.test(id) ? "resident" : "stranger";
}

describe("the practice ground", () => {
  it("says on every page, those of errors too, that nothing in it counts", async () => {
    let [opened, silent]: [number, string[]] = [0, []];
    const see = (what: string, answer: Answer) => {
      if (isPage(answer) && !answer.body.includes(site.demoNotice)) silent = [...silent, what];
      return answer;
    };
    for (const route of patterns) {
      const address = addressOf(route);
      if (see(address, await people[ownerOf(route.id)].get(address)).status === 200) opened++;
    }
    const { stranger } = people;
    for (const address of ["/nowhere", "/s/NOBODY-1", "/desk/nowhere", "/%E0%A4%A", `/${"x".repeat(3_000)}`, "/desk"]) see(address, await stranger.get(address));
    see("a foreign form", await stranger.post("/sign-in", {}, { Origin: "https://elsewhere.test" }));
    expect(silent).toEqual([]);
    expect(opened).toBeGreaterThan(60);
  });
});
