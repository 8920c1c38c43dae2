import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Live } from "#app/http/live.server.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey } from "../support/factories.ts";
import { openPortal, readStream, type Stream, type TestPortal } from "../support/portal.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { sessionToken } from "../support/sessions.ts";

const HOUR = 3_600_000;

describe("an open board", () => {
  let portal: RunningPortal;
  let opened: OpenedConsultation;
  let clerk: string;
  let colleague: string;
  const clients: AbortController[] = [];
  const tokenOf = (accountId: number) => sessionToken(portal.database.db, accountId, { vault: portal.vault });

  beforeAll(async () => {
    portal = await runPortal();
    opened = await openedConsultation(portal.database.db, { now: new Date(Date.now() - HOUR) });
    clerk = await tokenOf(opened.clerk);
    colleague = await tokenOf(opened.colleague);
  });
  afterAll(async () => {
    for (const client of clients) client.abort();
    await portal.close();
  });

  async function follow(token: string, consultation = opened.consultation): Promise<Stream> {
    const client = new AbortController();
    clients.push(client);
    const response = await fetch(`${portal.url}/desk/consultations/${consultation}/live`, {
      headers: { Cookie: `jiati=${token}`, "Accept-Encoding": "gzip" }, signal: client.signal, redirect: "manual",
    });
    return readStream(response, () => client.abort());
  }

  const deps = () => ({ db: portal.database.db, vault: portal.vault, now: new Date() });

  it("hears of a colleague's ballot, an owner's ballot and a request to void one, and nothing of what they say", async () => {
    const [one, other] = [await follow(clerk), await follow(colleague)];
    expect([one.status, one.headers.get("Content-Type"), one.headers.get("Cache-Control"), one.headers.get("Content-Encoding")]).toEqual([200, "text/event-stream", "no-store", null]);
    await Promise.all([one.until("retry"), other.until("retry")]);
    const casting = { consultation: opened.consultation, accountId: opened.colleague };
    const { seq } = await done(castBallot(deps(), { ...casting, room: "101", choice: "oppose", channel: "paper", formKey: formKey() }));
    expect(await one.until("changed")).toBe("data: changed\n\n");
    expect(await other.until("changed")).toBe("data: changed\n\n");
    const flatIds = opened.stairwell.flats.map(({ id }) => id);
    await done(castBallot(deps(), { ...casting, room: "102", choice: "agree", channel: "online", flatIds, formKey: formKey() }));
    expect(await one.until("changed")).toBe("data: changed\n\n");
    await done(requestVoid(deps(), { ...casting, seq, reason: "不是本人签名", formKey: formKey() }));
    expect(await one.until("changed")).toBe("data: changed\n\n");
    for (const stream of [one, other]) stream.gone();
  });

  it("hears nothing of another consultation, and nothing of what the stairwell does besides", async () => {
    const foreign = await openedConsultation(portal.database.db, { now: new Date(Date.now() - HOUR) });
    const stream = await follow(clerk);
    await stream.until("retry");
    await done(castBallot(deps(), { consultation: foreign.consultation, room: "101", choice: "agree", channel: "paper", accountId: foreign.clerk, formKey: formKey() }));
    await done(
      fileIntent(deps(), {
        stairwell: opened.stairwell.code, room: "101", choice: "willing", worry: null, channel: "paper", name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: opened.clerk, formKey: formKey(),
      }),
    );
    await done(castBallot(deps(), { consultation: opened.consultation, room: "201", choice: "agree", channel: "paper", accountId: opened.clerk, formKey: formKey() }));
    expect(await stream.until("changed")).toBe("data: changed\n\n");
    stream.gone();
  });

  it("looks anew once the connection to the database is back, since it may have missed something", async () => {
    const stream = await follow(clerk);
    await stream.until("retry");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen "jiati%' and datname = current_database()`.execute(portal.database.owner.db);
    expect(await stream.until("changed")).toContain("data: changed");
    stream.gone();
  });

  it("leaves nothing behind when it is closed: as often as one likes, four at a time", async () => {
    for (let round = 0; round < 5; round++) {
      const streams: Stream[] = [];
      // A client that went away is noticed a moment later.
      for (let attempt = 0; streams.length < 4 && attempt < 2_000; attempt++) {
        const stream = await follow(colleague);
        if (stream.status === 200) streams.push(stream);
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(streams).toHaveLength(4);
      expect((await follow(colleague)).status).toBe(429);
      for (const stream of streams) stream.gone();
    }
  });

  it("is only for the committee of the consultation", async () => {
    const { db } = portal.database;
    const elsewhere = await createStairwell(db);
    const { subdistrictId, flats } = opened.stairwell;
    const others = [
      await createAccount(db, "committee", { subdistrictId: elsewhere.subdistrictId, scopeId: elsewhere.committeeId }),
      await createAccount(db, "office", { subdistrictId, scopeId: subdistrictId }),
      await createAccount(db, "resident", { subdistrictId, scopeId: flats[0]?.id ?? 0 }),
    ];
    for (const accountId of others) expect((await follow(await tokenOf(accountId))).status).toBe(403);
    expect((await follow("nobody")).status).toBe(302);
    expect((await follow(clerk, "Q0")).status).toBe(404);
  });

  it("is ended with the portal, which does not wait for it", async () => {
    const stream = await follow(clerk);
    await stream.until("retry");
    await portal.close();
    expect(await stream.until("never said")).toBe("");
  });
});

describe("a stream", () => {
  let database: TestDatabase;
  let opened: OpenedConsultation;
  beforeAll(async () => {
    database = await cloneDatabase();
    opened = await openedConsultation(database.db);
  });
  afterAll(() => database.close());

  async function clerkAt(live: Live, clock = () => new Date()): Promise<TestPortal> {
    const visitor = await openPortal(database, { live, clock });
    visitor.cookies.set("jiati", await sessionToken(database.db, opened.clerk));
    return visitor;
  }
  const url = () => `/desk/consultations/${opened.consultation}/live`;

  it("ends soon after the person has signed out, and says why", async () => {
    const live = new Live({ beat: 20 });
    const clerk = await clerkAt(live);
    const stream = await clerk.stream(url());
    await stream.until(":");
    expect(live.size).toBe(1);
    await clerk.post("/sign-out", {});
    expect(await stream.until("never said")).toMatch(/event: ended\ndata: ended\n\n$/);
    expect(live.size).toBe(0);
  });

  it("ends when the session has expired or the grant is taken away", async () => {
    let now = new Date();
    const live = new Live({ beat: 20 });
    const clerk = await clerkAt(live, () => now);
    const first = await clerk.stream(url());
    await first.until(":");
    now = new Date(now.getTime() + 24 * HOUR);
    expect(await first.until("never said")).toContain("event: ended");
    now = new Date();
    const second = await clerk.stream(url());
    await second.until(":");
    await database.db.updateTable("grant").set({ revokedAt: now }).where("accountId", "=", opened.clerk).execute();
    expect(await second.until("never said")).toContain("event: ended");
    await database.db.updateTable("grant").set({ revokedAt: null }).where("accountId", "=", opened.clerk).execute();
    expect(live.size).toBe(0);
  });

  it("ends by itself after its time, for the browser to ask anew", async () => {
    const live = new Live({ life: 50 });
    const stream = await (await clerkAt(live)).stream(url());
    expect(await stream.until("never said")).toBe("retry: 3000\n\n");
    expect(live.size).toBe(0);
  });

  it("goes on while the database is away: that says nothing about the person", async () => {
    const live = new Live({ beat: 10 });
    const response = live.open({ topic: "Q1", accountId: 1, signal: new AbortController().signal, mayGoOn: () => Promise.reject(new Error("away")) });
    expect(await readStream(response, () => {}).until(":\n\n:\n\n")).toContain(":\n\n:\n\n");
    live.close();
  });

  it("is not kept for a client that is gone, nor for one that asks for the head alone", async () => {
    const live = new Live();
    const clerk = await clerkAt(live);
    const stream = await clerk.stream(url());
    expect(live.size).toBe(1);
    stream.gone();
    await stream.until("never said");
    expect(live.size).toBe(0);
    await clerk.get(url());
    expect(live.size).toBe(0);
    const gone = AbortSignal.abort();
    expect(live.open({ topic: "Q1", accountId: 1, signal: gone, mayGoOn: () => Promise.resolve(true) }).status).toBe(200);
    expect(live.size).toBe(0);
  });

  it("is refused where there are too many, or the portal is closing", () => {
    const live = new Live();
    const open = (accountId: number) => live.open({ topic: "Q1", accountId, signal: new AbortController().signal, mayGoOn: () => Promise.resolve(true) });
    for (let account = 0; account < 125; account++) for (let i = 0; i < 4; i++) expect(open(account).status).toBe(200);
    expect(open(999).status).toBe(503);
    live.close();
    expect(live.size).toBe(0);
    expect(open(1).status).toBe(503);
  });
});
