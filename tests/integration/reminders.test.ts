import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { reminderWords } from "#app/i18n/zh-CN/reminders.ts";
import { startJobs } from "#app/jobs.server.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { remindOwners } from "#app/use-cases/reminder/remind-owners.server.ts";
import { setReminders } from "#app/use-cases/reminder/set-reminders.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey, testVault } from "../support/factories.ts";
import { openPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

/** The consultation runs from the 21st to the 28th of November; the portal reminds on the 26th. */
const at = (day: string, clock = "10:00") => new Date(`${day}T${clock}:00+08:00`);
const THE_DAY = at("2026-11-26");
const depsAt = (now: Date) => ({ db: database.db, vault: testVault, now });

/** Four flats: 101 and 102 of one owner, 201 of a couple with two phones, 202 of somebody without a phone. */
async function fourFlats(first: string): Promise<OpenedConsultation & { flatOf: (room: string) => number }> {
  let flatOf = (room: string) => room.length;
  const opened = await openedConsultation(database.db, {
    floors: 2, owned: false,
    before: async ({ subdistrictId, flats }) => {
      flatOf = (room) => flats.find((flat) => flat.room === room)?.id ?? 0;
      const owner = (rooms: string[], phone?: string) => createOwner(database.db, { subdistrictId, flatIds: rooms.map(flatOf), ...(phone && { phone }) });
      await owner(["101", "102"], `${first}1`);
      await owner(["201"], `${first}2`);
      await owner(["201"], `${first}3`);
      await owner(["202"]);
    },
  });
  return { ...opened, flatOf };
}

const byClerk = (opened: OpenedConsultation, now = THE_DAY, key = formKey()) =>
  remindOwners(depsAt(now), { consultation: opened.consultation, words: reminderWords, accountId: opened.clerk, formKey: key });
const byPortal = (opened: OpenedConsultation, now = THE_DAY) => remindOwners(depsAt(now), { consultation: opened.consultation, words: reminderWords, accountId: null });

/** Phones and texts of the reminders, the oldest first. */
async function messages(first: string) {
  const rows = await database.db.selectFrom("outbox").select(["phoneCipher", "textCipher", "expiresAt"]).where("kind", "=", "ballot-reminder").orderBy("id").execute();
  return rows
    .map(({ phoneCipher, textCipher, expiresAt }) => ({ phone: testVault.open(phoneCipher), text: testVault.open(textCipher), expiresAt }))
    .filter(({ phone }) => phone.startsWith(first));
}
const phones = async (first: string) => (await messages(first)).map(({ phone }) => phone.slice(-1)).sort();

describe("a clerk reminds", () => {
  it("every phone of those who have not voted, an owner of several flats once, and nobody who has", async () => {
    const opened = await fourFlats("1360000001");
    expect(await done(byClerk(opened))).toMatchObject({ messages: 3 });
    const sent = await messages("1360000001");
    expect(sent.map(({ phone }) => phone.slice(-1)).sort()).toEqual(["1", "2", "3"]);
    const { text, expiresAt } = sent.find(({ phone }) => phone.endsWith("1")) ?? {};
    expect(text).toMatch(/【加梯一键通】梅园\d+村\d+号101室等 2 套的意见征询 11 月 28 日 24:00 截止，还没收到表决票/);
    expect(expiresAt).toEqual(at("2026-11-26", "21:00"));

    await done(opened.cast("201", "oppose"));
    // One that waits for the second person has been returned as well.
    await done(opened.record("101", "agree", { channel: "paper" }));
    await done(byClerk(opened, at("2026-11-27")));
    const later = (await messages("1360000001")).slice(3);
    expect(later.map(({ phone, text: words }) => [phone.slice(-1), words.includes("102室的意见征询")])).toEqual([["1", true]]);
  });

  it("twice at most, once a day, by day, while ballots are taken; a form posted twice reminds once", async () => {
    const opened = await fourFlats("1360000002");
    expect(await refusalOf(byClerk(opened, at("2026-11-24", "21:00")))).toBe("reminder_at_night");
    const key = formKey();
    await done(byClerk(opened, at("2026-11-24"), key));
    await done(byClerk(opened, at("2026-11-24"), key));
    expect(await refusalOf(byClerk(opened, at("2026-11-24", "15:00")))).toBe("reminded_today");
    await done(byClerk(opened, at("2026-11-27")));
    expect(await refusalOf(byClerk(opened, at("2026-11-28")))).toBe("reminded_twice");
    expect(await refusalOf(byClerk(opened, at("2026-11-29")))).toBe("reminder_too_late");
    expect(await phones("1360000002")).toEqual(["1", "1", "2", "2", "3", "3"]);
    const third = database.db.insertInto("consultationReminder").values({ consultationId: opened.consultationId, subdistrictId: opened.stairwell.subdistrictId, number: 3, messages: 1, at: THE_DAY });
    await expect(third.execute()).rejects.toMatchObject({ code: "23514" });
  });

  it("and leaves out who wants no reminders, until they want them again", async () => {
    const opened = await fourFlats("1360000003");
    const { subdistrictId } = opened.stairwell;
    const accountId = await createAccount(database.db, "resident", { subdistrictId, scopeId: opened.flatOf("201"), phone: "13600000032" });
    await done(setReminders(opened.deps, { accountId, reminders: "off", formKey: formKey() }));
    await done(byClerk(opened, at("2026-11-24")));
    expect(await phones("1360000003")).toEqual(["1", "3"]);
    await done(setReminders(opened.deps, { accountId, reminders: "on", formKey: formKey() }));
    await done(byClerk(opened, at("2026-11-25")));
    expect(await phones("1360000003")).toEqual(["1", "1", "2", "3", "3"]);
  });

  it("by the phone bound to a flat where the roll has none; where there is no phone at all, nobody", async () => {
    const opened = await fourFlats("1360000004");
    const { subdistrictId } = opened.stairwell;
    for (const [room, phone] of [["202", "13600000044"], ["201", "13600000045"]] as const) {
      await createAccount(database.db, "resident", { subdistrictId, scopeId: opened.flatOf(room), phone });
    }
    await done(byClerk(opened));
    expect(await phones("1360000004")).toEqual(["1", "2", "3", "4"]);
    const nobody = await openedConsultation(database.db, { floors: 1 });
    expect(await refusalOf(byClerk(nobody))).toBe("nobody_to_remind");
  });

  it("and that is in the log of the stairwell with its number alone, and holds when the record is recounted", async () => {
    const opened = await fourFlats("1360000005");
    await done(byClerk(opened));
    const [entry] = (await readLog(database.db, opened.stairwell.stairwellId)).slice(-1);
    expect(entry).toMatchObject({ verb: "consultation-reminded", content: { consultation: opened.consultation, number: 1, messages: 3 } });
    await verifyChain(database.db, opened.stairwell.stairwellId);
    expect(await listRowFaults(database.db)).toEqual([]);
    const { subdistrictId } = opened.stairwell;
    await database.db.insertInto("consultationReminder").values({ consultationId: opened.consultationId, subdistrictId, number: 2, messages: 1, at: THE_DAY }).execute();
    expect(await listRowFaults(database.db)).toMatchObject([{ kind: "reminder", stairwell: opened.stairwell.code }]);
  });
});

describe("the portal reminds by itself", () => {
  const log = pino({ level: "silent" });
  const start = (now: Date) => startJobs({ url: database.url, vault: testVault, storage: database.storage, sms: null, log, clock: () => now });
  beforeEach(async () => {
    await database.db.updateTable("consultation").set({ closedAt: new Date("2026-11-28T00:00:00Z"), closeReason: "x" }).where("closedAt", "is", null).execute();
  });

  it("on its day and no other, and not at night", async () => {
    const opened = await fourFlats("1360000006");
    expect(await refusalOf(byPortal(opened, at("2026-11-25")))).toBe("reminder_not_due");
    expect(await refusalOf(byPortal(opened, at("2026-11-26", "07:59")))).toBe("reminder_at_night");
    await done(byPortal(opened));
    expect(await refusalOf(byPortal(opened, at("2026-11-27")))).toBe("reminder_not_due");
    expect((await readLog(database.db, opened.stairwell.stairwellId)).at(-1)).toMatchObject({ verb: "consultation-reminded", actor: "portal" });
  });

  it("once, with two processes and a clerk at it; the ballots go on", async () => {
    const opened = await fourFlats("1360000007");
    const jobs = await Promise.all([start(THE_DAY), start(THE_DAY)]);
    try {
      await vi.waitUntil(async () => (await phones("1360000007")).length > 0, { timeout: 60_000, interval: 50 });
    } finally {
      await Promise.all(jobs.map((one) => one.close()));
    }
    const again = await Promise.all([byPortal(opened), byPortal(opened), byClerk(opened)]);
    expect(again.map((one) => one.ok)).toEqual([false, false, false]);
    expect(await phones("1360000007")).toEqual(["1", "2", "3"]);

    const both = await fourFlats("1360000008");
    const race = await Promise.all([byPortal(both), byPortal(both), byClerk(both), castBallot(depsAt(THE_DAY), {
      consultation: both.consultation, room: "202", choice: "agree", channel: "online", flatIds: [both.flatOf("202")], accountId: both.clerk, formKey: formKey(),
    })]);
    expect(race.slice(0, 3).filter((one) => one.ok)).toHaveLength(1);
    expect(race[3]?.ok).toBe(true);
    expect(await phones("1360000008")).toEqual(["1", "2", "3"]);
  });
});

describe("on the page", () => {
  it("a clerk sees how many it reaches and names nobody; an owner turns it off in /me", async () => {
    const opened = await fourFlats("1360000009");
    const portal = await openPortal(database, { clock: () => THE_DAY });
    const clerk = await signedIn(database.db, portal, opened.clerk, THE_DAY);
    const url = `/desk/consultations/${opened.consultation}/remind`;
    const page = await clerk.get(url);
    expect(page.body).toContain("现在提醒，发 3 条短信");
    expect(page.body).toContain("1 户没登记手机");
    expect(page.body).not.toMatch(/101|业主\d|136\d{8}/);

    const accountId = await createAccount(database.db, "resident", { subdistrictId: opened.stairwell.subdistrictId, scopeId: opened.flatOf("101"), phone: "13600000091" });
    const owner = await signedIn(database.db, portal, accountId, THE_DAY);
    expect((await owner.get("/me")).body).toContain("不要再提醒我");
    expect((await owner.post("/me/reminders", { reminders: "off", "form-key": formKey() })).location).toBe("/me");
    expect((await owner.get("/me")).body).toContain("重新打开提醒");
    expect((await owner.post("/me/reminders", { reminders: "perhaps", "form-key": formKey() })).status).toBe(422);

    const posted = await clerk.post(url, { "form-key": formKey() });
    expect(posted.location).toBe(`${url}?done=2`);
    const after = await clerk.get(posted.location ?? "");
    expect(after.body).toContain("已提醒，短信发给 2 部手机");
    expect(after.body).not.toContain("现在提醒");
    expect((await clerk.post(url, { "form-key": formKey() })).status).toBe(409);
    const publicPage = (await portal.visitor().get(`/s/${opened.stairwell.code}`)).body;
    expect(publicPage).not.toContain("提醒");
  });
});
