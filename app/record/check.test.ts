import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logDocument, sealedDocument } from "#tests/support/sealed.ts";
import { randomConsultation } from "#tests/support/random-consultation.ts";
import { testVault } from "#tests/support/factories.ts";
import { checkDocument } from "./check.ts";
import { canonical } from "./hash.ts";
import { isSignatureGood, printedHead } from "./seal.ts";

const small = sealedDocument({
  ruleset: "cn-civil-278-major",
  roll: [
    { unit: "101", voter: "A", area: 6000 },
    { unit: "201", voter: "B", area: 7000 },
    { unit: "301", voter: "C", area: 8000 },
  ],
  ballots: [
    { unit: "101", seq: 1, choice: "oppose", channel: "online" },
    { unit: "101", seq: 2, choice: "agree", channel: "paper" },
    { unit: "201", seq: 3, choice: "agree", channel: "online" },
    { unit: "301", seq: 4, choice: "abstain", channel: "online", void: "无书面委托" },
  ],
});
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Signs a changed result anew, as somebody with the key could. */
function resigned(document: typeof small): typeof small {
  const { signature, ...sealed } = document.result;
  void signature;
  return { ...document, result: { ...sealed, signature: testVault.sign(Buffer.from(canonical(sealed))).toString("hex") } };
}

/** All places of a JSON value where something stands that is no object or list. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (value === null) return "x";
  const text = String(value);
  const last = text.slice(-1);
  return text.slice(0, -1) + (last === "0" ? "1" : "0");
}

/** The document with one value changed, one element removed, doubled or two swapped. */
function tampered(document: unknown, [place, way]: [number, number]): unknown {
  const forged = copy(document);
  const places = leavesOf(forged);
  const path = places[place % places.length] ?? [];
  const lists = [...new Set(places.flatMap((p) => p.flatMap((key, at) => (typeof key === "number" ? [JSON.stringify(p.slice(0, at))] : []))))];
  const at = (keys: (string | number)[]) => keys.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], forged);
  if (way === 0 || lists.length === 0) {
    const holder = at(path.slice(0, -1)) as Record<string | number, unknown>;
    const key = path.at(-1) ?? "";
    holder[key] = changed(holder[key]);
    return forged;
  }
  const list = at(JSON.parse(lists[place % lists.length] ?? "[]") as (string | number)[]) as unknown[];
  const index = place % list.length;
  if (way === 1) list.splice(index, 1);
  else if (way === 2) list.splice(index, 0, copy(list[index]));
  else list.reverse();
  return forged;
}

/** The document without what no seal is about: the words of a reason, the order of rows, the file's own rule. */
function plain({ consultation, castSalt, roll, ballots, result }: typeof small) {
  const sorted = (rows: readonly unknown[]) => rows.map((row) => canonical(row)).sort();
  const { ballots: cast } = consultation;
  return {
    result, castSalt, roll: sorted(roll), ballots: sorted(ballots),
    file: sorted(consultation.roll), cast: sorted(cast.map((ballot) => ({ ...ballot, void: ballot.void !== undefined }))),
  };
}

