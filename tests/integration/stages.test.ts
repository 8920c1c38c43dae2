import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceKind, Mover, StageMove } from "#app/domain/stage-moves.ts";
import type { Stage } from "#app/domain/stages.ts";
import { addEvidence, type AddedEvidence } from "#app/use-cases/stage/add-evidence.server.ts";
import { moveProject } from "#app/use-cases/stage/move-project.server.ts";
import { recordEvidence, type Evidence } from "#app/use-cases/stage/record-evidence.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { createAccount, createStairwell, formKey, testVault, type StairwellShape } from "../support/factories.ts";
import { pdf } from "../support/files.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let visitor: TestPortal;
const now = new Date("2026-11-21T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  visitor = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());

const record = (evidence: Evidence) => withTransaction(database.db, (tx) => recordEvidence(tx, now, evidence));

describe("what a project needs on record", () => {
  it("is kept with its date and number, the newest of each kind counts, and the log vouches for every row", async () => {
    const { db } = database;
    const { stairwellId, subdistrictId, committeeId } = await createStairwell(db, { stage: "approval" });
    const account = await createAccount(db, "committee", { subdistrictId, scopeId: committeeId, name: "林芳" });
    await record({ stairwellId, kind: "filing-number", text: "浦加备〔2026〕12 号", account });
    await record({ stairwellId, kind: "filing-number", text: "浦加备〔2026〕112 号", account });
    await record({ stairwellId, kind: "design-review", day: "2026-11-01", account });
    expect(await listEvidence(db, stairwellId)).toMatchObject([
      { kind: "design-review", day: "2026-11-01", text: null, by: "林芳" },
      { kind: "filing-number", text: "浦加备〔2026〕112 号", day: null },
    ]);
    expect((await readProjectFacts(db, stairwellId, new Date())).evidence).toEqual(new Set(["design-review", "filing-number"]));
    expect(await listRowFaults(db)).toEqual([]);
    await expect(database.owner.db.updateTable("stageEvidence").set({ text: "x" }).execute()).rejects.toThrow("refused");
    await expect(record({ stairwellId, kind: "agreement", account })).rejects.toThrow("check");
  });

  it("stands out where a row was put in by hand", async () => {
    const { db } = database;
    const { stairwellId, subdistrictId, committeeId, code } = await createStairwell(db);
    const accountId = await createAccount(db, "committee", { subdistrictId, scopeId: committeeId });
    const { id } = await db
      .insertInto("stageEvidence")
      .values({ stairwellId, subdistrictId, stage: "reserve", kind: "agreement", text: "x", day: null, fileId: null, accountId, at: now })
      .returning("id")
      .executeTakeFirstOrThrow();
    expect(await listRowFaults(db)).toEqual([{ kind: "evidence", id, stairwell: code }]);
  });
});

const deps = () => ({ db: database.db, vault: testVault, storage: database.storage, now });

/** A project with a clerk of its committee. */
async function project(stage: Stage, shape: StairwellShape = {}) {
  const stairwell = await createStairwell(database.db, { stage, ...shape });
  const { subdistrictId, stairwellId, committeeId } = stairwell;
  const clerk = await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId, name: "林芳" });
  const contractor = await createAccount(database.db, "contractor", { subdistrictId, scopeId: stairwellId });
  const accounts: Record<Mover, number> = { committee: clerk, assessor: clerk, contractor };
  const move = (move: StageMove | "forward", seen: Stage, by: Mover = "committee", key = formKey()) =>
    moveProject(deps(), { stairwell: stairwell.code, move: move === "forward" ? { kind: move } : move, seen, roles: new Set([by]), accountId: accounts[by], formKey: key });
  const add = (kind: EvidenceKind, change: Partial<AddedEvidence> = {}, by: Mover = "committee") =>
    addEvidence(deps(), { stairwell: stairwell.code, kind, text: "12 号", day: "2026-11-01", files: [], roles: new Set([by]), accountId: accounts[by], formKey: formKey(), ...change });
  const stands = () =>
    database.db.selectFrom("project").select(["stage", "sideState", "startedOn", "inUseSince"]).where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();
  return { stairwell, clerk, contractor, move, add, stands };
}

