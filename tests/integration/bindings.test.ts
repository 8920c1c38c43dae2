import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MOST_BOUND_BY_SLIP, type BindingSide } from "#app/domain/binding.ts";
import { newSession } from "#app/http/sign-in.server.ts";
import { binding, nameHome } from "#app/i18n/zh-CN/binding.ts";
import { sendSignInCode, signInByPhone } from "#app/use-cases/account/sign-in-by-phone.server.ts";
import { bindBySlip } from "#app/use-cases/binding/bind-by-slip.server.ts";
import { decideBinding, type BindingVerdict } from "#app/use-cases/binding/decide-binding.server.ts";
import { requestBinding, sendBindingCode, type BindingAnswer } from "#app/use-cases/binding/request-binding.server.ts";
import { unbind } from "#app/use-cases/binding/unbind.server.ts";
import { storeRoll } from "#app/use-cases/roll/store-roll.server.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { codeTo, messagesTo } from "../support/phone.ts";

let database: TestDatabase;
let deps: Deps;
let stairwell: TestStairwell;
let clerk: number;
/** The owner of flat 101, without a phone on the roll. */
let owner: number;

beforeAll(async () => {
  database = await cloneDatabase();
});
beforeEach(async () => {
  deps = { db: database.db, vault: testVault, now: new Date("2026-11-21T02:00:00Z") };
  stairwell = await createStairwell(database.db);
  clerk = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
  const row = await database.db.selectFrom("ownership").select("ownerId").where("flatId", "=", flat()).executeTakeFirstOrThrow();
  owner = row.ownerId;
});
afterAll(() => database.close());

const flat = (index = 0) => stairwell.flats[index]?.id ?? 0;
let phones = 0;
const newPhone = () => `1370000${String(++phones).padStart(4, "0")}`;

const grantsOf = (phone: string) =>
  database.db
    .selectFrom("grant")
    .innerJoin("account", "account.id", "grant.accountId")
    .select(["grant.id", "grant.scopeId", "grant.way", "grant.ownerId", "grant.role"])
    .where("account.phoneHash", "=", testVault.hash("phone", phone))
    .where("grant.revokedAt", "is", null)
    .orderBy("grant.scopeId")
    .execute();

async function codeFor(phone: string): Promise<string> {
  await done(sendBindingCode(deps, { stairwell: stairwell.code, phone, browser: "a browser", formKey: formKey(), message: binding.codeMessage }));
  return codeTo(database.db, phone);
}

async function ask(phone: string, { side = "owner", name = "沈月英", room = "101" }: { side?: BindingSide; name?: string; room?: string } = {}) {
  return done<BindingAnswer>(requestBinding(deps, { stairwell: stairwell.code, room, side, name, phone, browser: "a browser", code: await codeFor(phone) }));
}

async function requestIdOf(receipt: string): Promise<number> {
  return (await database.db.selectFrom("bindingRequest").select("id").where("receipt", "=", receipt).executeTakeFirstOrThrow()).id;
}

const decide = (requestId: number, verdict: BindingVerdict, committeeIds = [stairwell.committeeId]) =>
  decideBinding(deps, { ...verdict, requestId, accountId: clerk, committeeIds, messages: binding.messages, nameHome, formKey: formKey() });
const approve = (requestId: number, more: Partial<Extract<BindingVerdict, { verdict: "approved" }>> = {}) =>
  decide(requestId, { verdict: "approved", ownerId: owner, evidence: ["title", "id-card"], note: null, ...more });

async function waiting(phone: string, given: Parameters<typeof ask>[1] = {}): Promise<number> {
  const asked = await ask(phone, given);
  if (asked.state !== "waiting") throw new Error(asked.state);
  return requestIdOf(asked.receipt);
}

