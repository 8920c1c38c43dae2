import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketParties } from "#app/domain/ticket.ts";
import { whoMay, type Policy, type RouteHandle } from "#app/http/who-may.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { listGrants } from "#db/queries/accounts.server.ts";
import { draftedAssessment } from "../support/assessments.ts";
import { openedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { missingProtection } from "../support/protecting-headers.ts";
import { signedIn } from "../support/sessions.ts";
import { askedTicket } from "../support/tickets.ts";

/** Who may, by policy; everybody else is sent away. `own` is the person in whose scope the URL lies. */
const people = [
  "nobody", "own resident", "other resident", "own clerk", "other clerk", "own office", "other office", "own assessor", "other assessor",
  "own contractor", "other contractor", "own agent", "other agent", "own supervisor", "other supervisor", "admin",
] as const;
type Person = (typeof people)[number];

const allowed: Record<Policy, readonly Person[]> = {
  public: people,
  demo: [],
  "signed-in": people.filter((person) => person !== "nobody"),
  staff: ["own clerk", "other clerk", "own office", "other office"],
  committee: ["own clerk", "other clerk"],
  office: ["own office", "other office"],
  accounts: ["own office", "other office", "admin"],
  "account-in-scope": ["own office", "admin"],
  assessor: ["own assessor", "other assessor"],
  site: ["own contractor", "other contractor", "own agent", "other agent", "own supervisor", "other supervisor"],
  builder: ["own contractor", "other contractor", "own agent", "other agent"],
  "committee-of-stairwell": ["own clerk"],
  "committee-of-consultation": ["own clerk"],
  "staff-of-stairwell": ["own clerk", "own office"],
  "staff-of-consultation": ["own clerk", "own office"],
  "look-of-consultation": ["own clerk", "own office"],
  "assessor-of-stairwell": ["own assessor"],
  "site-of-stairwell": ["own contractor", "own agent"],
  "people-of-stairwell": ["own clerk", "own office", "own assessor", "own contractor", "own agent", "own supervisor"],
  "works-of-stairwell": ["own clerk", "own office", "own supervisor"],
  "money-of-stairwell": ["own clerk", "own agent"],
  "owner-on-roll": ["own resident"],
  file: ["own clerk"],
  "assessors-of-assessment": ["own clerk", "own office", "own assessor"],
  "opener-of-ticket": ["own resident"],
  "desk-of-ticket": ["own clerk", "own office"],
  "asked-of-ticket": ["own contractor", "own agent"],
};

/** The office looks at what a committee does and leaves it to them. */
const mayPost = (policy: Policy, person: Person) =>
  allowed[policy].includes(person) &&
  !(/^(staff|people|works)-of/.test(policy) && person === "own office") &&
  !(policy === "assessors-of-assessment" && person !== "own assessor");

const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
const routes = Object.values(build.routes).flatMap((route) =>
  route === undefined || route.id === "root" ? [] : [{ id: route.id, path: route.path ?? "", handle: route.module.handle as RouteHandle | undefined }],
);

let database: TestDatabase;
let sessions: Map<Person, TestPortal>;
let accounts: Partial<Record<Person, number>>;
let names: { stairwell: string; consultation: string; community: string; file: string; ticket: string; assessment: string };

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  const opened = await openedConsultation(db);
  const { stairwell, consultation } = opened;
  const foreign = await createStairwell(db);
  const account = (role: Parameters<typeof createAccount>[1], subdistrictId: number, scopeId: number | null) => createAccount(db, role, { subdistrictId, scopeId });
  const mine = stairwell.subdistrictId;
  accounts = {
    "own resident": await account("resident", mine, stairwell.flats[0]?.id ?? 0),
    "other resident": await account("resident", foreign.subdistrictId, foreign.flats[0]?.id ?? 0),
    "own clerk": await account("committee", mine, stairwell.committeeId),
    "other clerk": await account("committee", foreign.subdistrictId, foreign.committeeId),
    "own office": await account("office", mine, mine),
    "other office": await account("office", foreign.subdistrictId, foreign.subdistrictId),
    "own assessor": await account("assessor", mine, stairwell.stairwellId),
    "other assessor": await account("assessor", foreign.subdistrictId, foreign.stairwellId),
    "own contractor": await account("contractor", mine, stairwell.stairwellId),
    "other contractor": await account("contractor", foreign.subdistrictId, foreign.stairwellId),
    "own agent": await account("agent", mine, stairwell.stairwellId),
    "other agent": await account("agent", foreign.subdistrictId, foreign.stairwellId),
    "own supervisor": await account("supervisor", mine, stairwell.stairwellId),
    "other supervisor": await account("supervisor", foreign.subdistrictId, foreign.stairwellId),
    admin: await account("admin", mine, null),
  };
  const ticket = await askedTicket(db, ticketParties, { stairwell: stairwell.code, opener: accounts["own resident"] ?? 0, clerk: opened.clerk });
  const { assessment } = await draftedAssessment(db, stairwell, { by: { first: accounts["own assessor"] ?? 0, second: 0 } });
  const portal = await openPortal(database);
  sessions = new Map();
  for (const person of people) {
    const accountId = accounts[person];
    sessions.set(person, accountId === undefined ? portal.visitor() : await signedIn(db, portal, accountId));
  }
  const community = await db.selectFrom("community").select("code").where("id", "=", stairwell.communityId).executeTakeFirstOrThrow();
  const bytes = await photo();
  const scan = await storeFile(
    { db, vault: testVault, storage: database.storage, now: new Date() },
    { bytes, kind: "scan", subdistrictId: mine, accountId: accounts["own clerk"] ?? 0 },
  );
  names = { stairwell: stairwell.code, consultation, community: community.code, file: scan.ok ? scan.fileId : "", ticket: String(ticket), assessment: String(assessment) };
});
afterAll(() => database.close());

