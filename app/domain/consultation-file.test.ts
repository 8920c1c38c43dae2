import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomConsultation } from "#tests/support/random-consultation.ts";
import { parseConsultationFile, writeConsultationFile } from "./consultation-file.ts";

/** A sound document as text, with one part of the text replaced. */
const sound = `{
  "format": "jiati-consultation/1",
  "ruleset": {"quorum": {"heads": "2/3", "area": null}, "approval": {"of": "participants", "heads": "3/4", "area": "1/2", "strict": true}},
  "roll": [{"unit": "101", "voter": "王一", "area": "58.43"}, {"unit": "102", "voter": "李二", "area": "61.2"}],
  "ballots": [
    {"unit": "102", "seq": 7, "choice": "oppose", "channel": "paper"},
    {"unit": "101", "seq": 3, "choice": "agree", "channel": "online", "void": "他人代签"}
  ]
}`;

const parseText = (text: string) => parseConsultationFile(JSON.parse(text));

function parseWith(part: string, replacement: string) {
  const text = sound.replace(part, () => replacement);
  if (text === sound) throw new Error(`not in the document: ${part}`);
  return parseText(text);
}

const refused = (at: string, code: string) => ({ ok: false, at, code });

describe("a consultation file", () => {
  it("is read with areas in hundredths of a square metre", () => {
    expect(parseText(sound)).toEqual({
      ok: true,
      consultation: {
        ruleset: {
          quorum: { heads: "2/3", area: null },
          approval: { of: "participants", heads: "3/4", area: "1/2", strict: true },
        },
        roll: [
          { unit: "101", voter: "王一", area: 5_843 },
          { unit: "102", voter: "李二", area: 6_120 },
        ],
        ballots: [
          { unit: "102", seq: 7, choice: "oppose", channel: "paper" },
          { unit: "101", seq: 3, choice: "agree", channel: "online", void: "他人代签" },
        ],
      },
    });
  });

  it("may name its ruleset, and hold no ballot yet", () => {
    const roll = [{ unit: "1", voter: "a", area: "1" }];
    const file = { format: "jiati-consultation/1", ruleset: "cn-sh-intent", roll, ballots: [] };
    expect(parseConsultationFile(file)).toEqual({
      ok: true,
      consultation: { ruleset: "cn-sh-intent", roll: [{ unit: "1", voter: "a", area: 100 }], ballots: [] },
    });
  });

  it("may say more beside its four members, which changes nothing", () => {
    expect(parseWith('"ruleset":', '"title": "某楼道", "__proto__": {"roll": []}, "ruleset":')).toEqual(parseText(sound));
  });

  it("written and read again is the same, and written again the same to the letter", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        const text = JSON.stringify(writeConsultationFile(consultation));
        const parsed = parseText(text);
        expect(parsed).toEqual({ ok: true, consultation });
        expect(parsed.ok && JSON.stringify(writeConsultationFile(parsed.consultation))).toBe(text);
      }),
      { numRuns: 10_000 },
    );
  });

  it("is written with its members in one order and nothing else", () => {
    const written = writeConsultationFile({
      ruleset: {
        approval: { strict: false, area: "1/2", heads: null, of: "roll" },
        quorum: { area: "2/3", heads: null },
      },
      roll: [{ area: 100, voter: "a", unit: "1" }],
      ballots: [{ channel: "paper", choice: "agree", seq: 1, unit: "1", void: null }],
    });
    expect(JSON.stringify(written)).toBe(
      '{"format":"jiati-consultation/1","ruleset":{"quorum":{"heads":null,"area":"2/3"},' +
        '"approval":{"of":"roll","heads":null,"area":"1/2","strict":false}},' +
        '"roll":[{"unit":"1","voter":"a","area":"1.00"}],' +
        '"ballots":[{"unit":"1","seq":1,"choice":"agree","channel":"paper"}]}',
    );
  });
});

