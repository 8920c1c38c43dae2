import { sql } from "kysely";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { setupCode, issueSetupCode } from "#app/use-cases/account/make-setup-code.server.ts";
import { decideBinding } from "#app/use-cases/binding/decide-binding.server.ts";
import { requestBinding, sendBindingCode } from "#app/use-cases/binding/request-binding.server.ts";
import { unbind } from "#app/use-cases/binding/unbind.server.ts";
import { seenOf } from "#app/use-cases/digest.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { withdrawConsultation } from "#app/use-cases/consultation/withdraw-consultation.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { lookAtBallots } from "#app/use-cases/consultation/look-at-ballots.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { decideIntent } from "#app/use-cases/intent/decide-intent.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { draftRoll } from "#app/use-cases/roll/draft-roll.server.ts";
import { exportRoll } from "#app/use-cases/roll/export-roll.server.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { enterPayment } from "#app/use-cases/money/enter-payment.server.ts";
import { publishStageNotice } from "#app/use-cases/notice/publish-stage-notice.server.ts";
import { readStageDraft } from "#app/use-cases/notice/read-stage-draft.server.ts";
import { addMediationStep } from "#app/use-cases/opinion/add-mediation-step.server.ts";
import { answerOpinion } from "#app/use-cases/opinion/answer-opinion.server.ts";
import { recordOpinion } from "#app/use-cases/opinion/record-opinion.server.ts";
import { openTicket, type TicketOpener } from "#app/use-cases/ticket/open-ticket.server.ts";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import { recordVisit } from "#app/use-cases/visit/record-visit.server.ts";
import { withTransaction } from "#db/client.server.ts";
import type { Marks } from "./canary-marks.ts";
import { plantWorks } from "./canaries-of-works.ts";
import { done, openedConsultation } from "./consultations.ts";
import type { TestDatabase } from "./database.ts";
import { createAccount, createCommunity, createSubdistrict, formKey, testVault, type TestCommunity } from "./factories.ts";
import { photo } from "./files.ts";
import { codeTo } from "./phone.ts";

/** A committee's ground on which every name, phone, number and word about a person is one that stands nowhere else. */
export interface Ground {
  community: TestCommunity;
  /** Its consultation is open; the other one's result is published. */
  stairwell: string;
  decided: string;
  consultation: string;
  result: string;
  /** Accounts. */
  clerk: number;
  contractor: number;
  supervisor: number;
  assessor: number;
  /** Resident of the flat 101 of the first stairwell. */
  owner: number;
  rooms: string[];
  ticket: number;
  /** The one that was put to the contractor. */
  sitesTicket: number;
  file: string;
  /** Codes that open something: slips, setting up an account, links to object. */
  secrets: string[];
}

