import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { TallyResult } from "#app/domain/tally.ts";

const fixtures = path.resolve("tests/fixtures/consultations");
const readFixture = (name: string): unknown => JSON.parse(readFileSync(path.join(fixtures, name), "utf8"));
const cases = readFixture("tally.json") as { consultation: object; result: TallyResult }[];
const broken = readFixture("tally-broken.json") as { consultation: object; at: string }[];

const folder = mkdtempSync(path.join(tmpdir(), "jiati-recount-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const writeJson = (name: string, value: unknown) => write(name, JSON.stringify(value));

/** Runs the command as an auditor would; its lines, what it says on stderr, and its exit status. */
function recount(files: string[], env: Record<string, string> = {}) {
  const { npm_lifecycle_event: _script, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(
    path.resolve("node_modules/.bin/tsx"),
    ["app/commands/recount.ts", ...files],
    { encoding: "utf8", env: { ...inherited, ...env } },
  );
  return { status, stderr, lines: stdout.split("\n") };
}

describe("the recount", () => {
  const [first, second] = cases;

  it("prints one line for each file: a result for a document, an array of them for an array", () => {
    const files = [
      writeJson("one.json", first?.consultation),
      writeJson("list.json", [second?.consultation, first?.consultation]),
      writeJson("none.json", []),
    ];
    expect(recount(files)).toEqual({
      status: 0,
      stderr: "",
      lines: [JSON.stringify(first?.result), JSON.stringify([second?.result, first?.result]), "[]", ""],
    });
  });

  it("refuses a broken document in its place, counts all others and exits with 2", () => {
    const files = [
      writeJson("mixed.json", [first, ...broken, second].map((given) => given?.consultation)),
      writeJson("sound.json", first?.consultation),
    ];
    const { status, lines } = recount(files);
    expect(status).toBe(2);
    const [mixed, sound] = lines.slice(0, 2).map((line) => JSON.parse(line) as unknown);
    expect(mixed).toEqual([
      first?.result,
      ...broken.map(({ at }) => ({ error: { at, message: expect.stringMatching(/^\p{Script=Han}/u) as string } })),
      second?.result,
    ]);
    expect(sound).toEqual(first?.result);
  });

  it("says of every file that is no JSON text in UTF-8 why not, and goes on", () => {
    mkdirSync(path.join(folder, "folder"));
    const text = JSON.stringify(first?.consultation);
    const unreadable: [string, string][] = [
      [path.join(folder, "nowhere.json"), "找不到文件"],
      [path.join(folder, "folder"), "这是文件夹，不是文件"],
      ["/dev/null", "文件无法读取"],
      [write("empty.json", ""), "文件是空的"],
      [write("blank.json", " \n"), "文件是空的"],
      [write("half.json", text.slice(0, -1)), "文件不是有效的 JSON"],
      [write("bom.json", `\ufeff${text}`), "文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8"],
      [write("gb18030.json", Uint8Array.of(0x22, 0xbc, 0xd3, 0xcc, 0xdd, 0x22)), "文件不是 UTF-8 编码"],
      [write("utf16.json", Buffer.from(`\ufeff${text}`, "utf16le")), "文件不是 UTF-8 编码"],
    ];
    const last = writeJson("last.json", first?.consultation);
    const { status, lines } = recount([...unreadable.map(([file]) => file), last]);
    expect(status).toBe(2);
    expect(lines).toEqual([
      ...unreadable.map(([file, why]) => JSON.stringify({ error: { at: "", message: `${why}：${file}` } })),
      JSON.stringify(first?.result),
      "",
    ]);
  });

  it("finds files from the folder in which npm was called", () => {
    writeJson("here.json", first?.consultation);
    const { status, lines } = recount(["here.json"], { npm_lifecycle_event: "recount", INIT_CWD: folder });
    expect([status, lines[0]]).toEqual([0, JSON.stringify(first?.result)]);
  });

  it("without a file says how it is used and exits with 2", () => {
    const { status, lines, stderr } = recount([]);
    expect([status, lines]).toEqual([2, [""]]);
    expect(stderr).toContain("用法：npm run --silent recount -- 文件…");
  });

  it("needs no database and no network: it imports the domain, its sentences and node:fs alone", () => {
    const source = readFileSync("app/commands/recount.ts", "utf8");
    const imported = Array.from(source.matchAll(/from "([^"]+)"/g), ([, name]) => name);
    expect(imported).toContain("#app/domain/tally.ts");
    expect(imported.filter((name) => !/^(node:fs|\.\/read-json\.ts$|#app\/(domain|i18n)\/.+)$/.test(name ?? ""))).toEqual([]);
  });
});
