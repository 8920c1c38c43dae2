import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkDocument } from "#app/record/check.ts";
import { openingCode } from "#app/use-cases/consultation/verify-receipt.server.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { publishNotice } from "#app/use-cases/notice/publish-notice.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { findSealPrint, readLogFile, readRecountFile } from "#db/queries/record.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "#tests/support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import { formKey, testVault } from "#tests/support/factories.ts";
import { mayLook } from "#tests/support/looks.ts";
import { openPortal, type TestPortal } from "#tests/support/portal.ts";
import { signedIn } from "#tests/support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
let opened: OpenedConsultation;
const receipts = new Map<string, string>();

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db);
  for (const { room } of opened.stairwell.flats) receipts.set(room, (await done(opened.cast(room, room === "101" ? "oppose" : "agree"))).receipt);
  receipts.set("changed", receipts.get("602") ?? "");
  receipts.set("602", (await done(opened.cast("602", "abstain"))).receipt);
  portal = await openPortal(database, { clock: () => opened.later.now });
});

afterAll(() => database.close());

const ask = (form: Record<string, string>) => portal.post("/verify", { "form-key": formKey(), ...form });
const words = ({ body }: { body: string }) => (/<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("a receipt", () => {
  it("is known before the result is out, and says nothing of the choice", async () => {
    const answer = await ask({ receipt: receipts.get("101") ?? "" });
    expect(answer.status).toBe(200);
    expect(words(answer)).toContain("这张表决票在册");
    expect(words(answer)).not.toMatch(/不同意|101 室|您的房屋/);
  });

  it("of an intent is known too", async () => {
    const { receipt } = await done(
      fileIntent(opened.deps, {
        stairwell: opened.stairwell.code, room: "102", choice: "unwilling", worry: null, channel: "online", name: null, phone: null,
        slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(),
      }),
    );
    const answer = words(await ask({ receipt }));
    expect(answer).toContain("这份意愿在册");
    expect(answer).not.toMatch(/不愿意|102/);
  });

  it("that nobody gave, or that is no receipt, is refused with its place", async () => {
    expect((await ask({ receipt: "0000-0000-00" })).status).toBe(422);
    const broken = await ask({ receipt: "hello" });
    expect(broken.status).toBe(422);
    expect(broken.body).toContain("应是 10 位");
    expect((await ask({ receipt: "" })).status).toBe(422);
    expect((await ask({ receipt: receipts.get("101") ?? "", opening: "0000-0000-0000" })).status).toBe(422);
  });
});

describe("a published result", () => {
  beforeAll(async () => {
    expect((await portal.get(`/api/v1/results/${opened.consultation}.json`)).status).toBe(404);
    await done(opened.close());
    await done(opened.certify());
    expect((await portal.get(`/api/v1/results/${opened.consultation}.json`)).status).toBe(404);
    await done(opened.publish());
  });

  it("is a document that holds, with the key of the page and no row of a flat", async () => {
    const { body, status } = await portal.get(`/api/v1/results/${opened.consultation}.json`);
    expect(status).toBe(200);
    const page = await portal.get("/verify");
    const key = /<code>([0-9a-f]{64})<\/code>/.exec(page.body)?.[1];
    expect(checkDocument(JSON.parse(body), { key })).toMatchObject({ ok: true, subject: opened.consultation });
    expect(body).not.toMatch(/"101"|unit|voter|oppose|"area":"\d+\./);
    expect(JSON.parse(body)).toMatchObject({ heads: { roll: 12, participated: 12, agree: 10 }, passed: true });
  });

  it("can be counted anew from its rows, with the salts that open what it commits to", async () => {
    const file = await readRecountFile(database.db, opened.consultation);
    const checked = checkDocument(JSON.parse(JSON.stringify(file)));
    expect(checked).toMatchObject({ ok: true, format: "jiati-recount/1" });
    const log = await readLogFile(database.db, opened.stairwell.code, { contents: true });
    expect(checkDocument(log, { head: checked.ok ? checked.head : "" })).toMatchObject({ ok: true });
  });

  it("gives its rows and the whole log to the committee that says why, to nobody else, and both hold", async () => {
    const clerk = await signedIn(database.db, portal, opened.clerk, opened.later.now);
    const url = (file: string) => `/desk/consultations/${opened.consultation}/${file}`;
    for (const file of ["recount", "log"]) {
      expect((await portal.get(url(file))).location).toContain("/sign-in");
      expect((await clerk.get(url(file))).location).toContain("/look");
    }
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk, now: opened.later.now });
    for (const file of ["recount", "log"]) {
      const { body, status } = await clerk.get(url(file));
      expect(status).toBe(200);
      expect(checkDocument(JSON.parse(body))).toMatchObject({ ok: true });
    }
  });

  it("tells a receipt that it is in the list, and the choice only to its opening code", async () => {
    const receipt = receipts.get("101") ?? "";
    const closed = words(await ask({ receipt: ` ${receipt.toLowerCase().replaceAll("-", " ")} ` }));
    expect(closed).toContain("已计入结果");
    expect(closed).not.toContain("您的选择 不同意");
    const open = words(await ask({ receipt, opening: openingCode(testVault, receipt) }));
    expect(open).toContain("您的选择 不同意");
    expect(open).toContain("您的房屋 101");
    expect(words(await ask({ receipt: receipts.get("changed") ?? "" }))).toContain("没有计入结果");
  });

  it("is posted with the sixteen letters and the key by which paper is held against it", async () => {
    const { deps, later, consultation, clerk } = opened;
    const { closesAt } = await database.db.selectFrom("consultation").select("closesAt").where("code", "=", consultation).executeTakeFirstOrThrow();
    const { notice } = await done(publishNotice({ ...deps, now: later.now }, { consultation, kind: "result", seen: closesAt.toISOString(), write: (kind, facts) => notices.draft(kind, facts), accountId: clerk, formKey: formKey() }));
    const posted = words(await portal.get(`/notices/${notice}`));
    expect(posted).toMatch(/校验码 [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4} 公钥 [0-9a-f]{64}/);
    expect(posted).toContain((await findSealPrint(database.db, consultation))?.head);
  });
});
