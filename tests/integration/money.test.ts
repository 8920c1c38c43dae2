import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementItems } from "#app/domain/agreement.ts";
import { flatSums, itemSums } from "#app/domain/ledger.ts";
import { chargeShares } from "#app/use-cases/money/charge-shares.server.ts";
import { enterPayment } from "#app/use-cases/money/enter-payment.server.ts";
import { enterSpending } from "#app/use-cases/money/enter-spending.server.ts";
import { recordAgreement } from "#app/use-cases/money/record-agreement.server.ts";
import { signContract } from "#app/use-cases/money/sign-contract.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { listPayments, listSpending } from "#db/queries/ledger.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { createFirm } from "../support/plans.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T03:00:00Z");
let database: TestDatabase;
let visitor: TestPortal;
let stairwell: TestStairwell;
let clerk: TestPortal;
let clerkId: number;

beforeAll(async () => {
  database = await cloneDatabase();
  visitor = await openPortal(database, { clock: () => now });
  stairwell = await createStairwell(database.db, { stage: "agreement" });
  clerkId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId, name: "林芳" });
  clerk = await signedIn(database.db, visitor, clerkId, now);
});
afterAll(() => database.close());

const deps = () => ({ db: database.db, vault: testVault, storage: database.storage, now });
const by = () => ({ stairwell: stairwell.code, accountId: clerkId, formKey: formKey() });
const person = async (role: Parameters<typeof createAccount>[1], scopeId: number, at = stairwell) =>
  signedIn(database.db, visitor, await createAccount(database.db, role, { subdistrictId: at.subdistrictId, scopeId }), now);
const evidence = async (kind: string) => (await listEvidence(database.db, stairwell.stairwellId)).find((one) => one.kind === kind);
const url = (rest = "") => `/desk/s/${stairwell.code}/money${rest}`;
const form = (fields: Record<string, string>, scan: Uint8Array | null = null) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ corrects: "", onDay: "2026-11-13", "form-key": formKey(), ...fields })) data.set(name, value);
  if (scan) data.set("scan", new File([new Uint8Array(scan)], "收据.jpg"));
  return data;
};
const charge = { amountFen: 60_000_001, scheme: "shanghai", percents: [], within: "equal", purpose: "首期款", onDay: "2026-11-01" } as const;

describe("what the flats owe and have paid", () => {
  it("is shared out to the fen, once a form, and is the evidence of the cost shares", async () => {
    const key = formKey();
    expect(await done(chargeShares(deps(), { ...by(), ...charge, formKey: key }))).toMatchObject({ flats: 10 });
    await done(chargeShares(deps(), { ...by(), ...charge, formKey: key }));
    const entries = await listPayments(database.db, { stairwellId: stairwell.stairwellId });
    expect([entries.length, flatSums(entries).dueFen]).toEqual([10, 60_000_001]);
    expect(await evidence("cost-shares")).toMatchObject({ text: "首期款", day: "2026-11-01" });
    expect(await refusalOf(chargeShares(deps(), { ...by(), ...charge, scheme: "none" }))).toBe("scheme_unknown");
    expect(await refusalOf(chargeShares(deps(), { ...by(), ...charge, onDay: "2026-11-22" }))).toBe("entry_in_future");
    expect(await refusalOf(chargeShares(deps(), { ...by(), ...charge, stairwell: "X-1" }))).toBe("stairwell_unknown");
  });

  it("is corrected by another entry in its place; nothing is ever overwritten", async () => {
    const pay = { ...by(), room: "601", corrects: null, amountFen: 1_000_000, receipt: "S001", scan: null, purpose: "首期款", onDay: "2026-11-10" };
    const { entryId } = await done(enterPayment(deps(), pay));
    expect(await done(enterPayment(deps(), pay))).toMatchObject({ entryId });
    expect(await refusalOf(enterPayment(deps(), { ...pay, ...by(), room: "602" }))).toBe("receipt_known");
    expect(await refusalOf(enterPayment(deps(), { ...pay, ...by(), room: "999" }))).toBe("entry_unknown");
    expect(await refusalOf(enterPayment(deps(), { ...pay, ...by(), room: "602", corrects: entryId, receipt: "S002" }))).toBe("entry_unknown");
    const correct = { ...pay, corrects: entryId, amountFen: 1_500_000, purpose: "少记了五千" };
    const both = await Promise.all([enterPayment(deps(), { ...correct, ...by() }), enterPayment(deps(), { ...correct, ...by(), amountFen: 1_400_000 })]);
    expect(both.map((one) => (one.ok ? "done" : one.problem.code)).sort()).toEqual(["done", "entry_corrected"]);
    const own = await listPayments(database.db, { flatIds: stairwell.flats.filter(({ room }) => room === "601").map(({ id }) => id) });
    expect([own.length, flatSums(own).paidFen % 100_000]).toEqual([3, 0]);
    await expect(database.db.updateTable("ledgerEntry").set({ amountFen: 1 }).execute()).rejects.toThrow("permission denied");
  });

  it("is held against what was planned and spent, item by item", async () => {
    const entry = { ...by(), item: "土建", amountFen: 20_000_000, receipt: null, scan: null, purpose: "预算", onDay: "2026-11-01" };
    await done(enterSpending(deps(), { ...entry, what: "budget" }));
    expect(await refusalOf(enterSpending(deps(), { ...entry, ...by(), what: "spent" }))).toBe("receipt_missing");
    const { entryId } = await done(enterSpending(deps(), { ...entry, ...by(), what: "spent", amountFen: 5_000_000, receipt: "F1" }));
    await done(enterSpending(deps(), { ...entry, ...by(), what: entryId, amountFen: 5_100_000, receipt: "F1", purpose: "抄错" }));
    expect(await refusalOf(enterSpending(deps(), { ...entry, ...by(), what: 999_999 }))).toBe("entry_unknown");
    expect(itemSums(await listSpending(database.db, stairwell.stairwellId))).toMatchObject({ items: [{ item: "土建", budgetFen: 20_000_000, spentFen: 5_100_000 }] });
    expect(await listRowFaults(database.db)).toEqual([]);
  });
});

