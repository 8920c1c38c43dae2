import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyRegister, plainKeys, registerAfter, registerAnswered, rollFlat, rollOwner, rollReading, type OwnerWritten } from "#tests/support/rolls.ts";
import { findPersons, type KnownFlat, type KnownOwner, type KnownRoll } from "./roll-persons.ts";
import { planRoll, STAIRWELL_LIMITS, summarisePlan, whyPlanIsRefused, whyReadingIsRefused, type RollPlan } from "./roll-plan.ts";
import { groupHeads, type RollFlat } from "./roll.ts";

/** Invented numbers; the first two end in the same four characters. */
const ID_A = "310115195003070027";
const ID_A2 = "310104195010170027";
const ID_B = "11010519491231002X";
const ID_C = "310104195010180014";

function plan(flats: RollFlat[], known: KnownRoll = emptyRegister, elsewhere: KnownOwner[] = []): RollPlan {
  return planRoll({ flats, ...findPersons(rollReading(flats), known, plainKeys) }, known, elsewhere);
}

const after = (flats: RollFlat[], known: KnownRoll = emptyRegister) => registerAfter(known, plan(flats, known));
const knownOwner = (id: number, name: string, more: Partial<KnownOwner> = {}): KnownOwner => ({
  id, name, kind: "person", phoneKey: null, idKey: null, tailKey: null, elsewhere: false, ...more,
});
const knownFlat = (room: string, owners: KnownOwner[], formerOwners: KnownOwner[] = []): KnownFlat => ({
  id: Number(room), room, floor: Number(room.slice(0, -2)), area: 5000, areaSource: "register", owners, formerOwners,
});
const register = (...flats: KnownFlat[]): KnownRoll => ({ ...emptyRegister, flats });
const foundIn = (planned: RollPlan) => planned.owners.map(({ known }) => known?.id ?? null);

describe("a roll for an empty register", () => {
  it("adds its flats and persons with all that it says of them", () => {
    const planned = plan([
      rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }], { areaSource: "survey" }),
      rollFlat("201", ["李娜", { name: "王芳", idNumber: ID_A }], { area: 6543 }),
    ]);
    expect(planned).toMatchObject({ heads: 2, missing: [], questions: [], floors: 6, unchanged: false });
    expect(planned.owners).toMatchObject([
      { name: "王芳", known: null, news: { name: "王芳", kind: "person", phone: { number: "13900000001" }, id: { number: ID_A }, tailKey: "tail 王芳\x000027" } },
      { name: "李娜", known: null, news: { name: "李娜", kind: "person" } },
    ]);
    expect(planned.owners[1]?.news).toEqual({ name: "李娜", kind: "person" });
    expect(planned.flats).toMatchObject([
      { room: "101", floor: 1, area: 5000, areaSource: "survey", state: "new", known: null, leaving: [] },
      { room: "201", floor: 2, area: 6543, areaSource: null, state: "new" },
    ]);
    expect(planned.flats[1]?.joining).toEqual([planned.owners[0], planned.owners[1]]);
  });

  it("asks about owners of one name and counts them apart", () => {
    const planned = plan([rollFlat("201", ["王芳"]), rollFlat("202", ["王芳"])]);
    expect(planned.heads).toBe(2);
    expect(planned.questions).toEqual([
      { name: "王芳", sides: [{ room: "201", owner: planned.owners[0] }, { room: "202", owner: planned.owners[1] }] },
    ]);
  });

  it("makes the building as high as its highest flat", () => {
    expect(plan([rollFlat("701", ["王芳"])]).floors).toBe(7);
  });
});

