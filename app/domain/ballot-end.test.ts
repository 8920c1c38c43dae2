import { describe, expect, it } from "vitest";
import {
  UNDO_MINUTES, whyCheckIsRefused, whyUndoIsRefused, whyVoidConfirmIsRefused, whyVoidIsRefused, whyVoidRejectIsRefused,
  type BallotState, type RecordedBallot,
} from "./ballot-end.ts";
import { endOfDay } from "./shanghai-day.ts";

const now = new Date("2026-11-21T02:00:00Z");

const recorded: RecordedBallot = {
  end: "unchecked", certified: false, request: null, channel: "paper", recordedBy: 1, castAt: now, isChecked: false,
};

describe("checking a ballot from paper", () => {
  const refusal = (change: Partial<RecordedBallot>, accountId = 2) => whyCheckIsRefused({ ...recorded, ...change }, accountId)?.code;

  it("is for somebody else than who recorded it, once", () => {
    for (const channel of ["paper", "assisted", "proxy"] as const) expect(refusal({ channel })).toBeUndefined();
    expect(refusal({ request: { accountId: 3 } })).toBeUndefined();
    expect(refusal({ request: { accountId: null } }), "its owner objects").toBe("owner_objects");
    expect(refusal({}, 1)).toBe("same_person");
    expect(refusal({ isChecked: true, end: null })).toBe("already_checked");
  });

  it("is not asked online, from the archive, or of a ballot that has ended", () => {
    expect(refusal({ channel: "online", end: null })).toBe("not_to_check");
    expect(refusal({ recordedBy: null, end: null })).toBe("not_to_check");
    expect(refusal({ end: "void" })).toBe("already_void");
    expect(refusal({ end: "undone" })).toBe("already_undone");
    expect(refusal({ end: "disagreed", isChecked: true })).toBe("already_disagreed");
    expect(refusal({ certified: true })).toBe("certified");
  });
});

describe("taking a ballot back", () => {
  const times = { closesAt: endOfDay("2026-11-21"), closedAt: null };
  const last = new Date(now.getTime() + UNDO_MINUTES * 60_000);
  const refusal = (change: Partial<RecordedBallot>, { accountId = 1, at = last, closedAt = null as Date | null } = {}) =>
    whyUndoIsRefused({ ...recorded, ...change }, { ...times, closedAt }, { accountId, now: at })?.code;

  it("is for whoever recorded it, for ten minutes, until the close", () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ channel: "online", end: null })).toBeUndefined();
    expect(refusal({}, { accountId: 2 })).toBe("not_your_ballot");
    expect(refusal({ recordedBy: null })).toBe("not_your_ballot");
    expect(refusal({}, { at: new Date(last.getTime() + 1) })).toBe("undo_too_late");
    expect(refusal({}, { closedAt: now })).toBe("not_open");
  });

  it("ends online with the deadline, on paper not", () => {
    const late = { castAt: times.closesAt };
    const at = new Date(times.closesAt.getTime() + 1);
    expect(refusal({ ...late, channel: "online", end: null }, { at })).toBe("after_deadline");
    expect(refusal(late, { at })).toBeUndefined();
  });

  it("comes before any other end", () => {
    expect(refusal({ isChecked: true, end: null })).toBe("already_checked");
    expect(refusal({ request: { accountId: 2 } })).toBe("already_requested");
    expect(refusal({ end: "void" })).toBe("already_void");
    expect(refusal({ end: "undone" })).toBe("already_undone");
    expect(refusal({ end: "disagreed", isChecked: true })).toBe("already_disagreed");
  });
});

describe("voiding", () => {
  const cast: BallotState = { end: null, certified: false, request: null };
  const asked = { ...cast, request: { accountId: 1 } };

  it("is asked once, and confirmed by a second person", () => {
    expect(whyVoidIsRefused(cast)).toBeNull();
    expect(whyVoidIsRefused(asked)).toEqual({ code: "already_requested" });
    expect(whyVoidConfirmIsRefused(asked, 2)).toBeNull();
    expect(whyVoidConfirmIsRefused(asked, 1)).toEqual({ code: "same_person" });
    expect(whyVoidConfirmIsRefused(cast, 2)).toEqual({ code: "not_requested" });
  });

  it("is turned down by anybody while it is asked", () => {
    expect(whyVoidRejectIsRefused({ ...asked, recordedBy: 1 }, 2)).toBeNull();
    expect(whyVoidRejectIsRefused({ ...cast, recordedBy: 1 }, 2)).toEqual({ code: "not_requested" });
  });

  it("that an owner asks for is confirmed by anybody, and turned down by somebody else than who recorded the ballot", () => {
    const objected = { ...cast, request: { accountId: null } };
    expect(whyVoidConfirmIsRefused(objected, 1)).toBeNull();
    expect(whyVoidRejectIsRefused({ ...objected, recordedBy: 1 }, 1)).toEqual({ code: "same_person" });
    expect(whyVoidRejectIsRefused({ ...objected, recordedBy: 1 }, 2)).toBeNull();
  });

  it("ends with the certificate, and where the ballot is void already", () => {
    const rejected = (ballot: BallotState) => whyVoidRejectIsRefused({ ...ballot, recordedBy: 1 }, 2);
    for (const rule of [whyVoidIsRefused, rejected, (ballot: BallotState) => whyVoidConfirmIsRefused(ballot, 2)]) {
      expect(rule({ ...asked, certified: true })).toEqual({ code: "certified" });
      expect(rule({ ...asked, end: "void" })).toEqual({ code: "already_void" });
    }
  });

  it("is not asked for a ballot that was taken back or disagreed with, but for one that waits for the second person", () => {
    expect(whyVoidIsRefused({ ...cast, end: "undone" })).toEqual({ code: "already_undone" });
    expect(whyVoidIsRefused({ ...cast, end: "disagreed" })).toEqual({ code: "already_disagreed" });
    expect(whyVoidIsRefused({ ...cast, end: "unchecked" })).toBeNull();
  });
});
