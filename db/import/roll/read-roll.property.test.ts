import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatArea } from "#app/domain/area.ts";
import type { RollFlat } from "#app/domain/roll.ts";
import { packZip, workbookParts, writeXlsx, type XlsxCell } from "#tests/support/xlsx.ts";
import { readRoll } from "./read-roll.server.ts";

const SEPARATORS = [",", ";", "\t", "，"];

/** Node decodes GB18030 and does not write it: the two-byte characters by asking, those of higher planes by rule. */
const TWO_BYTES = new Map<string, number[]>();
for (let first = 0x81; first <= 0xfe; first++) {
  for (let second = 0x40; second <= 0xfe; second++) {
    if (second === 0x7f) continue;
    const character = new TextDecoder("gb18030").decode(Uint8Array.of(first, second));
    if (character.length === 1 && character !== "\ufffd") TWO_BYTES.set(character, [first, second]);
  }
}

function fourBytes(codePoint: number): number[] {
  const i = codePoint - 0x10000;
  return [
    0x90 + Math.floor(i / 12600),
    0x30 + (Math.floor(i / 1260) % 10),
    0x81 + (Math.floor(i / 10) % 126),
    0x30 + (i % 10),
  ];
}

const inGb18030 = (text: string): Buffer =>
  Buffer.from(
    [...text].flatMap((character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      return codePoint > 0xffff ? fourBytes(codePoint) : TWO_BYTES.get(character) ?? [codePoint];
    })
  );

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  "utf-8": (text) => Buffer.from(text),
  "utf-8 with its mark": (text) => Buffer.from(`\ufeff${text}`),
  "utf-16le": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "utf-16be": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  gb18030: inGb18030,
};

const someName = fc.constantFrom("沈月英", "朱𠮷祥", "欧阳和平", "阿依古丽·买买提", "范宏", "李某", "John Smith");
const somePhone = fc.option(fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String), { nil: null });
const someTail = fc.option(fc.stringMatching(/^\d{3}[\dX]$/), { nil: null });
const someOwner = fc
  .record({ name: someName, idTail: someTail, phone: somePhone })
  .map((owner) => ({ ...owner, kind: "person" as const, idNumber: null }));
const someNote = fc.option(fc.constantFrom("出租", '"引号"', "有,逗号;分号，全角", "两行\n备注"), { nil: null });

const someFlats: fc.Arbitrary<RollFlat[]> = fc
  .array(
    fc.record({
      owners: fc.uniqueArray(someOwner, { minLength: 1, maxLength: 3, selector: (owner) => owner.name }),
      area: fc.integer({ min: 1, max: 200_000 }),
      note: someNote,
    }),
    { minLength: 1, maxLength: 30 }
  )
  .map((rows) =>
    rows.map((row, i) => {
      const floor = Math.floor(i / 4) + 1;
      return { ...row, room: `${floor}0${(i % 4) + 1}`, floor, areaSource: null, tenant: null, line: 0 };
    })
  );

const HEADER = ["楼层", "室号", "建筑面积", "产权人", "证件号码后四位", "联系电话", "备注"];

const rowsOf = (flats: readonly RollFlat[]): string[][] =>
  flats.map((flat) => [
    String(flat.floor),
    flat.room,
    formatArea(flat.area),
    flat.owners.map((owner) => owner.name).join("、"),
    flat.owners.map((owner) => owner.idTail ?? "").join("、"),
    flat.owners.map((owner) => owner.phone ?? "").join("、"),
    flat.note ?? "",
  ]);

