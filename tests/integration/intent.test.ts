import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { twoThirdsOf } from "#app/domain/stages.ts";
import { decideIntent } from "#app/use-cases/intent/decide-intent.server.ts";
import { confirmIntentByPhone, sendIntentCode } from "#app/use-cases/intent/confirm-by-phone.server.ts";
import { fileIntent, type IntentFiling } from "#app/use-cases/intent/file-intent.server.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { countIntents } from "#db/queries/intents.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";

let database: TestDatabase;
let deps: Deps;

beforeAll(async () => {
  database = await cloneDatabase();
  deps = { db: database.db, vault: testVault, now: new Date("2026-11-21T02:00:00Z") };
});
afterAll(() => database.close());

const filing = (stairwell: TestStairwell, room: string, more: Partial<IntentFiling> = {}): IntentFiling => ({
  stairwell: stairwell.code, room, choice: "willing", worry: null, channel: "online", name: "沈月英", phone: "13800000101",
  slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(), ...more,
});

const reserveOf = ({ stairwellId }: TestStairwell) =>
  database.db.selectFrom("project").select(["stage", "reserveSince"]).where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();

async function clerkOf({ subdistrictId, committeeId }: TestStairwell): Promise<number> {
  return createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId });
}

/** The newest code that was sent, as the phone shows it. */
async function newestCode(): Promise<string> {
  const row = await database.db.selectFrom("outbox").select("textCipher").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
  return /\d{6}/.exec(testVault.open(row.textCipher))?.[0] ?? "";
}

describe("an intent filed online without a proof", () => {
  it("is kept with a receipt and counts for nothing until it is confirmed", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const filed = await done(fileIntent(deps, filing(stairwell, "101")));
    expect(filed).toMatchObject({ counts: false });
    expect(await countIntents(database.db, stairwell.stairwellId)).toEqual({ flats: 12, filed: 0, willing: 0 });

    const clerk = await clerkOf(stairwell);
    const intent = await database.db.selectFrom("intent").select("id").where("receipt", "=", filed.receipt).executeTakeFirstOrThrow();
    const decision = { intentId: intent.id, accountId: clerk, committeeIds: [stairwell.committeeId], formKey: formKey(), decision: "confirm" as const };
    expect(await refusalOf(decideIntent(deps, { ...decision, committeeIds: [stairwell.committeeId + 1000] }))).toBe("intent_unknown");
    await done(decideIntent(deps, decision));
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1, willing: 1 });
    expect(await refusalOf(decideIntent(deps, { ...decision, formKey: formKey() }))).toBe("already_decided");
    expect(await database.db.selectFrom("intentContact").select("intentId").where("intentId", "=", intent.id).execute(), "who filed is forgotten").toEqual([]);
  });

  it("does not take the place of a confirmed one before it is confirmed itself", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const clerk = await clerkOf(stairwell);
    await done(fileIntent(deps, filing(stairwell, "101", { choice: "unwilling", channel: "paper", accountId: clerk })));
    await done(fileIntent(deps, filing(stairwell, "101")));
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 1, willing: 0 });
  });

  it("is turned down with a reason and stays in the history", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const clerk = await clerkOf(stairwell);
    const { receipt } = await done(fileIntent(deps, filing(stairwell, "101")));
    const { id } = await database.db.selectFrom("intent").select("id").where("receipt", "=", receipt).executeTakeFirstOrThrow();
    await done(decideIntent(deps, { intentId: id, accountId: clerk, committeeIds: [stairwell.committeeId], formKey: formKey(), decision: "reject", reason: "本户没有填过" }));
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 0 });
    expect(await database.db.selectFrom("intent").select("id").where("id", "=", id).execute()).toHaveLength(1);
  });
});

