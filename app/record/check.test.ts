import { describe, expect, it } from "vitest";
import { logDocument, sealedDocument } from "#tests/support/sealed.ts";
import { countedKinds, createDice, type Dice } from "#tests/support/dice.ts";
import { randomConsultations } from "#tests/support/random-consultation.ts";
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

const SEED = Number(process.env["FORGERY_SEED"] ?? 1);
/** How many forgeries of sealed results are tried, and as many of exported logs; those of rows stand in tests/integration/tampering.test.ts. */
const FORGERIES = Number(process.env["FORGERIES"] ?? 500);

type Path = (string | number)[];

/** All places of a JSON value where something stands that is no object or list. */
function leavesOf(value: unknown, path: Path = []): Path[] {
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

const nameOf = (path: Path) => path.filter((key) => typeof key === "string").join(".");

/** The document with one value edited, one row deleted or doubled, two rows or a value of theirs swapped, or its tail cut off. */
function forge<T extends object>(document: T, dice: Dice): { forged: T; what: string } {
  const forged = copy(document);
  const leaves = leavesOf(forged);
  const at = (path: Path) => path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], forged);
  const way = dice.one(["edit", "edit", "edit", "delete", "double", "swap", "reorder", "cut"] as const);
  const listed = leaves.flatMap((path) => path.flatMap((key, depth) => (typeof key === "number" ? [JSON.stringify(path.slice(0, depth))] : [])));
  const lists = [...new Set(listed)].map((path) => JSON.parse(path) as Path);
  if (way === "edit" || lists.length === 0) {
    const path = dice.one(leaves);
    const holder = at(path.slice(0, -1)) as Record<string | number, unknown>;
    const key = path.at(-1) ?? "";
    holder[key] = changed(holder[key]);
    return { forged, what: `edit ${nameOf(path)}` };
  }
  const path = dice.one(lists);
  const list = at(path) as Record<string, unknown>[];
  const [one, other] = [dice.below(list.length), dice.below(list.length)];
  const [a = {}, b = {}] = [list[one], list[other]];
  const what = `${way} ${nameOf(path)}`;
  if (way === "delete") list.splice(one, 1);
  else if (way === "double") list.splice(one, 0, copy(a));
  else if (way === "reorder") [list[one], list[other]] = [b, a];
  else if (way === "cut") {
    list.length = one;
    // Whoever cuts the log gives it the head that it then has.
    if ("entries" in forged && "head" in forged) forged.head = list.at(-1)?.["hash"] ?? "00".repeat(32);
  } else {
    const key = dice.one(Object.keys(a));
    [a[key], b[key]] = [b[key], a[key]];
    return { forged, what: `${what}.${key}` };
  }
  return { forged, what };
}

/** Tries so many forgeries, each of another document; those that change nothing that is sealed are not counted. */
function tried<T extends object>(nameOfDocuments: string, documents: (number: number) => T, isSame: (a: T, b: T) => boolean, holds: (forged: T, real: T) => boolean): { missed: string[]; kinds: Map<string, number> } {
  const dice = createDice(SEED);
  const missed: string[] = [];
  const kinds = new Map<string, number>();
  for (let done = 0, number = 0; done < FORGERIES; number++) {
    const document = documents(number);
    const { forged, what } = forge(document, dice);
    if (isSame(forged, document)) continue;
    done += 1;
    kinds.set(what, (kinds.get(what) ?? 0) + 1);
    if (holds(forged, document)) missed.push(what);
  }
  console.info(`forgeries of ${nameOfDocuments}, seed ${SEED}: ${countedKinds(kinds)}`);
  return { missed, kinds };
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

  it(`of any consultation holds, and each of ${FORGERIES} random edits, deletions, doublings, swaps and cuts in it is caught`, () => {
    const documents = randomConsultations(150, SEED).map(sealedDocument);
    expect(documents.filter((document) => !checkDocument(document).ok)).toEqual([]);
    const { missed, kinds } = tried(
      "sealed results",
      (number) => documents[number % documents.length] ?? small,
      // Why a ballot is void is told by the log; the rule is that of the sealed result, whatever the file says.
      (forged, document) => canonical(plain(forged)) === canonical(plain(document)),
      (forged) => checkDocument(forged).ok,
    );
    expect(missed).toEqual([]);
    expect(kinds.size).toBeGreaterThan(50);
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

  it(`shows each of ${FORGERIES} random edits, deletions, doublings, swaps and cut tails by the head that was printed`, () => {
    const documents = Array.from({ length: 20 }, (_, number) => logDocument(2 + (number % 8)));
    const { missed, kinds } = tried(
      "exported logs",
      (number) => documents[number % documents.length] ?? log,
      // The stairwell's public code is a caption; its number is part of each hash.
      (forged, document) => canonical({ ...forged, code: "" }) === canonical({ ...document, code: "" }),
      (forged, document) => checkDocument(forged, { head: printedHead(document.head) }).ok,
    );
    expect(missed).toEqual([]);
    expect(kinds.get("cut entries")).toBeGreaterThan(10);
    expect(kinds.size).toBeGreaterThan(15);
  });
});