/** The URL of a route for what the own people own. */
function urlOf(route: { id: string; path: string }): string {
  const code = /consultations|ballots/.test(route.id) ? names.consultation : /communities/.test(route.id) ? names.community : names.stairwell;
  return `/${route.path}`
    .replace(":code", code)
    .replace(":id/:size", `${names.file}/screen`)
    .replace(":room", "101")
    .replace(":receipt", "0000-0000-00")
    .replace(":ticket", names.ticket)
    .replace(":assessment", names.assessment)
    .replace(":account", String(accounts["own clerk"]))
    .replace(/:\w+/g, "x");
}

function sentAway({ status, location }: { status: number; location: string | null }): boolean {
  return status === 403 || (status === 302 && location !== null && location.startsWith("/sign-in"));
}

describe("every policy", () => {
  it.each(Object.keys(allowed) as Policy[])("%s says yes to whom it names, in the own scope alone", async (policy) => {
    const code = /consultation|roll/.test(policy) ? names.consultation : names.stairwell;
    const wrong: string[] = [];
    for (const person of people) {
      const accountId = accounts[person];
      const actor = accountId === undefined ? undefined : { accountId, subdistrictId: 0, name: person, grants: await listGrants(database.db, accountId) };
      for (const [method, may] of [["GET", allowed[policy].includes(person)], ["POST", mayPost(policy, person)]] as const) {
        const verdict = await whoMay(policy, { actor, params: { code, id: names.file, ticket: names.ticket, assessment: names.assessment, account: String(accounts["own clerk"]) }, method, db: database.db, demo: false, now: new Date() });
        if ((verdict === "yes") !== may) wrong.push(`${method} ${person}: ${verdict}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("every route", () => {
  it("states who may use it", () => {
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter((route) => route.handle?.policy === undefined || !(route.handle.policy in allowed)).map((route) => route.id)).toEqual([]);
  });

  it.each(routes.map((route) => [route.id, route] as const))("%s lets in whom its policy names, to read and to post, and nobody else, with the protecting headers", async (_, route) => {
    const policy = route.handle?.policy ?? "public";
    const wrong: string[] = [];
    for (const person of people) {
      const visitor = sessions.get(person);
      if (!visitor) throw new Error(person);
      const url = urlOf(route);
      const read = await visitor.get(url);
      // Signing out would end the session that the other routes are tried with.
      const posted = route.id.includes("sign-out") ? read : await visitor.post(url, { "form-key": formKey(), nothing: "1" });
      for (const [answer, may] of [[read, allowed[policy].includes(person)], [posted, mayPost(policy, person)]] as const) {
        const away = policy === "demo" ? answer.status === 404 : sentAway(answer);
        // The page for the code leads back to the one before it where no code was asked for.
        const startsAgain = /sign-in\.(code|staff)/.test(route.id) && /^\/sign-in(\/staff\?lost=late)?$/.test(answer.location ?? "");
        if ((away === may && !startsAgain) || answer.status >= 500) wrong.push(`${person}: ${answer.status} ${answer.location ?? ""}`);
        for (const name of missingProtection(answer.headers, { secure: false, personal: policy !== "public" })) wrong.push(`${person}: ${answer.status} without ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("answers a post from another site with 403 and changes nothing", async () => {
    const clerk = sessions.get("own clerk");
    const before = await database.db.selectFrom("intent").select("id").execute();
    const form = { room: "101", choice: "willing", channel: "paper", "form-key": formKey() };
    const url = `/desk/s/${names.stairwell}/intent`;
    const foreign: Record<string, string>[] = [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "", Origin: "https://evil.example" }, { "Sec-Fetch-Site": "", Origin: "null" }];
    for (const headers of foreign) {
      expect((await clerk?.post(url, form, headers))?.status).toBe(403);
      expect((await clerk?.post(`${url}?_data=routes%2Fdesk.s.%24code.intent`, form, headers))?.status).toBe(403);
    }
    expect(await database.db.selectFrom("intent").select("id").execute()).toEqual(before);
    expect((await clerk?.post(url, form))?.status).toBe(302);
  });

  it("that runs scripts names them by a nonce of this answer alone", async () => {
    const visitor = sessions.get("nobody");
    const nonces = [];
    for (let times = 0; times < 2; times++) {
      const { headers, body } = (await visitor?.get(`/s/${names.stairwell}/intent`)) ?? { headers: new Headers(), body: "" };
      const nonce = /'nonce-([\w-]+)'/.exec(headers.get("Content-Security-Policy") ?? "")?.[1];
      expect(nonce).toBeTruthy();
      expect(body).toContain(`nonce="${nonce}"`);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
    expect((await visitor?.get("/sign-in"))?.headers.get("Content-Security-Policy")).toContain("script-src 'none'");
  });
});