describe("a consultation file is refused at its first fault:", () => {
  it.each([["[]"], ['["x"]'], ["null"], ["3"], ['"jiati-consultation/1"'], ["true"]])("the whole, when it is %s", (text) => {
    expect(parseText(text)).toEqual(refused("", "not_an_object"));
  });

  it("format, then ruleset, then roll, then ballots", () => {
    const all = { format: "x/9", ruleset: "cn-mars", roll: [], ballots: [{}] };
    expect(parseConsultationFile(all)).toEqual(refused("format", "format_unknown"));
    expect(parseConsultationFile({ ...all, format: "jiati-consultation/1" })).toEqual(refused("ruleset", "ruleset_unknown"));
    expect(parseWith(/"roll": .*/.exec(sound)?.[0] ?? "", '"roll": [],')).toEqual(refused("roll", "roll_empty"));
  });

  it.each(["format", "ruleset", "roll", "ballots"])("%s, when it is missing", (member) => {
    const file: Record<string, unknown> = { ...JSON.parse(sound) };
    delete file[member];
    expect(parseConsultationFile(file)).toEqual(refused(member, "member_missing"));
  });

  it.each([
    ['"jiati-consultation/1"', '["jiati-consultation/1"]', "format", "format_unknown"],
    ['"jiati-consultation/1"', '"jiati-consultation/2"', "format", "format_unknown"],
    ['{"quorum": {"heads": "2/3", "area": null}', '{"quorum": 1', "ruleset.quorum", "ruleset_malformed"],
    ['"quorum": {"heads": "2/3", "area": null}, ', "", "ruleset.quorum", "ruleset_malformed"],
    ['"heads": "2/3", "area": null', '"heads": "2/3"', "ruleset.quorum.area", "fraction_malformed"],
    ['"2/3"', '"4/3"', "ruleset.quorum.heads", "fraction_malformed"],
    ['"2/3"', "0.67", "ruleset.quorum.heads", "fraction_malformed"],
    ['"3/4"', '"1/0"', "ruleset.approval.heads", "fraction_malformed"],
    ['"1/2"', '"-1/2"', "ruleset.approval.area", "fraction_malformed"],
    ['"participants"', '"everyone"', "ruleset.approval.of", "base_unknown"],
    ['"strict": true', '"strict": 1', "ruleset.approval.strict", "strict_malformed"],
    [', "strict": true', "", "ruleset.approval.strict", "strict_malformed"],
    ['"strict": true', '"strict": true, "veto": "101"', "ruleset.approval.veto", "member_unknown"],
    ['"area": null}', '"area": null, "__proto__": {}}', "ruleset.quorum.__proto__", "member_unknown"],
    ['"strict": true}', '"strict": true}, "b": 1, "a": 1', "ruleset.b", "member_unknown"],
  ])("the ruleset, %s for %s, at %s", (part, replacement, at, code) => {
    expect(parseWith(part, replacement)).toEqual(refused(at, code));
  });

  it.each([["null"], ["3"], ["[]"], ['"constructor"'], ['"__proto__"'], ['""']])("the ruleset, when it is %s", (text) => {
    const file = { ...JSON.parse(sound), ruleset: JSON.parse(text) };
    expect(parseConsultationFile(file)).toEqual(refused("ruleset", "ruleset_unknown"));
  });

  it("the roll, when it is no list", () => {
    const file = { ...JSON.parse(sound), roll: JSON.parse('{"__proto__": [], "length": 1}') };
    expect(parseConsultationFile(file)).toEqual(refused("roll", "not_a_list"));
  });

  it.each([
    ['{"unit": "102", "voter": "李二", "area": "61.2"}', "null", "roll[1]", "not_an_object"],
    ['{"unit": "102", "voter": "李二", "area": "61.2"}', '["102"]', "roll[1]", "not_an_object"],
    ['"unit": "102", "voter"', '"voter"', "roll[1].unit", "member_missing"],
    ['"unit": "102", "voter"', '"unit": 102, "voter"', "roll[1].unit", "not_text"],
    ['"unit": "102", "voter"', '"unit": "101", "voter"', "roll[1].unit", "unit_twice"],
    ['"李二"', "null", "roll[1].voter", "not_text"],
    ['"voter": "李二", ', '"__proto__": {"voter": "李二"}, ', "roll[1].voter", "member_missing"],
    ['"61.2"', "61.2", "roll[1].area", "area_malformed"],
    ['"61.2"', '"61.234"', "roll[1].area", "area_malformed"],
    ['"61.2"', '"1e3"', "roll[1].area", "area_malformed"],
    ['"61.2"', '"0.00"', "roll[1].area", "area_zero"],
    ['"61.2"', '"90071992547409.91"', "roll[1].area", "area_sum_too_large"],
    ['"61.2"', '"61.2", "heads": 2', "roll[1].heads", "member_unknown"],
  ])("the roll, %s for %s, at %s", (part, replacement, at, code) => {
    expect(parseWith(part, replacement)).toEqual(refused(at, code));
  });

  it.each([
    ["nothing", ""],
    ["a space", " "],
    ["a space before it", " 102"],
    ["an ideographic space after it", "102\u3000"],
    ["a line break", "1\n02"],
    ["a NUL", "102\0"],
    ["a zero-width space", "1\u200b02"],
    ["a byte order mark", "\ufeff102"],
    ["a change of direction", "\u202e201"],
    ["an isolate", "\u2066102"],
    ["a line separator", "1\u202802"],
    ["half a surrogate pair", "102\ud800"],
  ])("a unit or a voter with %s", (_what, name) => {
    const text = JSON.stringify(name);
    const inRoll = parseWith('"unit": "102", "voter"', `"unit": ${text}, "voter"`);
    const inBallots = parseWith('"unit": "102", "seq"', `"unit": ${text}, "seq"`);
    expect(inRoll).toEqual(refused("roll[1].unit", "name_unclean"));
    expect(parseWith('"李二"', text)).toEqual(refused("roll[1].voter", "name_unclean"));
    expect(inBallots).toEqual(refused("ballots[0].unit", "name_unclean"));
  });

  it.each([
    ['{"unit": "102", "seq": 7, "choice": "oppose", "channel": "paper"}', '"102"', "ballots[0]", "not_an_object"],
    ['"unit": "102", "seq"', '"unit": "999", "seq"', "ballots[0].unit", "unit_not_on_roll"],
    ['"unit": "102", "seq"', '"unit": "toString", "seq"', "ballots[0].unit", "unit_not_on_roll"],
    ['"seq": 7', '"seq": 1.5', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": 0', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": -0', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": -1', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": 1e400', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": 9007199254740993', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": "7"', "ballots[0].seq", "seq_not_whole"],
    ['"seq": 7', '"seq": 3', "ballots[1].seq", "seq_twice"],
    ['"choice": "oppose", ', "", "ballots[0].choice", "member_missing"],
    ['"oppose"', '"maybe"', "ballots[0].choice", "choice_unknown"],
    ['"oppose"', '["oppose"]', "ballots[0].choice", "choice_unknown"],
    ['"paper"', '"pigeon"', "ballots[0].channel", "channel_unknown"],
    ['"他人代签"', "true", "ballots[1].void", "void_without_reason"],
    ['"他人代签"', "false", "ballots[1].void", "void_without_reason"],
    ['"他人代签"', "null", "ballots[1].void", "void_without_reason"],
    ['"他人代签"', '" "', "ballots[1].void", "void_without_reason"],
    ['"void"', '"viod"', "ballots[1].viod", "member_unknown"],
  ])("the ballots, %s for %s, at %s", (part, replacement, at, code) => {
    expect(parseWith(part, replacement)).toEqual(refused(at, code));
  });

  it("the ballots, when they are no list", () => {
    const file = { ...JSON.parse(sound), ballots: { length: 0 } };
    expect(parseConsultationFile(file)).toEqual(refused("ballots", "not_a_list"));
  });
});

