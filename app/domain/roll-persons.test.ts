import { describe, expect, it } from "vitest";
import { emptyRegister, plainKeys, rollFlat, rollReading, type OwnerWritten } from "#tests/support/rolls.ts";
import { findPersons, isSomebodyElse, pairKey, type KnownFlat, type KnownOwner, type KnownQuestion, type KnownRoll, type RollPerson } from "./roll-persons.ts";
import type { RollFlat } from "./roll.ts";

const ID_A = "310115195003070027";
const ID_B = "11010519491231002X";
const WRONG = `${ID_A.slice(0, 17)}4`;

const full = (name: string, idNumber: string): OwnerWritten => ({ name, idNumber });

let id = 0;
const knownOwner = (name: string, more: Partial<KnownOwner> = {}): KnownOwner => ({
  id: ++id, name, kind: "person", phoneKey: null, idKey: null, tailKey: null, elsewhere: false, ...more,
});
const knownFlat = (room: string, ...owners: KnownOwner[]): KnownFlat => ({
  id: ++id, room, floor: 1, area: 5000, areaSource: "register", owners, formerOwners: [],
});
const register = (flats: KnownFlat[], questions: KnownRoll["questions"] = []): KnownRoll => ({ floors: 6, flats, questions });

const question = (roomA: string, roomB: string, answer: KnownQuestion["answer"]): KnownQuestion => ({
  rooms: [roomA, roomB], owners: [knownOwner("王芳"), knownOwner("王芳")], name: "王芳", answer,
});

const find = (flats: RollFlat[], known: KnownRoll = emptyRegister) => findPersons(rollReading(flats), known, plainKeys);
const namesAt = (person: RollPerson) => person.named.map(({ room, owner }) => `${room} ${owner.name}`);

describe("the persons on a roll", () => {
  it("have all that their rows say, each thing once", () => {
    const { persons, openPairs } = find([
      rollFlat("101", [{ name: "阿依 · 古丽", idNumber: ID_A, phone: "13900000001" }, { name: "王芳", idTail: "0001" }]),
      rollFlat("201", [{ name: "阿依·古丽", idTail: ID_A.slice(-4), phone: "13900000002" }]),
      rollFlat("301", [{ name: "阿依·古丽", idNumber: ID_A, phone: "13900000001" }]),
    ]);
    expect(persons.map(namesAt)).toEqual([["101 阿依 · 古丽", "201 阿依·古丽", "301 阿依·古丽"], ["101 王芳"]]);
    expect(persons[0]).toMatchObject({
      ids: [{ number: ID_A, key: `id ${ID_A}` }],
      tailKeys: ["tail 阿依·古丽\x000027"],
      phones: [{ number: "13900000001", key: "phone 13900000001" }, { number: "13900000002" }],
    });
    expect(persons[1]).toMatchObject({ ids: [], tailKeys: ["tail 王芳\x000001"], phones: [] });
    expect(openPairs).toEqual([]);
  });

  it("are not known by a number with a wrong check character", () => {
    const [person] = find([rollFlat("101", [full("王芳", WRONG)])]).persons;
    expect(person).toMatchObject({ ids: [], tailKeys: [] });
  });

  it("are asked about in pairs where the name alone is the same, once for each name", () => {
    const { persons, openPairs } = find([
      rollFlat("101", ["王芳", "李娜"]), rollFlat("201", ["王芳", "李娜"]), rollFlat("301", ["赵敏"]), rollFlat("401", ["王芳", "王芳"]),
    ]);
    expect(persons).toHaveLength(7);
    expect(openPairs.map(({ name, rooms }) => [name, ...rooms].join(" ")).sort()).toEqual([
      "李娜 101 201", "王芳 101 201", "王芳 101 401", "王芳 201 401",
    ]);
    expect(openPairs.every(({ persons: [a, b] }) => a !== b && persons.includes(a) && persons.includes(b))).toBe(true);
  });

  it("raise no question of pairs where the roll only wants to be looked at again", () => {
    expect(find([rollFlat("101", [full("沈月英", ID_A)]), rollFlat("201", [full("沈月瑛", ID_A)])]).openPairs).toEqual([]);
  });
});

