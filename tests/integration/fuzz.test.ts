import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breakRequests, type BrokenRequest } from "../support/broken-requests.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { everyForm } from "../support/every-form.ts";
import { openPortal } from "../support/portal.ts";
import { INSIDE, missingProtection } from "../support/protecting-headers.ts";
import { dawdle, sendRaw, type RawAnswer } from "../support/raw-http.ts";
import { startPortalProcess, type StartedPortal } from "../support/started-portal.ts";
import { stopRounds, watchTouches, type Touches } from "../support/touches.ts";

/** FUZZ_REQUESTS=20000 FUZZ_SEED=7 npx vitest run --project integration tests/integration/fuzz.test.ts */
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 1_400);
const AT_ONCE = 12;

/** A wrong code is one try less for the right one. */
const TRIES = ["phone_code"];

const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;

let database: TestDatabase;
let portal: StartedPortal;
let touches: Touches;
let broken: (index: number) => BrokenRequest;
/** What is asked in between, and by whom: always the same page. */
let asked: { url: string; session: string | undefined }[];

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  const forms = await everyForm(database, await openPortal(database));
  const { code, consultation, community } = await db
    .selectFrom("consultation").innerJoin("stairwell", "stairwell.id", "consultation.stairwellId").innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.code", "consultation.code as consultation", "community.code as community"]).executeTakeFirstOrThrow();
  const urlOf = (id: string, pattern = "") =>
    forms.find(({ route }) => `routes/${route}` === id)?.url ??
    `/${pattern}`.replace(":code", /consultations|ballots|results/.test(id) ? consultation : /communities/.test(id) ? community : code).replace(":room", "101").replace(/:\w+/g, "1");
  const routes = Object.values(build.routes).flatMap((route) => (route && route.id !== "root" ? [{ id: route.id, url: urlOf(route.id, route.path) }] : []));
  const sessionOf = (route: string) => forms.find((form) => form.route === route)?.who.cookies.get("jiati") ?? "";
  const [clerk, owner, office] = [sessionOf("desk.intents"), sessionOf("me.reminders"), sessionOf("desk.accounts.new")];
  const people = [
    { name: "stranger" },
    { name: "clerk", session: clerk, at: /^routes\/desk\.(?!office|accounts|assessments|firms|help|exports)/ },
    { name: "office", session: office, at: /^routes\/desk\./ },
    { name: "owner", session: owner, at: /^routes\/me/ },
    { name: "assessor", session: sessionOf("desk.assessments._index"), at: /^routes\/desk\.assessments/ },
    { name: "contractor", session: sessionOf("site.$code._index"), at: /^routes\/site/ },
  ];
  broken = breakRequests(SEED, { routes, forms, people });
  asked = [
    { url: `/s/${code}`, session: undefined }, { url: "/sign-in", session: undefined },
    { url: `/desk/s/${code}`, session: clerk }, { url: "/me", session: owner }, { url: "/desk/office", session: office },
  ];
  portal = await startPortalProcess(database, { LOG_LEVEL: "warn" });
  await stopRounds(database);
  touches = await watchTouches(database);
});
afterAll(async () => {
  await portal.close();
  await database.close();
});

/** Of what got no answer nobody knows, but where it was never sent to its end. */
const isRefused = ({ status, headers }: RawAnswer, { over }: BrokenRequest) => (status === 0 && over) || status >= 400 || (status === 302 && (headers.get("Location") ?? "").startsWith("/sign-in"));

function whatIsWrong({ status, headers, body }: RawAnswer): string[] {
  if (status === 0) return [];
  return [
    ...(status >= 500 ? [String(status)] : []),
    ...(INSIDE.test(body) ? ["tells of the inside"] : []),
    ...missingProtection(headers, { secure: true }).map((name) => `${status} without ${name}`),
  ];
}

async function othersAreServed(): Promise<string[]> {
  const answers = await Promise.all(
    asked.map(async ({ url, session }) => {
      const { status } = await fetch(`${portal.url}${url}`, { headers: session ? { Cookie: `__Host-jiati=${session}` } : {}, redirect: "manual" });
      return status === 200 ? [] : [`${url} in between: ${status}`];
    }),
  );
  return answers.flat();
}

/** Sends as many of them at once as `AT_ONCE`; what a refusal has changed is found by sending the refused ones again, one by one. */
async function fuzz(from: number, to: number, count: Map<number, number>): Promise<string[]> {
  const wrong: string[] = [];
  for (let start = from; start < to; start += AT_ONCE) {
    const requests = Array.from({ length: Math.min(AT_ONCE, to - start) }, (_, index) => broken(start + index));
    const answers = await Promise.all(requests.map((request) => sendRaw(portal.port, request.bytes, request)));
    for (const [index, answer] of answers.entries()) {
      count.set(answer.status, (count.get(answer.status) ?? 0) + 1);
      for (const fault of whatIsWrong(answer)) wrong.push(`${requests[index]?.about}: ${fault}`);
    }
    if ((await touches.since()).some((table) => !TRIES.includes(table))) {
      for (const [index, answer] of answers.entries()) {
        const request = requests[index];
        if (!request || !isRefused(answer, request)) continue;
        const again = await sendRaw(portal.port, request.bytes, request);
        const touched = (await touches.since()).filter((table) => !TRIES.includes(table));
        if (isRefused(again, request) && touched.length > 0) wrong.push(`${request.about}: ${again.status} and changed ${touched.join(", ")}`);
      }
    }
    if (start % (AT_ONCE * 20) === 0) wrong.push(...(await othersAreServed()));
  }
  return wrong;
}

describe(`${REQUESTS} broken requests (seed ${SEED})`, () => {
  it("to every route with every method: none fails, tells of the inside, goes without the protecting headers, or is refused and yet changes a row; others are served in between", { timeout: 3_600_000 }, async () => {
    const count = new Map<number, number>();
    expect(await fuzz(0, REQUESTS, count)).toEqual([]);
    expect([...count.keys()]).toEqual(expect.arrayContaining([200, 302, 400, 403, 404, 405, 422]));
    if (process.env["FUZZ_REQUESTS"]) console.log(Object.fromEntries([...count].sort(([a], [b]) => a - b)));
  });

  it("and two hundred connections that never end their request keep nobody from the portal", { timeout: 600_000 }, async () => {
    const slow = await dawdle(portal.port, 200, (index) =>
      index % 2 === 0 ? "GET / HTTP/1.1\r\nHost: portal.test\r\nX-Slow: " : "POST /sign-in HTTP/1.1\r\nHost: portal.test\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 40\r\n\r\nphone=1380",
    );
    try {
      expect(await othersAreServed()).toEqual([]);
      expect(await fuzz(REQUESTS, REQUESTS + 60, new Map())).toEqual([]);
      expect(await othersAreServed()).toEqual([]);
    } finally {
      slow.gone();
    }
  });

  it("leave no failure in what the process has written", () => {
    expect(portal.written().split("\n").filter((line) => /"level":[56]0|request failed/.test(line))).toEqual([]);
  });
});
