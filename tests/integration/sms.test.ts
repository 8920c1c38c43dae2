import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSms, type Sms } from "#app/integrations/sms.server.ts";
import { startJobs, type Jobs } from "#app/jobs.server.ts";
import { sendSignInCode } from "#app/use-cases/account/sign-in-by-phone.server.ts";
import { deliverMessage, MOST_SENDINGS } from "#app/use-cases/outbox/deliver-message.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { insertMessage } from "#db/queries/outbox.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createOwner, createStairwell, createSubdistrict, formKey, testVault } from "../support/factories.ts";
import { openSmsGateway, smsSettings, type SmsGateway } from "../support/gateways/aliyun-sms.ts";

const PHONE = "13800000501";
const SOON = { timeout: 60_000, interval: 50 };
let database: TestDatabase;
let gateway: SmsGateway;

beforeAll(async () => {
  database = await cloneDatabase();
});
beforeEach(() => {
  gateway = openSmsGateway();
});
afterEach(() => gateway.close());
afterAll(() => database.close());

function client(options: Parameters<typeof createSms>[1] = {}, settings = smsSettings): Sms {
  const sms = createSms(settings, options);
  if (!sms) throw new Error("no settings");
  return sms;
}

const deps = (now = new Date()): Deps => ({ db: database.db, vault: testVault, now });
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);

/** A sign-in code in the outbox; answers with the message's number. */
async function writeMessage({ phone = PHONE, code = "271828" }: { phone?: string; code?: string } = {}): Promise<number> {
  const { subdistrictId } = await createSubdistrict(database.db);
  await database.db.transaction().execute((tx) =>
    insertMessage(tx, {
      kind: "sign-in-code",
      subdistrictId,
      phoneHash: testVault.hash("phone", phone),
      phoneCipher: testVault.seal(phone),
      textCipher: testVault.seal(`验证码 ${code}`),
      paramsCipher: testVault.seal(JSON.stringify({ code })),
      createdAt: new Date(),
      expiresAt: minutesFromNow(10),
    }),
  );
  return (await database.db.selectFrom("outbox").select("id").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow()).id;
}

const readMessage = (id: number) =>
  database.db.selectFrom("outbox").select(["sentAt", "deadAt", "tries", "lastError"]).where("id", "=", id).executeTakeFirstOrThrow();

const jobOf = async (id: number) =>
  (await sql<{ attempts: number }>`select attempts from graphile_worker.jobs where key = ${`outbox:${id}`}`.execute(database.db)).rows[0];

/** Waits until the message is done with; fails after ten seconds. */
async function settled(id: number) {
  return vi.waitUntil(async () => {
    const row = await readMessage(id);
    return (row.sentAt ?? row.deadAt) ? row : null;
  }, SOON);
}