describe("two owners of one name", () => {
  const twice = [rollFlat("101", ["王芳"]), rollFlat("201", ["王芳"])];

  it("are one where the register has one owner for both flats", () => {
    const owner = knownOwner("王芳");
    const { persons, openPairs } = find(twice, register([knownFlat("101", owner), knownFlat("201", owner)]));
    expect(persons.map(namesAt)).toEqual([["101 王芳", "201 王芳"]]);
    expect(openPairs).toEqual([]);
  });

  it("are not joined by an owner whom the ID on the roll shows to be somebody else", () => {
    const owner = knownOwner("王芳", { idKey: `id ${ID_B}` });
    const flats = [rollFlat("101", [full("王芳", ID_A)]), rollFlat("201", ["王芳"])];
    expect(find(flats, register([knownFlat("101", owner), knownFlat("201", owner)])).openPairs).toHaveLength(1);
  });

  it("are never joined by way of a third where IDs tell them apart", () => {
    const owner = knownOwner("王芳");
    const flats = [rollFlat("101", [{ name: "王芳", idTail: "0001" }]), rollFlat("201", [{ name: "王芳", idTail: "0002" }]), rollFlat("301", ["王芳"])];
    const { persons, openPairs } = find(flats, register(["101", "201", "301"].map((room) => knownFlat(room, owner))));
    expect(persons.map(namesAt)).toEqual([["101 王芳", "301 王芳"], ["201 王芳"]]);
    expect(openPairs).toEqual([]);
  });

  it("are what the clerk has answered, whichever flat comes first", () => {
    const answered = (answer: "same" | "different" | null) => register([], [question("201", "101", answer)]);
    expect(find(twice, answered("same"))).toMatchObject({ persons: [{}], openPairs: [] });
    expect(find(twice, answered("different"))).toMatchObject({ persons: [{}, {}], openPairs: [] });
    expect(find(twice, answered(null)).openPairs).toHaveLength(1);
  });

  it("are asked about again once an ID shows that the answer was about somebody else", () => {
    const told = { ...question("201", "101", "same"), owners: [knownOwner("王芳"), knownOwner("王芳", { idKey: `id ${ID_B}` })] as [KnownOwner, KnownOwner] };
    const withId = (room: string) => twice.map((flat) => (flat.room === room ? rollFlat(room, [full("王芳", ID_A)]) : flat));
    expect(find(withId("101"), register([], [told])).openPairs).toHaveLength(1);
    expect(find(withId("201"), register([], [told])).openPairs).toHaveLength(0);
    expect(find(withId("201"), register([], [{ ...told, rooms: ["101", "201"] }])).openPairs).toHaveLength(1);
  });

  it("are one with a third by what was answered about the others", () => {
    const thrice = [...twice, rollFlat("301", ["王芳"])];
    const known = register([], [question("101", "201", "same"), question("201", "301", "same")]);
    expect(find(thrice, known)).toMatchObject({ persons: [{ named: [{}, {}, {}] }], openPairs: [] });
    known.questions.push(question("101", "301", "same"));
    expect(find(thrice, known)).toMatchObject({ persons: [{}], openPairs: [] });
  });
});

describe("isSomebodyElse", () => {
  const person = (ids: string[], tailKeys: string[]): RollPerson => ({
    named: [{ room: "101", nameKey: "王芳", owner: { name: "王芳", kind: "person", idNumber: null, idTail: null, phone: null } }],
    ids: ids.map((key) => ({ number: key, key })), tailKeys, phones: [],
  });

  it("goes by the ID number, then by the tail, where both sides have it", () => {
    expect(isSomebodyElse(person(["a"], ["t"]), knownOwner("王芳", { idKey: "a", tailKey: "u" }))).toBe(false);
    expect(isSomebodyElse(person(["a"], ["t"]), knownOwner("王芳", { idKey: "b", tailKey: "t" }))).toBe(true);
    expect(isSomebodyElse(person(["a"], ["t"]), knownOwner("王芳", { tailKey: "t" }))).toBe(false);
    expect(isSomebodyElse(person([], ["t"]), knownOwner("王芳", { idKey: "b", tailKey: "u" }))).toBe(true);
    expect(isSomebodyElse(person([], ["t"]), knownOwner("王芳", { idKey: "b" }))).toBe(false);
    expect(isSomebodyElse(person([], []), knownOwner("王芳", { idKey: "b", tailKey: "t" }))).toBe(false);
  });
});

describe("pairKey", () => {
  it("is the same for the same flats and name", () => {
    expect(pairKey({ rooms: ["201", "101"], name: "阿依·古丽" })).toBe(pairKey({ rooms: ["101", "201"], name: "阿依•古丽" }));
    expect(pairKey({ rooms: ["101", "201"], name: "王芳" })).not.toBe(pairKey({ rooms: ["101", "202"], name: "王芳" }));
  });
});