async function signIn(phone: string): Promise<number> {
  await sendSignInCode(deps, { phone, browser: "a browser", formKey: formKey(), message: (code) => `验证码 ${code}` });
  return (await done(signInByPhone(deps, { phone, browser: "a browser", code: await codeTo(database.db, phone), session: newSession(deps.now) }))).accountId;
}

async function slipOf(index = 0): Promise<string> {
  await done(issueSlips(deps, { stairwell: stairwell.code, renew: false, accountId: clerk, formKey: formKey() }));
  const { number } = await database.db.selectFrom("slip").select("number").where("flatId", "=", flat(index)).where("revokedAt", "is", null).executeTakeFirstOrThrow();
  return slipCode(testVault, flat(index), number);
}

const bySlip = (slip: string, phone: string, code: string, browser = "a browser") =>
  bindBySlip(deps, { slipCode: slip, phone, browser, code, session: newSession(deps.now), message: binding.boundMessage, nameHome });

/** Stores a roll over the stairwell: these owners of 101, the others as they are. */
async function storeOwners(owners: string, now: Date): Promise<void> {
  const others = await database.db
    .selectFrom("flat")
    .innerJoin("ownership", (join) => join.onRef("ownership.flatId", "=", "flat.id").on("ownership.until", "is", null))
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["flat.room", "owner.name"])
    .where("flat.stairwellId", "=", stairwell.stairwellId)
    .where("flat.id", "<>", flat())
    .orderBy("flat.id")
    .execute();
  const lines = ["室号,面积,业主姓名", `101,60.00,${owners}`, ...others.map(({ room, name }) => `${room},60.00,${name}`)];
  const bytes = Buffer.from(lines.join("\n"));
  const reading = await readRoll(bytes);
  await done(storeRoll({ ...deps, now }, { stairwell: stairwell.code, reading, accountId: clerk, formKey: null, fileDigest: Buffer.alloc(32, phones) }));
}

describe("somebody whose phone does not stand on the roll", () => {
  it("asks, and is bound once the committee has seen the evidence", async () => {
    const phone = newPhone();
    const requestId = await waiting(phone);
    expect(await grantsOf(phone)).toEqual([]);
    await done(approve(requestId));
    expect(await grantsOf(phone)).toMatchObject([{ scopeId: flat(), way: "request", ownerId: owner, role: "resident" }]);
    expect((await messagesTo(database.db, phone))[0]).toMatchObject({ kind: "binding-approved" });
    const decision = await database.db.selectFrom("bindingDecision").select(["verdict", "evidence", "ownerId", "accountId"]).where("requestId", "=", requestId).executeTakeFirstOrThrow();
    expect(decision).toEqual({ verdict: "approved", evidence: ["title", "id-card"], ownerId: owner, accountId: clerk });
    expect(await signIn(phone)).toBeGreaterThan(0);
    expect(await grantsOf(phone), "signing in takes nothing away").toHaveLength(1);
    const entries = await readLog(database.db, stairwell.stairwellId);
    expect(entries.map(({ verb, actor }) => [verb, actor])).toEqual([["binding-requested", "resident"], ["binding-approved", `account:${clerk}`]]);
    expect(JSON.stringify(entries)).not.toMatch(/沈月英|137000/);
    await verifyChain(database.db, stairwell.stairwellId);
  });

  it("is turned down with a reason, and forgotten", async () => {
    const phone = newPhone();
    const requestId = await waiting(phone);
    await done(decide(requestId, { verdict: "refused", note: "证件上的名字和清册不一致" }));
    expect(await grantsOf(phone)).toEqual([]);
    expect((await messagesTo(database.db, phone))[0]?.kind).toBe("binding-refused");
    expect(await database.db.selectFrom("bindingContact").select("requestId").where("requestId", "=", requestId).execute()).toEqual([]);
    await sendSignInCode(deps, { phone, browser: "a browser", formKey: formKey(), message: (code) => code });
    expect((await messagesTo(database.db, phone))[0]?.kind, "no code is sent").toBe("binding-refused");
  });

  it("who asks twice has one request", async () => {
    const phone = newPhone();
    expect(await ask(phone)).toEqual(await ask(phone));
  });

  it("shows that the phone is theirs before anything is kept", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const wrong = code === "000000" ? "000001" : "000000";
    const asking = { stairwell: stairwell.code, room: "101", side: "owner" as const, name: "沈月英", phone, browser: "a browser" };
    expect(await refusalOf(requestBinding(deps, { ...asking, code: wrong }))).toBe("code_wrong");
    expect(await refusalOf(requestBinding(deps, { ...asking, browser: "another", code })), "the code is for the browser that asked").toBe("code_wrong");
    expect(await refusalOf(requestBinding(deps, { ...asking, room: "999", code }))).toBe("flat_unknown");
    expect(await database.db.selectFrom("bindingRequest").select("id").where("stairwellId", "=", stairwell.stairwellId).execute()).toEqual([]);
    expect(await refusalOf(requestBinding({ ...deps, now: new Date(deps.now.getTime() + 600_001) }, { ...asking, code }))).toBe("code_wrong");
  });

  it("leaves name and phone sealed", async () => {
    await ask("13700009999");
    const rows = JSON.stringify(await database.db.selectFrom("bindingContact").selectAll().execute());
    expect(rows).not.toMatch(/沈月英|13700009999/);
  });
});