describe("the gateway's client", () => {
  const message = { phone: PHONE, template: "intent-code", params: { code: "012345" }, reference: "outbox-1" } as const;

  it("asks for the message in the words of the gateway, signed, each time with another nonce", async () => {
    expect([await client().send(message), await client().send(message)]).toEqual([{ state: "sent" }, { state: "sent" }]);
    const asked = {
      PhoneNumbers: PHONE,
      SignName: "加梯一键通（测试）",
      TemplateCode: "SMS_100002",
      TemplateParam: '{"code":"012345"}',
      OutId: "outbox-1",
    };
    expect(gateway.requests).toEqual([asked, asked]);
  });

  it("signs what must be escaped", async () => {
    const params = { name: "O'Neil (2+2=4)*! ~ 100% & 电梯\n" };
    expect(await client().send({ ...message, params })).toEqual({ state: "sent" });
    expect(JSON.parse(gateway.requests[0]?.TemplateParam ?? "")).toEqual(params);
  });

  it.each([
    ["a bad number", { code: "isv.MOBILE_NUMBER_ILLEGAL" }, "refused"],
    ["a signature that was not approved", { code: "isv.SMS_SIGNATURE_ILLEGAL" }, "refused"],
    ["a template that was not approved", { code: "isv.SMS_TEMPLATE_ILLEGAL" }, "refused"],
    ["a blocked content", { code: "isv.BLACK_KEY_CONTROL_LIMIT" }, "refused"],
    ["a throttled number", { code: "isv.BUSINESS_LIMIT_CONTROL", message: `触发分钟级流控 ${PHONE}` }, "later"],
    ["an account without credit", { code: "isv.AMOUNT_NOT_ENOUGH" }, "later"],
    ["a code that nobody knows", { code: "isv.SOMETHING_NEW" }, "later"],
    ["a throttled account", { code: "Throttling.User", status: 400 }, "later"],
    ["its own fault, said in its words", { code: "ServiceUnavailable", status: 503 }, "later"],
  ] as const)("tells %s by the gateway's code", async (_, reply, state) => {
    gateway.says(reply);
    expect(await client().send(message)).toEqual({ state, code: reply.code });
  });

  it.each([
    ["a fault of a server on the way", { body: "<html>Bad Gateway</html>", status: 502 }, "http-502"],
    ["an OK with the status of a fault", { code: "OK", status: 500 }, "http-500"],
    ["a body that is no JSON", { body: "<html>", status: 200 }, "malformed"],
    ["a body cut short", { body: '{"Code":"O', status: 200 }, "malformed"],
    ["a body without a code", { body: '{"Message":"OK"}', status: 200 }, "malformed"],
    ["a code that is a sentence", { body: JSON.stringify({ Code: `bad number ${PHONE}` }), status: 200 }, "malformed"],
    ["a broken connection", "no-connection", "connection"],
    ["no answer in time", "no-answer", "timeout"],
  ] as const)("tells %s from an answer", async (_, reply, code) => {
    gateway.says(reply);
    expect(await client(reply === "no-answer" ? { timeoutMs: 200 } : {}).send(message)).toEqual({ state: "later", code });
  });

  it("with another secret, or a clock that is wrong, is turned away and may try again", async () => {
    const wrong = client({}, { ...smsSettings, accessKeySecret: "another" });
    expect(await wrong.send(message)).toEqual({ state: "later", code: "SignatureDoesNotMatch" });
    expect(await client({ now: () => minutesFromNow(-20) }).send(message)).toEqual({ state: "later", code: "InvalidTimeStamp.Expired" });
    expect(gateway.requests).toEqual([]);
  });

  it("does not exist without settings", () => {
    expect(createSms(null)).toBeNull();
  });
});

