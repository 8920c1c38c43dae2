import { describe, expect, it } from "vitest";
import { beginWork, drop, goTo, lose, refuse, send, SETTLE, settle, undo, whyNotNow, type Entry } from "./board-entry.ts";

const entry: Entry = { unit: "101", choice: "agree", channel: "paper" };
const recorded = { ...entry, seq: 7, receipt: "ABCD-EFGH-JK" };
const begun = beginWork({ unit: "101", seen: null, channel: "paper" });
const saved = settle(send(begun, entry), recorded, { unit: "102", newest: 3 }, 1000);

describe("a ballot at the board", () => {
  it("is recorded for the flat at which the clerk is, and for none where there is none", () => {
    expect(whyNotNow(begun, "agree", 0)).toBeNull();
    expect(whyNotNow(beginWork({ unit: null, seen: null, channel: "paper" }), "agree", 0)).toBe("no-flat");
  });

  it("is not recorded while another is under way, nor within 0.8 s after the next flat came up by itself", () => {
    expect(whyNotNow(send(begun, entry), "agree", 0)).toBe("saving");
    expect(saved).toMatchObject({ unit: "102", seen: 3, phase: { is: "ready" }, last: recorded });
    expect(whyNotNow(saved, "agree", 1000 + SETTLE - 1)).toBe("too-soon");
    expect(whyNotNow(saved, "agree", 1000 + SETTLE)).toBeNull();
  });

  it("stays where it was when all the others have come in", () => {
    expect(settle(send(begun, entry), recorded, undefined, 0)).toMatchObject({ unit: "101", seen: 7 });
  });

  it("from a proxy is followed by one on paper; told to somebody, by the next such", () => {
    const by = (channel: Entry["channel"]) => settle(send({ ...begun, channel }, { ...entry, channel }), { ...recorded, channel }, undefined, 0).channel;
    expect([by("proxy"), by("assisted"), by("paper")]).toEqual(["paper", "assisted", "paper"]);
  });

  it("that is refused stays with its flat, with the sentence; the clerk has then seen what is newer", () => {
    const errors = [{ name: "room", message: "这一户刚刚有了新的记录" }];
    const refused = refuse(send(begun, entry), "101", errors, 9);
    expect(refused).toMatchObject({ unit: "101", seen: 9, phase: { is: "ready" }, refused: { unit: "101", errors } });
    expect(goTo(refused, "102", null)).toMatchObject({ unit: "102", seen: null, refused: { unit: "101" } });
    expect(refuse(goTo(send(begun, entry), "102", 2), "101", errors, 9)).toMatchObject({ unit: "102", seen: 2 });
    expect(send(refused, entry).refused).toBeNull();
  });

  it("that got no answer is sent again as the same, or given up, before another one is recorded", () => {
    const lost = lose(goTo(send(begun, entry), "102", 2), entry, "silent");
    expect(lost).toMatchObject({ unit: "101", phase: { is: "unsaved", why: "silent" } });
    expect(whyNotNow(lost, "agree", 0)).toBeNull();
    expect(whyNotNow(lost, "oppose", 0)).toBe("unsaved");
    expect(whyNotNow({ ...lost, channel: "assisted" }, "agree", 0)).toBe("unsaved");
    expect(whyNotNow(goTo(lost, "102", null), "agree", 0)).toBe("unsaved");
    expect(whyNotNow(goTo(drop(lost), "102", null), "agree", 0)).toBeNull();
  });

  it("keeps what the clerk has seen of a flat while staying there", () => {
    expect(goTo(begun, "101", 5)).toBe(begun);
  });

  it("that is taken back brings the clerk to its flat, and no second one is taken back by the same key", () => {
    const undone = undo(saved, { unit: "101", newest: 7 }, 2000);
    expect(undone).toMatchObject({ unit: "101", seen: 7, last: null });
    expect(whyNotNow(undone, "agree", 2001)).toBe("too-soon");
  });
});