describe("a roll for a register that knows the stairwell", () => {
  it("changes nothing when it says the same again, and what it leaves out stays", () => {
    const roll = [rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }], { areaSource: "contract" }), rollFlat("201", ["王芳"])];
    const known = after(roll);
    expect(plan(roll, known)).toMatchObject({ unchanged: true, flats: [{ state: "same" }, { state: "same" }] });
    const poorer = [rollFlat("101", ["王芳"], { floor: null }), rollFlat("201", ["王芳"])];
    expect(plan(poorer, known)).toMatchObject({ unchanged: true, flats: [{ floor: 1, areaSource: "contract" }, {}] });
  });

  it("takes another floor, area or source, and another spelling, kind and phone", () => {
    const known = after([rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }])]);
    for (const change of [{ floor: 2 }, { area: 5001 }, { areaSource: "contract" as const }]) {
      expect(plan([rollFlat("101", ["王芳"], change)], known)).toMatchObject({ unchanged: false, flats: [{ state: "changed", joining: [] }] });
    }
    const planned = plan([rollFlat("101", [{ name: "王方", idNumber: ID_A, phone: "13900000002", kind: "company" }])], known);
    expect(planned).toMatchObject({ unchanged: false, flats: [{ state: "same" }], owners: [{ name: "王方" }] });
    expect(planned.owners[0]?.news).toMatchObject({ name: "王方", kind: "company", phone: { number: "13900000002" }, tailKey: "tail 王方\x000027" });
    expect(planned.owners[0]?.news?.id).toBeUndefined();
  });

  it("finds an owner by ID number before all else", () => {
    const known = register(knownFlat("101", [knownOwner(1, "王芳")]), knownFlat("201", [knownOwner(2, "李娜", { idKey: `id ${ID_A}` })]));
    const planned = plan([rollFlat("101", [{ name: "王芳", idNumber: ID_A }]), rollFlat("201", [{ name: "李娜", idNumber: ID_B }])], known);
    expect(foundIn(planned)).toEqual([2, null]);
    expect(planned.flats).toMatchObject([{ leaving: [{ id: 1 }] }, { leaving: [{ id: 2 }] }]);
  });

  it("finds an owner by name and ID tail where that tells one alone", () => {
    const one = knownOwner(1, "王芳", { tailKey: "tail 王芳\x000001" });
    const elsewhere = [one];
    const written: OwnerWritten = { name: "王芳", idTail: "0001" };
    expect(foundIn(plan([rollFlat("101", [written])], emptyRegister, elsewhere))).toEqual([1]);
    expect(foundIn(plan([rollFlat("101", [written])], emptyRegister, [one, { ...one, id: 2 }]))).toEqual([null]);
    const numbers = [ID_A, ID_A2].map((idNumber) => ({ name: "王芳", idNumber }));
    const shared = knownOwner(3, "王芳", { tailKey: "tail 王芳\x000027" });
    expect(foundIn(plan([rollFlat("101", numbers.slice(0, 1))], emptyRegister, [shared]))).toEqual([3]);
    expect(foundIn(plan(numbers.map((number, i) => rollFlat(`${i + 1}01`, [number])), emptyRegister, [shared]))).toEqual([null, null]);
    expect(foundIn(plan([rollFlat("101", numbers.slice(0, 1))], emptyRegister, [{ ...shared, idKey: "another" }]))).toEqual([null]);
  });

  it("finds an owner by name in the same flat, now or before, where no ID speaks against it", () => {
    const known = register(knownFlat("101", [knownOwner(1, "王芳")]), knownFlat("201", [knownOwner(2, "李娜")], [knownOwner(3, "赵敏", { idKey: "x" })]));
    expect(foundIn(plan([rollFlat("101", [{ name: "王芳", idNumber: ID_A }]), rollFlat("201", ["赵敏"])], known))).toEqual([1, 3]);
    expect(foundIn(plan([rollFlat("101", ["李娜"]), rollFlat("201", [{ name: "赵敏", idNumber: ID_A }])], known))).toEqual([null, null]);
  });

  it("finds father and son of one name in one flat as two", () => {
    const known = after([rollFlat("101", ["王强", "王强"])]);
    const planned = plan([rollFlat("101", ["王强", "王强"])], known);
    expect(new Set(foundIn(planned)).size).toBe(2);
    expect(planned.unchanged).toBe(true);
  });

  it("ends the ownership of who is not on it any more", () => {
    const known = after([rollFlat("101", ["王芳", "李娜"])]);
    const planned = plan([rollFlat("101", ["李娜", "赵敏"])], known);
    expect(planned.flats[0]).toMatchObject({ state: "changed", leaving: [{ name: "王芳" }], joining: [{ name: "赵敏", known: null }] });
  });

  it("only links to an owner who has flats under another committee", () => {
    const theirs = knownOwner(1, "王方", { idKey: `id ${ID_A}`, phoneKey: "phone 1", elsewhere: true });
    const planned = plan([rollFlat("101", [{ name: "王芳", idNumber: ID_A, phone: "13900000001" }])], emptyRegister, [theirs]);
    expect(planned.owners).toMatchObject([{ name: "王方", known: theirs, news: null, phoneKept: true }]);
    const silent = plan([rollFlat("101", [{ name: "王方", idNumber: ID_A }])], emptyRegister, [theirs]);
    expect(silent.owners).toMatchObject([{ news: null, phoneKept: false }]);
  });

  it("asks anew only what is still open", () => {
    const roll = [rollFlat("101", ["王芳"]), rollFlat("201", ["王芳"])];
    const known = after(roll);
    expect(plan(roll, known)).toMatchObject({ unchanged: true, questions: [{ name: "王芳" }] });
    expect(plan(roll, { ...known, questions: known.questions.map((question) => ({ ...question, rooms: ["101", "301"] })) }).unchanged).toBe(false);
    expect(plan(roll, registerAnswered(known, 0, "different"))).toMatchObject({ unchanged: true, questions: [], heads: 2 });
    expect(plan(roll, registerAnswered(known, 0, "same"))).toMatchObject({ unchanged: true, questions: [], heads: 1 });
  });
});