describe("a message in the outbox", () => {
  it("is sent once, to the phone and with the code it was written for", async () => {
    const id = await writeMessage({ code: "314159" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "sent" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "settled" });
    expect(gateway.requests).toMatchObject([
      { PhoneNumbers: PHONE, TemplateCode: "SMS_100001", TemplateParam: '{"code":"314159"}', OutId: `outbox-${id}` },
    ]);
    expect(await readMessage(id)).toMatchObject({ sentAt: expect.any(Date), deadAt: null, tries: 1, lastError: null });
  });

  it("waits when the gateway cannot take it now, and is sent when it can", async () => {
    const id = await writeMessage();
    gateway.says({ code: "isv.BUSINESS_LIMIT_CONTROL" }, { body: "", status: 503 }, { code: "OK" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "later", reason: "isv.BUSINESS_LIMIT_CONTROL" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "later", reason: "http-503" });
    expect(await readMessage(id)).toEqual({ sentAt: null, deadAt: null, tries: 2, lastError: "http-503" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "sent" });
    expect(await readMessage(id)).toMatchObject({ sentAt: expect.any(Date), tries: 3 });
  });

  it("is given up at once when it is refused for good", async () => {
    const id = await writeMessage();
    gateway.says({ code: "isv.MOBILE_NUMBER_ILLEGAL" }, { code: "OK" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "dead", reason: "isv.MOBILE_NUMBER_ILLEGAL" });
    expect(await readMessage(id)).toEqual({ sentAt: null, deadAt: expect.any(Date), tries: 1, lastError: "isv.MOBILE_NUMBER_ILLEGAL" });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "settled" });
    expect(gateway.requests).toHaveLength(1);
  });

  it("is given up after the eighth try", async () => {
    const id = await writeMessage();
    gateway.says({ code: "isp.SYSTEM_ERROR" });
    const states = [];
    for (let i = 0; i < MOST_SENDINGS; i++) states.push((await deliverMessage(deps(), client(), id)).state);
    expect(states).toEqual([...Array<string>(7).fill("later"), "dead"]);
    expect(await readMessage(id)).toMatchObject({ deadAt: expect.any(Date), tries: 8, lastError: "isp.SYSTEM_ERROR" });
  });

  it("with a code that no longer holds is not sent any more", async () => {
    const id = await writeMessage();
    const { expiresAt } = await database.db.selectFrom("outbox").select("expiresAt").where("id", "=", id).executeTakeFirstOrThrow();
    expect(await deliverMessage(deps(expiresAt), client(), id)).toEqual({ state: "dead", reason: "expired" });
    expect(await readMessage(id)).toEqual({ sentAt: null, deadAt: expiresAt, tries: 0, lastError: "expired" });
    expect(gateway.requests).toEqual([]);

    const inTime = await writeMessage();
    expect(await deliverMessage(deps(minutesFromNow(9.9)), client(), inTime)).toEqual({ state: "sent" });
  });

  it("is sent once by two workers at the same moment", async () => {
    const id = await writeMessage();
    gateway.beforeAnswer(() => pause(300));
    const both = await Promise.all([deliverMessage(deps(), client(), id), deliverMessage(deps(), client(), id)]);
    expect(both.map(({ state }) => state).sort()).toEqual(["busy", "sent"]);
    expect(gateway.requests).toHaveLength(1);
  });

  it("whose record was lost between the gateway's yes and the commit is sent again, as nothing can prevent", async () => {
    const id = await writeMessage();
    gateway.beforeAnswer(async () => {
      gateway.beforeAnswer(undefined);
      await sql`
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`.execute(database.owner.db);
    });
    await expect(deliverMessage(deps(), client(), id)).rejects.toThrow();
    expect(await readMessage(id)).toMatchObject({ sentAt: null, tries: 0 });
    expect(await deliverMessage(deps(), client(), id)).toEqual({ state: "sent" });
    expect(gateway.requests.map(({ OutId }) => OutId)).toEqual([`outbox-${id}`, `outbox-${id}`]);
  });

  it("is there with its job, or neither is", async () => {
    const id = await writeMessage();
    expect(await jobOf(id)).toEqual({ attempts: 0 });
    const before = await database.db.selectFrom("outbox").select("id").execute();
    const { rows: jobs } = await sql`select from graphile_worker.jobs`.execute(database.db);
    const stairwell = await createStairwell(database.db);
    const failing = database.db.transaction().execute(async (tx) => {
      const sealed = { phoneHash: testVault.hash("phone", PHONE), phoneCipher: testVault.seal(PHONE), textCipher: testVault.seal(""), paramsCipher: testVault.seal("{}") };
      const { subdistrictId } = stairwell;
      await insertMessage(tx, { kind: "intent-code", subdistrictId, ...sealed, createdAt: new Date(), expiresAt: minutesFromNow(10) });
      throw new Error("refused afterwards");
    });
    await expect(failing).rejects.toThrow("refused afterwards");
    expect(await database.db.selectFrom("outbox").select("id").execute()).toHaveLength(before.length);
    expect((await sql`select from graphile_worker.jobs`.execute(database.db)).rows).toHaveLength(jobs.length);
  });
});

