import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createVault } from "#db/personal-data.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createStairwell, type TestStairwell } from "../support/factories.ts";

const DATA_KEY = "a key of the command's own tests, long enough";

let database: TestDatabase;
let folder: string;
let stairwell: TestStairwell;
beforeAll(async () => {
  database = await cloneDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "jiati-roll-"));
  stairwell = await createStairwell(database.db, { floors: 6, flatsPerFloor: 0 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own against the test database. */
function importRoll(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "app/commands/import.ts", "roll", ...args], {
    env: {
      ...process.env, DATA_DIR: folder, DATA_KEY, SESSION_SECRET: "s".repeat(32),
      DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, ...env,
    },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes: Buffer) => (said.stdout += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (said.stderr += bytes.toString()));
  return new Promise((resolve, reject) => child.on("error", reject).on("close", (status) => resolve({ status, ...said })));
}

const write = (name: string, text: string | Buffer) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const countFlats = async () => (await database.db.selectFrom("flat").select("id").where("stairwellId", "=", stairwell.stairwellId).execute()).length;

const ROLL = `室号,建筑面积,产权人,证件号码,联系电话
101,50.10,钱某,310115195003070027,139-0000-1101
201,48.25,孙某,,
202,48.25,孙某,,
`;

describe("npm run import -- roll", () => {
  it("with --check says what was read and what would change, and stores nothing", async () => {
    const file = write("roll.csv", ROLL);
    const { status, stdout, stderr } = await importRoll([file, "--stairwell", stairwell.code, "--check"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("CSV，UTF-8，以逗号分隔");
    expect(stdout).toContain("3 户，3 个业主人数，共 146.60 平方米");
    expect(stdout).toContain("201室、202室 都有产权人孙某，证件不足以辨认，是同一人吗？（保存后在“清册里的问题”里回答）");
    expect(stdout).toContain(`核对无误，没有保存。保存到 ${stairwell.code} 会有这些变化：\n  新登记 3 户，有变化 0 户；新增业主 3 人次，不再是业主 0 人次`);
    expect(await countFlats()).toBe(0);
  });

  it("stores the roll with phones and IDs sealed, and nothing the second time", async () => {
    const file = write("roll.csv", ROLL);
    const first = await importRoll([file, "--stairwell", stairwell.code.toLowerCase()]);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain(`已保存到 ${stairwell.code}：\n  新登记 3 户`);
    expect(first.stdout).toContain("共 3 个业主人数，有 1 个问题要在工作台回答");
    const owner = await database.db.selectFrom("owner").select(["phoneCipher", "idCipher"]).where("name", "=", "钱某").executeTakeFirstOrThrow();
    const vault = createVault(DATA_KEY);
    expect([owner.phoneCipher, owner.idCipher].map((sealed) => sealed && vault.open(sealed))).toEqual(["13900001101", "310115195003070027"]);

    const second = await importRoll([file, "--stairwell", stairwell.code]);
    expect([second.status, second.stderr]).toEqual([0, ""]);
    expect(second.stdout).toContain(`${stairwell.code} 的登记已经是这些内容，没有任何改动。`);
  });

  it("names each fault by line and column, and hides IDs and phones", async () => {
    const file = write("broken.csv", `室号,面积,业主,证件号码,电话\n101,五十,钱某,310115195003070024,139000011011234\n,50.10,李某,,\n`);
    const { status, stdout, stderr } = await importRoll([file, "--stairwell", stairwell.code]);
    expect(status).toBe(1);
    expect(stderr.split("\n")).toEqual([
      "错误 3 处，什么都没有保存：",
      "  第 2 行 建筑面积：“五十”不是数字",
      "  第 2 行 联系电话：“139********1234”不是电话号码，固定电话须带区号",
      "  第 3 行 室号：没有填写",
      "",
    ]);
    expect(stdout).toContain("第 2 行 证件号码：钱某的身份证号校验不符，请核对：310***********0024");
    expect(`${stdout}${stderr}`).not.toContain("310115195003070024");
  });

  it("says why a roll does not fit its stairwell", async () => {
    const file = write("part.csv", "室号,面积,业主\n101,50.10,钱某\n");
    const missing = await importRoll([file, "--stairwell", stairwell.code]);
    expect([missing.status, missing.stderr]).toEqual([1, "清册里少了已登记的户：201、202。什么都没有保存，请补上全部户后重新提交。\n"]);
    const checked = await importRoll([file, "--stairwell", stairwell.code, "--check"]);
    expect([checked.status, checked.stderr]).toEqual([missing.status, missing.stderr]);
    for (const check of [[], ["--check"]]) {
      const nowhere = await importRoll([file, "--stairwell", "X-1", ...check]);
      expect([nowhere.status, nowhere.stderr]).toEqual([1, "没有编号为 X-1 的楼道，什么都没有保存。\n"]);
    }
  });

  it("says what is wrong with the command line or the file", async () => {
    const file = write("roll.csv", ROLL);
    const usage = "npm run import -- roll 文件 --stairwell 楼道编号";
    const cases: [string[], number, string][] = [
      [[], 2, usage],
      [[file], 2, `没有写楼道编号，例如 --stairwell A1-001\n用法：\n  ${usage}`],
      [[file, file, "--stairwell", stairwell.code], 2, usage],
      [[file, "--stairwel", stairwell.code], 2, "命令写得不对"],
      [[path.join(folder, "none.csv"), "--stairwell", stairwell.code], 1, `找不到文件：${path.join(folder, "none.csv")}`],
      [[folder, "--stairwell", stairwell.code], 1, `这是文件夹，不是文件：${folder}`],
      [["/dev/zero", "--stairwell", stairwell.code], 1, "文件打不开：/dev/zero"],
      [[write("empty.csv", ""), "--stairwell", stairwell.code], 1, "文件里没有内容"],
    ];
    for (const [args, expected, message] of cases) {
      const { status, stderr } = await importRoll(args);
      expect([args, status]).toEqual([args, expected]);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it("does not seal with another key than the rest of the database is sealed with", async () => {
    const file = write("another.csv", ROLL.replace("139-0000-1101", "139-0000-1102"));
    const { status, stderr } = await importRoll([file, "--stairwell", stairwell.code], { DATA_KEY: `another ${DATA_KEY}` });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^数据库里的个人信息不是用现在的密钥保存的/);
  });
});