describe("somebody whose phone stands on the roll", () => {
  it("is told that signing in is all it takes", async () => {
    const phone = newPhone();
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [flat()], phone });
    expect(await ask(phone)).toEqual({ ok: true, state: "on-roll" });
  });

  it("may still be noted as a tenant of another flat", async () => {
    const phone = newPhone();
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [flat()], phone });
    expect(await ask(phone, { side: "tenant" })).toMatchObject({ state: "waiting" });
  });
});

describe("the committee", () => {
  it("approves for an owner on the roll, and only with evidence", async () => {
    const requestId = await waiting(newPhone());
    expect(await refusalOf(approve(requestId, { ownerId: null }))).toBe("owner_not_chosen");
    expect(await refusalOf(approve(requestId, { ownerId: owner + 1 }))).toBe("owner_not_on_roll");
    expect(await refusalOf(approve(requestId, { evidence: [] }))).toBe("evidence_missing");
    await done(approve(requestId));
  });

  it("decides once, and only for its own stairwells", async () => {
    const requestId = await waiting(newPhone());
    expect(await refusalOf(decide(requestId, { verdict: "refused", note: "不是本户" }, [stairwell.committeeId + 1_000]))).toBe("binding_unknown");
    expect(await refusalOf(decide(requestId + 1_000, { verdict: "refused", note: "不是本户" }))).toBe("binding_unknown");
    const both = await Promise.all([refusalOf(approve(requestId)), refusalOf(decide(requestId, { verdict: "refused", note: "不是本户" }))]);
    expect(both.sort()).toEqual(["binding_decided", "done"]);
  });

  it("notes a tenant, who gets no grant, no code and no ballot", async () => {
    const phone = newPhone();
    const requestId = await waiting(phone, { side: "tenant" });
    await done(approve(requestId, { ownerId: owner, evidence: [] }));
    expect(await grantsOf(phone)).toEqual([]);
    expect((await messagesTo(database.db, phone))[0]).toMatchObject({ kind: "tenant-noted", text: expect.stringContaining("租户不参加表决") as string });
    await sendSignInCode(deps, { phone, browser: "a browser", formKey: formKey(), message: (code) => code });
    expect((await messagesTo(database.db, phone))[0]?.kind).toBe("tenant-noted");
    const { id } = await database.db.selectFrom("tenant").select("id").where("flatId", "=", flat()).executeTakeFirstOrThrow();
    const end = { stairwell: stairwell.code, what: "tenant" as const, id, accountId: clerk };
    expect(await refusalOf(unbind(deps, { ...end, stairwell: (await createStairwell(database.db)).code, formKey: formKey() }))).toBe("binding_unknown");
    await done(unbind(deps, { ...end, formKey: formKey() }));
    expect(await refusalOf(unbind(deps, { ...end, formKey: formKey() }))).toBe("binding_unknown");
  });

  it("takes a binding back with a reason; signing in finds no flat then", async () => {
    const phone = newPhone();
    await done(approve(await waiting(phone)));
    const [{ id } = { id: 0 }] = await grantsOf(phone);
    const taking = { what: "binding" as const, reason: "本人说手机丢了", accountId: clerk, id };
    const elsewhere = await createStairwell(database.db);
    expect(await refusalOf(unbind(deps, { ...taking, stairwell: elsewhere.code, formKey: formKey() }))).toBe("binding_unknown");
    expect(await refusalOf(unbind(deps, { ...taking, stairwell: "X-1", formKey: formKey() }))).toBe("stairwell_unknown");
    await done(unbind(deps, { ...taking, stairwell: stairwell.code, formKey: formKey() }));
    expect(await grantsOf(phone)).toEqual([]);
    await signIn(phone);
    expect(await grantsOf(phone)).toEqual([]);
  });
});