describe("a code sent to the phone", () => {
  it("confirms a filing when the phone stands on the roll for the flat", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent", owned: false });
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], phone: "13800000777" });
    const { receipt } = await done(fileIntent(deps, filing(stairwell, "101", { phone: "13800000777" })));
    const filed = { stairwell: stairwell.code, receipt, browser: "a browser" };
    await done(sendIntentCode(deps, { ...filed, formKey: formKey(), message: (code) => `验证码 ${code}` }));
    const code = await newestCode();
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await refusalOf(confirmIntentByPhone(deps, { ...filed, code: wrong }))).toBe("code_wrong");
    expect(await done(confirmIntentByPhone(deps, { ...filed, code }))).toMatchObject({ counts: true });
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ willing: 1 });
    expect(await refusalOf(confirmIntentByPhone(deps, { ...filed, code }))).toBe("already_counts");
  });

  it("leaves the filing to the committee when the phone is right but of another flat", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent", owned: false });
    await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[1]?.id ?? 0], phone: "13800000778" });
    const { receipt } = await done(fileIntent(deps, filing(stairwell, "101", { phone: "13800000778" })));
    await done(sendIntentCode(deps, { stairwell: stairwell.code, receipt, browser: "a browser", formKey: formKey(), message: (code) => `验证码 ${code}` }));
    expect(await done(confirmIntentByPhone(deps, { stairwell: stairwell.code, receipt, browser: "a browser", code: await newestCode() }))).toMatchObject({ counts: false });
    expect(await countIntents(database.db, stairwell.stairwellId)).toMatchObject({ filed: 0 });
  });

  it("is worth nothing after five wrong tries or ten minutes", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const { receipt } = await done(fileIntent(deps, filing(stairwell, "101", { phone: "13800000779" })));
    const filed = { stairwell: stairwell.code, receipt, browser: "a browser" };
    const send = () => done(sendIntentCode(deps, { ...filed, formKey: formKey(), message: (code) => `验证码 ${code}` }));
    await send();
    let code = await newestCode();
    for (let i = 0; i < 5; i++) await refusalOf(confirmIntentByPhone(deps, { ...filed, code: code === "111111" ? "222222" : "111111" }));
    expect(await refusalOf(confirmIntentByPhone(deps, { ...filed, code }))).toBe("code_wrong");
    await send();
    code = await newestCode();
    const late = { ...deps, now: new Date(deps.now.getTime() + 10 * 60_000) };
    expect(await refusalOf(confirmIntentByPhone(late, { ...filed, code }))).toBe("code_wrong");
  });
});

describe("a slip", () => {
  it("makes a filing of its flat count at once, and of no other flat", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const clerk = await clerkOf(stairwell);
    expect(await done(issueSlips(deps, { stairwell: stairwell.code, renew: false, accountId: clerk, formKey: formKey() }))).toMatchObject({ issued: 12 });
    const flatId = stairwell.flats[0]?.id ?? 0;
    const code = slipCode(testVault, flatId, 1);
    expect(await done(fileIntent(deps, filing(stairwell, "101", { slipCode: code.toLowerCase() })))).toMatchObject({ counts: true });
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "102", { slipCode: code })))).toBe("slip_unknown");
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "101", { slipCode: "0000-0000-0000" })))).toBe("slip_unknown");

    await done(issueSlips(deps, { stairwell: stairwell.code, renew: true, accountId: clerk, formKey: formKey() }));
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "101", { slipCode: code })))).toBe("slip_unknown");
    expect(await done(fileIntent(deps, filing(stairwell, "101", { slipCode: slipCode(testVault, flatId, 2) })))).toMatchObject({ counts: true });
  });
});

