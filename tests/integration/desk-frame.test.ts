import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
let opened: OpenedConsultation;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db);
  portal = await openPortal(database);
});
afterAll(() => database.close());

const as = (accountId: number) => signedIn(database.db, portal, accountId);
const waysIn = ({ body }: Answer) => [...(/<nav[^>]*aria-label="主导航"[^>]*>(.*?)<\/nav>/s.exec(body)?.[1] ?? "").matchAll(/href="([^"]+)"/g)].map(([, href]) => href);

describe("a page of the desk that is not there, or not for this person", () => {
  it("stands in the desk's frame, with the ways on and back", async () => {
    const clerk = await as(opened.clerk);
    const foreign = await createStairwell(database.db);
    for (const [url, status] of [["/desk/nowhere", 404], ["/desk/consultations/Q0", 404], [`/desk/s/${foreign.code}`, 403]] as const) {
      const answer = await clerk.get(url);
      expect([url, answer.status]).toEqual([url, status]);
      expect(waysIn(answer)).toEqual(expect.arrayContaining(["/desk", "/desk/consultations", "/desk/intents"]));
      expect(answer.body).toContain('href="/desk">回到工作台');
      expect(answer.body).toContain('action="/sign-out"');
    }
  });

  it("does so too where the page itself finds nothing", async () => {
    const answer = await (await as(opened.clerk)).get("/desk/tickets?page=99");
    expect(answer.status).toBe(404);
    expect(waysIn(answer)).toContain("/desk/consultations");
    expect(answer.body).toMatch(/href="\/desk">回到工作台/);
  });

  it("shows nobody else the desk's ways", async () => {
    const { subdistrictId, flats } = opened.stairwell;
    const resident = await as(await createAccount(database.db, "resident", { subdistrictId, scopeId: flats[0]?.id ?? 0 }));
    for (const person of [resident, portal.visitor()]) {
      for (const url of ["/desk/nowhere", "/nowhere"]) {
        const answer = await person.get(url);
        expect(answer.status).toBe(404);
        expect(answer.body).toContain('href="/">回到首页');
        expect(answer.body).not.toContain("/desk/consultations");
      }
    }
    expect((await resident.get("/desk")).body).not.toContain("/desk/consultations");
  });
});

describe("the way back to the desk", () => {
  it("is on the person's own page; public pages are the same for everybody", async () => {
    const clerk = await as(opened.clerk);
    expect((await clerk.get("/me")).body).toContain('<a href="/desk">工作台</a>');
    const bare = ({ body }: Answer) => body.replaceAll(/"reference":"\w+"/g, "");
    for (const url of ["/progress", `/s/${opened.stairwell.code}`]) expect(bare(await clerk.get(url))).toBe(bare(await portal.visitor().get(url)));
  });
});

describe("a form that is posted after the session has ended", () => {
  const typed = () => ({ room: "101", choice: "willing", channel: "paper", name: "沈月英", phone: "13800000001", "form-key": formKey() });
  const url = () => `/desk/s/${opened.stairwell.code}/intent`;
  const filed = async () => (await database.db.selectFrom("intent").select("id").where("stairwellId", "=", opened.stairwell.stairwellId).execute()).length;

  /** Posts as a browser does, which says how long the form is. */
  const post = (person: TestPortal, form: Record<string, string>) =>
    person.post(url(), form, { "Content-Length": String(new URLSearchParams(form).toString().length) });
  async function endedSession(form: Record<string, string>): Promise<{ person: TestPortal; answer: Answer }> {
    const person = await as(opened.clerk);
    await database.db.updateTable("session").set({ endedAt: new Date() }).where("accountId", "=", opened.clerk).execute();
    return { person, answer: await post(person, form) };
  }
  const signInAgain = async (person: TestPortal, accountId: number) => {
    const token = (await as(accountId)).cookies.get("jiati");
    person.cookies.set("jiati", token ?? "");
  };

  it("is not stored; the sign-in page says so, and afterwards it stands there again, to be looked at and sent", async () => {
    const { person, answer } = await endedSession(typed());
    expect([answer.status, answer.location]).toEqual([302, `/sign-in/staff?to=${encodeURIComponent(url())}&lost=yes`]);
    expect((await person.get(answer.location ?? "")).body).toContain("刚才的提交没有保存");
    expect(await filed()).toBe(0);
    expect(decodeURIComponent(person.cookies.get("lost-form") ?? "")).not.toMatch(/沈|13800000001/);

    await signInAgain(person, opened.clerk);
    const again = await person.get(url());
    expect(again.status).toBe(422);
    expect(again.body).toContain("登录过期时这张表单没有保存。您填的都在这里");
    expect(again.body).toContain('value="沈月英"');
    expect(again.body).toContain('value="13800000001"');
    expect(again.body).toMatch(/<option value="101" selected=""/);
    expect(await filed()).toBe(0);

    const key = /name="form-key" value="([\w-]{16,64})"/.exec(again.body)?.[1] ?? "";
    expect((await post(person, { ...typed(), "form-key": key })).status).toBe(302);
    expect(await filed()).toBe(1);
    expect([person.cookies.has("lost-form"), (await person.get(url())).status]).toEqual([false, 200]);
  });

  it("is shown to nobody else who signs in at that browser", async () => {
    const { person } = await endedSession(typed());
    await signInAgain(person, opened.colleague);
    const answer = await person.get(url());
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain("沈月英");
  });

  it("is not kept where it is long, where nobody was signed in, or where it was tampered with", async () => {
    const { person: long } = await endedSession({ ...typed(), name: "长".repeat(400) });
    expect(long.cookies.has("lost-form")).toBe(false);
    const visitor = portal.visitor();
    await post(visitor, typed());
    expect(visitor.cookies.has("lost-form")).toBe(false);
    const { person } = await endedSession(typed());
    await signInAgain(person, opened.clerk);
    person.cookies.set("lost-form", `A${person.cookies.get("lost-form")?.slice(1)}`);
    expect((await person.get(url())).status).toBe(200);
  });
});

describe("a stack of intents", () => {
  it("is filed one after another: the next flat without one comes up, with what was saved", async () => {
    const stairwell = await createStairwell(database.db, { floors: 2, stage: "intent" });
    const { subdistrictId, committeeId, code } = stairwell;
    const clerk = await as(await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId }));
    const blank = (await clerk.get(`/desk/s/${code}/intent`)).body;
    expect([...blank.matchAll(/<option value="(\d+)"/g)].map(([, room]) => room), "in the order of a stack").toEqual(["101", "102", "201", "202"]);
    const file = async (room: string) => (await clerk.post(`/desk/s/${code}/intent`, { room, choice: "willing", channel: "paper", then: "next", "form-key": formKey() })).location ?? "";
    const first = await file("102");
    expect(first).toMatch(new RegExp(`^/desk/s/${code}/intent\\?room=201&filed=102&receipt=[0-9A-Z-]+$`));
    const page = (await clerk.get(first)).body;
    expect(page).toContain("102 室已录入，回执号");
    expect(page).toMatch(/<option value="201" selected=""/);
    expect([await file("201"), await file("202")].map((to) => new URLSearchParams(to.split("?")[1]).get("room"))).toEqual(["202", "101"]);
    expect(await file("101")).toMatch(new RegExp(`^/desk/s/${code}\\?room=101&receipt=`));
  });
});
