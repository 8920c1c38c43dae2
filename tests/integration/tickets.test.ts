import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketDueOn } from "#app/domain/ticket.ts";
import { openTicket, type TicketOpening } from "#app/use-cases/ticket/open-ticket.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { listDueTickets, listTickets } from "#db/queries/tickets.server.ts";
import { readLog } from "../support/chain.ts";
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
  return { stairwell, owner, clerk, flatId, ask, scope };
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
    const { clerk, ask } = await place();
    const { ticketId } = await done(ask({ kind: "money", by: { channel: "phone", accountId: clerk, name: "王阿姨", phone: "13800000777" } }));
    const ticket = await readTicket(ticketId);
    expect(ticket).toMatchObject({ channel: "phone", openedBy: null, takenBy: clerk, dueOn: "2026-11-27" });
    expect(JSON.parse(testVault.open(ticket.contactCipher ?? Buffer.alloc(0)))).toEqual({ name: "王阿姨", phone: "13800000777" });
    expect(ticket.contactHash).toEqual(testVault.hash("phone", "13800000777"));
    const { ticketId: nameless } = await done(ask({ by: { channel: "walk-in", accountId: clerk, name: null, phone: null } }));
    expect(await readTicket(nameless)).toMatchObject({ channel: "walk-in", contactCipher: null, contactHash: null });
  });

  it("is refused for an unknown stairwell, an unknown flat and somebody else's flat", async () => {
    const { ask } = await place();
    expect(await refusalOf(ask({ stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    expect(await refusalOf(ask({ room: "999" }))).toBe("flat_unknown");
    expect(await refusalOf(ask({ room: "102" }))).toBe("not_your_flat");
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
    const { ask, ballot, flatId } = await voted();
    const { ticketId, dueOn } = await done(ask({ kind: "ballot-not-mine", ballot, text: null }));
    expect(dueOn).toBe("2026-11-24");
    expect(await readTicket(ticketId)).toMatchObject({ kind: "ballot-not-mine", flatId, textCipher: null, ballotId: expect.any(Number) });
  });

  it("taken down at the desk means the ballot that counts for the flat", async () => {
    const { ask, clerk, opened } = await voted();
    const by = { channel: "phone", accountId: clerk, name: null, phone: null } as const;
    const { ticketId } = await done(ask({ kind: "ballot-not-mine", room: "102", by }));
    const { ballotId } = await readTicket(ticketId);
    const ballot = await database.db.selectFrom("ballot").select(["seq", "consultationId"]).where("id", "=", ballotId).executeTakeFirstOrThrow();
    expect(ballot).toEqual({ seq: 2, consultationId: opened.consultationId });
    expect(await refusalOf(ask({ kind: "ballot-not-mine", room: "201", by }))).toBe("ballot_unknown");
    expect(await refusalOf(ask({ kind: "ballot-not-mine", by }))).toBe("ballot_unknown");
  });

  it("is refused for a neighbour's ballot, one of another stairwell, one that is none, and while one waits", async () => {
    const { ask, ballot, opened } = await voted();
    const about = (given: Partial<TicketOpening>) => refusalOf(ask({ kind: "ballot-not-mine", text: null, ...given }));
    expect(await about({ ballot: { ...ballot, seq: 2 } })).toBe("ballot_unknown");
    expect(await about({ ballot: { ...ballot, seq: 9 } })).toBe("ballot_unknown");
    const other = await place();
    expect(await about({ stairwell: other.stairwell.code, ballot })).toBe("ballot_unknown");
    expect(await about({ ballot })).toBe("done");
    expect(await about({ ballot })).toBe("already_objected");
    expect(opened.consultation).toBe(ballot.consultation);
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

describe("the database itself", () => {
  it("keeps a ticket as it was opened", async () => {
    const { ask } = await place();
    const { ticketId } = await done(ask());
    for (const { db } of [database, database.owner]) {
      await expect(db.updateTable("ticket").set({ kind: "other" }).where("id", "=", ticketId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("ticket").where("id", "=", ticketId).execute()).rejects.toThrow();
    }
  });
});
