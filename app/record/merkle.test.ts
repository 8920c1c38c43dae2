import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inclusionProof, merkleRoot } from "./merkle.ts";

const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 9162, 2.1.3.2: the root that a leaf, its place and its proof lead to. */
function rootFrom(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[]): string {
  let [fn, sn, root] = [index, size - 1, sha(Buffer.of(0), leaf)];
  for (const step of proof) {
    if (sn === 0) return "too long";
    if (fn % 2 === 1 || fn === sn) {
      root = sha(Buffer.of(1), step, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else root = sha(Buffer.of(1), root, step);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 ? root.toString("hex") : "too short";
}

const leaves = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });

describe("the Merkle tree", () => {
  it("has the roots that RFC 6962 gives as examples", () => {
    const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((text) => Buffer.from(text, "hex"));
    expect(merkleRoot([]).toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(merkleRoot(inputs.slice(0, 1)).toString("hex")).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    expect(merkleRoot(inputs).toString("hex")).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  });

  it("leads from each leaf to the root, and to no other for a leaf that was changed or stands elsewhere", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), (all, at) => {
        const index = at % all.length;
        const leaf = all[index] ?? new Uint8Array();
        const root = merkleRoot(all).toString("hex");
        const proof = inclusionProof(all, index);
        expect(rootFrom(leaf, index, all.length, proof)).toBe(root);
        expect(rootFrom(Buffer.concat([leaf, Buffer.of(7)]), index, all.length, proof)).not.toBe(root);
      }),
      { numRuns: 300 },
    );
  });

  it("gives no proof for a leaf that is not there", () => {
    expect(() => inclusionProof([Buffer.of(1)], 1)).toThrow(RangeError);
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
  });
});
