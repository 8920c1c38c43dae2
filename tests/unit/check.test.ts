import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseConsultationFile, writeConsultationFile } from "#app/domain/consultation-file.ts";
import { tally, type TallyResult } from "#app/domain/tally.ts";
import { printedHead } from "#app/record/seal.ts";
import { randomConsultations } from "#tests/support/random-consultation.ts";
import { logDocument, sealedDocument } from "#tests/support/sealed.ts";

const folder = mkdtempSync(path.join(tmpdir(), "jiati-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, value: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
}

const lines = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(path.resolve("node_modules/.bin/tsx"), ["app/commands/check.ts", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
};
const python = (...args: string[]) => spawnSync("python3", ["docs/check/check.py", ...args], { encoding: "utf8" });
const hasPython = python("--help").error === undefined;

const sealed = sealedDocument(randomConsultations(1, 7)[0] ?? { ruleset: "cn-civil-278-major", roll: [], ballots: [] });
const log = logDocument(5);

describe("the check command", () => {
  it("says of each document whether it holds, and ends with 0, 1 or 2", () => {
    const good = run(write("sealed.json", sealed), write("log.json", log), "--head", printedHead(log.head));
    expect(lines(good.stdout)[1]).toMatchObject({ ok: true, entries: 5 });
    expect(lines(good.stdout)[0]).toMatchObject({ ok: false, code: "head_differs" });
    expect(good.status).toBe(1);
    expect(run(write("result.json", sealed.result)).status).toBe(0);
    const bad = run(write("forged.json", { ...sealed.result, passed: !sealed.result.passed }));
    expect(lines(bad.stdout)).toEqual([{ ok: false, at: "signature", code: "signature_bad", message: expect.stringContaining("签名不对") as string }]);
    expect(bad.status).toBe(1);
    const missing = run(path.join(folder, "nothing.json"));
    expect(missing.status).toBe(2);
    expect(lines(missing.stdout)[0]).toMatchObject({ ok: false });
  });

  it("tells how it is used", () => {
    for (const args of [[], ["--no-such-option"]]) {
      const { status, stderr } = run(...args);
      expect(status).toBe(2);
      expect(stderr).toContain("用法");
    }
  });

  it("reads a published result from its address", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/gone") response.writeHead(404).end("{}");
      else response.end(JSON.stringify(sealed.result));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { spawn } = await import("node:child_process");
    const ask = (place: string) =>
      new Promise<number | null>((resolve) => spawn(path.resolve("node_modules/.bin/tsx"), ["app/commands/check.ts", place], { stdio: "ignore" }).on("exit", resolve));
    expect(await ask(`http://127.0.0.1:${port}/result.json`)).toBe(0);
    expect(await ask(`http://127.0.0.1:${port}/gone`)).toBe(2);
    server.close();
    expect(await ask(`http://127.0.0.1:${port}/result.json`)).toBe(2);
  });
});

/** What the Python program prints of a consultation, from our own result. */
function brief(result: TallyResult) {
  return {
    ok: true,
    passed: result.passed,
    heads: { roll: result.roll.heads, participated: result.participated.heads, agree: result.agree.heads },
    tests: result.tests.map(({ test, need, strict, met }) => ({ test, need, strict, met })),
    area: { roll: result.roll.area, participated: result.participated.area, agree: result.agree.area },
    choices: { agree: result.agree.heads, oppose: result.oppose.heads, abstain: result.abstain.heads, split: result.split.heads },
  };
}

describe.runIf(hasPython)("the independent program in Python", () => {
  it("is short and imports nothing but the standard library", () => {
    const source = readFileSync("docs/check/check.py", "utf8");
    expect(source.split("\n").length).toBeLessThanOrEqual(201);
    expect([...source.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name)).toEqual(["hashlib", "json", "sys", "fractions"]);
  });

  it("agrees on 1 000 random consultations", () => {
    const consultations = randomConsultations(1_000, 20261121);
    const { stdout, status } = python(write("random.json", consultations.map(writeConsultationFile)));
    expect(status).toBe(0);
    expect(lines(stdout)).toEqual(consultations.map((consultation) => brief(tally(consultation))));
  });

  it("agrees on the small cases, and on sealed results and logs, good and forged", () => {
    const cases = JSON.parse(readFileSync("tests/fixtures/consultations/tally.json", "utf8")) as { consultation: unknown }[];
    const files = cases.map(({ consultation }) => consultation);
    const results = files.map((file) => {
      const parsed = parseConsultationFile(file);
      if (!parsed.ok) throw new Error(parsed.at);
      return brief(tally(parsed.consultation));
    });
    expect(lines(python(write("cases.json", files)).stdout)).toEqual(results);

    const documents = randomConsultations(12, 3).map((consultation) => sealedDocument(consultation));
    const forged = documents.map((document) => ({ ...document, result: { ...document.result, heads: { ...document.result.heads, agree: document.result.heads.agree + 1 } } }));
    const [first] = documents;
    const cut = { ...log, entries: log.entries.slice(0, 3), head: log.entries[2]?.hash };
    expect(lines(python(write("documents.json", [...documents, first?.result, log, cut])).stdout).map(({ ok }) => ok)).toEqual(Array(15).fill(true));
    expect(lines(python(write("forged.json", forged)).stdout).map(({ code }) => code)).toEqual(Array(12).fill("signature_bad"));
    expect(lines(python(write("cut.json", cut), "--head", printedHead(log.head)).stdout)).toEqual([{ ok: false, code: "head_not_found" }]);
    expect(lines(python(write("log.json", log), "--head", printedHead(log.head)).stdout)).toEqual([{ ok: true }]);
    const changed = { ...log, entries: log.entries.map((entry, at) => (at === 2 ? { ...entry, content: { room: "x" } } : entry)) };
    expect(lines(python(write("changed.json", changed)).stdout)).toEqual([{ ok: false, code: "content 3 changed" }]);
  });
});

if (!hasPython) console.warn("python3 is not installed: the independent program is not tried");
