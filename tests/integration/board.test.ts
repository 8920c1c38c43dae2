import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Board, BoardAnswer } from "#app/domain/board.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { insertConsultation } from "#db/queries/consultations.server.ts";
import type { DB } from "#db/schema.d.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, type ConsultationShape, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createStairwell, formKey } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
let queries = 0;
const now = new Date("2026-11-23T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  await createStairwell(database.db);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: database.pool }), plugins: [new CamelCasePlugin()], log: () => void queries++ });
  portal = await openPortal(database, { clock: () => now, db });
});
afterAll(() => database.close());

const clerkOf = (accountId: number) => signedIn(database.db, portal, accountId, now);
const open = async (shape: ConsultationShape = {}) => {
  const opened = await openedConsultation(database.db, shape);
  for (const accountId of [opened.clerk, opened.colleague]) await mayLook(database.db, { consultation: opened.consultation, accountId, now });
  return opened;
};
const urlOf = ({ consultation }: OpenedConsultation, more = "") => `/desk/consultations/${consultation}${more}`;
const seqs = async ({ consultationId }: OpenedConsultation) =>
  (await database.db.selectFrom("ballot").select("seq").where("consultationId", "=", consultationId).orderBy("seq").execute()).map(({ seq }) => seq);

describe("a clerk who records from an open board", () => {
  it("gets the ballot's number and receipt, and the board as it is then", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    const answer = await clerk.post(urlOf(opened, "/board"), { room: "101", choice: "agree", channel: "paper", seen: "0", "form-key": formKey() });
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/json; charset=utf-8"]);
    const { board, recorded } = JSON.parse(answer.body) as BoardAnswer;
    expect(recorded).toEqual({ unit: "101", choice: "agree", channel: "paper", seq: 1, receipt: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/) as string });
    expect(board.flats[0]).toMatchObject({ unit: "101", waitingChoice: "agree", choice: null, newest: 1 });
    expect(board).toMatchObject({ unchecked: { units: ["101"], count: 1 }, result: { participated: { heads: 0 } }, stairwells: [{ flats: 12, returned: 1 }] });
  });

  it("sends the same again when no answer came, and it counts once", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    const form = { room: "101", choice: "agree", channel: "paper", seen: "0", "form-key": formKey() };
    const first = JSON.parse((await clerk.post(urlOf(opened, "/board"), form)).body) as BoardAnswer;
    const again = JSON.parse((await clerk.post(urlOf(opened, "/board"), form)).body) as BoardAnswer;
    expect(again.recorded).toEqual(first.recorded);
    expect(await seqs(opened)).toEqual([1]);
  });

  it("is told when and how a newer ballot came, never by whom, and nothing is stored: on the board and without scripts", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    await done(opened.cast("101", "oppose"));
    const entries = await verifyChain(database.db, opened.stairwell.stairwellId);
    for (const path of ["/board", "?room=101"]) {
      const answer = await clerk.post(urlOf(opened, path), { room: "101", choice: "agree", channel: "paper", seen: "0", receivedOn: "2026-11-22", "form-key": formKey() });
      expect(answer.status).toBe(409);
      expect(answer.body).toContain("这一户 11 月 21 日 10:30 有了新的记录（网上），这次提交没有记录");
      expect(answer.body).not.toContain(`业主${opened.stairwell.code}`);
    }
    expect(await seqs(opened)).toEqual([1]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(entries);
    const seen = await clerk.post(urlOf(opened, "/board"), { room: "101", choice: "agree", channel: "paper", seen: "1", "form-key": formKey() });
    expect(seen.status).toBe(200);
  });

  it("finds the number of the newest ballot in every form, so that none is recorded unseen", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    const seen = async (room: string) => /name="seen" value="(\d+)"/.exec((await clerk.get(urlOf(opened, `?room=${room}`))).body)?.[1];
    await done(opened.cast("102", "agree"));
    await done(opened.cast("102", "oppose"));
    expect([await seen("101"), await seen("102")]).toEqual(["0", "2"]);
  });

  it("takes the last one back, and the flat's ballot before it stands again", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    await done(opened.cast("101", "oppose"));
    const form = { room: "101", choice: "agree", channel: "paper", seen: "1", receivedOn: "2026-11-23", "form-key": formKey() };
    expect((await clerk.post(urlOf(opened, "/board"), form)).status).toBe(200);
    const undone = await clerk.post(urlOf(opened, "/undo"), { seq: "2", "form-key": formKey() });
    expect((JSON.parse(undone.body) as BoardAnswer).board.flats[0]).toMatchObject({ choice: "oppose", channel: "online", waitingChoice: null, newest: 2 });
    const again = await clerk.post(urlOf(opened, "/undo"), { seq: "2", "form-key": formKey() });
    expect([again.status, again.body]).toEqual([409, expect.stringContaining("已经撤回了")]);
    const colleague = await clerkOf(opened.colleague);
    expect((await colleague.post(urlOf(opened, "/undo"), { seq: "1", "form-key": formKey() })).body).toContain("不是您记录的");
  });

  const wrongs: [string, Record<string, string | string[]>, number, string][] = [
    ["/board", { room: "999" }, 422, "业主清册"],
    ["/board", { choice: "maybe" }, 422, "您的选择"],
    ["/board", { channel: "online" }, 422, "来源"],
    ["/board", { channel: "proxy" }, 422, "书面委托"],
    ["/board", { seen: "-1" }, 422, "errors"],
    ["/board", { receivedOn: "2026-11-31" }, 422, "收到日期"],
    ["/board", { nothing: "1" }, 422, "多余"],
    ["/board", { room: "1".repeat(200) }, 422, "太长"],
    ["/board", { room: "1\u202E01" }, 422, "看不见"],
    ["/board", { choice: ["agree", "oppose"] }, 422, "填了两次"],
    ["/undo", { seq: "0" }, 422, "errors"],
    ["/undo", { seq: "99" }, 422, "没有这张票"],
  ];
  it.each(wrongs)("gets %s with %o answered with %i, and nothing is stored", async (path, wrong, status, words) => {
    const opened = await open({ floors: 1 });
    const clerk = await clerkOf(opened.clerk);
    const right: Record<string, string> = path === "/undo" ? { seq: "1" } : { room: "101", choice: "agree", channel: "paper", seen: "0" };
    const answer = await clerk.post(urlOf(opened, path), { ...right, ...wrong, "form-key": formKey() });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(words);
    expect(await seqs(opened)).toEqual([]);
  });

  it("gets nothing of a consultation that there is not, and a closed one takes no ballot", async () => {
    const opened = await open();
    const clerk = await clerkOf(opened.clerk);
    for (const path of ["", "/board", "/live"]) expect((await clerk.get(`/desk/consultations/Q0${path}`)).status).toBe(404);
    await done(opened.close());
    expect((await clerk.post(urlOf(opened, "/board"), { room: "101", choice: "agree", channel: "paper", "form-key": formKey() })).status).toBe(409);
    expect((JSON.parse((await clerk.get(urlOf(opened, "/board"))).body) as BoardAnswer).board.state).toBe("closed");
  });
});

