import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConsultationFile } from "#app/domain/consultation-file.ts";
import { tally, type TallyResult } from "#app/domain/tally.ts";

interface Case {
  name: string;
  consultation: unknown;
  result: TallyResult;
}

interface BrokenCase {
  name: string;
  consultation: unknown;
  at: string;
}

function listCases<T>(path: string): T[] {
  return JSON.parse(readFileSync(path, "utf8")) as T[];
}

function expectResult({ consultation, result }: Case) {
  const parsed = parseConsultationFile(consultation);
  expect(parsed).toMatchObject({ ok: true });
  if (parsed.ok) expect(JSON.stringify(tally(parsed.consultation))).toBe(JSON.stringify(result));
}

function expectRefusal({ consultation, at }: BrokenCase) {
  expect(parseConsultationFile(consultation)).toMatchObject({ ok: false, at });
}

describe("a consultation gives the exact result worked out for it:", () => {
  it.each(listCases<Case>("tests/fixtures/consultations/tally.json"))("$name", expectResult);
});

describe("a broken consultation is refused with the place of its fault:", () => {
  it.each(listCases<BrokenCase>("tests/fixtures/consultations/tally-broken.json"))("$name", expectRefusal);
});

const shared = "../shared/cases";

describe.runIf(existsSync(shared))(`the named cases of ${shared}, left out where that folder is missing:`, () => {
  const cases = existsSync(shared) ? listCases<Case>(`${shared}/tally.json`) : [];
  const broken = existsSync(shared) ? listCases<BrokenCase>(`${shared}/tally-broken.json`) : [];

  it("are all there", () => {
    expect(cases.length).toBeGreaterThanOrEqual(28);
    expect(broken.length).toBeGreaterThanOrEqual(18);
  });

  it.each(cases)("$name gives its result to the letter", expectResult);
  it.each(broken)("$name is refused at its place", expectRefusal);
});
