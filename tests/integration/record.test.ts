import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { settledByDatabase } from "#app/use-cases/consultation/settled-by-database.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { transact } from "#app/use-cases/transact.server.ts";
import { insertIntent } from "#db/queries/intents.server.ts";
import { recordEvidence } from "#app/use-cases/stage/record-evidence.server.ts";
import { issuedAssessment } from "../support/assessments.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createStairwell, formKey } from "../support/factories.ts";

let database: TestDatabase;
let certified: OpenedConsultation;
let ballotId: number;

beforeAll(async () => {
  database = await cloneDatabase();
  certified = await openedConsultation(database.db);
  const { consultation, clerk, colleague, deps, later, stairwell } = certified;
  for (const room of ["101", "102"]) await done(certified.cast(room, "agree"));
  const running = await openedConsultation(database.db, { floors: 1 });
  await done(extendConsultation(deps, { consultation: running.consultation, closesOn: "2026-12-05", reason: "有人在外地", accountId: running.clerk, formKey: formKey() }));
  const { seq } = await done(certified.cast("201", "agree"));
  await done(undoBallot(deps, { consultation, seq, accountId: clerk, formKey: formKey() }));
  await done(certified.cast("201", "agree", { channel: "paper" }));
  await done(requestVoid(deps, { consultation, seq: 1, reason: "他人代签", accountId: clerk, formKey: formKey() }));
  await done(rejectVoid(deps, { consultation, seq: 1, reason: "本人到场", accountId: colleague, formKey: formKey() }));
  await done(requestVoid(deps, { consultation, seq: 1, reason: "他人代签", accountId: clerk, formKey: formKey() }));
  await done(confirmVoid(deps, { consultation, seq: 1, accountId: colleague, formKey: formKey() }));
  await done(closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }));
  await done(certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }));
  ballotId = (await database.db.selectFrom("ballot").select("id").where("seq", "=", 2).executeTakeFirstOrThrow()).id;
  const assessed = await createStairwell(database.db, { stage: "assessment", floors: 1 });
  const { first, second } = await issuedAssessment(database.db, assessed, { grade: "C" });
  await issuedAssessment(database.db, assessed, { by: { first, second } });
  await database.db.transaction().execute((tx) => recordEvidence(tx, later.now, { stairwellId: assessed.stairwellId, kind: "agreement", text: "全部签字", account: clerk }));
  await database.db.transaction().execute(async (tx) => {
    const filing = { choice: "willing", worry: null, channel: "paper", needsHelp: null, filedAt: later.now } as const;
    const { subdistrictId, stairwellId, flats } = stairwell;
    for (const knownBy of ["committee", null] as const) {
      const flatId = flats[0]?.id ?? 0;
      const intentId = await insertIntent(tx, { ...filing, subdistrictId, stairwellId, flatId, knownBy, filedBy: clerk, receipt: knownBy ?? "none" });
      if (knownBy) continue;
      await tx.insertInto("intentConfirmation").values({ intentId, way: "committee", accountId: clerk, at: later.now }).execute();
      await tx.insertInto("intentRejection").values({ intentId, accountId: clerk, reason: "查无此人", at: later.now }).execute();
    }
  });
});
afterAll(() => database.close());

