import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formTokenOf, FORM_TOKEN } from "#app/http/form-token.server.ts";
import { openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let portal: TestPortal;
let clerk: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db, { now: new Date() });
  portal = await openPortal(database);
  clerk = await signedIn(database.db, portal, opened.clerk);
  await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk });
});
afterAll(() => database.close());

const intents = async () => (await database.db.selectFrom("intent").select("id").execute()).length;
const filing = () => ({ room: "101", choice: "willing", channel: "paper", "form-key": formKey() });

describe("a form of somebody signed in", () => {
  it("counts with the token of the session that sends it, and with no other", async () => {
    const url = `/desk/s/${opened.stairwell.code}/intent`;
    const colleague = await signedIn(database.db, portal, opened.colleague);
    const foreign = formTokenOf(colleague.cookies.get("jiati") ?? "");
    const own = formTokenOf(clerk.cookies.get("jiati") ?? "");
    for (const token of ["", "x", foreign, own.slice(1), `${own}x`, clerk.cookies.get("jiati") ?? ""]) {
      const answer = await clerk.post(url, { ...filing(), [FORM_TOKEN]: token });
      expect(answer.status).toBe(422);
      expect(answer.body).toContain("重新登录过");
    }
    // Nor can whoever sends it say what is to be asked for.
    expect((await clerk.post(url, { ...filing(), [FORM_TOKEN]: "x" }, { "X-Jiati-Form-Token": "x" })).status).toBe(422);
    expect(await intents()).toBe(0);
    expect((await clerk.post(url, { ...filing(), [FORM_TOKEN]: own })).status).toBe(302);
    expect(await intents()).toBe(1);
  });

  it("that signs out needs it: another one ends no session", async () => {
    const leaving = await signedIn(database.db, portal, opened.colleague);
    const other = await signedIn(database.db, portal, opened.colleague);
    for (const url of ["/sign-out", "/me/sign-out"]) {
      for (const token of ["", "x", formTokenOf(other.cookies.get("jiati") ?? "")]) {
        expect((await leaving.post(url, { [FORM_TOKEN]: token })).location).toBe(url === "/sign-out" ? "/desk" : "/me");
        expect((await leaving.get("/desk")).status).toBe(200);
      }
    }
    expect((await leaving.post("/sign-out", {})).location).toBe("/");
    expect((await leaving.get("/desk")).location).toContain("/sign-in");
    expect((await other.post("/me/sign-out", {})).location).toBe("/");
    expect((await other.get("/desk")).location).toContain("/sign-in");
  });

  it("with a file needs it as well", async () => {
    const url = `/desk/s/${opened.stairwell.code}/photos`;
    const form = (token: string) => {
      const data = new FormData();
      data.set("form-key", formKey());
      data.set("caption", "井道");
      data.set(FORM_TOKEN, token);
      return data;
    };
    const good = form("x");
    good.set("photos", new File([new Uint8Array(await photo({ width: 40, height: 40 }))], "1.jpg"));
    expect((await clerk.upload(url, good)).status).toBe(422);
    good.set(FORM_TOKEN, formTokenOf(clerk.cookies.get("jiati") ?? ""));
    expect((await clerk.upload(url, good)).status).toBe(302);
  });

  it("brings it on every page, and none on the pages of who is not signed in", async () => {
    const own = formTokenOf(clerk.cookies.get("jiati") ?? "");
    for (const url of [`/desk/consultations/${opened.consultation}?room=101`, `/desk/s/${opened.stairwell.code}/intent`, `/desk/s/${opened.stairwell.code}/photos`, `/desk/s/${opened.stairwell.code}/roll`, `/s/${opened.stairwell.code}/intent`]) {
      const { body } = await clerk.get(url);
      const forms = [...body.matchAll(/<form[^>]*method="post".*?<\/form>/gs)].map(([form]) => form).filter((form) => form.includes('name="form-key"'));
      expect([url, forms.length > 0, forms.every((form) => form.includes(`name="form-token" value="${own}"`))]).toEqual([url, true, true]);
      expect((await portal.visitor().get(url)).body).not.toContain("form-token");
    }
    for (const url of [`/desk/s/${opened.stairwell.code}`, "/desk/no-such-page"]) {
      expect((await clerk.get(url)).body).toMatch(new RegExp(`action="/sign-out">\\s*<input type="hidden" name="form-token" value="${own}"`));
    }
    expect((await portal.visitor().post(`/s/${opened.stairwell.code}/intent?step=flat`, { room: "101", "form-key": formKey() })).status).toBe(302);
  });
});