describe("whoever holds the slip of a flat", () => {
  it("whose binding is taken back needs a new slip", async () => {
    const phone = newPhone();
    const slip = await slipOf();
    await done(bySlip(slip, phone, await codeFor(phone)));
    const [{ id } = { id: 0 }] = await grantsOf(phone);
    await done(unbind(deps, { what: "binding", stairwell: stairwell.code, id, reason: "不是本户的人", accountId: clerk, formKey: formKey() }));
    expect(await refusalOf(bySlip(slip, phone, await codeFor(phone)))).toBe("slip_unknown");
  });

  it("binds a phone with the code sent to it; the owner on the roll is told", async () => {
    const onRoll = newPhone();
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [flat()], phone: onRoll });
    const phone = newPhone();
    const slip = await slipOf();
    const code = await codeFor(phone);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await refusalOf(bySlip(slip, phone, wrong))).toBe("code_wrong");
    expect(await refusalOf(bySlip(slip, phone, code, "another")), "the code is for the browser that asked").toBe("code_wrong");
    await done(bySlip(slip, phone, code));
    expect(await grantsOf(phone)).toMatchObject([{ scopeId: flat(), way: "slip", ownerId: null }]);
    expect(await messagesTo(database.db, onRoll)).toMatchObject([{ kind: "flat-bound", text: expect.stringContaining("137****") as string }]);
    expect(await signIn(phone)).toBeGreaterThan(0);
    expect(await grantsOf(phone)).toHaveLength(1);
    expect(await refusalOf(bySlip(slip, phone, code)), "the code is used up").toBe("code_wrong");
    await done(bySlip(slip, phone, await codeFor(phone)));
    expect(await messagesTo(database.db, onRoll), "told once").toHaveLength(1);
  });

  it("cannot use one that was renewed", async () => {
    const slip = await slipOf();
    const phone = newPhone();
    const code = await codeFor(phone);
    await done(issueSlips(deps, { stairwell: stairwell.code, renew: true, accountId: clerk, formKey: formKey() }));
    expect(await refusalOf(bySlip(slip, phone, code))).toBe("slip_unknown");
    expect(await refusalOf(bySlip("0000-0000-0000", phone, code))).toBe("slip_unknown");
  });

  it("binds a household's phones and not a stairwell's", async () => {
    const slip = await slipOf();
    const bound = Array.from({ length: MOST_BOUND_BY_SLIP }, newPhone);
    for (const phone of bound) await done(bySlip(slip, phone, await codeFor(phone)));
    const another = newPhone();
    expect(await refusalOf(bySlip(slip, another, await codeFor(another)))).toBe("slip_used_up");
    expect(await grantsOf(another)).toEqual([]);
    await done(bySlip(slip, bound[0] ?? "", await codeFor(bound[0] ?? "")));
  });

  it("may have several flats, and keeps those of the roll beside those of slips", async () => {
    const phone = newPhone();
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [flat(1)], phone });
    const slip = await slipOf();
    await done(bySlip(slip, phone, await codeFor(phone)));
    await signIn(phone);
    expect((await grantsOf(phone)).map(({ scopeId, way }) => [scopeId, way])).toEqual([[flat(0), "slip"], [flat(1), "roll"]]);
  });

  it("is known better once the committee has said for which owner", async () => {
    const phone = newPhone();
    await done(bySlip(await slipOf(), phone, await codeFor(phone)));
    await done(approve(await waiting(phone)));
    expect(await grantsOf(phone)).toMatchObject([{ way: "request", ownerId: owner }]);
  });
});