describe("reading a consultation file", () => {
  it("answers for any value that JSON can hold", () => {
    const member = fc.oneof(fc.jsonValue(), fc.constantFrom("jiati-consultation/1", "cn-sh-intent"));
    const nearly = fc.record(
      { format: fc.constant("jiati-consultation/1"), ruleset: member, roll: member, ballots: member },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), (value) => {
        const parsed = parseConsultationFile(value);
        expect(parsed.ok || typeof parsed.at === "string").toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it("takes a member for present only where the file itself has it", () => {
    expect(parseConsultationFile(Object.create(JSON.parse(sound)))).toEqual(refused("format", "member_missing"));
    const [flat] = JSON.parse(sound).roll;
    expect(parseConsultationFile({ ...JSON.parse(sound), roll: [Object.create(flat)] })).toEqual(
      refused("roll[0].unit", "member_missing"),
    );
  });

  it("is not put off by depth", () => {
    const nested = `${'{"quorum":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(parseText(`{"format": "jiati-consultation/1", "ruleset": ${nested}}`)).toEqual(
      refused("ruleset.quorum.heads", "fraction_malformed"),
    );
  });

  it("lets a fault of the caller through", () => {
    const broken = Object.defineProperty({}, "format", {
      get() {
        throw new TypeError("not JSON");
      },
    });
    expect(() => parseConsultationFile(broken)).toThrow(TypeError);
  });
});