describe("a project", () => {
  it("is brought from the agreement to a lift in use by those whose steps they are, each with its evidence", async () => {
    const { stairwell, clerk, move, add, stands } = await project("agreement");
    const page = (await (await signedIn(database.db, visitor, clerk, now)).get(`/desk/s/${stairwell.code}/stage`)).body;
    for (const way of ["agreement", "money/charge"]) expect(page).toContain(`href="/desk/s/${stairwell.code}/${way}"`);
    expect(await move("forward", "agreement")).toEqual({ ok: false, problem: { code: "requirements_missing", params: { missing: "agreement,cost-shares,agent-contract" } } });
    for (const kind of ["agreement", "agent-contract"] as const) {
      expect(await refusalOf(add(kind))).toBe("evidence_elsewhere");
      await record({ stairwellId: stairwell.stairwellId, kind, day: "2026-11-01", account: clerk });
    }
    await done(add("cost-shares"));
    const key = formKey();
    expect(await done(move("forward", "agreement", "committee", key))).toMatchObject({ stage: "approval" });
    expect(await done(move("forward", "agreement", "committee", key))).toMatchObject({ stage: "approval" });
    expect(await refusalOf(move("forward", "agreement"))).toBe("stage_changed");
    for (const kind of ["design-review", "filing-number"] as const) await done(add(kind));
    await done(move("forward", "approval"));
    expect(await stands()).toMatchObject({ stage: "construction", startedOn: null });
    expect(await refusalOf(move("forward", "construction"))).toBe("not_your_move");
    await done(add("start-date", { day: "2026-11-10" }, "contractor"));
    expect((await stands()).startedOn).toBe("2026-11-10");
    await done(add("site-board", {}, "contractor"));
    await done(move("forward", "construction", "contractor"));
    for (const kind of ["inspection-report", "acceptance-record", "registration-number"] as const) await done(add(kind));
    await done(move("forward", "acceptance"));
    expect(await stands()).toEqual({ stage: "in-use", sideState: null, startedOn: "2026-11-10", inUseSince: "2026-11-21" });
    await done(add("handover"));
    expect(await refusalOf(move("forward", "in-use"))).toBe("nothing_further");
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(15);
    const moved = await database.db.selectFrom("logContent").select("content").where("stairwellId", "=", stairwell.stairwellId).where("seq", "=", 4).executeTakeFirstOrThrow();
    expect(moved.content).toMatchObject({ from: "agreement", to: "approval", asked: ["agreement", "cost-shares", "agent-contract"] });
  });

  it("goes back one step with a reason; a start that was taken back is none until it comes forward again", async () => {
    const { move, add, stands } = await project("approval");
    for (const kind of ["design-review", "filing-number"] as const) await done(add(kind));
    await done(move("forward", "approval"));
    await done(add("start-date", { day: "2026-11-10" }));
    await done(move({ kind: "back", reason: "备案撤销" }, "construction"));
    expect(await stands()).toMatchObject({ stage: "approval", startedOn: null });
    await done(move("forward", "approval"));
    expect(await stands()).toMatchObject({ stage: "construction", startedOn: "2026-11-10" });
    const early = await project("reserve");
    expect(await refusalOf(early.move({ kind: "back", reason: "x" }, "reserve"))).toBe("nothing_before");
  });

  it("stands still for a reason that everybody reads, and goes on", async () => {
    const { stairwell, move, stands } = await project("construction");
    const pause: StageMove = { kind: "pause", reason: "等燃气管道迁移", owner: "燃气公司", nextDay: "2026-12-01" };
    expect(await refusalOf(move({ ...pause, nextDay: "2026-11-20" }, "construction"))).toBe("next_day_in_past");
    await done(move(pause, "construction"));
    expect(await refusalOf(move("forward", "construction", "contractor"))).toBe("project_paused");
    const page = (await visitor.get(`/s/${stairwell.code}`)).body;
    for (const part of ["等燃气管道迁移", "燃气公司", "2026 年 12 月 1 日前"]) expect(page).toContain(part);
    await done(move({ kind: "resume" }, "construction"));
    await done(move({ kind: "dispute", reason: "301 室不同意" }, "construction"));
    const disputed = (await visitor.get(`/s/${stairwell.code}`)).body;
    expect(disputed).toContain("有争议");
    expect(disputed).not.toContain("301 室不同意");
    await done(move({ kind: "settle", reason: "已签调解书" }, "construction"));
    await done(move({ kind: "end", reason: "业主不装了" }, "construction"));
    expect(await stands()).toMatchObject({ stage: "construction", sideState: "ended" });
    for (const last of ["forward", { kind: "resume" }, { kind: "end", reason: "x" }] as const) expect(await refusalOf(move(last, "construction", last === "forward" ? "contractor" : "committee"))).toBe("project_ended");
    expect((await listRowFaults(database.db)).filter(({ stairwell: at }) => at === stairwell.code)).toEqual([]);
  });

  it("is not taken back, paused or ended while people vote", async () => {
    const { stairwell, clerk } = await openedConsultation(database.db, { floors: 1 });
    const move = (kind: StageMove) => moveProject(deps(), { stairwell: stairwell.code, move: kind, seen: "consultation", roles: new Set(["committee"]), accountId: clerk, formKey: formKey() });
    expect(await refusalOf(move({ kind: "end", reason: "x" }))).toBe("consultation_running");
    expect(await refusalOf(move({ kind: "forward" }))).toBe("requirements_missing");
    expect(await refusalOf(moveProject(deps(), { stairwell: "X-1", move: { kind: "forward" }, seen: "intent", roles: new Set(), accountId: clerk, formKey: formKey() }))).toBe("stairwell_unknown");
  });

  it("takes a document as evidence, seen by committee and office alone where it names owners, and nothing of a file that is refused", async () => {
    const { stairwell, clerk, add } = await project("agreement");
    await record({ stairwellId: stairwell.stairwellId, kind: "agreement", day: "2026-11-01", account: clerk });
    await done(add("agreement", { files: [await pdf({ pages: 1 })] }));
    const [{ file } = { file: null }] = await listEvidence(database.db, stairwell.stairwellId);
    const session = async (accountId: number) => signedIn(database.db, visitor, accountId, now);
    expect((await (await session(clerk)).get(`/files/${file}/screen`)).status).toBe(200);
    expect((await visitor.get(`/files/${file}/screen`)).status).toBe(302);
    // An agreement names owners: those who build read neither its words nor its file.
    const contractor = await session(await createAccount(database.db, "contractor", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.stairwellId }));
    expect((await contractor.get(`/files/${file}/screen`)).status).toBe(403);
    for (const [who, reads] of [[contractor, false], [await session(clerk), true]] as const) {
      const { body } = await who.get(`/desk/s/${stairwell.code}/stage?_data=${encodeURIComponent("routes/desk.s.$code.stage")}`);
      expect(body.includes(file ?? "none")).toBe(reads);
    }
    const before = await database.db.selectFrom("file").select("id").execute();
    expect(await refusalOf(add("agreement", { files: [Buffer.from("<html>")] }))).toBe("file_unknown_type");
    expect(await refusalOf(add("filing-number"))).toBe("evidence_not_asked");
    expect(await refusalOf(add("cost-shares", { day: "2026-12-01" }))).toBe("evidence_in_future");
    expect(await refusalOf(add("cost-shares", {}, "contractor"))).toBe("not_your_move");
    expect(await refusalOf(add("cost-shares", { stairwell: "X-1" }))).toBe("stairwell_unknown");
    expect(await database.db.selectFrom("file").select("id").execute()).toEqual(before);
  });

  it("has its papers on one page for everybody, and a file of them once staff have looked at it", async () => {
    const { stairwell, add } = await project("acceptance");
    const papers = async () => (await visitor.get(`/s/${stairwell.code}/documents`)).body.replaceAll(/<[^>]+>/g, " ");
    expect(await papers()).toContain("还没有材料");
    await done(add("inspection-report", { text: "JD-118", files: [await pdf({ pages: 1 })] }));
    expect(await papers()).toMatch(/JD-118.*原件在居委会.*还没有的/s);
    const files = [await pdf({ pages: 2 })];
    expect(await refusalOf(add("acceptance-record", { show: "yes" }))).toBe("evidence_file_missing");
    await done(add("inspection-report", { text: "JD-119", show: "yes", files }));
    const page = (await visitor.get(`/s/${stairwell.code}/documents`)).body;
    expect(page).toContain("JD-119");
    expect(page).not.toMatch(/JD-118|林芳/);
    const shown = [...page.matchAll(/src="(\/files\/[^"]+)"/g)].map(([, src = ""]) => src.replaceAll("&amp;", "&"));
    expect(shown).toHaveLength(2);
    for (const src of shown) expect((await visitor.get(src)).status).toBe(200);
    expect((await visitor.get("/s/NONE-1/documents")).status).toBe(404);
    expect(await listRowFaults(database.db)).toEqual([expect.objectContaining({ kind: "evidence" })]);
  });
});

