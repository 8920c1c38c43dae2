import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConsultationFile, type Consultation } from "#app/domain/consultation-file.ts";
import { tally, tallyRows, type TallyResult } from "#app/domain/tally.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { importDistrict } from "#db/import/district/import-district.server.ts";
import { readConsultationFile } from "#db/queries/consultations.server.ts";
import { listTallyRows } from "#db/queries/tally-rows.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { randomConsultations } from "../support/random-consultation.ts";
import { storeConsultations } from "../support/stored-consultations.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

/** What the SQL statement makes of these consultations, in their order. */
async function countInSql(consultations: readonly Consultation[]): Promise<(TallyResult | undefined)[]> {
  const ids = await storeConsultations(database.db, consultations);
  const results = new Map((await tallyInSql(database.db)).map(({ id, result }) => [id, result]));
  return ids.map((id) => results.get(id));
}

/** What is read back from the database and counted in TypeScript. */
async function countAgain(count: number): Promise<TallyResult[]> {
  const rows = await listTallyRows(database.db, { after: 0, limit: 10_000 });
  return rows.slice(-count).map(tallyRows);
}

const COUNT = 1_000;

describe("SQL and TypeScript agree", () => {
  it(`on ${COUNT} random consultations`, async () => {
    const consultations = randomConsultations(COUNT, 20_261_121);
    const results = consultations.map(tally);
    expect(await countInSql(consultations)).toEqual(results);
    expect(await countAgain(COUNT)).toEqual(results);
    const outlooks = new Set(results.map(({ outlook }) => outlook));
    expect([outlooks.size, results.some(({ unresolved }) => unresolved.length > 0), results.some(({ toPass }) => toPass.area === null)]).toEqual([4, true, true]);
  });

  it("on a threshold that is missed by less than decimals can tell", async () => {
    // 3 × 2147483647 times this share is a whole number and 1/9007199254740991.
    const need = "6204567785488565/9007199254740991";
    const roll = [1, 2, 3].map((no) => ({ unit: `${no}`, voter: `v${no}`, area: 2_147_483_647 }));
    const ballots = [{ unit: "1", seq: 1, choice: "agree", channel: "online" } as const];
    const consultations = [true, false].flatMap((strict) =>
      (["roll", "participants"] as const).map((of): Consultation => ({
        ruleset: { quorum: { heads: need, area: need }, approval: { of, heads: "1/1", area: need, strict } }, roll, ballots,
      })),
    );
    const results = consultations.map(tally);
    expect(await countInSql(consultations)).toEqual(results);
    expect(results.map(({ toPass }) => toPass.area)).toContain("22903690.58");
  });

  it("on one consultation as on all of them", async () => {
    const all = await tallyInSql(database.db);
    const one = all[7];
    expect(await tallyInSql(database.db, one?.id)).toEqual([one]);
    expect(await tallyInSql(database.db, 0)).toEqual([]);
  });
});

const CASES = "../shared/cases/tally.json";

describe.skipIf(!existsSync(CASES))(`the named cases, skipped where ${CASES} is missing`, () => {
  it("have in SQL the results that they must have", async () => {
    const cases = JSON.parse(readFileSync(CASES, "utf8")) as { consultation: unknown; result: TallyResult }[];
    const consultations = cases.map(({ consultation }) => {
      const parsed = parseConsultationFile(consultation);
      if (!parsed.ok) throw new Error(parsed.at);
      return parsed.consultation;
    });
    expect(await countInSql(consultations)).toEqual(cases.map(({ result }) => result));
  });
});

const DISTRICT = "../shared/data/district";

describe.skipIf(!existsSync(DISTRICT))(`the consultations of the district, skipped where ${DISTRICT} is missing`, () => {
  it("give the same in SQL, in TypeScript, on their certificates, and when an auditor recounts their files", async () => {
    const district = await cloneDatabase();
    const folder = mkdtempSync(path.join(tmpdir(), "jiati-recount-"));
    try {
      const subdistrict = { code: "main", name: "梅园街道", phone: "021-50000000" };
      await importDistrict({ ownerUrl: district.ownerUrl, folder: DISTRICT, now: new Date("2026-11-21T02:00:00Z"), subdistrict, wording: text.wording });
      const inSql = (await tallyInSql(district.db)).map(({ id, result }) => [id, result]);
      const inTypeScript = (await listTallyRows(district.db, { after: 0, limit: 1_000 })).map((rows) => [rows.id, tallyRows(rows)]);
      const certified = await district.db.selectFrom("certificate").select(["consultationId", "result"]).orderBy("consultationId").execute();
      expect(inSql).toHaveLength(85);
      expect(inTypeScript).toEqual(inSql);
      expect(certified.map(({ consultationId, result }) => [consultationId, result])).toEqual(inSql);

      const codes = await district.db.selectFrom("consultation").select("code").orderBy("id").execute();
      const files = await Promise.all(codes.map(({ code }) => readConsultationFile(district.db, code)));
      const saved = path.join(folder, "district.json");
      writeFileSync(saved, JSON.stringify(files));
      const recount = spawnSync(process.execPath, ["--import", "tsx", "app/commands/recount.ts", saved], { encoding: "utf8" });
      expect(recount.status).toBe(0);
      expect(JSON.parse(recount.stdout)).toEqual(certified.map(({ result }) => result));

      const python = spawnSync("python3", ["docs/check/check.py", saved], { encoding: "utf8" });
      if (python.error) return console.warn("python3 is not installed: the independent program is not tried");
      const counted = python.stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { passed: boolean; heads: object; area: object; choices: object });
      expect(counted.map(({ passed, heads, area, choices }) => ({ passed, heads, area, choices }))).toEqual(
        inSql.map(([, result]) => {
          const { roll, participated, agree, oppose, abstain, split, passed } = result as TallyResult;
          return {
            passed,
            heads: { roll: roll.heads, participated: participated.heads, agree: agree.heads },
            area: { roll: roll.area, participated: participated.area, agree: agree.area },
            choices: { agree: agree.heads, oppose: oppose.heads, abstain: abstain.heads, split: split.heads },
          };
        }),
      );
    } finally {
      await district.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