describe("a register that was filled from elsewhere", () => {
  const one = knownOwner(1, "王芳");
  const other = knownOwner(2, "王芳");
  const filled = (...owners: KnownOwner[][]) => register(...owners.map((own, index) => knownFlat(`${index + 1}01`, own)));
  const roll = [rollFlat("101", ["王芳"]), rollFlat("201", ["王芳"])];

  it("keeps apart whom it knows as two, and together whom it knows as one", () => {
    expect(plan(roll, filled([one], [other]))).toMatchObject({ unchanged: true, questions: [], heads: 2 });
    expect(plan(roll, filled([one], [one]))).toMatchObject({ unchanged: true, questions: [], heads: 1 });
  });

  it("is asked about where it has several of the name, or an ID says that it is somebody else", () => {
    expect(plan(roll, filled([one, knownOwner(3, "王芳")], [other])).questions).toHaveLength(1);
    expect(plan(roll, filled([one], [])).questions).toHaveLength(1);
    const identified = [rollFlat("101", [{ name: "王芳", idNumber: ID_A }]), rollFlat("201", ["王芳"])];
    expect(plan(identified, filled([knownOwner(1, "王芳", { idKey: "id other" })], [other])).questions).toHaveLength(1);
  });

  it("keeps the kind of an owner whose name tells of none", () => {
    const developer = knownOwner(1, "枫青", { kind: "developer" });
    expect(plan([rollFlat("101", ["枫青"])], filled([developer])).unchanged).toBe(true);
  });
});

describe("the summary of a plan", () => {
  it("counts flats, ownerships and questions, and names the flats whose owner keeps another phone", () => {
    const theirs = knownOwner(9, "周全", { tailKey: "tail 周全\x000077", phoneKey: "phone 1", elsewhere: true });
    const known = register(knownFlat("101", [knownOwner(1, "王芳"), knownOwner(2, "李娜")]), knownFlat("201", [knownOwner(3, "赵敏")]));
    const roll = [rollFlat("101", ["王芳"]), rollFlat("201", ["赵敏"]), rollFlat("301", ["王芳", { name: "周全", idTail: "0077", phone: "2" }])];
    expect(summarisePlan(plan(roll, known, [theirs]))).toEqual({
      changed: true, heads: 3, flatsAdded: 1, flatsChanged: 1, ownersJoined: 2, ownersLeft: 1, openQuestions: 1, phonesKept: ["301"],
    });
  });
});

describe("a roll is refused", () => {
  const readingRefusal = (flats: RollFlat[], faults: number = 0) =>
    whyReadingIsRefused(rollReading(flats, { faults: Array.from({ length: faults }, () => ({ line: 2, column: null, code: "no_flats" as const, value: "" })) }));
  const many = (count: number, owners: OwnerWritten[]) => Array.from({ length: count }, (_, i) => rollFlat(`${i + 1}01`, owners, { floor: 1 }));

  it("with a fault", () => {
    expect(readingRefusal([rollFlat("101", ["王芳"])], 3)).toEqual({ code: "roll_faulty", params: { faults: 3 } });
    expect(readingRefusal([rollFlat("101", ["王芳"])])).toBeNull();
  });

  it("with more than a stairwell can hold", () => {
    expect(readingRefusal(many(1001, ["王芳"]))).toEqual({ code: "roll_too_many_flats", params: { flats: 1001, most: 1000 } });
    const crowd = Array.from({ length: 6 }, (_, i) => `业主${i}`);
    expect(readingRefusal(many(900, crowd))).toEqual({ code: "roll_too_many_owners", params: { owners: 5400, most: 5000 } });
    expect(readingRefusal(many(64, ["王芳"]))).toEqual({ code: "roll_too_many_questions", params: { pairs: 2016 } });
    expect(readingRefusal(many(63, ["王芳"]))).toBeNull();
    const told = many(64, ["王芳"]).map((flat, i) => (i < 20 ? rollFlat(flat.room, [{ name: "王芳", idTail: String(1000 + i) }]) : flat));
    expect(readingRefusal(told)).toBeNull();
  });

  it("with a name that is longer than the register takes, or a floor that is none", () => {
    const { nameCharacters } = STAIRWELL_LIMITS;
    expect(readingRefusal([rollFlat("101", ["𠮷".repeat(nameCharacters)])])).toBeNull();
    expect(readingRefusal([rollFlat("101", ["𠮷".repeat(nameCharacters + 1)])])).toEqual({ code: "roll_name_too_long", params: { rooms: "101" } });
    const floors = [-6, -5, 60, 61].map((floor, i) => rollFlat(`10${i + 1}`, ["王芳"], { floor }));
    expect(readingRefusal(floors)).toEqual({ code: "floor_beyond", params: { rooms: "101、104" } });
  });

  it("with a flat whose floor nobody knows, and without a flat that the register has", () => {
    const known = register(knownFlat("101", []), knownFlat("201", []));
    expect(whyPlanIsRefused(plan([rollFlat("101", ["王芳"], { floor: null }), rollFlat("201", ["李娜"])], known))).toBeNull();
    expect(whyPlanIsRefused(plan([rollFlat("1", ["王芳"], { floor: null })]))).toEqual({ code: "floor_unknown", params: { rooms: "1" } });
    expect(whyPlanIsRefused(plan([rollFlat("301", ["王芳"])], known))).toEqual({ code: "flats_missing", params: { rooms: "101、201" } });
  });
});

