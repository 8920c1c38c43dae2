import { ServerResponse, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { Listener } from "#app/http/listener.server.ts";
import { PageCache } from "#app/http/page-cache.server.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { done } from "../support/consultations.ts";
import { formKey } from "../support/factories.ts";
import { sendRaw } from "../support/raw-http.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";

let portal: RunningPortal;

beforeAll(async () => {
  portal = await runPortal();
});
afterAll(() => portal.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(portal.url + path, { headers, redirect: "manual" });

/** The answer once it is served from memory: only those have an ETag. */
async function kept(path: string, headers: Record<string, string> = {}): Promise<Response> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const response = await get(path, headers);
    if (response.headers.has("ETag")) return response;
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} is not kept`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("did not come to hold");
}

describe("a public page", () => {
  it("is served from memory with all its headers, and not sent again to whoever has it", async () => {
    const first = await get("/s/A1-007");
    const second = await kept("/s/A1-007");
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get("Content-Security-Policy")).toBe(first.headers.get("Content-Security-Policy"));
    const again = await get("/s/A1-007", { "If-None-Match": second.headers.get("ETag") ?? "" });
    expect(again.status).toBe(304);
  });

  it("is not kept with the host that one visitor's request made up", async () => {
    const feed = "/s/A1-007/feed.xml";
    const forged = await sendRaw(Number(new URL(portal.url).port), Buffer.from(`GET ${feed} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`));
    expect([forged.status, forged.body.includes("http://elsewhere.example")]).toEqual([200, true]);
    const next = await (await get(feed)).text();
    expect(next).toContain(portal.url);
    expect(next).not.toContain("elsewhere.example");
  });

  it("is kept for the elder view apart from the normal one", async () => {
    const normal = await (await kept("/help")).text();
    const elder = await (await kept("/help", { Cookie: "view=elder" })).text();
    expect(normal).toContain('data-view="normal"');
    expect(elder).toContain('data-view="elder"');
  });

  it("is rendered anew after a commit that touches it", async () => {
    await kept("/s/A2-004");
    const clerk = await portal.database.db.selectFrom("account").select("id").where("login", "=", "lin").executeTakeFirstOrThrow();
    const { flats } = { flats: await portal.database.db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select("flat.room").where("stairwell.code", "=", "A1-007").execute() };
    await kept("/s/A1-007");
    const deps = { db: portal.database.db, vault: createVault("any"), now: new Date() };
    for (const { room } of flats) {
      await done(
        fileIntent(deps, {
          stairwell: "A1-007", room, choice: "willing", worry: null, channel: "paper", name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: clerk.id, formKey: formKey(),
        }),
      );
    }
    await until(async () => (await (await get("/s/A1-007")).text()).includes("进入加梯储备"));
    expect(await (await kept("/s/A1-007")).text()).toContain("进入加梯储备");
    await until(async () => (await (await get("/reserve")).text()).includes("/s/A1-007"));
  });

  it("stays as it is when a ballot comes in, so that nobody can count them by polling", async () => {
    const { db } = portal.database;
    const open = await db
      .selectFrom("consultation")
      .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
      .select(["consultation.code", "stairwell.code as stairwell"])
      .where("consultation.closesAt", ">", new Date())
      .where("consultation.closedAt", "is", null)
      .limit(1)
      .executeTakeFirstOrThrow();
    const url = `/api/v1/stairwells/${open.stairwell}.json`;
    const before = (await kept(url)).headers.get("ETag");
    const { id: accountId } = await db.selectFrom("account").select("id").where("login", "=", "lin").executeTakeFirstOrThrow();
    const deps = { db, vault: createVault("any"), now: new Date() };
    await done(castBallot(deps, { consultation: open.code, room: "601", choice: "oppose", channel: "paper", accountId, formKey: formKey() }));
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await get(url)).headers.get("ETag")).toBe(before);
    }
  });

  it("is not served from memory while nobody listens for changes, and again once somebody does", async () => {
    await kept("/help");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()`.execute(portal.database.owner.db);
    await until(async () => !(await get("/help")).headers.has("ETag"));
    expect((await get("/help")).status).toBe(200);
    await kept("/help");
  });

  it("is dropped at midnight in Shanghai, when what is set from that day on begins to hold", async () => {
    let now = new Date("2026-11-30T15:59:59Z");
    const pages = new PageCache(() => now);
    const listener = new Listener();
    pages.follow(listener);
    await listener.start(portal.database.url);
    const isServed = () => pages.serve({ method: "GET", headers: {} } as IncomingMessage, new ServerResponse({ method: "HEAD" } as IncomingMessage), "normal /help");
    pages.keep("normal /help", pages.mark, ["district"], new Headers(), Buffer.from("021-50000000"));
    expect(isServed()).toBe(true);
    const before = pages.mark;
    now = new Date("2026-11-30T16:00:00Z");
    expect(isServed()).toBe(false);
    pages.keep("normal /help", before, ["district"], new Headers(), Buffer.from("021-50000000"));
    expect(isServed()).toBe(false);
    await listener.close();
  });

  it("is never the same for a page that knows the person", async () => {
    for (const path of ["/sign-in", "/s/A1-004/intent", "/me", "/desk", "/demo"]) {
      for (let i = 0; i < 3; i++) {
        const response = await get(path);
        expect([path, response.headers.get("ETag"), response.headers.get("Cache-Control")]).toEqual([path, null, "no-store"]);
      }
    }
  });
});
