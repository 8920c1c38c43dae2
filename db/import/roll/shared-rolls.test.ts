import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatArea } from "#app/domain/area.ts";
import { pairsOf, type RollFault, type RollFaultCode } from "#app/domain/roll.ts";
import { readRoll } from "./read-roll.server.ts";

const FOLDER = "../shared/data/rolls";
const isThere = existsSync(FOLDER);

interface Expected {
  file: string;
  units: number;
  area: string;
  voters: number;
  rooms: string[];
  sameOwner?: string[][];
  maybeSameOwner?: string[][];
}

interface ExpectedFaults {
  file: string;
  stored: number;
  faults: { line: number; column: string; what: string }[];
}

const expectedOf = <T>(name: string): T => JSON.parse(readFileSync(`${FOLDER}/${name}.expected.json`, "utf8")) as T;
const read = (file: string) => readRoll(readFileSync(`${FOLDER}/${file}`));

const WHAT: Partial<Record<RollFaultCode, (fault: RollFault) => string>> = {
  duplicate: ({ other }) => `duplicate of line ${other}`,
  empty: () => "empty",
  not_a_number: () => "not a number",
  not_above_zero: () => "not above zero",
  too_many_decimals: () => "more than two decimals",
  area_too_large: ({ other }) => `beyond any flat (limit ${String(other).replace(/(?<=\d)(?=\d{3}$)/, " ")} m2)`,
  not_a_phone: () => "not a phone number",
  not_a_room: () => "not a room number",
};

describe.skipIf(!isThere)(`the rolls of committees, skipped where ${FOLDER} is missing`, () => {
  it.each(["a-gb18030", "b-utf8-bom-semicolon", "c-title-rows-merged"])("%s is read as expected", async (name) => {
    const expected = expectedOf<Expected>(name);
    const roll = await read(expected.file);
    expect(roll.faults).toEqual([]);
    expect(roll.warnings).toEqual([]);
    expect(roll.totals.units).toBe(expected.units);
    expect(formatArea(roll.totals.area)).toBe(expected.area);
    expect(roll.totals.voters).toBe(expected.voters);
    expect(roll.flats.map((flat) => flat.room)).toEqual(expected.rooms);
    expect(roll.heads.filter((head) => head.length > 1)).toEqual(expected.sameOwner ?? []);
    expect(roll.questions.every((question) => question.code === "same_name")).toBe(true);
    expect(roll.questions.flatMap(pairsOf)).toEqual(expected.maybeSameOwner ?? []);
  });

  it("d-broken names all ten faults with line, column and what", async () => {
    const expected = expectedOf<ExpectedFaults>("d-broken");
    const { faults } = await read(expected.file);
    const named = faults.map((fault) => ({ line: fault.line, column: fault.column, what: WHAT[fault.code]?.(fault) }));
    expect(named).toEqual(expected.faults);
  });
});