const errorOf = async (statement: string, db = database.db): Promise<string> => {
  try {
    await sql.raw(statement).execute(db);
    return "done";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const INSUFFICIENT_PRIVILEGE = "42501";
const RESTRICT_VIOLATION = "23001";

const added = {
  intent: "choice", intent_confirmation: "at", intent_rejection: "reason", stage_move: "at", roll_entry: "area", ballot: "choice",
  ballot_void_request: "reason", ballot_void_rejection: "reason", ballot_void: "reason", ballot_check: "note", ballot_undo: "at", certificate: "passed",
  consultation_extension: "reason", stage_evidence: "text", side_move: "reason", assessment_factor: "finding", log_entry: "verb",
};

describe("what is only ever added", () => {
  for (const [table, column] of Object.entries(added)) {
    it(`stays as it is: ${table}`, async () => {
      const count = async () => (await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(database.db)).rows[0]?.count ?? 0;
      const before = await count();
      expect(before).toBeGreaterThan(0);
      for (const statement of [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`]) {
        expect([statement, await errorOf(statement), await errorOf(statement, database.owner.db)]).toEqual([
          statement, INSUFFICIENT_PRIVILEGE, RESTRICT_VIOLATION,
        ]);
      }
      expect(await count()).toBe(before);
    });
  }

  it("leaves the chain of the stairwell whole", async () => {
    expect(await verifyChain(database.db, certified.stairwell.stairwellId)).toBe(13);
  });

  it("can never have its guard taken off by the application", async () => {
    for (const table of Object.keys(added)) expect(await errorOf(`alter table ${table} disable trigger all`)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await errorOf(`set session_replication_role = replica`)).toBe(INSUFFICIENT_PRIVILEGE);
  });
});

describe("the database itself", () => {
  const directBallot = () => {
    const { consultationId, stairwell } = certified;
    return `insert into ballot (subdistrict_id, consultation_id, flat_id, seq, choice, channel, cast_at)
      values (${stairwell.subdistrictId}, ${consultationId}, ${stairwell.flats[3]?.id}, 99, 'agree', 'paper', now())`;
  };

  it("refuses a ballot after the close, whoever writes it", async () => {
    for (const db of [database.db, database.owner.db]) expect(await errorOf(directBallot(), db)).toBe("JT001");
  });

  it("refuses a void after the certificate, whoever writes it", async () => {
    const statement = `insert into ballot_void (ballot_id, reason, at) values (${ballotId}, '迟到', now())`;
    for (const db of [database.db, database.owner.db]) expect(await errorOf(statement, db)).toBe("JT002");
  });

  it("refuses a word on a ballot after the certificate, and taking one back after the close, whoever writes it", async () => {
    const { clerk, colleague, stairwell: { subdistrictId } } = certified;
    const check = `insert into ballot_check values (${ballotId}, ${subdistrictId}, 'confirmed', null, ${colleague}, now())`;
    const undo = `insert into ballot_undo values (${ballotId}, ${subdistrictId}, ${clerk}, now())`;
    for (const db of [database.db, database.owner.db]) expect([await errorOf(check, db), await errorOf(undo, db)]).toEqual(["JT002", "JT001"]);
  });

  it("takes a word on a ballot from paper by another than who recorded it, and takes none back that is not one's own, late or checked", async () => {
    const { record, cast, consultationId, clerk, colleague, stairwell: { subdistrictId } } = await openedConsultation(database.db);
    const idOf = async (seq: number) =>
      (await database.db.selectFrom("ballot").select("id").where("consultationId", "=", consultationId).where("seq", "=", seq).executeTakeFirstOrThrow()).id;
    await done(record("101", "agree", { channel: "paper" }));
    await done(cast("102", "agree"));
    await done(cast("201", "agree", { channel: "paper" }));
    const [paper, online, checked] = [await idOf(1), await idOf(2), await idOf(3)];
    const check = (id: number, by: number, note = "null") =>
      errorOf(`insert into ballot_check values (${id}, ${subdistrictId}, '${note === "null" ? "confirmed" : "disagreed"}', ${note}, ${by}, now())`);
    const undo = (id: number, by: number, after = "0 minutes") =>
      errorOf(`insert into ballot_undo select id, subdistrict_id, ${by}, cast_at + interval '${after}' from ballot where id = ${id}`);
    expect([await check(paper, clerk), await check(online, colleague), await check(paper, colleague, "''")]).toEqual([
      RESTRICT_VIOLATION, RESTRICT_VIOLATION, "23514",
    ]);
    expect([await undo(paper, colleague), await undo(paper, clerk, "10 minutes 1 second"), await undo(paper, clerk, "-1 second"), await undo(checked, clerk)]).toEqual(
      Array<string>(4).fill(RESTRICT_VIOLATION),
    );
    expect([await undo(paper, clerk, "10 minutes"), await undo(online, clerk)]).toEqual(["done", "done"]);
  });

  it("certifies nothing while a ballot waits for the second person", async () => {
    const { record, close, colleague, consultationId } = await openedConsultation(database.db);
    await done(record("101", "agree", { channel: "paper" }));
    await done(close());
    const certify = `insert into certificate values (${consultationId}, '{}', false, 'portal', ${colleague}, now())`;
    expect(await errorOf(certify)).toBe(RESTRICT_VIOLATION);
  });

  it("refuses a further flat on a frozen roll", async () => {
    const running = await openedConsultation(database.db);
    const stranger = certified.stairwell.flats[0]?.id;
    const entry = (id: number) => `insert into roll_entry values (${id}, ${stranger}, '909', 'P9', 1)`;
    for (const { consultationId } of [certified, running]) expect(await errorOf(entry(consultationId), database.owner.db)).toBe("JT003");
  });

  it("keeps the rule, the dates and the end of a consultation, and the consultation", async () => {
    const { consultationId } = certified;
    for (const change of ["ruleset = '{}'", "opened_at = now()", "closed_at = null", "closed_at = now()", "close_reason = '改'", "code = 'Q1'"]) {
      expect(await errorOf(`update consultation set ${change} where id = ${consultationId}`)).toBe(RESTRICT_VIOLATION);
    }
    expect(await errorOf(`delete from consultation where id = ${consultationId}`)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await errorOf(`delete from consultation where id = ${consultationId}`, database.owner.db)).toBe(RESTRICT_VIOLATION);
  });

  it("says so as the use cases do", async () => {
    const direct = (statement: string) =>
      refusalOf(settledByDatabase(transact(certified.deps, null, async (tx) => (await sql.raw(statement).execute(tx)).rows)));
    expect(await direct(directBallot())).toBe("not_open");
    expect(await direct(`insert into ballot_void (ballot_id, reason, at) values (${ballotId}, '迟到', now())`)).toBe("certified");
    await expect(direct("select 1 / 0")).rejects.toMatchObject({ code: "22012" });
  });

  it("takes no void by one person alone", async () => {
    const { cast, consultationId, clerk } = await openedConsultation(database.db);
    await done(cast("101", "agree"));
    const { id } = await database.db.selectFrom("ballot").select("id").where("consultationId", "=", consultationId).executeTakeFirstOrThrow();
    const statement = `insert into ballot_void (ballot_id, reason, requested_by, confirmed_by, at) values (${id}, '代签', ${clerk}, ${clerk}, now())`;
    expect(await errorOf(statement)).toBe("23514");
  });
});
