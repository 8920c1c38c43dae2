import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  floorOfRoom,
  groupHeads,
  hasValidCheckCharacter,
  pairsOf,
  withEighteenDigits,
  type RollFlat,
  type RollOwner,
} from "./roll.ts";

/** Invented numbers: the first ends in its check character, the second does not. */
const ID_A = "310115195003070027";
const WRONG = `${ID_A.slice(0, 17)}4`;

type Written = string | (Partial<RollOwner> & { name: string });

const owner = (written: Written): RollOwner => ({
  kind: "person",
  idNumber: null,
  idTail: null,
  phone: null,
  ...(typeof written === "string" ? { name: written } : written),
});

const flat = (room: string, ...owners: Written[]): RollFlat => ({
  room,
  floor: null,
  area: 5000,
  areaSource: null,
  owners: owners.map(owner),
  tenant: null,
  note: null,
  line: 0,
});

const tail = (name: string, idTail: string): Written => ({ name, idTail });
const full = (name: string, idNumber: string): Written => ({ name, idNumber });
const developer = (name: string): Written => ({ name, kind: "developer" });

describe("the resident ID number", () => {
  it("ends in its check character, X included", () => {
    expect(hasValidCheckCharacter("11010519491231002X")).toBe(true);
    expect(hasValidCheckCharacter("110105194912310021")).toBe(false);
    expect(hasValidCheckCharacter("440524188001010014")).toBe(true);
    expect(hasValidCheckCharacter("11010519491231002")).toBe(false);
  });

  it("of 15 digits is the same as its 18, other numbers stay as they are", () => {
    expect(withEighteenDigits("110105491231002")).toBe("11010519491231002X");
    expect(withEighteenDigits("H12345678")).toBe("H12345678");
  });

  it("with one character changed is always noticed", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{15}$/),
        fc.nat(17),
        fc.constantFrom(..."0123456789"),
        (fifteen, place, digit) => {
          const id = withEighteenDigits(fifteen);
          expect(hasValidCheckCharacter(id)).toBe(true);
          fc.pre(id[place] !== digit);
          expect(hasValidCheckCharacter(id.slice(0, place) + digit + id.slice(place + 1))).toBe(false);
        }
      )
    );
  });
});

describe("the floor of a room", () => {
  it.each([
    ["101", 1],
    ["1203", 12],
    ["0302", 3],
    ["301A", 3],
    ["2-304", 3],
    ["101-1", 1],
    ["12", null],
    ["001", null],
    ["B101", null],
    ["101-202", null],
  ])("%s tells %s", (room, floor) => {
    expect(floorOfRoom(room)).toBe(floor);
  });
});

