import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordEvidence, type Evidence } from "#app/use-cases/stage/record-evidence.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell } from "../support/factories.ts";

let database: TestDatabase;
const now = new Date("2026-11-21T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
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
