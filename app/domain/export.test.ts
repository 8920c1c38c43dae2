import { expect, it } from "vitest";
import { readExportFile, reasonsSince } from "./export.ts";

it("knows its files by name and ending, and nothing else", () => {
  expect(readExportFile("progress.csv")).toEqual({ file: "progress", format: "csv" });
  expect(readExportFile("results.xlsx")).toEqual({ file: "results", format: "xlsx" });
  expect(readExportFile("roll-template.xlsx")).toEqual({ file: "roll-template", format: "xlsx" });
  for (const name of ["", "progress", "progress.pdf", "roll-template.csv", "../progress.csv", "toString.csv", "progress.csv.csv"]) expect(readExportFile(name)).toBeNull();
});

it("lets a reason hold for a quarter of an hour", () => {
  expect(reasonsSince(new Date("2026-11-21T02:15:00Z"))).toEqual(new Date("2026-11-21T02:00:00Z"));
});