describe("the page of a project at the desk", () => {
  const formOf = (fields: Record<string, string>) => ({ reason: "", nextOwner: "", nextDay: "", ...fields, "form-key": formKey() });

  it("says what is missing and who moves it on, and moves it for those alone", async () => {
    const { stairwell, clerk, contractor } = await project("reserve");
    const url = `/desk/s/${stairwell.code}/stage`;
    const session = async (accountId: number) => signedIn(database.db, visitor, accountId, now);
    const [committee, site] = [await session(clerk), await session(contractor)];
    const office = await session(await createAccount(database.db, "office", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.subdistrictId }));
    expect((await site.get(url)).body).toContain("这一步不由您来办");
    expect((await office.get(url)).body).not.toContain('value="pause"');
    expect((await site.post(url, formOf({ move: "forward", seen: "reserve" }))).status).toBe(422);
    expect((await office.post(url, formOf({ move: "forward", seen: "reserve" }))).status).toBe(403);
    const back = await committee.post(url, formOf({ move: "pause", seen: "reserve", reason: "等管线" }));
    expect(back.status).toBe(422);
    expect(back.body).toContain("还没有填“下一步由谁做”");
    expect(back.body).toContain("等管线");
    expect((await committee.post(url, formOf({ move: "forward", seen: "reserve" }))).location).toBe(`${url}?done=moved`);
    expect((await committee.post(url, formOf({ move: "forward", seen: "reserve" }))).status).toBe(409);
    const page = (await committee.get(url)).body;
    for (const part of ["条件评估", "还缺", "加梯储备 → 条件评估", "林芳"]) expect(page).toContain(part);
  });
});