describe("the reserve", () => {
  it("is entered with the filing that reaches two thirds and left with the one that falls below, both in the log", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const clerk = await clerkOf(stairwell);
    const file = (room: string, choice: "willing" | "unwilling") => done(fileIntent(deps, filing(stairwell, room, { choice, channel: "paper", accountId: clerk })));
    const need = twoThirdsOf(stairwell.flats.length);
    for (const flat of stairwell.flats.slice(0, need - 1)) await file(flat.room, "willing");
    expect(await reserveOf(stairwell)).toEqual({ stage: "intent", reserveSince: null });
    await file(stairwell.flats[need - 1]?.room ?? "", "willing");
    expect(await reserveOf(stairwell)).toEqual({ stage: "reserve", reserveSince: deps.now });
    await file("101", "unwilling");
    expect(await reserveOf(stairwell)).toEqual({ stage: "intent", reserveSince: null });

    const log = await readLog(database.db, stairwell.stairwellId);
    expect(log.map((entry) => entry.verb).filter((verb) => verb.startsWith("reserve"))).toEqual(["reserve-entered", "reserve-left"]);
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(log.length);
    expect(await database.db.selectFrom("stageMove").select(["fromStage", "toStage"]).where("stairwellId", "=", stairwell.stairwellId).orderBy("id").execute()).toEqual([
      { fromStage: "intent", toStage: "reserve" },
      { fromStage: "reserve", toStage: "intent" },
    ]);
  });

  it("is entered once when the last two households file at the same moment", async () => {
    for (let round = 0; round < 10; round++) {
      const stairwell = await createStairwell(database.db, { stage: "intent", floors: 3, flatsPerFloor: 2 });
      const clerk = await clerkOf(stairwell);
      await Promise.all(stairwell.flats.map((flat) => done(fileIntent(deps, filing(stairwell, flat.room, { channel: "paper", accountId: clerk })))));
      const log = await readLog(database.db, stairwell.stairwellId);
      expect(log.filter((entry) => entry.verb === "reserve-entered")).toHaveLength(1);
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(7);
    }
  });
});

describe("the same form", () => {
  it("posted ten times at once has one effect and gets one answer", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const same = filing(stairwell, "101");
    const answers = await Promise.all(Array.from({ length: 10 }, () => done(fileIntent(deps, same))));
    expect(new Set(answers.map((answer) => answer.receipt)).size).toBe(1);
    expect(await database.db.selectFrom("intent").select("id").where("stairwellId", "=", stairwell.stairwellId).execute()).toHaveLength(1);
  });

  it("that was refused may be mended and posted again", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const key = formKey();
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "999", { formKey: key })))).toBe("flat_unknown");
    expect(await done(fileIntent(deps, filing(stairwell, "101", { formKey: key })))).toMatchObject({ counts: false });
  });

  it("is refused for another stairwell", async () => {
    const [one, other] = [await createStairwell(database.db, { stage: "intent" }), await createStairwell(database.db, { stage: "intent" })];
    const key = formKey();
    await done(fileIntent(deps, filing(one, "101", { formKey: key })));
    expect(await refusalOf(fileIntent(deps, filing(other, "101", { formKey: key })))).toBe("form_used_elsewhere");
  });
});

describe("two people filing for one flat at the same moment", () => {
  it("are both kept, and the later one counts", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const clerk = await clerkOf(stairwell);
    const choices = ["willing", "unwilling"] as const;
    await Promise.all(choices.map((choice) => done(fileIntent(deps, filing(stairwell, "101", { choice, channel: "paper", accountId: clerk })))));
    const rows = await database.db.selectFrom("intent").select(["id", "choice"]).where("stairwellId", "=", stairwell.stairwellId).orderBy("id", "desc").execute();
    expect(rows).toHaveLength(2);
    const counting = await database.db.selectFrom("countingIntent").select("choice").where("stairwellId", "=", stairwell.stairwellId).execute();
    expect(counting).toEqual([{ choice: rows[0]?.choice }]);
  });
});

describe("filing", () => {
  it("is refused for a flat that does not exist and for a lift that runs", async () => {
    const stairwell = await createStairwell(database.db, { stage: "in-use" });
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "999")))).toBe("flat_unknown");
    expect(await refusalOf(fileIntent(deps, filing(stairwell, "101")))).toBe("in_use");
  });

  it("leaves a project beyond the reserve at its stage", async () => {
    const stairwell = await createStairwell(database.db, { stage: "construction" });
    const clerk = await clerkOf(stairwell);
    await done(fileIntent(deps, filing(stairwell, "101", { choice: "unwilling", channel: "paper", accountId: clerk })));
    expect(await reserveOf(stairwell)).toEqual({ stage: "construction", reserveSince: null });
  });
});
