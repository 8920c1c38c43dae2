import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOfDay } from "./shanghai-day.ts";
import {
  deskTicketForm, deskTicketsQuery, mayReadTicket, objectionForm, readBallotNamed, statesShown, ticketDaysLate, ticketDueOn, ticketKinds, ticketParties, ticketSides, ticketStates, ticketStepForm, ticketWordForm, whyTicketStepIsRefused,
  type TicketStanding, type TicketState, type TicketStep,
} from "./ticket.ts";
import { isWorkingDay } from "./working-days.ts";

const standing = (given: Partial<TicketStanding> = {}): TicketStanding => ({
  kind: "noise", state: "accepted", asked: ["committee"], answered: [], escalated: false, ...given,
});
const why = (step: TicketStep, side: Parameters<typeof whyTicketStepIsRefused>[1]["side"], given: Partial<TicketStanding> = {}, more: object = {}) =>
  whyTicketStepIsRefused(standing(given), { step, side, channel: "online", ...more })?.code ?? null;

describe("the due date of a ticket", () => {
  it("is so many working days after the day in Shanghai, by kind", () => {
    const lateOnFriday = new Date("2026-11-20T15:59:59Z");
    const saturday = new Date("2026-11-20T16:00:00Z");
    expect(ticketDueOn("noise", lateOnFriday)).toBe("2026-11-24");
    expect(ticketDueOn("noise", saturday)).toBe("2026-11-24");
    expect(ticketDueOn("stop", lateOnFriday)).toBe("2026-11-25");
    expect(ticketDueOn("money", new Date("2026-11-26T02:00:00Z"))).toBe("2026-12-03");
    expect(ticketDueOn("other", new Date("2028-02-25T02:00:00Z"))).toBe("2028-03-03");
  });

  it("is a working day, after the day of the opening, and the same all that day", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ticketKinds), fc.date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }), (kind, at) => {
        const due = ticketDueOn(kind, at);
        expect(isWorkingDay(due)).toBe(true);
        expect(startOfDay(due) > at).toBe(true);
      }),
    );
  });

  it("is passed by so many days until the answer is there", () => {
    const late = (state: TicketState, today: string) => ticketDaysLate({ state, dueOn: "2028-02-28" }, today);
    expect(late("assigned", "2028-02-28")).toBe(0);
    expect(late("assigned", "2028-02-27")).toBe(0);
    expect(late("opened", "2028-03-01")).toBe(2);
    expect(late("answered", "2028-03-01")).toBe(0);
    expect(late("solved", "2028-03-01")).toBe(0);
  });
});

describe("who may read a ticket", () => {
  const reach = { kind: "noise", everAsked: [], everEscalated: false } as const;

  it("is the committee always, the others once they were asked", () => {
    expect(ticketParties.filter((party) => mayReadTicket(party, reach))).toEqual(["committee"]);
    for (const party of ticketParties) expect(mayReadTicket(party, { ...reach, everAsked: [party] })).toBe(true);
  });

  it("is the office where it was flagged", () => {
    expect(ticketParties.filter((party) => mayReadTicket(party, { ...reach, everEscalated: true }))).toEqual(["committee", "office"]);
  });

  it("is nobody but committee and office for an objection to a ballot", () => {
    expect(ticketParties.filter((party) => mayReadTicket(party, { kind: "ballot-not-mine", everAsked: ticketParties, everEscalated: true }))).toEqual(["committee", "office"]);
    expect(mayReadTicket("office", { ...reach, kind: "ballot-not-mine" })).toBe(true);
  });
});

describe("the sides of somebody with grants", () => {
  const ticket = { kind: "noise", everAsked: ["contractor", "office"], everEscalated: false, stairwellId: 300, committeeId: 20, subdistrictId: 1 } as const;
  const sides = (role: string, scope: string, scopeId: number | null, given = {}) => ticketSides([{ role, scope, scopeId }], { ...ticket, ...given }, ticketParties);

  it("are those of the own place that may read the ticket", () => {
    expect(sides("committee", "committee", 20)).toEqual(["committee"]);
    expect(sides("office", "subdistrict", 1)).toEqual(["office"]);
    expect(sides("contractor", "stairwell", 300)).toEqual(["contractor"]);
    expect(sides("agent", "stairwell", 300)).toEqual([]);
    expect(sides("agent", "stairwell", 300, { everAsked: ["agent"] })).toEqual(["agent"]);
  });

  it("are none in another place, of another role, or where the number is that of something else", () => {
    expect(sides("committee", "committee", 21)).toEqual([]);
    expect(sides("committee", "subdistrict", 20)).toEqual([]);
    expect(sides("office", "subdistrict", 2)).toEqual([]);
    expect(sides("assessor", "stairwell", 300)).toEqual([]);
    expect(sides("contractor", "stairwell", 301)).toEqual([]);
  });

  it("are only those among which it is asked", () => {
    expect(ticketSides([{ role: "committee", scope: "committee", scopeId: 20 }], ticket, ["contractor", "agent"])).toEqual([]);
  });
});

