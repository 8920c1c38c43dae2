import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketDueOn, type TicketSide } from "#app/domain/ticket.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { flagOverdueTickets } from "#app/use-cases/ticket/flag-overdue-tickets.server.ts";
import { openTicket, type TicketOpening } from "#app/use-cases/ticket/open-ticket.server.ts";
import { takeTicketStep, type TicketAct } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { listDueTickets, listOpenObjections, listTickets, listTicketSteps, readTicketStanding, summariseTickets } from "#db/queries/tickets.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

/** A Friday morning in Shanghai. */
const FRIDAY = new Date("2026-11-20T02:00:00Z");
const deps = (now = FRIDAY): Deps => ({ db: database.db, vault: testVault, now });
const flatIdOf = (stairwell: TestStairwell, room: string) => stairwell.flats.find((flat) => flat.room === room)?.id ?? 0;

/** A stairwell with an owner of flat 101 who has an account. */
async function place(given?: TestStairwell) {
  const stairwell = given ?? (await createStairwell(database.db));
  const { subdistrictId } = stairwell;
  const flatId = flatIdOf(stairwell, "101");
  const owner = await createAccount(database.db, "resident", { subdistrictId, scopeId: flatId });
  const clerk = await createAccount(database.db, "committee", { subdistrictId, scopeId: stairwell.committeeId });
  const ask = (given: Partial<TicketOpening> = {}, at = deps()) =>
    openTicket(at, {
      stairwell: stairwell.code, room: null, kind: "noise", text: "夜里十点还在打桩",
      by: { channel: "online", accountId: owner, flatIds: [flatId] }, formKey: formKey(), ...given,
    });
  const scope = { committeeIds: [stairwell.committeeId], subdistrictIds: [] };
  const told = (given: { channel?: "phone" | "walk-in"; name?: string; phone?: string } = {}) =>
    ({ channel: "phone", accountId: clerk, name: null, phone: null, scope, ...given }) as const;
  return { stairwell, owner, clerk, flatId, ask, scope, told };
}

const readTicket = (id: number) => database.db.selectFrom("ticket").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

