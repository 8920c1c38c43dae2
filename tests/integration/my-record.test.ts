import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, formKey, testVault } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let portal: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db, { now: new Date() });
  portal = await openPortal(database);
});
afterAll(() => database.close());

const wordsOf = ({ body }: Answer) => (/<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const flatOf = (room: string) => opened.stairwell.flats.find((flat) => flat.room === room)?.id ?? 0;
const url = (room: string) => `/me/ballots/${opened.consultation}?room=${room}`;

/** An owner on the roll with a phone, signed in. */
async function owner(room: string, phone: string): Promise<{ visitor: TestPortal; ownerId: number; accountId: number }> {
  const { subdistrictId } = opened.stairwell;
  const { ownerId } = await createOwner(database.db, { subdistrictId, flatIds: [flatOf(room)], phone });
  const accountId = await createAccount(database.db, "resident", { subdistrictId, scopeId: flatOf(room), phone });
  return { visitor: await signedIn(database.db, portal, accountId), ownerId, accountId };
}

const cast = (visitor: TestPortal, room: string, choice: string, seen: number) =>
  visitor.post(url(room), { room, choice, seen: String(seen), "form-key": formKey() });

describe("an owner's own ballot", () => {
  it("can be taken back for ten minutes; cast from an old page, it is refused in clear words", async () => {
    const { visitor } = await owner("101", "13500000001");
    expect((await cast(visitor, "101", "agree", 0)).status).toBe(302);
    const page = await visitor.get(url("101"));
    expect(wordsOf(page)).toMatch(/您投的是：同意.*您本人.*投错了，撤回/);
    const again = await cast(visitor, "101", "oppose", 0);
    expect(again.status).toBe(409);
    const seq = /name="seq" value="(\d+)"/.exec(page.body)?.[1] ?? "";
    const undone = await visitor.post(`/me/ballots/${opened.consultation}/undo`, { seq, "form-key": formKey() });
    const after = wordsOf(await visitor.get(undone.location ?? ""));
    expect(after).toContain("已撤回，这张票不算数");
    expect(after).not.toContain("您投的是");
    const late = await visitor.post(`/me/ballots/${opened.consultation}/undo`, { seq, "form-key": formKey() });
    expect(wordsOf(await visitor.get(late.location ?? ""))).toContain("不能撤回了");
  });

  it("shows the other owner of the flat who signed, and an entry of the committee with the way to object", async () => {
    const [wife, husband] = [await owner("201", "13500000002"), await owner("201", "13500000003")];
    await cast(wife.visitor, "201", "agree", 0);
    const seen = await husband.visitor.get(url("201"));
    expect(wordsOf(seen)).not.toContain("投错了，撤回");
    expect(seen.body).not.toContain("13500000002");
    await done(castBallot({ db: database.db, vault: testVault, now: new Date() }, { consultation: opened.consultation, room: "201", choice: "oppose", channel: "paper", accountId: opened.clerk, formKey: formKey() }));
    const page = await husband.visitor.get(url("201"));
    expect(wordsOf(page)).toContain("居委工作人员录入");
    expect(page.body).toContain(`/s/${opened.stairwell.code}/tickets/new?ballot=${opened.consultation}.`);
  });
});

describe("a buyer", () => {
  it("does not see what the seller cast, only that there is one, and may cast another", async () => {
    const seller = await owner("301", "13500000004");
    await cast(seller.visitor, "301", "oppose", 0);
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await database.db.updateTable("ownership").set({ until: day }).where("flatId", "=", flatOf("301")).execute();
    const { subdistrictId } = opened.stairwell;
    const { ownerId } = await createOwner(database.db, { subdistrictId, flatIds: [], phone: "13500000005" });
    await database.db.insertInto("ownership").values({ flatId: flatOf("301"), ownerId, since: day }).execute();
    const accountId = await createAccount(database.db, "resident", { subdistrictId, scopeId: flatOf("301"), phone: "13500000005" });
    await database.db.updateTable("grant").set({ grantedAt: new Date(Date.now() + 1) }).where("accountId", "=", accountId).execute();
    const buyer = await signedIn(database.db, portal, accountId);
    const page = await buyer.get(url("301"));
    expect(wordsOf(page)).toContain("在您之前已有一张票");
    expect(wordsOf(page)).not.toMatch(/您投的是|135\*\*\*\*0004|全部表决票/);
    expect((await cast(buyer, "301", "agree", 0)).status).toBe(409);
    const checked = await buyer.get(`${url("301")}&choice=agree`);
    const seen = Number(/name="seen" value="(\d+)"/.exec(checked.body)?.[1]);
    expect((await cast(buyer, "301", "agree", seen)).status).toBe(302);
    expect(wordsOf(await buyer.get(url("301")))).toContain("您投的是：同意");
  });
});

describe("/me", () => {
  it("tells what was sent to the phone without codes, and signs out everywhere", async () => {
    const { visitor, accountId } = await owner("401", "13500000006");
    const other = await signedIn(database.db, portal, accountId);
    const message = { subdistrictId: opened.stairwell.subdistrictId, phoneHash: testVault.hash("phone", "13500000006"), phoneCipher: testVault.seal("13500000006"), textCipher: testVault.seal("x"), paramsCipher: testVault.seal("{}"), createdAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    await database.db.insertInto("outbox").values([{ ...message, kind: "binding-approved" }, { ...message, kind: "sign-in-code" }]).execute();
    const words = wordsOf(await visitor.get("/me"));
    expect(words).toContain("绑定已通过");
    expect(words).not.toMatch(/短信 .*验证码 \d/);
    expect(words).toMatch(/退出登录.*在所有手机和电脑上退出/);
    expect((await visitor.post("/me/sign-out", {})).location).toBe("/");
    expect((await other.get("/me")).location).toContain("/sign-in");
  });
});
