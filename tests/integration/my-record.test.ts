import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { publishNotice } from "#app/use-cases/notice/publish-notice.server.ts";
import { openingCode } from "#app/use-cases/consultation/verify-receipt.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { mayLook } from "../support/looks.ts";
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

describe("before the choice", () => {
  it("an owner reads what is decided, by which rule and until when; the choice comes after that", async () => {
    const { visitor } = await owner("501", "13500000011");
    const first = await visitor.get(url("501"));
    expect(wordsOf(first)).toMatch(/第 1 步，共 3 步 501 室的表决票.*要不要加装电梯.*参加表决的人数和面积都要三分之二以上；参加的人里，同意的人数和面积都要四分之三以上.*24:00，截止前随时可以改.*民法典/);
    expect(first.body).not.toContain("choice=agree");
    const { closesAt } = await database.db.selectFrom("consultation").select("closesAt").where("code", "=", opened.consultation).executeTakeFirstOrThrow();
    await done(publishNotice({ db: database.db, vault: testVault, now: new Date() }, { consultation: opened.consultation, kind: "opening", seen: closesAt.toISOString(), write: (kind, facts) => notices.draft(kind, facts), accountId: opened.clerk, formKey: formKey() }));
    expect((await visitor.get(url("501"))).body).toMatch(/<a href="\/notices\/\d+">[^<]*意见征询公告/);
    expect((await visitor.get(`${url("501")}&step=choose`)).body).toContain("choice=agree");
  });
});

describe("a signature drawn on the screen", () => {
  const png = async () => `data:image/png;base64,${(await sharp({ create: { width: 720, height: 270, channels: 3, background: "#fff" } }).png().toBuffer()).toString("base64")}`;
  const sign = async (visitor: TestPortal, room: string, signature: string) => visitor.post(url(room), { room, choice: "agree", seen: "0", signature, "form-key": formKey() });
  const stored = async () => database.db.selectFrom("file").select(["id", "kind"]).where("kind", "=", "signature").execute();

  it("lies with the ballot, is seen by who drew it and, for a logged reason, by the committee, and by nobody else", async () => {
    const [wife, husband] = [await owner("502", "13500000012"), await owner("502", "13500000013")];
    expect((await sign(wife.visitor, "502", await png())).status).toBe(302);
    const [file] = await stored();
    const image = `/files/${file?.id}/thumbnail`;
    expect((await wife.visitor.get(url("502"))).body).toContain(image);
    expect((await wife.visitor.get(image)).headers.get("Content-Type")).toBe("image/jpeg");
    const beside = await husband.visitor.get(url("502"));
    expect(wordsOf(beside)).toContain("已手写签名");
    expect(beside.body).not.toContain(file?.id);
    expect((await husband.visitor.get(image)).status).toBe(403);

    const clerk = await signedIn(database.db, portal, opened.clerk);
    expect((await clerk.get(image)).status).toBe(403);
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk });
    expect((await clerk.get(image)).status).toBe(200);
    expect((await clerk.get(`/desk/consultations/${opened.consultation}/502`)).body).toContain(`/files/${file?.id}/screen`);
    expect((await portal.visitor().get(image)).location).toContain("/sign-in");
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("that is no picture, or of a ballot that is refused, is not kept", async () => {
    const { visitor } = await owner("601", "13500000014");
    const before = await stored();
    for (const wrong of ["data:image/png;base64,AAAA", "data:image/svg+xml;base64,AAAA", "x"]) {
      const answer = await sign(visitor, "601", wrong);
      expect([wrong, answer.status]).toEqual([wrong, 422]);
      expect(answer.body).toContain('href="#field-signature"');
    }
    expect((await sign(visitor, "602", await png())).status).toBe(422);
    expect(await stored()).toEqual(before);
    expect((await visitor.get(url("601"))).body).not.toContain("您投的是");
  });
});

describe("the code that opens the own ballot", () => {
  it("stands on the receipt and in /me, for whoever may see the choice, and in no message", async () => {
    const { visitor, accountId } = await owner("602", "13500000015");
    await cast(visitor, "602", "abstain", 0);
    const { receipt } = await database.db.selectFrom("ballot").select("receipt").where("recordedBy", "=", accountId).executeTakeFirstOrThrow();
    const code = openingCode(testVault, receipt ?? "");
    expect(wordsOf(await visitor.get(url("602")))).toContain(`回执号 ${receipt} 开启码 ${code}`);
    const back = async (choice: string) => wordsOf(await visitor.get(`${url("602")}&choice=${choice}`)).includes("您已经投了“弃权”，不用再投。");
    expect([await back("abstain"), await back("agree")], "whoever goes back after it is cast does not need a second one").toEqual([true, false]);
    const me = await visitor.get("/me");
    expect(wordsOf(me)).toContain(`回执号 ${receipt} 开启码 ${code}`);
    const verified = await portal.visitor().post("/verify", { receipt: receipt ?? "", opening: code, "form-key": formKey() });
    expect(wordsOf(verified)).toContain("弃权");
    expect((await (await owner("101", "13500000016")).visitor.get("/me")).body).not.toContain(code);
    expect(await database.db.selectFrom("outbox").select("id").execute()).toEqual([]);
  });
});

describe("a buyer", () => {
  it("does not see what the seller cast, only that there is one, and may cast another", async () => {
    const seller = await owner("301", "13500000004");
    await cast(seller.visitor, "301", "oppose", 0);
    const wish = { stairwell: opened.stairwell.code, room: "301", choice: "unwilling", worry: null, channel: "paper", name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: opened.clerk } as const;
    await done(fileIntent({ db: database.db, vault: testVault, now: new Date() }, { ...wish, formKey: formKey() }));
    expect((await seller.visitor.get("/me")).body).toContain("/tickets/new?intent=");
    const day = shanghaiDay(new Date());
    await database.db.updateTable("ownership").set({ until: day }).where("flatId", "=", flatOf("301")).execute();
    const { subdistrictId } = opened.stairwell;
    const { ownerId } = await createOwner(database.db, { subdistrictId, flatIds: [], phone: "13500000005" });
    await database.db.insertInto("ownership").values({ flatId: flatOf("301"), ownerId, since: day }).execute();
    const accountId = await createAccount(database.db, "resident", { subdistrictId, scopeId: flatOf("301"), phone: "13500000005" });
    await database.db.updateTable("grant").set({ grantedAt: new Date(Date.now() + 1) }).where("accountId", "=", accountId).execute();
    const buyer = await signedIn(database.db, portal, accountId);
    const me = await buyer.get("/me");
    expect([wordsOf(me).includes("以前的业主填过"), me.body.includes("/tickets/new?intent=")]).toEqual([true, false]);
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