describe("opening a ticket", () => {
  it("keeps the words sealed, counts the due date in working days and stands in the log", async () => {
    const { stairwell, owner, flatId, ask } = await place();
    const { ticketId, dueOn } = await done(ask({ room: "101" }));
    expect(dueOn).toBe("2026-11-24");
    expect(dueOn).toBe(ticketDueOn("noise", FRIDAY));
    const ticket = await readTicket(ticketId);
    expect(ticket).toMatchObject({ kind: "noise", channel: "online", openedBy: owner, takenBy: null, flatId, contactCipher: null, dueOn });
    expect(testVault.open(ticket.textCipher ?? Buffer.alloc(0))).toBe("夜里十点还在打桩");
    const entry = (await readLog(database.db, stairwell.stairwellId)).at(-1);
    expect(entry).toMatchObject({ verb: "ticket-opened", actor: `account:${owner}`, subject: `ticket:${ticketId}` });
    expect(JSON.stringify(entry)).not.toContain("打桩");
  });

  it("by phone or at the counter keeps who asked, sealed, and who took it down", async () => {
    const { clerk, ask, told } = await place();
    const { ticketId } = await done(ask({ kind: "money", by: told({ name: "王阿姨", phone: "13800000777" }) }));
    const ticket = await readTicket(ticketId);
    expect(ticket).toMatchObject({ channel: "phone", openedBy: null, takenBy: clerk, dueOn: "2026-11-27" });
    expect(JSON.parse(testVault.open(ticket.contactCipher ?? Buffer.alloc(0)))).toEqual({ name: "王阿姨", phone: "13800000777" });
    expect(ticket.contactHash).toEqual(testVault.hash("phone", "13800000777"));
    const { ticketId: nameless } = await done(ask({ by: told({ channel: "walk-in" }) }));
    expect(await readTicket(nameless)).toMatchObject({ channel: "walk-in", contactCipher: null, contactHash: null });
  });

  it("is refused for an unknown stairwell, an unknown flat and somebody else's flat", async () => {
    const { ask } = await place();
    expect(await refusalOf(ask({ stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    expect(await refusalOf(ask({ room: "999" }))).toBe("flat_unknown");
    expect(await refusalOf(ask({ room: "102" }))).toBe("not_your_flat");
    const foreign = await place();
    expect(await refusalOf(ask({ by: foreign.told() }))).toBe("stairwell_unknown");
    expect(await refusalOf(foreign.ask({ by: foreign.told(), room: "102" }))).toBe("done");
  });

  it("once for the same form, whatever else it was used for", async () => {
    const { ask } = await place();
    const key = formKey();
    const [first, again] = [await done(ask({ formKey: key })), await done(ask({ formKey: key }))];
    expect(again.ticketId).toBe(first.ticketId);
    expect(await refusalOf(ask({ formKey: key, text: "别的事" }))).toBe("form_used_elsewhere");
  });
});

describe("an objection to a ballot", () => {
  async function voted() {
    const opened = await openedConsultation(database.db);
    const { seq } = await done(opened.cast("101", "agree"));
    await done(opened.cast("102", "oppose"));
    const { consultation } = opened;
    return { opened, ballot: { consultation, seq }, ...(await place(opened.stairwell)) };
  }

  it("names the ballot, needs no words, and is due within two working days", async () => {
    const { ask, ballot, flatId, opened } = await voted();
    const { ticketId, dueOn } = await done(ask({ kind: "ballot-not-mine", ballot, text: null }));
    expect(dueOn).toBe("2026-11-24");
    expect(await readTicket(ticketId)).toMatchObject({ kind: "ballot-not-mine", flatId, textCipher: null, ballotId: expect.any(Number) });
    expect(await listOpenObjections(database.db, opened.consultation)).toEqual([{ id: ticketId, room: "101", dueOn: "2026-11-24" }]);
  });

  it("taken down at the desk means the ballot that counts for the flat", async () => {
    const { ask, told, opened } = await voted();
    const by = told();
    const { ticketId } = await done(ask({ kind: "ballot-not-mine", room: "102", by }));
    const { ballotId } = await readTicket(ticketId);
    const ballot = await database.db.selectFrom("ballot").select(["seq", "consultationId"]).where("id", "=", ballotId).executeTakeFirstOrThrow();
    expect(ballot).toEqual({ seq: 2, consultationId: opened.consultationId });
    expect(await refusalOf(ask({ kind: "ballot-not-mine", room: "201", by }))).toBe("ballot_unknown");
    expect(await refusalOf(ask({ kind: "ballot-not-mine", by }))).toBe("ballot_unknown");
  });

  it("is refused for a neighbour's ballot, one of another stairwell, one that is none, and while one waits", async () => {
    const { ask, ballot } = await voted();
    const about = (given: Partial<TicketOpening>) => refusalOf(ask({ kind: "ballot-not-mine", text: null, ...given }));
    expect(await about({ ballot: { ...ballot, seq: 2 } })).toBe("ballot_unknown");
    expect(await about({ ballot: { ...ballot, seq: 9 } })).toBe("ballot_unknown");
    const other = await place();
    expect(await about({ stairwell: other.stairwell.code, ballot })).toBe("ballot_unknown");
    expect(await about({ ballot })).toBe("done");
    expect(await about({ ballot })).toBe("already_objected");
  });

  it("twice at the same moment is one", async () => {
    const { ask, ballot } = await voted();
    const both = await Promise.all([1, 2].map(() => refusalOf(ask({ kind: "ballot-not-mine", ballot, text: null }))));
    expect(both.sort()).toEqual(["already_objected", "done"]);
  });
});

describe("the desk's list", () => {
  it("shows the committee its own, by due date, and the office none that nobody put to it", async () => {
    const { ask, scope, stairwell } = await place();
    const { ticketId: later } = await done(ask({ kind: "quality" }));
    const { ticketId: sooner } = await done(ask({ kind: "noise" }));
    const { tickets, pages } = await listTickets(database.db, scope, ["opened"]);
    expect(tickets.map(({ id, state, asked }) => [id, state, asked])).toEqual([[sooner, "opened", ["committee"]], [later, "opened", ["committee"]]]);
    expect(pages).toBe(1);
    const office = { committeeIds: [], subdistrictIds: [stairwell.subdistrictId] };
    expect((await listTickets(database.db, office, ["opened"])).tickets).toEqual([]);
    expect((await listTickets(database.db, { committeeIds: [], subdistrictIds: [] }, ["opened"])).tickets).toEqual([]);
  });

  it("has what is due by a day", async () => {
    const { ask, scope } = await place();
    const { ticketId } = await done(ask());
    expect((await listDueTickets(database.db, scope, "2026-11-23")).map(({ id }) => id)).toEqual([]);
    expect((await listDueTickets(database.db, scope, "2026-11-24")).map(({ id }) => id)).toEqual([ticketId]);
  });
});

describe("the steps of a ticket", () => {
  /** A ticket with its steps by the people of its stairwell. */
  async function opened(given: Partial<TicketOpening> = {}) {
    const here = await place();
    const { subdistrictId, stairwellId } = here.stairwell;
    const { ticketId } = await done(here.ask(given));
    const accounts = {
      resident: here.owner,
      committee: here.clerk,
      contractor: await createAccount(database.db, "contractor", { subdistrictId, scopeId: stairwellId }),
      agent: await createAccount(database.db, "agent", { subdistrictId, scopeId: stairwellId }),
      office: await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }),
    };
    const step = (side: TicketSide, kind: TicketAct["step"], more: Partial<TicketAct> = {}, at = deps()) =>
      takeTicketStep(at, {
        ticketId, side, step: kind, text: kind === "answer" || kind === "note" ? "已经通知工地" : null, accountId: accounts[side], formKey: formKey(),
        message: tickets.message, ...more,
      });
    const standing = () => readTicketStanding(database.db, ticketId);
    return { ...here, ticketId, accounts, step, standing };
  }

  const stateOf = async ({ standing }: Awaited<ReturnType<typeof opened>>) => (await standing()).state;

  it("go from accepted over answered to solved, each in the log without its words", async () => {
    const ticket = await opened();
    expect(await stateOf(ticket)).toBe("opened");
    await done(ticket.step("committee", "accepted"));
    expect(await stateOf(ticket)).toBe("accepted");
    await done(ticket.step("committee", "note"));
    expect(await stateOf(ticket)).toBe("accepted");
    expect(await done(ticket.step("committee", "answer"))).toMatchObject({ answered: true });
    expect(await stateOf(ticket)).toBe("answered");
    await done(ticket.step("resident", "solved"));
    expect(await stateOf(ticket)).toBe("solved");
    expect(await refusalOf(ticket.step("committee", "note"))).toBe("ticket_solved");
    const log = await readLog(database.db, ticket.stairwell.stairwellId);
    expect(log.map(({ verb }) => verb)).toEqual(["ticket-opened", "ticket-accepted", "ticket-note", "ticket-answer", "ticket-solved"]);
    expect(JSON.stringify(log)).not.toContain("通知工地");
    await verifyChain(database.db, ticket.stairwell.stairwellId);
  });

  it("are accepted by answering or by putting it to others", async () => {
    const [answered, assigned] = [await opened(), await opened()];
    await done(answered.step("committee", "answer"));
    await done(assigned.step("committee", "assigned", { parties: ["contractor"] }));
    const kinds = async (id: number) => (await listTicketSteps(database.db, id)).map(({ kind }) => kind);
    expect(await kinds(answered.ticketId)).toEqual(["accepted", "answer"]);
    expect(await kinds(assigned.ticketId)).toEqual(["accepted", "assigned"]);
  });

  it("are answered together by all who were asked", async () => {
    const ticket = await opened();
    await done(ticket.step("committee", "assigned", { parties: ["contractor", "agent"] }));
    expect(await ticket.standing()).toMatchObject({ state: "assigned", asked: ["contractor", "agent"], answered: [] });
    expect(await refusalOf(ticket.step("office", "answer"))).toBe("not_asked");
    expect(await done(ticket.step("agent", "answer"))).toEqual({ ok: true, answered: false });
    expect(await refusalOf(ticket.step("agent", "answer"))).toBe("party_answered");
    expect(await ticket.standing()).toMatchObject({ state: "assigned", answered: ["agent"] });
    expect(await done(ticket.step("contractor", "answer"))).toEqual({ ok: true, answered: true });
    expect(await refusalOf(ticket.step("committee", "assigned", { parties: ["office"] }))).toBe("ticket_answered");
  });

  it("end with the committee's answer where it was not asked itself", async () => {
    const ticket = await opened();
    await done(ticket.step("committee", "assigned", { parties: ["contractor", "agent"] }));
    await done(ticket.step("committee", "answer"));
    expect(await ticket.standing()).toMatchObject({ state: "answered", answered: ["committee"] });
  });

  it("ask anew when put to others again: answers so far do not count for them", async () => {
    const ticket = await opened();
    await done(ticket.step("committee", "assigned", { parties: ["contractor", "agent"] }));
    await done(ticket.step("contractor", "answer"));
    await done(ticket.step("committee", "assigned", { parties: ["contractor"] }));
    expect(await ticket.standing()).toMatchObject({ state: "assigned", asked: ["contractor"], answered: [] });
    await done(ticket.step("contractor", "answer"));
    expect(await stateOf(ticket)).toBe("answered");
  });

  it("begin anew with a new due date when it is not solved", async () => {
    const ticket = await opened();
    expect(await refusalOf(ticket.step("resident", "not-solved"))).toBe("not_answered");
    await done(ticket.step("committee", "assigned", { parties: ["contractor"] }));
    await done(ticket.step("contractor", "answer"));
    const monday = deps(new Date("2026-11-30T02:00:00Z"));
    await done(ticket.step("resident", "not-solved", { text: "还是吵" }, monday));
    expect(await ticket.standing()).toMatchObject({ state: "reopened", asked: ["committee"], answered: [], dueOn: "2026-12-02", escalated: false });
    await done(ticket.step("committee", "answer", {}, monday));
    await done(ticket.step("resident", "solved", {}, monday));
    await done(ticket.step("resident", "not-solved", { text: "又吵了" }, monday));
    expect(await stateOf(ticket)).toBe("reopened");
  });

  it("of an objection are never put to people outside", async () => {
    const here = await openedConsultation(database.db);
    await done(here.cast("101", "agree"));
    const { ask, clerk } = await place(here.stairwell);
    const { ticketId } = await done(ask({ kind: "ballot-not-mine", room: "101", text: null }));
    const act = { ticketId, side: "committee", step: "assigned", text: null, accountId: clerk, message: tickets.message } as const;
    expect(await refusalOf(takeTicketStep(deps(), { ...act, parties: ["agent"], formKey: formKey() }))).toBe("ballot_stays_with_committee");
    expect(await refusalOf(takeTicketStep(deps(), { ...act, parties: ["office"], formKey: formKey() }))).toBe("done");
  });

  it("are settled by the opener; of somebody who called, by the committee on that word", async () => {
    const online = await opened();
    await done(online.step("committee", "answer"));
    expect(await refusalOf(online.step("committee", "solved"))).toBe("only_opener_settles");
    const here = await place();
    const { ticketId } = await done(here.ask({ by: here.told() }));
    const act = { ticketId, side: "committee", text: null, accountId: here.clerk, message: tickets.message } as const;
    await done(takeTicketStep(deps(), { ...act, step: "answer", text: "好", formKey: formKey() }));
    await done(takeTicketStep(deps(), { ...act, step: "solved", formKey: formKey() }));
    expect(await readTicketStanding(database.db, ticketId)).toMatchObject({ state: "solved" });
  });

  it("of an unknown ticket are refused", async () => {
    const { step } = await opened();
    expect(await refusalOf(step("committee", "accepted", { ticketId: 999_999 }))).toBe("ticket_unknown");
  });

  it("taken twice by the same form, or by two colleagues at once, are one", async () => {
    const ticket = await opened();
    const key = formKey();
    await done(ticket.step("committee", "answer", { formKey: key }));
    await done(ticket.step("committee", "answer", { formKey: key }));
    const other = await opened();
    const both = await Promise.all([other.step("committee", "accepted"), other.step("committee", "accepted")].map(refusalOf));
    expect(both.sort()).toEqual(["already_accepted", "done"]);
    const answers = (await listTicketSteps(database.db, ticket.ticketId)).filter(({ kind }) => kind === "answer");
    expect(answers).toHaveLength(1);
  });

  describe("tell the opener's phone", () => {
    const newest = async () => {
      const row = await database.db.selectFrom("outbox").select(["id", "kind", "phoneCipher", "textCipher", "paramsCipher"]).orderBy("id", "desc").limit(1).executeTakeFirst();
      return row && { id: row.id, kind: row.kind, phone: testVault.open(row.phoneCipher), text: testVault.open(row.textCipher), params: JSON.parse(testVault.open(row.paramsCipher)) as unknown };
    };

    it("once, when the last answer is there, with the number alone", async () => {
      const ticket = await opened();
      await done(ticket.step("committee", "assigned", { parties: ["contractor", "agent"] }));
      const before = (await newest())?.id;
      await done(ticket.step("contractor", "answer"));
      expect((await newest())?.id).toBe(before);
      await done(ticket.step("agent", "answer"));
      const { phoneCipher } = await database.db.selectFrom("account").select("phoneCipher").where("id", "=", ticket.owner).executeTakeFirstOrThrow();
      expect(await newest()).toMatchObject({
        kind: "ticket-answered", phone: testVault.open(phoneCipher ?? Buffer.alloc(0)), params: { number: String(ticket.ticketId) },
        text: tickets.message(String(ticket.ticketId)),
      });
      expect((await newest())?.text).not.toContain("通知工地");
    });

    it("also of somebody who called, and nobody where no phone was left", async () => {
      const here = await place();
      const answer = async (ticketId: number) =>
        done(takeTicketStep(deps(), { ticketId, side: "committee", step: "answer", text: "好", accountId: here.clerk, formKey: formKey(), message: tickets.message }));
      await answer((await done(here.ask({ by: here.told({ phone: "13800000778" }) }))).ticketId);
      expect(await newest()).toMatchObject({ phone: "13800000778" });
      const before = (await newest())?.id;
      await answer((await done(here.ask({ by: here.told({ name: "李伯" }) }))).ticketId);
      expect((await newest())?.id).toBe(before);
    });
  });

  describe("that are late", () => {
    const never = (id: number, error: Error) => {
      throw new Error(`ticket ${id}: ${error.message}`);
    };
    const dayAfter = (): Deps => deps(new Date("2026-11-24T16:00:00Z"));

    it("are flagged to the office from the first moment after the due date, once, whoever looks", async () => {
      const ticket = await opened();
      await flagOverdueTickets(deps(new Date("2026-11-24T15:59:59Z")), never);
      expect(await ticket.standing()).toMatchObject({ escalated: false });
      await Promise.all([flagOverdueTickets(dayAfter(), never), flagOverdueTickets(dayAfter(), never)]);
      expect(await flagOverdueTickets(dayAfter(), never)).toBe(0);
      const steps = await listTicketSteps(database.db, ticket.ticketId);
      expect(steps.map(({ kind, side, by }) => [kind, side, by])).toEqual([["escalated", "portal", null]]);
      const office = { committeeIds: [], subdistrictIds: [ticket.stairwell.subdistrictId] };
      expect((await listTickets(database.db, office, ["opened"])).tickets.map(({ id, escalated }) => [id, escalated])).toEqual([[ticket.ticketId, true]]);
      expect((await listDueTickets(database.db, office, "2026-11-25")).map(({ id }) => id)).toEqual([ticket.ticketId]);
      await done(ticket.step("office", "answer", {}, dayAfter()));
      expect(await stateOf(ticket)).toBe("answered");
    });

    it("are left alone when they were answered, and flagged again in the next round", async () => {
      const ticket = await opened();
      await done(ticket.step("committee", "answer"));
      await flagOverdueTickets(dayAfter(), never);
      expect((await listTicketSteps(database.db, ticket.ticketId)).map(({ kind }) => kind)).not.toContain("escalated");
      await done(ticket.step("resident", "not-solved", { text: "还是吵" }, dayAfter()));
      await flagOverdueTickets(dayAfter(), never);
      expect(await ticket.standing()).toMatchObject({ escalated: false, dueOn: "2026-11-27" });
      await flagOverdueTickets(deps(new Date("2026-11-27T16:00:00Z")), never);
      expect(await ticket.standing()).toMatchObject({ escalated: true });
    });
  });

  it("give the office its figures, committee by committee", async () => {
    const ticket = await opened();
    const { subdistrictId } = ticket.stairwell;
    const late = deps(new Date("2026-12-10T02:00:00Z"));
    await done(ticket.step("committee", "answer"));
    await done(ticket.step("resident", "not-solved", { text: "还是吵" }, late));
    const ask = async (kind: TicketOpening["kind"]) => (await done(ticket.ask({ kind }))).ticketId;
    const [inTime, tooLate, asked] = [await ask("money"), await ask("noise"), await ask("stop")];
    await done(ticket.step("committee", "answer", { ticketId: inTime }, deps(new Date("2026-11-27T15:59:00Z"))));
    await done(ticket.step("resident", "solved", { ticketId: inTime }, late));
    await done(ticket.step("committee", "answer", { ticketId: tooLate }, deps(new Date("2026-11-24T16:00:00Z"))));
    await done(ticket.step("committee", "assigned", { ticketId: asked, parties: ["agent", "contractor"] }));
    await done(ticket.step("agent", "answer", { ticketId: asked }));
    const [figures, ...others] = await summariseTickets(database.db, subdistrictId, new Date("2026-11-01T00:00:00Z"), "2026-12-11");
    expect(others).toEqual([]);
    expect(figures).toMatchObject({ opened: 4, answered: 3, inTime: 2, solved: 1, reopened: 1, overdue: 1 });
    expect(await summariseTickets(database.db, subdistrictId, new Date("2026-12-01T00:00:00Z"), "2026-12-11")).toMatchObject([{ opened: 0, answered: 0 }]);
  });
});

describe("the database itself", () => {
  it("keeps a ticket and its steps as they were written", async () => {
    const { ask } = await place();
    const { ticketId } = await done(ask());
    await flagOverdueTickets(deps(new Date("2027-11-24T16:00:00Z")), () => {});
    for (const { db } of [database, database.owner]) {
      await expect(db.updateTable("ticket").set({ kind: "other" }).where("id", "=", ticketId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("ticket").where("id", "=", ticketId).execute()).rejects.toThrow();
      await expect(db.updateTable("ticketStep").set({ kind: "note" }).where("ticketId", "=", ticketId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("ticketStep").where("ticketId", "=", ticketId).execute()).rejects.toThrow();
    }
  });
});
