import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faqForm, faqMissForm, faqSettleForm, faqWordForm, searchAnswers, topicsAt, whyAnswerIsRefused, type Answer } from "./faq.ts";
import { stages } from "./stages.ts";

/** Enough of the pinyin for what is asked here. */
const SOUNDS: Record<string, string> = {
  电: "dian", 梯: "ti", 费: "fei", 废: "fei", 用: "yong", 怎: "zen", 么: "me", 分: "fen", 摊: "tan", 方: "fang", 案: "an", 要: "yao", 公: "gong", 示: "shi", 多: "duo", 久: "jiu", 采: "cai",
  光: "guang", 受: "shou", 影: "ying", 响: "xiang", 办: "ban", 工: "gong", 是: "shi", 弓: "gong", 世: "si", 舵: "duo", 究: "jiu",
};
const soundOf = (text: string) => {
  const syllables = [...text].map((letter) => SOUNDS[letter] ?? (/[a-z0-9]/.test(letter) ? letter : ""));
  return { pinyin: syllables.join(""), initials: syllables.map((one) => one.charAt(0)).join("") };
};

const answer = (topic: string, question: string, text: string, heading = "办事"): Answer => ({ topic, heading, question, answer: text, source: "本街道做法", editedOn: null });
const answers = [
  answer("cost", "电梯费用怎么分摊？", "出钱的各户自己商量，按楼层定比例。"),
  answer("plan-notice", "方案要公示多久？", "公示十天，再留七天提意见。"),
  answer("daylight", "采光受影响怎么办？", "先协商，再调解，谈不成可以起诉。"),
];
const found = (typed: string) => searchAnswers(typed, answers, soundOf).map(({ topic }) => topic);

describe("a question is found", () => {
  it("by words of it, in any order and with others between", () => {
    expect(found("费用")[0]).toBe("cost");
    expect(found("公示多久")[0]).toBe("plan-notice");
    expect(found("请问采光不好怎么办")[0]).toBe("daylight");
    expect(found("采光受影响，怎么办？！")).toContain("daylight");
  });

  it("by words of its answer", () => {
    expect(found("起诉")).toEqual(["daylight"]);
  });

  it("by pinyin and initials, with typing errors", () => {
    expect(found("gongshi")).toEqual(["plan-notice"]);
    expect(found("fyzmft")).toEqual(["cost"]);
    expect(found("gongsi")).toEqual(["plan-notice"]);
    expect(found("caiguagn")).toEqual(["daylight"]);
    expect(found("x")).toEqual(["daylight"]);
    expect(found("xq")).toEqual([]);
  });

  it("by the heading over it, after those that are called so", () => {
    const under = [
      answer("subsidy", "政府给多少？", "按市里的规定。", "费用怎么分"),
      answer("cost", "电梯费用怎么分摊？", "按楼层定比例。", "费用怎么分"),
      answer("daylight", "采光受影响怎么办？", "费用另算。", "办事"),
    ];
    const topics = (typed: string) => searchAnswers(typed, under, soundOf).map(({ topic }) => topic);
    expect(topics("费用")).toEqual(["cost", "subsidy", "daylight"]);
    for (const typed of ["feiyong", "费用怎么分", "废用", "fyzmf", "fieyong", "feiyogn"]) expect([typed, topics(typed).slice(0, 2)]).toEqual([typed, ["cost", "subsidy"]]);
    expect(topics("费")).toEqual(["cost"]);
    expect(topics("fyz")).toEqual(["cost"]);
  });

  it("with two letters in the wrong order, and not with more", () => {
    expect(found("gnogshi")).toEqual(["plan-notice"]);
    expect(found("cagiuang")).toEqual(["daylight"]);
    expect(found("gnoghsi")).toEqual([]);
  });

  it("with wrong characters of the same sound, and nearly so", () => {
    expect(found("工是多久")).toContain("plan-notice");
    expect(found("弓是")).toEqual(["plan-notice"]);
    expect(found("弓世舵究")).toEqual(["plan-notice"]);
  });

  it("not where there is none", () => {
    for (const typed of ["", "？！", "。", "游泳池", "zzzzzz", "猫"]) expect(found(typed)).toEqual([]);
  });

  it("whatever is typed, in little time and never more than there are", () => {
    fc.assert(fc.property(fc.string({ maxLength: 4_000, unit: "grapheme" }), (typed) => found(typed).length <= answers.length));
    const many = Array.from({ length: 40 }, (_, n) => answer(`a-${n}`, "电梯费用怎么分摊？", "按楼层。"));
    expect(searchAnswers("费用".repeat(2_000), many, soundOf).length).toBeLessThanOrEqual(8);
    expect(searchAnswers("费用", many, soundOf)).toHaveLength(8);
  });
});

describe("an answer", () => {
  const edited = { heading: "费用", question: "电梯费用怎么分摊？", answer: "商量。定比例。写进协议。", source: "本街道做法", hidden: false };

  it("has three sentences at most, and differs from the one before", () => {
    expect(whyAnswerIsRefused(edited, null)).toBeNull();
    expect(whyAnswerIsRefused({ ...edited, answer: "一。二。三。四。" }, null)).toEqual({ code: "faq_too_long", at: "answer" });
    expect(whyAnswerIsRefused({ ...edited, answer: "没有句号" }, null)).toBeNull();
    expect(whyAnswerIsRefused(edited, edited)).toEqual({ code: "faq_unchanged" });
    expect(whyAnswerIsRefused({ ...edited, hidden: true }, edited)).toBeNull();
  });

  it("has three for each stage, all different", () => {
    for (const stage of stages) expect(new Set(topicsAt[stage]).size).toBe(3);
  });

  it("has its forms", () => {
    const places = (parsed: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) => parsed.error?.issues.map(({ path }) => path[0]);
    expect(places(faqForm.safeParse({ section: "费用", question: "x", answer: "y", source: "z", hidden: "no" }))).toEqual(["hidden"]);
    expect(places(faqForm.safeParse({ section: "", question: "x", answer: "y", source: "z" }))).toEqual(["section"]);
    expect(faqSettleForm.parse({ miss: "7" })).toEqual({ miss: 7 });
    expect(places(faqWordForm.safeParse({}))).toEqual(["helped"]);
    expect(places(faqMissForm.safeParse({ asked: "问".repeat(101) }))).toEqual(["asked"]);
  });
});