describe("a sealed result", () => {
  it("holds as the portal wrote it, alone and with its rows", () => {
    expect(checkDocument(small.result)).toEqual({ ok: true, format: "jiati-result/1", subject: "Q2026-T001-001", head: printedHead(small.result.log.head) });
    expect(checkDocument(small)).toMatchObject({ ok: true, format: "jiati-recount/1" });
    expect(checkDocument(small, { head: printedHead(small.result.log.head).toLowerCase(), key: small.result.key })).toMatchObject({ ok: true });
  });

  it("names another key and another head than those on paper", () => {
    expect(checkDocument(small, { key: "00".repeat(32) })).toEqual({ ok: false, at: "key", code: "other_key" });
    expect(checkDocument(small, { head: "0000-0000-0000-0000" })).toEqual({ ok: false, at: "log.head", code: "head_differs" });
    expect(checkDocument(small, { head: "no head" })).toEqual({ ok: false, at: "log.head", code: "head_differs" });
  });

  it("is refused where its signature is that of another text or another key", () => {
    expect(isSignatureGood({ ...small.result, key: "00".repeat(32) })).toBe(false);
    expect(checkDocument({ ...small.result, passed: !small.result.passed })).toEqual({ ok: false, at: "signature", code: "signature_bad" });
  });

  it("is caught even where somebody with the key signs other rows or another verdict", () => {
    const place = (document: unknown) => {
      const checked = checkDocument(document);
      return checked.ok ? "ok" : checked.code;
    };
    expect(place(resigned({ ...small, result: { ...small.result, passed: !small.result.passed } }))).toBe("result_differs");
    expect(place({ ...small, roll: small.roll.slice(1) })).toBe("roll_root_differs");
    expect(place({ ...small, ballots: small.ballots.slice(1) })).toBe("ballot_root_differs");
    expect(place({ ...small, consultation: { ...small.consultation, roll: small.consultation.roll.slice(0, 1) } })).toBe("file_malformed");
    const other = copy(small);
    (other.consultation.roll[0] ?? { voter: "" }).voter = "Z";
    expect(place(other)).toBe("roll_differs");
    const revived = copy(small);
    delete revived.consultation.ballots[3]?.void;
    expect(place(revived)).toBe("ballots_differ");
  });

  it("is refused with the place of the fault where it is no document", () => {
    for (const nothing of [null, 1, "x", [], {}, { format: "jiati-consultation/1" }]) {
      expect(checkDocument(nothing)).toEqual({ ok: false, at: "format", code: "format_unknown" });
    }
    expect(checkDocument({ ...small.result, rollRoot: "zz" })).toEqual({ ok: false, at: "rollRoot", code: "malformed" });
    expect(checkDocument({ ...small.result, more: 1 })).toEqual({ ok: false, at: "", code: "malformed" });
  });

  it("holds for any consultation, and any edit, deletion, doubling in it is caught", () => {
    let forgeries = 0;
    fc.assert(
      fc.property(randomConsultation(), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 2 })), { minLength: 4, maxLength: 4 }), (consultation, edits) => {
        const document = sealedDocument(consultation);
        expect(checkDocument(document).ok).toBe(true);
        for (const edit of edits) {
          const forged = tampered(document, edit);
          const checked = checkDocument(forged).ok;
          // Why a ballot is void is told by the log; the rule is that of the sealed result, whatever the file says.
          if (canonical(plain(forged as typeof document)) === canonical(plain(document))) continue;
          expect(checked).toBe(false);
          forgeries += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(forgeries).toBeGreaterThan(300);
  });
});

describe("an exported log", () => {
  const log = logDocument(12);

  it("holds as it was written, opened and unopened", () => {
    expect(checkDocument(log)).toEqual({ ok: true, format: "jiati-log/1", subject: "T001-001", head: printedHead(log.head), entries: 12, opened: 12 });
    const closed = { ...log, entries: log.entries.map(({ salt, content, ...entry }) => (void [salt, content], entry)) };
    expect(checkDocument(closed)).toMatchObject({ ok: true, opened: 0 });
    expect(checkDocument(logDocument(0))).toMatchObject({ ok: true, entries: 0 });
  });

  it("is caught with a tail cut off by the head that was printed", () => {
    const cut = { ...log, entries: log.entries.slice(0, 9), head: log.entries[8]?.hash ?? "" };
    expect(checkDocument(cut)).toMatchObject({ ok: true });
    expect(checkDocument(cut, { head: printedHead(log.head) })).toEqual({ ok: false, at: "head", code: "head_not_found" });
    expect(checkDocument(log, { head: printedHead(cut.head) })).toMatchObject({ ok: true });
  });

  it("names what was done to it", () => {
    const at = (change: (entries: typeof log.entries) => void) => {
      const forged = copy(log);
      change(forged.entries);
      const checked = checkDocument(forged);
      return checked.ok ? "ok" : checked.code;
    };
    expect(at((entries) => void entries.splice(3, 1))).toBe("entry_missing");
    expect(at((entries) => void (entries[3] = { ...entries[3], previous: "00".repeat(32) } as (typeof entries)[number]))).toBe("entry_not_following");
    expect(at((entries) => void (entries[3] = { ...entries[3], actor: "account:2" } as (typeof entries)[number]))).toBe("entry_changed");
    expect(at((entries) => void (entries[3] = { ...entries[3], content: { room: "401" } } as unknown as (typeof entries)[number]))).toBe("content_changed");
    expect(at((entries) => void delete (entries[3] as { salt?: string }).salt)).toBe("malformed");
    expect(checkDocument({ ...log, head: "11".repeat(32) })).toEqual({ ok: false, at: "head", code: "head_differs" });
  });

  it("shows every random edit, deletion, doubling and swap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), fc.integer({ min: 0, max: 3 }), (length, place, way) => {
        const document = logDocument(length);
        const forged = tampered(document, [place, way]);
        // The stairwell's public code is a caption; its number is part of each hash.
        if ((forged as typeof document).code !== document.code) return;
        expect(checkDocument(forged, { head: printedHead(document.head) }).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