describe("any roll", () => {
  // Each row tells as much of the ID as it likes; no two people of one name have the same tail.
  const people = [["甲", ID_A], ["甲", ID_B], ["甲", ID_C], ["乙", ID_A2]] as const;
  const somePerson = fc
    .tuple(fc.constantFrom(...people), fc.constantFrom("all", "tail", "nothing"))
    .map(([[name, idNumber], told]): OwnerWritten => ({
      name, idNumber: told === "all" ? idNumber : null, idTail: told === "tail" ? idNumber.slice(-4) : null,
    }));
  const someDeveloper = fc
    .constantFrom(null, "91310000MA1FL0001X", "91310000MA1FL0002X")
    .map((idNumber): OwnerWritten => ({ name: "建设单位", kind: "developer", idNumber }));
  const someOwner = fc.oneof({ weight: 5, arbitrary: somePerson }, { weight: 1, arbitrary: someDeveloper });
  const rolls = (selector?: (owner: OwnerWritten) => unknown) =>
    fc
      .array(fc.uniqueArray(someOwner, { minLength: 1, maxLength: 2, ...(selector && { selector }) }), { minLength: 5, maxLength: 5 })
      .map((all) => all.map((owners, i) => rollFlat(`${i + 1}01`, owners)));
  const someRoll = rolls();
  const plainRoll = rolls((owner) => rollOwner(owner).name);
  const answers = fc.array(fc.constantFrom("different" as const, "same" as const, null), { minLength: 4, maxLength: 4 });
  const answered = (known: KnownRoll, given: ("same" | "different" | null)[]) =>
    given.reduce((register, answer, i) => (answer ? registerAnswered(register, i, answer) : register), known);

  const headsIn = ({ flats }: KnownRoll) => {
    const heads = new Map<string, string[]>();
    for (const { room, owners } of flats) {
      const head = [...new Set(owners.map(({ id }) => id))].sort().join();
      heads.set(head, [...(heads.get(head) ?? []), room]);
    }
    return [...heads.values()];
  };

  it("gives an empty register exactly the heads that were read", () => {
    fc.assert(
      fc.property(someRoll, (roll) => {
        expect(headsIn(after(roll))).toEqual(groupHeads(roll).heads);
      }),
      { numRuns: 2000 },
    );
  });

  it("changes nothing when it is stored again, answered or not", () => {
    fc.assert(
      fc.property(someRoll, answers, (roll, given) => {
        const stored = after(roll);
        expect(plan(roll, stored).unchanged).toBe(true);
        expect(plan(roll, answered(stored, given)).unchanged).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("changes no flat and no owner the second time whatever was known before, where no two owners of a flat have one name", () => {
    fc.assert(
      fc.property(plainRoll, answers, plainRoll, (first, given, second) => {
        const known = answered(after(first), given);
        const planned = plan(second, known);
        const stored = registerAfter(known, planned);
        expect(headsIn(stored)).toHaveLength(planned.heads);
        expect(planned.heads).toBeLessThanOrEqual(groupHeads(second).heads.length);
        const again = plan(second, stored);
        expect([again.heads, again.flats.every(({ state }) => state === "same"), again.owners.every(({ news }) => news === null)]).toEqual([planned.heads, true, true]);
      }),
      { numRuns: 3000 },
    );
  });

  it("finds no owner twice", () => {
    fc.assert(
      fc.property(someRoll, answers, someRoll, (first, given, second) => {
        const found = foundIn(plan(second, answered(after(first), given))).filter((owner) => owner !== null);
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 2000 },
    );
  });
});
