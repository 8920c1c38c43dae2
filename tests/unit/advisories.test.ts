import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { affectedBy, isAffected, lockedVersions, readAdvisories } from "../support/advisories.ts";

const { advisories } = readAdvisories();
const lock = readFileSync("package-lock.json", "utf8");

describe("what is known of the locked dependencies", () => {
  it("leaves no affected version without a reason why it may stay", () => {
    const open = affectedBy(advisories, lockedVersions(lock)).filter(({ accepted }) => accepted === undefined);
    expect(open.map(({ package: name, id, about }) => `${name} ${id}: ${about}`)).toEqual([]);
  });

  it("keeps no reason for what is mended", () => {
    const affected = affectedBy(advisories, lockedVersions(lock));
    expect(advisories.filter((one) => one.accepted !== undefined && !affected.includes(one)).map(({ package: name, id }) => `${name} ${id}`)).toEqual([]);
  });

  it("finds a version that falls under it, however deep it lies", () => {
    const older = JSON.stringify({ packages: { "": {}, "node_modules/a/node_modules/@remix-run/node": { version: "2.17.1" }, "node_modules/kysely": { version: "0.28.17" } } });
    expect(affectedBy(advisories, lockedVersions(older)).map(({ id }) => id)).toEqual(["GHSA-9583-h5hc-x8cw"]);
  });

  it.each([
    ["1.2.3", "<1.2.4", true], ["1.2.4", "<1.2.4", false], ["1.2.4", "<=1.2.4", true], ["1.10.0", "<1.9.0", false], ["2.0.0", ">=1.0.0 <2.0.0", false],
    ["1.5.0", ">=1.0.0 <2.0.0", true], ["5.0.1", "<1.1.18 || >=4.0.0 <5.0.9", true], ["3.0.0", "<1.1.18 || >=4.0.0 <5.0.9", false], ["1.2.4-beta.1", "=1.2.4", true], ["1.2.5", ">1.2.4", true],
  ])("reads whether %s is %s: %s", (version, range, is) => {
    expect(isAffected(version, range)).toBe(is);
  });
});