describe("when a flat is sold", () => {
  const later = new Date("2026-12-01T02:00:00Z");

  it("what bound it to the seller ends, the slip in the drawer too", async () => {
    const [asked, slipped] = [newPhone(), newPhone()];
    const slip = await slipOf();
    await done(approve(await waiting(asked)));
    await done(bySlip(slip, slipped, await codeFor(slipped)));
    const unaffected = newPhone();
    await done(bySlip(await slipOf(1), unaffected, await codeFor(unaffected)));

    await storeOwners("新买家", later);
    expect(await grantsOf(asked)).toEqual([]);
    expect(await grantsOf(slipped)).toEqual([]);
    expect(await grantsOf(unaffected)).toHaveLength(1);
    deps = { ...deps, now: later };
    const late = newPhone();
    expect(await refusalOf(bySlip(slip, late, await codeFor(late)))).toBe("slip_unknown");
    await done(bySlip(await slipOf(), late, await codeFor(late)));
    expect(await grantsOf(late)).toMatchObject([{ way: "slip" }]);
    await signIn(late);
    expect(await grantsOf(late), "the buyer's own slip holds").toHaveLength(1);
  });

  it("on the day of the binding, it ends all the same", async () => {
    const phone = newPhone();
    await done(bySlip(await slipOf(), phone, await codeFor(phone)));
    await storeOwners("新买家", deps.now);
    expect(await grantsOf(phone)).toEqual([]);
  });

  it("by one of two owners, the other's binding stays", async () => {
    const { name } = await database.db.selectFrom("owner").select("name").where("id", "=", owner).executeTakeFirstOrThrow();
    const wife = await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [flat()], name: "周秀珍" });
    const [hers, his, slipped] = [newPhone(), newPhone(), newPhone()];
    await done(approve(await waiting(hers), { ownerId: wife.ownerId }));
    await done(approve(await waiting(his)));
    const slip = await slipOf();
    await done(bySlip(slip, slipped, await codeFor(slipped)));
    await storeOwners(name, later);
    expect(await grantsOf(hers)).toEqual([]);
    expect(await grantsOf(his)).toHaveLength(1);
    expect(await grantsOf(slipped), "whoever holds the slip may be he").toHaveLength(1);
  });
});

describe("the database", () => {
  it("keeps requests and decisions, and knows no binding without its way", async () => {
    const requestId = await waiting(newPhone());
    await done(approve(requestId));
    for (const table of ["bindingRequest", "bindingDecision"] as const) {
      await expect(database.owner.db.deleteFrom(table).execute()).rejects.toThrow("only ever added");
    }
    const grant = { accountId: clerk, role: "resident", scope: "flat", scopeId: flat() } as const;
    await expect(database.db.insertInto("grant").values(grant).execute()).rejects.toThrow("check");
    await expect(database.db.insertInto("grant").values({ ...grant, way: "request" }).execute()).rejects.toThrow("check");
    await expect(database.db.insertInto("grant").values({ ...grant, role: "committee", scope: "committee", way: "roll" }).execute()).rejects.toThrow("check");
  });
});
