import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { RowDigests } from "./row-digests.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it("is the SHA-256 of a stairwell's rows, wherever they stand in the files", () => {
  const digests = new RowDigests();
  digests.add("M1-01", "units.csv", ["M1-01", "101", "柏青"]);
  digests.add("M1-02", "units.csv", ["M1-02", "101", "兰青"]);
  digests.add("M1-01", "units.csv", ["M1-01", "102", ""]);
  expect(digests.of("M1-01")).toBe(sha256("units.csv\tM1-01\t101\t柏青\nunits.csv\tM1-01\t102\t\n"));
  digests.add("M1-01", "lifts.csv", ["M1-01", "2023-03-01", ""]);
  expect(digests.of("M1-01")).toBe(sha256("units.csv\tM1-01\t101\t柏青\nunits.csv\tM1-01\t102\t\nlifts.csv\tM1-01\t2023-03-01\t\n"));
  expect(digests.of("M1-02")).toBe(sha256("units.csv\tM1-02\t101\t兰青\n"));
  expect(digests.of("M1-03")).toBe(sha256(""));
});
