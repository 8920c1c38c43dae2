import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let now: Date;
let portal: TestPortal;
let board: string;

beforeAll(async () => {
  database = await cloneDatabase();
  now = new Date();
  opened = await openedConsultation(database.db, { now });
  await done(opened.cast("101", "agree"));
  await done(opened.close());
  await done(opened.certify());
  await done(opened.publish());
  portal = await openPortal(database, { clock: () => now });
  board = `/desk/consultations/${opened.consultation}`;
});
afterAll(() => database.close());

const newClerk = async () => {
  const { subdistrictId, committeeId: scopeId } = opened.stairwell;
  const accountId = await createAccount(database.db, "committee", { subdistrictId, scopeId, name: "林芳" });
  return { accountId, visitor: await signedIn(database.db, portal, accountId) };
};
const say = (who: TestPortal, form: Record<string, string>, to = "") => who.post(`${board}/look${to && `?to=${encodeURIComponent(to)}`}`, { reason: "", ...form, "form-key": formKey() });

describe("the single ballots of a consultation", () => {
  it("are shown to a clerk who has said why, and the look is on record", async () => {
    const { accountId, visitor } = await newClerk();
    for (const page of [`${board}?room=101`, `${board}/101`, `${board}/file`]) {
      const { status, location } = await visitor.get(page);
      expect([status, location]).toEqual([302, `${board}/look?${new URLSearchParams({ to: page }).toString()}`]);
    }
    const question = await visitor.get(`${board}/look`);
    expect([question.body.includes("登记表决票"), question.body.includes("复核"), question.body.includes("答复业主")]).toEqual([true, true, true]);

    const entries = (await readLog(database.db, opened.stairwell.stairwellId)).length;
    expect((await say(visitor, { purpose: "answer" }, `${board}/101`)).location).toBe(`${board}/101`);
    for (const page of [`${board}?room=101`, `${board}/101`, `${board}/file`]) expect([page, (await visitor.get(page)).status]).toEqual([page, 200]);
    const log = await readLog(database.db, opened.stairwell.stairwellId);
    expect(log).toHaveLength(entries + 1);
    expect(log.at(-1)).toMatchObject({ verb: "ballots-looked-at", actor: `account:${accountId}`, content: { consultation: opened.consultation, purpose: "answer", reason: null } });
    await verifyChain(database.db, opened.stairwell.stairwellId);
    expect((await visitor.get(`${board}/101`)).body).toContain("谁看过各户的票");
  });

  it("stand on no page of the desk and in no file of it for a clerk, the office or an admin who has not said why", async () => {
    const { subdistrictId, code } = opened.stairwell;
    const { receipt } = await database.db.selectFrom("ballot").select("receipt").where("consultationId", "=", opened.consultationId).executeTakeFirstOrThrow();
    const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
    const addresses = Object.values(build.routes).flatMap((route) =>
      route?.path?.startsWith("desk/") && route.path.includes(":code")
        ? [`/${route.path}`.replace(":code", route.path.includes("consultations") ? opened.consultation : code).replace(":room", "101").replace(":format", "csv").replace(/:\w+/g, "x")]
        : [],
    );
    const showing = async (visitor: TestPortal) => {
      const found: string[] = [];
      for (const address of addresses) if ((await visitor.get(address)).body.includes(receipt ?? "")) found.push(address);
      return found;
    };
    const { visitor: clerk } = await newClerk();
    const office = await signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const admin = await signedIn(database.db, portal, await createAccount(database.db, "admin", { subdistrictId }));
    for (const visitor of [clerk, office, admin]) expect(await showing(visitor)).toEqual([]);
    await say(clerk, { purpose: "answer" });
    expect(await showing(clerk)).toContain(`${board}/101`);
  });

  it("ask again after twelve hours, and for every consultation", async () => {
    const { visitor } = await newClerk();
    await say(visitor, { purpose: "record" });
    const began = now;
    now = new Date(began.getTime() + 12 * 3_600_000 - 1_000);
    await database.db.updateTable("session").set({ expiresAt: new Date(now.getTime() + 86_400_000) }).execute();
    expect((await visitor.get(board)).status).toBe(200);
    now = new Date(began.getTime() + 12 * 3_600_000);
    expect((await visitor.get(board)).location).toContain("/look?to=");
    now = began;
    const { stairwell } = opened;
    const other = await openedConsultation(database.db, { now, community: { ...stairwell, code: stairwell.code.split("-")[0] ?? "" } });
    expect((await visitor.get(`/desk/consultations/${other.consultation}`)).location).toContain("/look?to=");
  });

  it("take another reason in words, without an owner's name", async () => {
    const { visitor } = await newClerk();
    const { name } = await createOwner(database.db, { subdistrictId: opened.stairwell.subdistrictId, flatIds: [opened.stairwell.flats[0]?.id ?? 0], name: "沈月英" });
    const missing = await say(visitor, { purpose: "other" });
    expect([missing.status, missing.body.includes("还没有填“其他原因”")]).toEqual([422, true]);
    const named = await say(visitor, { purpose: "other", reason: `${name}来问` });
    expect([named.status, named.body.includes("原因里写了业主的姓名")]).toEqual([422, true]);
    expect((await visitor.get(board)).status).toBe(302);
    expect((await say(visitor, { purpose: "other", reason: "法院调取" })).location).toBe(board);
    expect((await visitor.get(`${board}/101`)).body).toContain("法院调取");
  });

  it("lead back to a page of the portal alone", async () => {
    const { visitor } = await newClerk();
    for (const to of ["https://evil.example/", "//evil.example/", "/\\evil.example"]) expect((await say(visitor, { purpose: "check" }, to)).location).toBe(board);
  });

  it("are read by the office with a reason, never changed, and never by the admin or another committee", async () => {
    const { subdistrictId } = opened.stairwell;
    const office = await signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const admin = await signedIn(database.db, portal, await createAccount(database.db, "admin", { subdistrictId }));
    expect((await office.get(`${board}/end`)).body).toContain(`${board}/101`);
    expect((await office.get(`${board}/101`)).location).toContain("/look?to=");
    expect((await office.get(`${board}/look`)).body).not.toContain("登记表决票");
    expect((await say(office, { purpose: "record" })).status).toBe(422);
    expect((await say(office, { purpose: "check" }, `${board}/101`)).location).toBe(`${board}/101`);
    const history = await office.get(`${board}/101`);
    expect([history.status, history.body.includes("申请作废这张票")]).toEqual([200, false]);
    expect((await office.post(`${board}/101`, { seq: "1", step: "request", reason: "查", code: "123456", "form-key": formKey() })).status).toBe(403);
    expect((await office.get(board)).status).toBe(403);
    for (const page of [board, `${board}/101`, `${board}/file`, `${board}/look`]) expect([page, (await admin.get(page)).status]).toEqual([page, 403]);
  });
});