describe("the pages of the money", () => {
  it("are the committee's and the agent's, who enter, correct and export", async () => {
    const agent = await person("agent", stairwell.stairwellId);
    const paid = { step: "pay", amount: "8000", voucher: "S010", purpose: "首期款", onDay: "2026-11-12" };
    expect((await agent.upload(url("/flats/501"), form(paid))).location).toBe(`${url("/flats/501")}?done=paid`);
    const page = (await agent.get(url("/flats/501"))).body;
    for (const part of ["8 000 元", "S010", "计算在内"]) expect(page).toContain(part);
    const [, corrects = ""] = /corrects=(\d+)"[^>]*>更正<\/a>/.exec(page.slice(page.indexOf("S010"))) ?? [];
    const correction = (await agent.get(url(`/flats/501?corrects=${corrects}`))).body;
    expect(correction).toContain("更正：首期款 8 000 元");
    const wrong = await agent.upload(url(`/flats/501?corrects=${corrects}`), form({ ...paid, step: "correct", corrects, amount: "八千" }));
    expect([wrong.status, wrong.body.includes("“金额”要填元")]).toEqual([422, true]);
    expect((await agent.upload(url("/flats/501"), form({ ...paid, step: "correct", corrects, amount: "0", purpose: "重复" }))).location).toBe(`${url("/flats/501")}?done=corrected`);
    expect((await agent.upload(url("/flats/501"), form({ ...paid, step: "correct", corrects, amount: "1", purpose: "又一次" }))).status).toBe(409);
    expect((await clerk.get(url())).body).toContain("600 000.01 元");
    expect((await clerk.post(url("/charge"), { amount: "1000", scheme: "own", percents: "0 100", within: "equal", purpose: "尾款", onDay: "2026-11-20", "form-key": formKey() })).body).toContain("请给每层填一个百分比");
    const csv = await clerk.get(url("/payments.csv"));
    expect(csv.headers.get("Content-Disposition")).toContain("attachment");
    expect(csv.body).toMatch(/,501,付款,首期款,8000,S010,2026-11-12,,否,/);
    expect((await clerk.get(url("/spending.csv"))).body).toContain("土建");
    expect((await clerk.get(url("/other.csv"))).status).toBe(404);
  });

  it("are seen by nobody else: not the office, not a contractor, not another committee, not a neighbour", async () => {
    const other = await createStairwell(database.db);
    const strangers = [
      await person("office", stairwell.subdistrictId), await person("contractor", stairwell.stairwellId), await person("committee", other.committeeId, other), await person("agent", other.stairwellId, other),
      await person("resident", stairwell.flats[0]?.id ?? 0),
    ];
    for (const one of strangers) for (const rest of ["", "/flats/601", "/spending", "/charge", "/payments.csv"]) expect((await one.get(url(rest))).status, rest).toBe(403);
    expect((await visitor.get(url())).status).toBe(302);
  });

  it("shows an owner the own flat alone, and what was spent once it has paid", async () => {
    const flatOf = (room: string) => stairwell.flats.find((flat) => flat.room === room)?.id ?? 0;
    const payer = (await (await person("resident", flatOf("601"))).get("/me/money")).body;
    for (const part of ["601 室", "S001", "少记了五千", "土建", "F1"]) expect(payer).toContain(part);
    for (const part of ["S010", "501", "林芳"]) expect(payer).not.toContain(part);
    const owing = (await (await person("resident", flatOf("301"))).get("/me/money")).body;
    expect(owing).toContain("301 室");
    for (const part of ["S001", "土建"]) expect(owing).not.toContain(part);
    expect((await (await person("resident", flatOf("101"))).get("/me/money")).body).toContain("还没有记您家的账");
    expect((await visitor.get(`/s/${stairwell.code}`)).body).not.toContain("首期款");
  });
});