const quoted = (cell: string, separator: string) =>
  cell.includes(separator) || /["\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;

const csvOf = (flats: readonly RollFlat[], separator: string, lineEnd: string) =>
  [HEADER, ...rowsOf(flats)]
    .map((row) => row.map((cell) => quoted(cell, separator)).join(separator) + lineEnd)
    .join("");

const withoutLines = (flats: readonly RollFlat[]) => flats.map((flat) => ({ ...flat, line: 0 }));
const sum = (flats: readonly RollFlat[]) => flats.reduce((total, flat) => total + flat.area, 0);

describe("a roll written out and read again", () => {
  it.each(Object.keys(ENCODINGS))("is the same as CSV in %s, by any separator and line end", async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        someFlats,
        fc.constantFrom(...SEPARATORS),
        fc.constantFrom("\n", "\r\n", "\r"),
        async (flats, separator, lineEnd) => {
          const bytes = ENCODINGS[encoding]?.(csvOf(flats, separator, lineEnd)) ?? Buffer.alloc(0);
          const roll = await readRoll(bytes);
          expect(roll.faults).toEqual([]);
          expect(roll.source).toMatchObject({ encoding: encoding.split(" ")[0], separator });
          expect(withoutLines(roll.flats)).toEqual(flats);
          expect(roll.totals).toMatchObject({ units: flats.length, area: sum(flats) });
          expect(roll.heads.flat().sort()).toEqual(flats.map((flat) => flat.room).sort());
        }
      ),
      { numRuns: 100 }
    );
  });

  it("is the same as a workbook, with figures as text or as numbers", async () => {
    const cellOf = (text: string, column: number): XlsxCell =>
      column < 3 ? { number: column === 2 ? String(Number(text) * (1 + Number.EPSILON)) : text } : text;
    await fc.assert(
      fc.asyncProperty(someFlats, fc.boolean(), async (flats, asNumbers) => {
        const rows = rowsOf(flats).map((row) => (asNumbers ? row.map(cellOf) : row));
        const roll = await readRoll(writeXlsx({ name: "清册", rows: [["清册"], HEADER, ...rows] }));
        expect(roll.faults).toEqual([]);
        expect(withoutLines(roll.flats)).toEqual(flats);
        expect(roll.flats.map((flat) => flat.line)).toEqual(flats.map((_, i) => i + 3));
      }),
      { numRuns: 50 }
    );
  });
});

describe("bytes of any kind", () => {
  const settles = async (bytes: Uint8Array) => {
    const roll = await readRoll(bytes);
    if (roll.flats.length === 0) expect(roll.faults.length).toBeGreaterThan(0);
    return roll;
  };

  it("never do more than be refused", async () => {
    const magics = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0]];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 300 }), async (magic, bytes) => {
        const roll = await settles(Uint8Array.from([...magic, ...bytes]));
        expect(roll.faults).not.toEqual([]);
      }),
      { numRuns: 2000 }
    );
  });

  it("below a header never do more than be faults, whatever stands in the cells", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("101", "50.1", "甲、乙", "合计", '"', "=1")
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 8 }), async (rows) => {
        await settles(Buffer.from([HEADER, ...rows].map((row) => row.join(",")).join("\n")));
        await settles(writeXlsx({ name: "清册", rows: [HEADER, ...rows].map((row) => row.map(printable)) }));
      }),
      { numRuns: 300 }
    );
  });

  it("changed in a workbook never do more than be refused", async () => {
    const parts = workbookParts([{ name: "清册", rows: [HEADER, ...rowsOf([])], merged: ["A1:A2"] }]);
    const paths = Object.keys(parts).filter((path) => path.startsWith("xl/"));
    const piece = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("<", ">", '"', "</c>", "<v>", "s", "<c/>"));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(1000), fc.nat(5), piece, async (path, at, cut, inserted) => {
        const xml = parts[path] ?? "";
        const place = at % xml.length;
        const changed = xml.slice(0, place) + inserted + xml.slice(place + cut);
        await settles(packZip({ ...parts, [path]: changed }));
      }),
      { numRuns: 500 }
    );
    const whole = packZip(parts);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const changed = Buffer.from(whole);
        changed.writeUInt8(changed.readUInt8(at) ^ bits, at);
        await settles(changed);
      }),
      { numRuns: 500 }
    );
  });
});

/** XML has no place for most control characters and for lone surrogates. */
function printable(text: string): string {
  return text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}
