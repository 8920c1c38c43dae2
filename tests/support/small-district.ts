import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { districtFiles, type DistrictFile } from "#app/domain/district.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { DistrictRefused } from "#db/import/district/faults.ts";
import { importDistrict, type DistrictImport, type DistrictSummary } from "#db/import/district/import-district.server.ts";
import type { TestDatabase } from "./database.ts";

/**
 * Two communities with four stairwells. M1-01 has six flats of five owners, a consultation that passed and a lift; M1-02
 * is in the reserve; M2-01 has a consultation that failed and a lift that is being built; nobody of M2-02 has said a word.
 */
const files: Record<DistrictFile, string> = {
  "communities.csv": `code,name,committee,address,built_year,lon,lat
M1,茉莉苑,茉莉居委会,梅园路 1 弄,1988,121.5,31.2
M2,木槿坊,木槿居委会,梅园路 2 弄,,,
`,
  "stairwells.csv": `code,community,building,entrance,floors,lon,lat
M1-01,M1,1幢,1号,3,121.5001,31.2001
M1-02,M1,1幢,2号,3,,
M2-01,M2,甲幢,3号,2,,
M2-02,M2,乙幢,4号,2,,
`,
  "units.csv": `stairwell,room,floor,area,owner_id,owner_name,owner_kind
M1-01,101,1,50.00,A1,柏青,person
M1-01,102,1,60.5,A2,竹青,person
M1-01,201,2,50,A1,柏青,person
M1-01,202,2,60.50,A3,松青,person
M1-01,301,3,50.01,A4,梅园房产公司,company
M1-01,302,3,60.50,A5,直管公房,public
M1-02,101,1,70.00,B1,兰青,person
M1-02,201,2,70.00,B2,菊青,person
M1-02,301,3,70.00,B3,荷青,person
M2-01,101,1,80.00,C1,桂青,person
M2-01,102,1,80.00,C2,榆青,person
M2-01,201,2,80.00,C3,槐青,person
M2-01,202,2,80.00,C4,桐青,person
M2-02,101,1,90.00,D1,枫青,developer
`,
  "intents.csv": `stairwell,room,choice,channel,filed_at
M1-01,101,willing,online,2021-03-01
M1-01,102,willing,paper,2021-04-01
M1-01,201,willing,online,2021-05-01
M1-01,202,unwilling,assisted,2021-05-02
M1-01,202,willing,online,2021-06-01
M1-02,101,willing,online,2021-01-10
M1-02,201,willing,online,2021-02-10
M1-02,201,undecided,online,2021-03-10
M1-02,301,willing,online,2021-09-10
M2-01,101,willing,online,2021-07-01
M2-01,102,unwilling,online,2021-07-02
`,
  "consultations.csv": `id,stairwell,ruleset,opened_at,closed_at
QA,M1-01,cn-civil-278-major,2022-03-01,2022-03-31
QB,M2-01,cn-civil-278-major,2022-04-01,2022-04-01
`,
  "ballots.csv": `consultation,room,seq,choice,channel,cast_at,void_reason
QA,101,1,agree,online,2022-03-01,
QA,102,2,oppose,paper,2022-03-02,
QA,102,3,agree,paper,2022-03-03,
QA,201,4,agree,proxy,2022-03-04,
QA,202,5,agree,assisted,2022-03-05,
QA,202,6,oppose,proxy,2022-03-31,无书面委托
QA,301,7,agree,online,2022-03-31,
QB,101,1,agree,online,2022-04-01,
QB,102,2,oppose,online,2022-04-01,
QB,201,3,abstain,online,2022-04-01,
`,
  "lifts.csv": `stairwell,started_on,in_use_since
M1-01,2023-03-01,2023-09-01
M2-01,2023-05-01,
`,
};

export type Edit = (text: string) => string;
export type Edits = Partial<Record<DistrictFile, Edit | null>>;

/** Puts the small district, with some files edited or left out (null), into a folder of its own. */
export function writeSmallDistrict(edits: Edits = {}): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-district-"));
  for (const file of districtFiles) {
    const edit = edits[file];
    if (edit !== null) writeFileSync(path.join(folder, file), edit ? edit(files[file]) : files[file]);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Adds rows at the end. */
export const adding = (...rows: string[]): Edit => (text) => `${text}${rows.join("\n")}\n`;

/** Replaces a text, which must be there. */
export const replacing =
  (from: string, to: string): Edit =>
  (text) => {
    if (!text.includes(from)) throw new Error(`not in the file: ${from}`);
    return text.replace(from, to);
  };

export const mainSubdistrict = { code: "main", name: "梅园街道", phone: "021-50000000" };
export const importedAt = new Date("2026-11-21T02:00:00Z");

/** Imports a folder as the command does. */
export function importFolder({ ownerUrl }: TestDatabase, folder: string, given: Partial<DistrictImport> = {}): Promise<DistrictSummary> {
  return importDistrict({ ownerUrl, folder, now: importedAt, subdistrict: mainSubdistrict, wording: text.wording, ...given });
}

/** Imports the small district with some files edited. */
export async function importSmall(database: TestDatabase, edits: Edits = {}, subdistrict = mainSubdistrict): Promise<DistrictSummary> {
  const { folder, remove } = writeSmallDistrict(edits);
  try {
    return await importFolder(database, folder, { subdistrict });
  } finally {
    remove();
  }
}

/** The faults for which the small district is refused, as "file:line:column code value (other)". */
export async function faultsOf(database: TestDatabase, edits: Edits, subdistrict = mainSubdistrict): Promise<string[]> {
  try {
    await importSmall(database, edits, subdistrict);
  } catch (error) {
    if (!(error instanceof DistrictRefused)) throw error;
    return error.faults.map((f) => `${f.file}:${f.line}:${f.column} ${f.code} ${f.value}${f.other === null ? "" : ` (${f.other})`}`);
  }
  return [];
}

/** Every table by the number and a digest of its rows. */
export async function contentsOf({ owner }: TestDatabase): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(owner.db);
  const found: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ rows: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as rows from ${sql.table(name)} t`.execute(owner.db);
    found[name] = rows[0]?.rows ?? "";
  }
  return found;
}