describe("heads", () => {
  it("join the flats of one ID number and of one name with one ID tail", () => {
    const { heads, questions } = groupHeads([
      flat("101", full("沈月英", ID_A)),
      flat("102", tail("顾根宝", "113X")),
      flat("201", tail("顾根宝", "113X")),
      flat("202", full("沈月英", ID_A)),
      flat("301", tail("沈月英", ID_A.slice(-4))),
    ]);
    expect(heads).toEqual([
      ["101", "202", "301"],
      ["102", "201"],
    ]);
    expect(questions).toEqual([]);
  });

  it("keep two people of one name apart whose tails differ, and ask nothing", () => {
    const { heads, questions } = groupHeads([flat("101", tail("范宏", "8012")), flat("102", tail("范宏", "9934"))]);
    expect(heads).toEqual([["101"], ["102"]]);
    expect(questions).toEqual([]);
  });

  it("are never joined by name alone: the clerk is asked, by one room for each person", () => {
    const { heads, questions } = groupHeads([
      flat("101", tail("范宏", "8012")),
      flat("102", "范宏"),
      flat("201", tail("范宏", "8012")),
      flat("202", "范 宏"),
      flat("301", tail("范宏", "9934")),
    ]);
    expect(heads).toEqual([["101", "201"], ["102"], ["202"], ["301"]]);
    expect(questions).toEqual([
      { code: "same_name", name: "范宏", rooms: ["101", "102", "202", "301"], known: ["101", "301"] },
    ]);
    expect(questions.flatMap(pairsOf)).toEqual([
      ["101", "102"],
      ["101", "202"],
      ["102", "202"],
      ["102", "301"],
      ["202", "301"],
    ]);
  });

  it("take the middle dots of one name for the same", () => {
    const { heads } = groupHeads([
      flat("101", tail("阿依古丽·买买提", "5526")),
      flat("102", tail("阿依古丽•买买提", "5526")),
    ]);
    expect(heads).toEqual([["101", "102"]]);
  });

  it("do not take a public title without an ID for one holder", () => {
    const { heads, questions } = groupHeads([
      flat("101", { name: "直管公房", kind: "public" }),
      flat("102", { name: "直管公房", kind: "public" }),
    ]);
    expect(heads).toHaveLength(2);
    expect(questions).toMatchObject([{ code: "same_name", rooms: ["101", "102"] }]);
  });

  it("count a developer's flats together and say so, unless an ID says it already", () => {
    const named = groupHeads([
      flat("101", developer("海棠开发公司")),
      flat("102", "甲"),
      flat("201", developer("海棠开发公司")),
    ]);
    expect(named.heads).toEqual([["101", "201"], ["102"]]);
    expect(named.questions).toEqual([
      { code: "developer_flats", name: "海棠开发公司", rooms: ["101", "201"], known: [] },
    ]);
    const code = { name: "海棠开发公司", kind: "developer", idNumber: "91310115MA1K35XY0X" } as const;
    expect(groupHeads([flat("101", code), flat("201", code)]).questions).toEqual([]);
  });

  it("are one for the same co-owners in any order, and two for others", () => {
    const { heads, questions } = groupHeads([
      flat("101", tail("甲", "0001"), tail("乙", "0002")),
      flat("102", tail("乙", "0002"), tail("甲", "0001")),
      flat("201", tail("甲", "0001")),
    ]);
    expect(heads).toEqual([["101", "102"], ["201"]]);
    expect(questions).toEqual([{ code: "shared_owner", name: "甲", rooms: ["101", "201"], known: [] }]);
  });

  it("ask once about co-owners who stand together in two flats without IDs", () => {
    const { heads, questions } = groupHeads([flat("101", "甲", "乙"), flat("301", "甲", "乙")]);
    expect(heads).toHaveLength(2);
    expect(questions).toEqual([{ code: "same_name", name: "甲、乙", rooms: ["101", "301"], known: [] }]);
  });

  it("ask nothing about a name that stands twice in one flat", () => {
    expect(groupHeads([flat("101", "甲", "甲")])).toEqual({ heads: [["101"]], questions: [] });
  });

  it("join two names of one ID number, and ask about the names", () => {
    const { heads, questions } = groupHeads([flat("101", full("沈月英", ID_A)), flat("102", full("沈月瑛", ID_A))]);
    expect(heads).toEqual([["101", "102"]]);
    expect(questions).toEqual([
      { code: "same_id_other_name", name: "沈月英、沈月瑛", rooms: ["101", "102"], known: [] },
    ]);
  });

  it("do not join two names by a number whose check character is wrong, nor tell one name apart by it", () => {
    expect(groupHeads([flat("101", full("甲", WRONG)), flat("102", full("乙", WRONG))])).toEqual({
      heads: [["101"], ["102"]],
      questions: [],
    });
    expect(groupHeads([flat("101", full("甲", WRONG)), flat("102", full("甲", WRONG))]).heads).toEqual([
      ["101", "102"],
    ]);
    expect(groupHeads([flat("101", full("甲", ID_A)), flat("102", full("甲", WRONG))]).questions).toMatchObject([
      { code: "same_name", rooms: ["101", "102"], known: ["101"] },
    ]);
  });

  it("do not guess which of two people a shared name and tail means", () => {
    const other = otherWithTailOf(ID_A);
    const { heads, questions } = groupHeads([
      flat("101", full("沈月英", ID_A)),
      flat("102", full("沈月英", other)),
      flat("201", tail("沈月英", ID_A.slice(-4))),
    ]);
    expect(heads).toEqual([["101"], ["102"], ["201"]]);
    expect(questions).toEqual([
      { code: "same_name", name: "沈月英", rooms: ["101", "102", "201"], known: ["101", "102"] },
    ]);
  });

  it("leave a flat without any owner to itself", () => {
    expect(groupHeads([flat("101"), flat("102")]).heads).toEqual([["101"], ["102"]]);
  });

  const someOwner = fc
    .record({
      name: fc.constantFrom("甲", "乙", "丙"),
      id: fc.constantFrom(null, "0001", "0027", ID_A, WRONG, otherWithTailOf(ID_A)),
      kind: fc.constantFrom<RollOwner["kind"]>("person", "person", "developer"),
    })
    .map(({ name, id, kind }) =>
      owner({ name, kind, idNumber: id?.length === 18 ? id : null, idTail: id?.length === 4 ? id : null })
    );
  const someRoll = fc
    .array(fc.array(someOwner, { minLength: 1, maxLength: 3 }), { maxLength: 12 })
    .map((all) => all.map((owners, i) => flat(String(101 + i), ...owners)));

  it("hold every flat exactly once", () => {
    fc.assert(
      fc.property(someRoll, (roll) => {
        expect(groupHeads(roll).heads.flat().sort()).toEqual(roll.map((f) => f.room));
      })
    );
  });

  it("do not depend on the order of the flats", () => {
    const sorted = (heads: string[][]) => heads.map((head) => [...head].sort().join()).sort();
    fc.assert(
      fc.property(
        someRoll.chain((roll) => fc.tuple(fc.constant(roll), fc.shuffledSubarray(roll, { minLength: roll.length }))),
        ([roll, shuffled]) => {
          expect(sorted(groupHeads(shuffled).heads)).toEqual(sorted(groupHeads(roll).heads));
        }
      )
    );
  });
});

/** Another valid number with the same last four characters. */
function otherWithTailOf(idNumber: string): string {
  for (let day = 10; day < 29; day++) {
    for (let month = 10; month < 13; month++) {
      const other = `3101041950${month}${day}${idNumber.slice(-4)}`;
      if (hasValidCheckCharacter(other)) return other;
    }
  }
  throw new Error("none found");
}
