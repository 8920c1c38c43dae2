import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("writes a header and a line a row, each ended by LF", () => {
  expect(toCsv(["code", "flats", "reached"], [{ code: "C1-1", flats: 12, reached: true }])).toBe("code,flats,reached\nC1-1,12,true\n");
});

it("quotes commas, quotes and line breaks as RFC 4180 asks", () => {
  expect(toCsv(["name"], [{ name: 'a,"b"\nc' }])).toBe('name\n"a,""b""\nc"\n');
});

it("keeps a name from being run as a formula, and numbers as they are", () => {
  expect(toCsv(["name", "change"], [{ name: "=1+1", change: -3 }])).toBe("name,change\n'=1+1,-3\n");
});
