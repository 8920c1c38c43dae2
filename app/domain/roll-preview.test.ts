import { expect, it } from "vitest";
import { emptyRegister, plainKeys, registerAfter, rollFlat, rollReading } from "#tests/support/rolls.ts";
import { findPersons, type KnownRoll } from "./roll-persons.ts";
import { planRoll } from "./roll-plan.ts";
import { previewFlats } from "./roll-preview.ts";
import type { RollFlat } from "./roll.ts";

const plan = (flats: RollFlat[], known: KnownRoll) => planRoll({ flats, ...findPersons(rollReading(flats), known, plainKeys) }, known, []);

it("shows each flat as it was read beside what is known, with phones masked and no ID number", () => {
  const known = registerAfter(emptyRegister, plan([rollFlat("101", ["王芳", "李强"])], emptyRegister));
  const flats = [
    rollFlat("101", ["李强", { name: "孙丽", idNumber: "310115195003070027", phone: "13900000001" }], { area: 6000 }),
    rollFlat("201", [{ name: "赵敏", idTail: "0001" }], { floor: null }),
  ];
  const preview = previewFlats(plan(flats, known));
  expect(preview).toEqual([
    {
      room: "101", state: "changed", floor: 1, area: 6000, areaSource: "register", before: { floor: 1, area: 5000, areaSource: "register", owners: ["王芳", "李强"] },
      owners: [
        { name: "李强", toldBy: "name", phone: null, joining: false },
        { name: "孙丽", toldBy: "id", phone: "139****0001", joining: true },
      ],
    },
    { room: "201", state: "new", floor: null, area: 5000, areaSource: null, before: null, owners: [{ name: "赵敏", toldBy: "tail", phone: null, joining: true }] },
  ]);
  expect(JSON.stringify(preview)).not.toContain("310115195003070027");
});