describe("a step of a ticket", () => {
  it("is accepted once a round, by who is in charge", () => {
    expect(why("accepted", "committee", { state: "opened" })).toBeNull();
    expect(why("accepted", "committee", { state: "reopened" })).toBeNull();
    expect(why("accepted", "committee")).toBe("already_accepted");
    expect(why("accepted", "office", { state: "opened" })).toBe("not_asked");
    expect(why("accepted", "office", { state: "opened", escalated: true })).toBeNull();
  });

  it("puts it to others, but never an objection to people outside", () => {
    expect(why("assigned", "committee", {}, { parties: ["contractor", "agent"] })).toBeNull();
    expect(why("assigned", "contractor", { asked: ["contractor"] }, { parties: ["agent"] })).toBe("not_asked");
    expect(why("assigned", "committee", { kind: "ballot-not-mine" }, { parties: ["contractor"] })).toBe("ballot_stays_with_committee");
    expect(why("assigned", "committee", { kind: "ballot-not-mine" }, { parties: ["committee", "agent"] })).toBe("ballot_stays_with_committee");
    expect(why("assigned", "committee", { kind: "ballot-not-mine" }, { parties: ["office"] })).toBeNull();
  });

  it("answers once for each who is asked; who is in charge may answer for them", () => {
    const both = { state: "assigned", asked: ["contractor", "agent"] } as const;
    expect(why("answer", "contractor", both)).toBeNull();
    expect(why("answer", "contractor", { ...both, answered: ["contractor"] })).toBe("party_answered");
    expect(why("answer", "agent", { ...both, answered: ["contractor"] })).toBeNull();
    expect(why("answer", "committee", both)).toBeNull();
    expect(why("answer", "office", both)).toBe("not_asked");
    expect(why("answer", "office", { ...both, escalated: true })).toBeNull();
    expect(why("answer", "resident")).toBe("not_asked");
  });

  it("is no more than a note between answer and settlement, and nothing after it", () => {
    for (const step of ["accepted", "assigned", "answer"] as const) expect(why(step, "committee", { state: "answered" })).toBe("ticket_answered");
    expect(why("note", "contractor", { state: "answered" })).toBeNull();
    for (const step of ["accepted", "assigned", "answer", "note", "solved"] as const) {
      expect(why(step, step === "solved" ? "resident" : "committee", { state: "solved" })).toBe("ticket_solved");
    }
  });

  it("says solved or not only for the resident; of a caller the committee notes it", () => {
    for (const step of ["solved", "not-solved"] as const) {
      expect(why(step, "resident", { state: "answered" })).toBeNull();
      expect(why(step, "committee", { state: "answered" })).toBe("only_opener_settles");
      expect(why(step, "office", { state: "answered" }, { channel: "phone" })).toBe("only_opener_settles");
      expect(why(step, "committee", { state: "answered" }, { channel: "phone" })).toBeNull();
    }
    expect(why("solved", "resident", { state: "opened" })).toBeNull();
    expect(why("not-solved", "resident", { state: "assigned" })).toBe("not_answered");
    expect(why("not-solved", "resident", { state: "solved" })).toBeNull();
  });
});

describe("the forms of a ticket", () => {
  const faults = (parsed: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) =>
    parsed.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`) ?? [];

  it("name the room of an objection at the desk", () => {
    const form = { stairwell: "A1-001", kind: "ballot-not-mine", channel: "phone", text: "没有投过票" };
    expect(faults(deskTicketForm.safeParse(form))).toEqual(["room missing"]);
    expect(faults(deskTicketForm.safeParse({ ...form, room: "101" }))).toEqual([]);
    expect(faults(deskTicketForm.safeParse({ ...form, kind: "intent-not-mine" }))).toEqual(["room missing"]);
    expect(faults(deskTicketForm.safeParse({ ...form, kind: "money" }))).toEqual([]);
  });

  it("want words for an answer and a note, and somebody who is asked", () => {
    expect(faults(ticketStepForm.safeParse({ step: "answer" }))).toEqual(["text missing"]);
    expect(faults(ticketStepForm.safeParse({ step: "note", text: " " }))).toEqual(["text missing"]);
    expect(faults(ticketStepForm.safeParse({ step: "accepted" }))).toEqual([]);
    expect(faults(ticketStepForm.safeParse({ step: "assigned" }))).toEqual(["parties missing"]);
    expect(faults(ticketStepForm.safeParse({ step: "assigned", agent: "yes", office: "yes" }))).toEqual([]);
    expect(faults(ticketStepForm.safeParse({ step: "assigned", agent: "maybe" }))).toEqual(["agent unknown"]);
  });

  it("name the ballot of an objection by consultation and number", () => {
    expect(readBallotNamed("Q2026-A1-002.3")).toEqual({ consultation: "Q2026-A1-002", seq: 3 });
    for (const none of [null, "", "Q2026-A1-002", "Q2026-A1-002.0", "Q2026.1.2", "q.1", "A.1234567890"]) expect(readBallotNamed(none)).toBeNull();
    expect(objectionForm.parse({ text: "", room: "" })).toEqual({});
  });

  it("of a list know which tickets to show", () => {
    expect(deskTicketsQuery.parse({})).toEqual({ show: "open", page: 1 });
    expect(deskTicketsQuery.safeParse({ show: "all" }).success).toBe(false);
    expect(deskTicketsQuery.safeParse({ page: "0" }).success).toBe(false);
    expect([...statesShown.open, ...statesShown.answered, ...statesShown.solved].sort()).toEqual([...ticketStates].sort());
  });

  it("want to know what is not solved", () => {
    expect(faults(ticketWordForm.safeParse({ step: "not-solved", still: "" }))).toEqual(["still missing"]);
    expect(faults(ticketWordForm.safeParse({ step: "not-solved", still: "还是吵" }))).toEqual([]);
    expect(faults(ticketWordForm.safeParse({ step: "solved" }))).toEqual([]);
  });
});