describe("the queue", () => {
  let jobs: Jobs | undefined;
  let said: string;

  beforeEach(async () => {
    said = "";
    await database.db.updateTable("outbox").set({ deadAt: new Date() }).where("sentAt", "is", null).where("deadAt", "is", null).execute();
    await sql`delete from graphile_worker._private_jobs`.execute(database.db);
  });
  afterEach(async () => {
    await jobs?.close();
    jobs = undefined;
  });

  const log = pino({ level: "debug", base: null }, { write: (line) => void (said += line) });
  const start = async (sms: Sms | null = client()) => (jobs = await startJobs({ url: database.url, vault: testVault, storage: database.storage, sms, log }));

  it("brings the code that somebody asks for to the phone, and tells its log neither", async () => {
    await start();
    const { flats, subdistrictId } = await createStairwell(database.db, { owned: false });
    await createOwner(database.db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], phone: PHONE });
    let code = "";
    await sendSignInCode(deps(), { phone: PHONE, browser: "a browser", formKey: formKey(), message: (made) => `验证码 ${(code = made)}` });
    const { id } = await database.db.selectFrom("outbox").select("id").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
    expect(await settled(id)).toMatchObject({ sentAt: expect.any(Date), tries: 1 });
    expect(gateway.requests).toMatchObject([{ PhoneNumbers: PHONE, TemplateParam: JSON.stringify({ code }) }]);
    await vi.waitUntil(async () => (await jobOf(id)) === undefined, SOON);
    expect(said).not.toContain(PHONE);
    expect(said).not.toContain(code);
  });

  it("tries again by itself, and tells its log why without the phone", async () => {
    gateway.says({ code: "isv.BUSINESS_LIMIT_CONTROL", message: `触发分钟级流控 ${PHONE}` }, { code: "OK" });
    await start();
    const id = await writeMessage();
    expect(await settled(id)).toMatchObject({ sentAt: expect.any(Date), tries: 2, lastError: "isv.BUSINESS_LIMIT_CONTROL" });
    expect(said).toContain("isv.BUSINESS_LIMIT_CONTROL");
    expect(said).not.toContain(PHONE);
  });

  it("is done with a message that was given up, and says so", async () => {
    gateway.says({ code: "isv.SMS_TEMPLATE_ILLEGAL" });
    await start();
    const id = await writeMessage();
    expect(await settled(id)).toMatchObject({ deadAt: expect.any(Date) });
    await vi.waitUntil(async () => (await jobOf(id)) === undefined, SOON);
    expect(said).toMatch(new RegExp(`"message":${id},"reason":"isv.SMS_TEMPLATE_ILLEGAL","msg":"message given up"`));
  });

  it("delivers at the start what had lost its job or was left by a process that died, and leaves alone what waits for its hour", async () => {
    const [lost, left, waiting] = [await writeMessage(), await writeMessage(), await writeMessage()];
    await sql`delete from graphile_worker._private_jobs where key = ${`outbox:${lost}`}`.execute(database.db);
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1 where key = ${`outbox:${left}`}`.execute(database.db);
    await sql`update graphile_worker._private_jobs set run_at = now() + interval '1 hour', attempts = 7 where key = ${`outbox:${waiting}`}`.execute(database.db);
    await start();
    for (const id of [lost, left]) expect(await settled(id)).toMatchObject({ sentAt: expect.any(Date) });
    expect(await readMessage(waiting)).toMatchObject({ sentAt: null });
    expect(await jobOf(waiting)).toEqual({ attempts: 7 });
    expect(gateway.requests).toHaveLength(2);
  });

  it("shared by two processes sends each message once", async () => {
    const other = await startJobs({ url: database.url, vault: testVault, storage: database.storage, sms: client(), log });
    await start();
    const ids = [];
    for (let i = 0; i < 20; i++) ids.push(await writeMessage());
    for (const id of ids) await settled(id);
    await other.close();
    expect(gateway.requests.map(({ OutId }) => OutId).sort()).toEqual(ids.map((id) => `outbox-${id}`).sort());
  });

  it("closes when the message that it is sending has been sent", async () => {
    let asked = false;
    gateway.beforeAnswer(async () => {
      asked = true;
      await pause(500);
    });
    const running = await start();
    const id = await writeMessage();
    await vi.waitUntil(() => asked, SOON);
    await running.close();
    jobs = undefined;
    expect(await readMessage(id)).toMatchObject({ sentAt: expect.any(Date) });
    expect(await jobOf(id)).toBeUndefined();
  });

  it("goes on after all its connections were cut", async () => {
    const ofDatabase = sql`from pg_stat_activity where datname = current_database()`;
    const { rows: ours } = await sql<{ pid: number }>`select pid ${ofDatabase}`.execute(database.db);
    await start();
    await settled(await writeMessage());
    const { rows: cut } = await sql`
      select pg_terminate_backend(pid, 5000) ${ofDatabase} and pid <> all (${ours.map(({ pid }) => pid)})`.execute(database.db);
    expect(cut.length).toBeGreaterThan(1);
    expect(await settled(await writeMessage())).toMatchObject({ sentAt: expect.any(Date) });
  });

  it("is begun anew after it could not record the end of a job", async () => {
    await start();
    await sql`revoke delete on graphile_worker._private_jobs from jiati_app`.execute(database.owner.db);
    const sent = await writeMessage();
    await settled(sent);
    await vi.waitUntil(() => said.includes("Runner stopping"), SOON);
    await sql`grant delete on graphile_worker._private_jobs to jiati_app`.execute(database.owner.db);
    expect(await settled(await writeMessage())).toMatchObject({ sentAt: expect.any(Date) });
    expect(await readMessage(sent)).toMatchObject({ tries: 1 });
  });

  it("without a gateway leaves messages where they are", async () => {
    await start(null);
    const id = await writeMessage();
    await pause(300);
    expect(await readMessage(id)).toMatchObject({ sentAt: null, deadAt: null, tries: 0 });
    expect(await jobOf(id)).toEqual({ attempts: 0 });
  });
});