describe("without scripts", () => {
  it("the next flat comes up by itself, said what was recorded, and a proxy does not stay", async () => {
    const opened = await open({ floors: 2 });
    const clerk = await clerkOf(opened.clerk);
    const authorisationPage = String(await opened.scan());
    const record = (room: string, channel: string) =>
      clerk.post(urlOf(opened, `?room=${room}`), { room, choice: "agree", channel, authorisation: "委托书，写明同意", authorisationPage, "form-key": formKey() });
    const ways = [];
    for (const [room, channel] of [["101", "paper"], ["102", "proxy"], ["202", "paper"], ["201", "paper"]] as const) ways.push((await record(room, channel)).location);
    expect(ways.map((way) => new URLSearchParams(way?.split("?")[1]).toString())).toEqual([
      "room=102&channel=paper&saved=101", "room=201&channel=paper&saved=102", "room=201&channel=paper&saved=202", "room=201&channel=paper&saved=201",
    ]);
    expect((await clerk.get(ways[0] ?? "")).body).toContain("101 室 同意 已记录，第 1 张");
  });

  it("the last ballot is taken back by a plain form for ten minutes, by whoever recorded it; the flat's page says all that happened", async () => {
    const opened = await open({ floors: 2 });
    const [clerk, colleague] = [await clerkOf(opened.clerk), await clerkOf(opened.colleague)];
    await done(fileIntent(opened.deps, {
      stairwell: opened.stairwell.code, room: "101", choice: "willing", worry: null, channel: "paper", name: null, phone: null, slipCode: null, ownFlatIds: [], accountId: opened.clerk, formKey: formKey(),
    }));
    await done(opened.record("102", "oppose", { channel: "paper" }));
    const old = await clerk.get(urlOf(opened, "?room=101"));
    expect(old.body).not.toContain("刚录的一张");
    const saved = await clerk.post(urlOf(opened, "?room=101"), { room: "101", choice: "agree", channel: "paper", "form-key": formKey() });
    const { body } = await clerk.get(saved.location ?? "");
    expect(body).toContain("101 室　同意，第 2 张");
    expect(/<form method="post" action="([^"]*)"[^>]*><input type="hidden" name="form-key"[^>]*>(?:<input type="hidden" name="form-token"[^>]*>)<input type="hidden" name="seq" value="2"/.exec(body)?.[1]).toBe(urlOf(opened, "/101"));

    const undo = (who: TestPortal, room: string, seq: number) => who.post(urlOf(opened, `/${room}`), { step: "undo", seq: String(seq), "form-key": formKey() });
    expect((await colleague.get(urlOf(opened, "/101"))).body).not.toContain("撤回这一张");
    expect((await undo(colleague, "101", 2)).body).toContain("不是您记录的");
    expect((await undo(clerk, "102", 1)).body).toContain("十分钟");
    const undone = await undo(clerk, "101", 2);
    expect(undone.location).toBe(urlOf(opened, "?room=101&undone=101"));
    expect((await clerk.get(undone.location ?? "")).body).toContain("101 室的票已撤回，可以重新录");
    expect((await undo(clerk, "101", 2)).status).toBe(409);
    const history = (await clerk.get(urlOf(opened, "/101"))).body;
    for (const part of ["第 2 张", "已撤回", "这一户的意愿填报", "愿意"]) expect(history).toContain(part);
  });

  it("a flat's page says who checked, who asked and confirmed that a ballot is void, and what its owner objected to", async () => {
    const opened = await open({ floors: 2 });
    const clerk = await clerkOf(opened.clerk);
    const { consultation, clerk: first, colleague: second } = opened;
    const nameOf = async (id: number) => (await database.db.selectFrom("account").select("name").where("id", "=", id).executeTakeFirstOrThrow()).name;
    await done(opened.cast("101", "agree", { channel: "paper" }));
    const act = { consultation, seq: 1, formKey: formKey() };
    await done(requestVoid(opened.deps, { ...act, accountId: first, reason: "无书面委托" }));
    await done(confirmVoid(opened.deps, { ...act, accountId: second, formKey: formKey() }));
    await done(opened.record("102", "agree", { channel: "paper" }));
    const { id: ballotId } = await database.db.selectFrom("ballot").select("id").where("consultationId", "=", opened.consultationId).where("seq", "=", 2).executeTakeFirstOrThrow();
    await database.db.insertInto("ballotVoidRequest").values({ ballotId, reason: "不是我投的", way: "owner", accountId: null, at: opened.deps.now }).execute();
    const { body } = await clerk.get(urlOf(opened, "/101"));
    expect(body).toContain(`${await nameOf(second)}确认，${await nameOf(first)}申请`);
    expect(body).toMatch(new RegExp(`核对</dt><dd>[^<]*11 月 21 日[^<]*${await nameOf(second)}`));
    expect((await clerk.get(urlOf(opened, "/102"))).body).toContain("业主提出异议");
    expect(body).not.toContain("业主提出异议");
  });

  it("what an owner has said is read back before it is recorded, by an open board too", async () => {
    const opened = await open({ floors: 2 });
    const clerk = await clerkOf(opened.clerk);
    const said = { room: "101", choice: "agree", channel: "assisted", receivedOn: "", authorisation: "", seen: "0" };
    const { location } = await clerk.post(urlOf(opened, "?room=101"), { ...said, "form-key": formKey() });
    expect(location).toBe(urlOf(opened, "/read?room=101&choice=agree&seen=0"));
    const refused = await clerk.post(urlOf(opened, "/board"), { ...said, "form-key": formKey() });
    expect([refused.status, refused.body.includes("先念给本人听")]).toEqual([422, true]);
    expect(await seqs(opened)).toEqual([]);
    const page = await clerk.get(location ?? "");
    expect(page.body).toContain("您说：同意加装电梯");
    const owner = /<input[^>]*name="owner"[^>]*value="(\d+)"/.exec(page.body)?.[1] ?? "";
    const saved = await clerk.post(location ?? "", { owner, "form-key": formKey() });
    expect(saved.location).toBe(urlOf(opened, "?room=102&channel=assisted&saved=101&told=0"));
    expect((await clerk.get(saved.location ?? "")).body).toContain("101 室 同意 已记录，第 1 张");
  });
});