describe("the receipt itself", () => {
  const flatOf = (room: string) => stairwell.flats.find((flat) => flat.room === room)?.id ?? 0;
  const scanOf = (page: string, no: string) => new RegExp(`href="(/files/[\\w-]{22}/screen)">${no}（看收据）`).exec(page)?.[1] ?? "";

  it("of a payment is seen by committee, agent and the flat that paid; of what was spent by all flats that paid", async () => {
    const paid = { step: "pay", amount: "9000", voucher: "S020", purpose: "首期款" };
    expect((await clerk.upload(url("/flats/502"), form(paid, await photo({ seed: 3 })))).location).toBe(`${url("/flats/502")}?done=paid`);
    const spent = { step: "spent", item: "电梯设备", amount: "5000", voucher: "F20", purpose: "定金" };
    expect((await clerk.upload(url("/spending"), form(spent, await photo({ seed: 4 })))).location).toBe(`${url("/spending")}?done=spent`);
    const [ofPayment, ofSpending] = [scanOf((await clerk.get(url("/flats/502"))).body, "S020"), scanOf((await clerk.get(url("/spending"))).body, "F20")];
    const payer = await person("resident", flatOf("502"));
    const page = (await payer.get("/me/money")).body;
    expect([scanOf(page, "S020"), scanOf(page, "F20")]).toEqual([ofPayment, ofSpending]);
    const statuses = async (one: TestPortal) => [(await one.get(ofPayment)).status, (await one.get(ofSpending)).status];
    expect(await statuses(clerk)).toEqual([200, 200]);
    expect(await statuses(await person("agent", stairwell.stairwellId))).toEqual([200, 200]);
    expect(await statuses(payer)).toEqual([200, 200]);
    expect(await statuses(await person("resident", flatOf("601")))).toEqual([403, 200]);
    for (const one of [await person("resident", flatOf("301")), await person("contractor", stairwell.stairwellId), await person("office", stairwell.subdistrictId)]) {
      expect(await statuses(one)).toEqual([403, 403]);
    }
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("can come later, stays with a correction, and is refused in words where it is none", async () => {
    const entered = async () => (await listPayments(database.db, { flatIds: [flatOf("401")] })).map(({ amountFen, scan, corrects }) => ({ amountFen, scan, corrects }));
    await clerk.upload(url("/flats/401"), form({ step: "pay", amount: "100", voucher: "S030", purpose: "首期款" }));
    const newest = async () => (await listPayments(database.db, { flatIds: [flatOf("401")] })).at(-1)?.id;
    const id = await newest();
    const broken = await clerk.upload(url("/flats/401"), form({ step: "correct", corrects: String(id), amount: "100", voucher: "S030", purpose: "补收据" }, Buffer.from("<svg/>")));
    expect([broken.status, broken.body.includes("收据的照片")]).toEqual([422, true]);
    const added = form({ step: "correct", corrects: String(id), amount: "100", voucher: "S030", purpose: "补收据" }, await photo({ seed: 5 }));
    for (const again of [1, 2]) expect((await clerk.upload(url("/flats/401"), added)).location, String(again)).toContain("done=corrected");
    await clerk.upload(url("/flats/401"), form({ step: "correct", corrects: String(await newest()), amount: "120", voucher: "S030", purpose: "少记" }));
    const rows = (await entered()).filter(({ amountFen }) => amountFen < 100_000);
    expect(rows.map(({ amountFen, scan }) => [amountFen, scan !== null])).toEqual([[10_000, false], [10_000, true], [12_000, true]]);
    expect(rows[2]?.scan).toBe(rows[1]?.scan);
    const budget = await clerk.upload(url("/spending"), form({ step: "budget", item: "土建", amount: "1", voucher: "", purpose: "预算" }, await photo({ seed: 6 })));
    expect([budget.status, budget.body.includes("不用附照片")]).toEqual([422, true]);
    const kept = await database.db.selectFrom("file").select("id").where("kind", "=", "receipt").where("removedAt", "is", null).execute();
    expect(kept).toHaveLength(3);
    expect(await listRowFaults(database.db)).toEqual([]);
  });
});

describe("the agreement", () => {
  it("is evidence once it settles all of the checklist", async () => {
    const agreement = { ...by(), signedOn: "2026-11-15", items: ["shares", "account"] as const };
    expect(await done(recordAgreement(deps(), agreement))).toMatchObject({ complete: false });
    expect(await evidence("agreement")).toBeUndefined();
    expect(await refusalOf(recordAgreement(deps(), { ...agreement, ...by(), signedOn: "2026-11-22" }))).toBe("signed_in_future");
    expect((await clerk.get(`/desk/s/${stairwell.code}/agreement`)).body).toContain("还没写清：分几期付");
    const saved = await clerk.post(`/desk/s/${stairwell.code}/agreement`, { step: "agreement", signedOn: "2026-11-16", items: agreementItems, "form-key": formKey() });
    expect(saved.location).toBe(`/desk/s/${stairwell.code}/agreement?done=agreement`);
    expect(await evidence("agreement")).toMatchObject({ day: "2026-11-16" });
    const nothing = await clerk.post(`/desk/s/${stairwell.code}/agreement`, { step: "agreement", signedOn: "2026-11-16", "form-key": formKey() });
    expect([nothing.status, nothing.body.includes("还没有填“协议里写清了哪些”")]).toEqual([422, true]);
  });

  it("brings contracts with firms of the register, each of which everybody sees at its projects", async () => {
    const firmId = await createFirm(database.db, stairwell.subdistrictId, { name: "便民加梯" });
    const builder = await createFirm(database.db, stairwell.subdistrictId, { kind: "contractor", name: "申江建筑" });
    const blocked = await createFirm(database.db, stairwell.subdistrictId, { blocked: true });
    const contract = { ...by(), firmId, role: "agent", contractNo: "HT-2026-7", signedOn: "2026-11-18" } as const;
    await done(signContract(deps(), contract));
    expect(await evidence("agent-contract")).toMatchObject({ text: "HT-2026-7" });
    const refusals = [];
    for (const change of [{ firmId: builder }, { firmId: blocked }, { firmId: 999_999 }]) refusals.push(await refusalOf(signContract(deps(), { ...contract, ...by(), ...change })));
    expect(refusals).toEqual(["contract_firm_kind", "contract_firm_blacklisted", "contract_firm_unknown"]);
    const form = { step: "contract", signedOn: "2026-11-19", firm: String(builder), role: "contractor", contractNo: "HT-8", "form-key": formKey() };
    expect((await clerk.post(`/desk/s/${stairwell.code}/agreement`, form)).status).toBe(302);
    const office = await person("office", stairwell.subdistrictId);
    expect((await office.get(`/desk/s/${stairwell.code}/agreement`)).body).toContain("HT-8");
    expect((await visitor.get(`/firms/${firmId}`)).body).toContain(`/s/${stairwell.code}`);
    expect(await listRowFaults(database.db)).toEqual([]);
  });
});