/** Everything that can be written down about the people of a committee, through the use cases where they are more than a row; in the subdistrict of another ground, or a new one. */
export async function plantCanaries(database: TestDatabase, marks: Marks, beside?: Ground): Promise<Ground> {
  const { people, site, staff, open, phones, tail } = marks;
  const { db, owner, storage } = database;
  const now = new Date();
  const vault = testVault;
  const deps = { db, vault, now };
  let count = 0;
  const phone = () => `${phones}${String(10 + count++)}${tail}${count % 10}`;
  const idNumber = () => `${phones}${String(195001010000 + count++)}X`;
  const { subdistrictId } = beside?.community ?? (await createSubdistrict(db));
  const community = await createCommunity(db, { subdistrictId });
  const committeeIds = [community.committeeId];

  /** Names, phones and ID numbers of all owners, and rooms that stand nowhere else. */
  const populate = async (stairwellId: number, letter: string) => {
    const flats = await owner.db
      .selectFrom("flat").innerJoin("ownership", "ownership.flatId", "flat.id")
      .select(["flat.id", "flat.room", "ownership.ownerId"]).where("stairwellId", "=", stairwellId).orderBy("flat.id").execute();
    for (const { id, room, ownerId } of flats) {
      const [mobile, number] = [phone(), idNumber()];
      await owner.db.updateTable("flat").set({ room: `${letter}${tail}${room}` }).where("id", "=", id).execute();
      await owner.db
        .updateTable("owner")
        .set({
          code: `V${phones}${tail}${id}`, name: `${people}业主${count}`, phoneCipher: vault.seal(mobile), phoneHash: vault.hash("phone", mobile),
          idCipher: vault.seal(number), idHash: vault.hash("id", number),
        })
        .where("id", "=", ownerId).execute();
    }
  };
  const yesterday = new Date(now.getTime() - 86_400_000);
  const opened = await openedConsultation(db, { community, now: yesterday, before: ({ stairwellId }) => populate(stairwellId, "K") });
  const decided = await openedConsultation(db, { community, now: new Date(now.getTime() - 9 * 86_400_000), before: ({ stairwellId }) => populate(stairwellId, "M") });
  const rooms = opened.stairwell.flats.map(({ room }) => `K${tail}${room}`);
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = rooms;
  const { clerk, colleague, consultation, stairwell } = opened;
  const flatIds = stairwell.flats.map(({ id }) => id);
  await owner.db.updateTable("account").set({ name: sql<string>`${staff}::text || name`, login: sql<string>`${staff}::text || login` }).where("id", "in", [clerk, colleague, decided.clerk, decided.colleague]).execute();

  // Ballots of every channel, one disagreed with, one asked to be void, and a look with its reason.
  await done(opened.cast(first, "oppose"));
  await done(opened.cast(second, "agree", { channel: "paper" }));
  await done(opened.cast(third, "abstain", { channel: "proxy", authorisation: `${people}受托人，投弃权票` }));
  const wrong = await done(opened.record(fourth, "oppose", { channel: "paper" }));
  await done(checkBallot(opened.deps, { consultation, seq: wrong.seq, verdict: "disagreed", note: `${people}看不清`, accountId: colleague, formKey: formKey() }));
  await done(requestVoid(deps, { consultation, seq: 2, reason: `${people}说不是本人签的`, accountId: clerk, formKey: formKey() }));
  await done(confirmVoid(deps, { consultation, seq: 2, accountId: colleague, formKey: formKey() }));
  await done(requestVoid(deps, { consultation, seq: 3, reason: `${people}要查`, accountId: clerk, formKey: formKey() }));
  await done(rejectVoid(deps, { consultation, seq: 3, reason: `${people}查过了`, accountId: colleague, formKey: formKey() }));
  await done(lookAtBallots(deps, { consultation, purpose: "other", reason: `${people}来问`, mayRecord: true, accountId: clerk, formKey: formKey() }));
  for (const { room } of decided.stairwell.flats.slice(0, 10)) await done(decided.cast(`M${tail}${room}`, room === "101" ? "oppose" : "agree"));
  await done(decided.close());
  await done(decided.certify());
  await done(decided.publish());

  // One was extended; of two more one was taken back and one was closed early.
  await done(extendConsultation(opened.deps, { consultation, closesOn: addDays(shanghaiDay(now), 20), reason: `${people}在外地`, accountId: clerk, formKey: formKey() }));
  const small = () => openedConsultation(db, { community, now: yesterday, floors: 1 });
  const [mistaken, unanimous] = [await small(), await small()];
  await done(withdrawConsultation(mistaken.deps, { consultation: mistaken.consultation, reason: `${people}那幢才要开`, accountId: mistaken.clerk, formKey: formKey() }));
  for (const { room } of unanimous.stairwell.flats) await done(unanimous.cast(room, "agree"));
  await done(closeConsultation(unanimous.deps, { consultation: unanimous.consultation, reason: `${people}最后一个交了票`, accountId: unanimous.clerk, formKey: formKey() }));

  // Intents: one waits with its contact, one was rejected with a reason.
  const intent = { stairwell: stairwell.code, choice: "unwilling", worry: "ground-floor", channel: "online", slipCode: null, ownFlatIds: [], accountId: null } as const;
  await done(fileIntent(deps, { ...intent, room: fifth, name: `${people}填报人`, phone: phone(), formKey: formKey() }));
  await done(fileIntent(deps, { ...intent, room: fourth, name: `${people}冒名`, phone: phone(), formKey: formKey() }));
  const rejected = await db.selectFrom("intent").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  await done(decideIntent(deps, { intentId: rejected.id, decision: "reject", reason: `${people}不是本户`, accountId: clerk, committeeIds, formKey: formKey() }));
  const assisted = { ...intent, channel: "assisted", accountId: clerk } as const;
  const speaker = await db.selectFrom("ownership").select("ownerId").where("flatId", "=", flatIds[5] ?? 0).executeTakeFirstOrThrow();
  const message = ({ home, token }: { home: string; token: string }) => `${people} ${home} ${token}`;
  await done(fileIntent(deps, { ...assisted, room: rooms[5] ?? "", name: null, phone: null, formKey: formKey(), telling: { ownerId: speaker.ownerId, name: null, message, nameHome: ({ room }) => `${people}${room}` } }));

  // Tickets, bindings, a tenant, visits.
  const caller = { channel: "walk-in", accountId: clerk, name: `${people}来访`, phone: phone(), scope: { committeeIds, subdistrictIds: [] } } satisfies TicketOpener;
  const { ticketId: ticket } = await done(openTicket(deps, { stairwell: stairwell.code, room: second, kind: "money", text: `${people}还没收到收据`, by: caller, formKey: formKey() }));
  await done(takeTicketStep(deps, { ticketId: ticket, side: "committee", step: "answer", text: `${people}已经补开`, accountId: clerk, message: () => people, formKey: formKey() }));
  const { ticketId: sitesTicket } = await done(openTicket(deps, { stairwell: stairwell.code, room: null, kind: "noise", text: `${site}夜里施工`, by: caller, formKey: formKey() }));
  await done(takeTicketStep(deps, { ticketId: sitesTicket, side: "committee", step: "assigned", parties: ["contractor"], text: `${site}请查看`, accountId: clerk, message: () => "", formKey: formKey() }));
  const ask = async (room: string, side: "owner" | "tenant") => {
    const mobile = phone();
    await done(sendBindingCode(deps, { stairwell: stairwell.code, phone: mobile, browser: "a browser", formKey: formKey(), message: (code) => `${people} ${code}` }));
    await requestBinding(deps, { stairwell: stairwell.code, room, side, name: `${people}申请人`, phone: mobile, browser: "a browser", code: await codeTo(db, mobile) });
    const { id } = await db.selectFrom("bindingRequest").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    return id;
  };
  const said = () => people;
  const messages = { "binding-approved": said, "tenant-noted": said, "binding-refused": said };
  const decide = { accountId: clerk, committeeIds, messages, nameHome: ({ room }: { room: string }) => room } as const;
  await ask(first, "owner");
  await done(decideBinding(deps, { ...decide, requestId: await ask(second, "tenant"), verdict: "approved", ownerId: null, evidence: [], note: null, formKey: formKey() }));
  await done(decideBinding(deps, { ...decide, requestId: await ask(fifth, "owner"), verdict: "approved", ownerId: await ownerOf(database, flatIds[4]), evidence: ["other"], note: `${people}出示了户口本`, formKey: formKey() }));
  const grant = await db.selectFrom("grant").select("id").where("way", "=", "request").orderBy("id", "desc").executeTakeFirstOrThrow();
  await done(unbind(deps, { stairwell: stairwell.code, what: "binding", id: grant.id, reason: `${people}已经卖房`, accountId: clerk, formKey: formKey() }));
  await done(recordVisit(deps, { stairwell: stairwell.code, room: rooms[7] ?? "", outcome: "met", note: `${people}要等女儿回来`, accountId: clerk, formKey: formKey() }));

  // The roll: an upload that waits, a version, the reason of an export, a question about two namesakes.
  const drafted = await draftRoll(deps, { stairwell: stairwell.code, bytes: Buffer.from(`室号,建筑面积,产权人\n101,50,${people}上传\n`), accountId: clerk, formKey: formKey() });
  if (!drafted.ok) throw new Error(`the roll was refused: ${drafted.problem.code}`);
  await done(exportRoll(deps, { stairwell: stairwell.code, reason: `${people}要核对`, accountId: clerk, formKey: formKey() }));
  const { stairwellId } = stairwell;
  await db.insertInto("rollVersion").values({ subdistrictId, stairwellId, number: 1, flatsCipher: vault.seal(JSON.stringify([{ name: `${people}旧业主` }])), summary: null, accountId: clerk, at: now }).execute();
  const [ownerA, ownerB] = [await ownerOf(database, flatIds[0]), await ownerOf(database, flatIds[1])];
  await db.insertInto("ownerQuestion").values({ stairwellId, flatA: flatIds[0] ?? 0, flatB: flatIds[1] ?? 0, ownerA, ownerB, name: `${people}同名` }).execute();

  // The notice of the plan with an objection, its answer and its mediation; and what a flat has paid.
  const { stairwell: passed, clerk: clerkOfPassed } = decided;
  await owner.db.updateTable("project").set({ stage: "plan-notice" }).where("stairwellId", "=", passed.stairwellId).execute();
  const facts = await readStageDraft(db, { stairwell: passed.code, now });
  if (!facts) throw new Error("no draft of the notice");
  const { notice } = await done(publishStageNotice({ ...deps, storage }, {
    stairwell: passed.code, kind: "plan", remark: `${open}请到居委看图`, looked: true, seen: seenOf(stageNotices.draft("plan", facts)), drawings: [await photo()], caption: stageNotices.drawing,
    write: (draft) => stageNotices.draft("plan", draft), accountId: clerkOfPassed, formKey: formKey(),
  }));
  const giver = { channel: "paper", accountId: clerkOfPassed, name: `${people}写信人`, phone: phone(), receivedOn: null } as const;
  const { opinion } = await done(recordOpinion(deps, { notice, kind: "objection", room: `M${tail}101`, text: `${people}挡了我家的光`, by: giver, formKey: formKey() }));
  const inMediation = { stairwell: passed.code, opinion, accountId: clerkOfPassed };
  await done(addMediationStep(deps, { ...inMediation, step: "session", heldOn: shanghaiDay(now), text: `${people}来谈过一次`, formKey: formKey() }));
  await done(answerOpinion(deps, { ...inMediation, text: `${people}的窗前让开一米`, message: () => people, formKey: formKey() }));
  await done(enterPayment({ ...deps, storage }, { stairwell: passed.code, room: `M${tail}101`, corrects: null, amountFen: 10_000, receipt: `${people}001`, scan: null, purpose: `${people}首期款`, onDay: shanghaiDay(now), accountId: clerkOfPassed, formKey: formKey() }));

  await db.insertInto("stageMove").values({ subdistrictId, stairwellId, fromStage: "reserve", toStage: "assessment", reason: `${people}家已同意`, accountId: clerk, at: now }).execute();

  // Slips, setup codes, files.
  await done(issueSlips(deps, { stairwell: stairwell.code, renew: false, accountId: clerk, formKey: formKey() }));
  await withTransaction(db, (tx) => issueSetupCode(tx, deps, { accountId: colleague, subdistrictId, byAccountId: clerk }));
  const stored = await done(storeFile({ ...deps, storage }, { bytes: await photo({ width: 40, height: 40, seed: count }), kind: "scan", subdistrictId, accountId: clerk }));
  const named = async (role: "contractor" | "supervisor" | "assessor" | "resident", scopeId: number) => {
    const accountId = await createAccount(db, role, { subdistrictId, scopeId, name: `${role === "resident" ? people : staff}帐号` });
    // Whoever works at a stairwell works at the one that is further on as well.
    if (role !== "resident") await db.insertInto("grant").values({ accountId, role, scope: "stairwell", scopeId: passed.stairwellId }).execute();
    return accountId;
  };
  const [contractor, supervisor, assessor] = [await named("contractor", stairwellId), await named("supervisor", stairwellId), await named("assessor", stairwellId)];
  await plantWorks(database, marks, { stairwell: passed, clerk: clerkOfPassed, colleague: decided.colleague, contractor, supervisor, assessors: [assessor, await named("assessor", stairwellId)], phone });
  // What somebody holds to find an entry again says nothing to anybody else.
  const receipts = await sql<{ receipt: string }>`select receipt from ballot union select receipt from intent union select receipt from binding_request`.execute(owner.db);
  return {
    community, stairwell: stairwell.code, decided: decided.stairwell.code, consultation, result: decided.consultation, clerk, ticket, sitesTicket, rooms, file: stored.fileId,
    contractor, supervisor, assessor,
    owner: await named("resident", flatIds[0] ?? 0),
    secrets: [...receipts.rows.flatMap(({ receipt }) => receipt ?? []), ...flatIds.map((id) => slipCode(vault, id, 1)), setupCode(vault, colleague, 1)],
  };
}

async function ownerOf({ db }: TestDatabase, flatId = 0): Promise<number> {
  return (await db.selectFrom("ownership").select("ownerId").where("flatId", "=", flatId).executeTakeFirstOrThrow()).ownerId;
}