describe("a community's consultation of 1 200 flats", () => {
  let opened: OpenedConsultation;
  let clerk: TestPortal;

  beforeAll(async () => {
    const { db } = database;
    opened = await open();
    const { subdistrictId, committeeId, communityId } = opened.stairwell;
    const { code } = await db.selectFrom("community").select("code").where("id", "=", communityId).executeTakeFirstOrThrow();
    const community = { subdistrictId, committeeId, communityId, code };
    const stairwells = [];
    for (let number = 0; number < 100; number++) stairwells.push(await createStairwell(db, { community }));
    const roll = stairwells.flatMap(({ flats }, index) => flats.map((flat) => ({ flatId: flat.id, unit: `${index + 1}号-${flat.room}`, voter: `V${flat.id}`, area: flat.area })));
    const own = stairwells[0]?.stairwellId ?? 0;
    await withTransaction(db, (tx) =>
      insertConsultation(tx, {
        subdistrictId, stairwellId: own, scope: "community", code: "Q2026-WIDE", ruleset: getRuleset("cn-civil-278-ordinary"), openedAt: new Date("2026-11-21T02:00:00Z"), openedBy: opened.clerk, closesAt: new Date("2026-12-21T15:59:59Z"), roll,
      }),
    );
    await mayLook(db, { consultation: "Q2026-WIDE", accountId: opened.clerk, now });
    clerk = await clerkOf(opened.clerk);
  });

  const board = async (query = ""): Promise<Board> => (JSON.parse((await clerk.get(`/desk/consultations/Q2026-WIDE/board${query}`)).body) as BoardAnswer).board;

  it("shows one stairwell at a time with what is missing in each, from a handful of queries and in a page of less than 100 kB", async () => {
    const { shown, stairwells, flats, result } = await board();
    expect([stairwells.length, flats.length, result.roll.heads]).toEqual([100, 12, 1200]);
    expect(shown).toBe(stairwells[0]?.code);
    expect(stairwells[7]).toMatchObject({ flats: 12, returned: 0 });
    queries = 0;
    const page = await clerk.get("/desk/consultations/Q2026-WIDE");
    expect(queries).toBeLessThanOrEqual(15);
    expect(Buffer.byteLength(page.body)).toBeLessThan(100_000);
  });

  it("counts what is recorded in its stairwell, and comes up where the flat lies", async () => {
    const answer = await clerk.post("/desk/consultations/Q2026-WIDE/board", { room: "8号-502", choice: "agree", channel: "paper", seen: "0", "form-key": formKey() });
    const { board: after } = JSON.parse(answer.body) as BoardAnswer;
    expect(after.stairwells.find(({ code }) => code === after.shown)).toMatchObject({ returned: 1 });
    expect(after.flats.map(({ unit }) => unit)).toContain("8号-502");
    expect((await board(`?stairwell=${after.stairwells[3]?.code}`)).flats[0]?.unit).toBe("4号-101");
    expect((await board("?stairwell=nowhere")).shown).toBe(after.stairwells[0]?.code);
  });

  it("finds a room in whatever stairwell, the one that is shown before others", async () => {
    const find = (query: string) => clerk.get(`/desk/consultations/Q2026-WIDE?find=${encodeURIComponent(query)}`);
    expect((await find("77-301")).location).toBe("/desk/consultations/Q2026-WIDE?room=77%E5%8F%B7-301");
    const shown = (await board()).stairwells[4]?.code ?? "";
    expect((await clerk.get(`/desk/consultations/Q2026-WIDE?stairwell=${shown}&find=502`)).location).toBe("/desk/consultations/Q2026-WIDE?room=5%E5%8F%B7-502");
    const several = await find("502");
    expect(several.status).toBe(200);
    expect(several.body.match(/href="[^"]*-502"/g)?.length).toBeGreaterThanOrEqual(100);
    expect((await find("9999")).body).toContain("清册里没有“9999”");
  });
});
