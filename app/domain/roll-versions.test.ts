import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegisterFlat } from "./roll-export.ts";
import { diffRolls } from "./roll-versions.ts";

const owner = (name: string, more: Partial<RegisterFlat["owners"][number]> = {}) => ({ name, idNumber: null, phone: null, ...more });
const flat = (room: string, owners: RegisterFlat["owners"], more: Partial<RegisterFlat> = {}): RegisterFlat => ({ room, floor: 1, area: 5000, areaSource: "register", owners, ...more });

describe("the differences between two versions of a roll", () => {
  it("are the flats that came, went or changed, with who joined and left", () => {
    const before = [flat("101", [owner("王芳"), owner("李强")]), flat("102", [owner("周全")]), flat("103", [owner("孙某")])];
    const after = [flat("101", [owner("王芳"), owner("钱某")], { area: 5001, floor: 2, areaSource: "survey" }), flat("102", [owner("周全")]), flat("104", [owner("吴某")])];
    expect(diffRolls(before, after)).toMatchObject([
      { room: "101", state: "changed", floor: { from: 1, to: 2 }, area: { from: 5000, to: 5001 }, areaSource: { from: "register", to: "survey" }, joined: ["钱某"], left: ["李强"] },
      { room: "104", state: "added", joined: ["吴某"], left: [] },
      { room: "103", state: "removed", joined: [], left: ["孙某"] },
    ]);
  });

  it("say whose number is another one, and no number", () => {
    const before = [flat("101", [owner("王芳", { phone: "13900000001" }), owner("王芳", { idNumber: "A1234567" }), owner("李强")])];
    const after = [flat("101", [owner("王芳", { phone: "13900000002" }), owner("王芳", { idNumber: "B1234567" }), owner("李强")])];
    const differences = diffRolls(before, after);
    expect(differences).toMatchObject([{ otherIds: ["王芳"], otherPhones: ["王芳"], joined: [], left: [] }]);
    expect(JSON.stringify(differences)).not.toMatch(/139|1234567/);
  });

  const rolls = fc.uniqueArray(
    fc.record({
      room: fc.constantFrom("101", "102", "201", "202"), floor: fc.integer({ min: 1, max: 3 }), area: fc.integer({ min: 1, max: 3 }),
      areaSource: fc.constantFrom("register" as const, "survey" as const),
      owners: fc.array(fc.record({ name: fc.constantFrom("甲", "乙"), idNumber: fc.constantFrom(null, "1"), phone: fc.constantFrom(null, "2") }), { maxLength: 2 }),
    }),
    { selector: ({ room }) => room },
  );

  it("are none between a roll and itself, and the other way round the opposite", () => {
    fc.assert(
      fc.property(rolls, rolls, (one, other) => {
        expect(diffRolls(one, one)).toEqual([]);
        const there = diffRolls(one, other);
        const back = diffRolls(other, one);
        expect(back.map(({ room }) => room).sort()).toEqual(there.map(({ room }) => room).sort());
        for (const { room, joined, left, area } of there) {
          const opposite = back.find((difference) => difference.room === room);
          expect([opposite?.joined.sort(), opposite?.left.sort(), opposite?.area?.from]).toEqual([left.sort(), joined.sort(), area?.to]);
        }
      }),
    );
  });
});
