import { settingDefaults } from "#app/domain/setting-defaults.ts";
import { settingForms } from "#app/domain/setting-forms.ts";
import { settingKeys } from "#app/domain/setting-schemas.ts";
import { hashPassword } from "#app/use-cases/account/password.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { publishStageNotice } from "#app/use-cases/notice/publish-stage-notice.server.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { draftedAssessment } from "./assessments.ts";
import { done, openedConsultation } from "./consultations.ts";
import type { TestDatabase } from "./database.ts";
import { createAccount, formKey, testVault } from "./factories.ts";
import { mayLook } from "./looks.ts";
import type { TestPortal } from "./portal.ts";
import { signedIn } from "./sessions.ts";
import { askedTicket } from "./tickets.ts";

/** A form of the portal with a filling of all its fields that is well-formed; what may stay empty, does. */
export interface KnownForm {
  /** The module whose action reads it, by its name in app/routes. */
  route: string;
  url: string;
  who: TestPortal;
  good: Record<string, string>;
  /** Fields that are filled but need not be. */
  optional?: readonly string[];
  /** Whether its first field may be sent more than once. */
  list?: true;
  /** Answered with a file, or where it is wrong with the way back to its page, which says so. */
  sendsBack?: true;
  /** Sent as a body of parts, for files go with it. */
  upload?: true;
}

const PASSWORD = "月下门前-三棵银杏-27";

/** Every form of the portal, each with somebody who may send it and has come as far. */
export async function everyForm({ db, storage }: TestDatabase, nobody: TestPortal): Promise<KnownForm[]> {
  const opened = await openedConsultation(db, { now: new Date() });
  const { stairwell, consultation, clerk: clerkId } = opened;
  const { code, subdistrictId, committeeId, stairwellId } = stairwell;
  const flatId = stairwell.flats[0]?.id ?? 0;
  const deps = { db, vault: testVault, now: new Date() };
  const account = async (role: Parameters<typeof createAccount>[1], scopeId: number) => {
    const accountId = await createAccount(db, role, { subdistrictId, scopeId });
    return { accountId, who: await signedIn(db, nobody, accountId) };
  };
  const clerk = await signedIn(db, nobody, clerkId);
  const { who: office } = await account("office", subdistrictId);
  const { who: contractor } = await account("contractor", stairwellId);
  const { who: assessor, accountId: assessorId } = await account("assessor", stairwellId);
  const { assessment } = await draftedAssessment(db, stairwell, { by: { first: assessorId, second: assessorId } });
  const { who: owner, accountId: ownerId } = await account("resident", flatId);
  const { accountId: colleague } = await account("committee", committeeId);
  await done(issueSlips(deps, { stairwell: code, renew: false, accountId: clerkId, formKey: formKey() }));
  const slip = slipCode(testVault, flatId, 1);
  const ticket = await askedTicket(db, ["contractor"], { stairwell: code, opener: ownerId, clerk: clerkId });
  await mayLook(db, { consultation, accountId: clerkId });
  const { notice } = await done(publishStageNotice({ ...deps, storage }, {
    stairwell: code, kind: "other", remark: undefined, seen: "", looked: false, drawings: [], caption: "图纸", write: () => ({ title: "停水", body: "周六停水。" }), accountId: clerkId, formKey: formKey(),
  }));
  const { receipt } = await done(fileIntent(deps, {
    stairwell: code, room: "102", choice: "willing", worry: null, channel: "online", name: "周敏", phone: "13800000102", slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(),
  }));

  /** Somebody who has sent these forms already, one after the other. */
  const after = async (who: TestPortal, ...sent: [url: string, fields: Record<string, string>][]): Promise<TestPortal> => {
    for (const [url, fields] of sent) {
      const { status } = await who.post(url, { ...fields, "form-key": formKey() });
      if (status !== 302) throw new Error(`${url} was answered with ${status}`);
    }
    return who;
  };
  const filing = await after(
    nobody.visitor(),
    [`/s/${code}/intent?step=flat`, { room: "101" }], [`/s/${code}/intent?step=choice`, { choice: "willing" }], [`/s/${code}/intent?step=worry`, { worry: "" }],
    [`/s/${code}/intent?step=help`, { needsHelp: "" }], [`/s/${code}/intent?step=contact`, { name: "周敏", phone: "13800000103" }],
  );
  const binding = await after(
    nobody.visitor(),
    [`/s/${code}/bind?step=flat`, { room: "101" }], [`/s/${code}/bind?step=side`, { side: "owner" }], [`/s/${code}/bind?step=name`, { name: "周敏" }],
    [`/s/${code}/bind?step=phone`, { phone: "13800000104" }],
  );
  const holder = await after(nobody.visitor(), [`/q/${slip}/bind?step=phone`, { phone: "13800000105" }]);
  const phone = await after(nobody.visitor(), ["/sign-in", { phone: "13800000106" }]);
  const asking = await after(nobody.visitor(), [`/s/${code}/tickets/new?kind=noise&step=phone`, { phone: "13800000107" }]);
  await after(clerk, [`/desk/s/${code}/intent`, { room: "101", choice: "willing", channel: "assisted", worry: "", needsHelp: "", name: "", phone: "" }]);
  const passwordHash = await hashPassword(PASSWORD);
  const staff = async (enrolled: boolean) => {
    const { accountId } = await account("committee", committeeId);
    await db.updateTable("account").set({ login: `staff${accountId}`, passwordHash, ...(!enrolled && { totpCipher: null, totpConfirmedAt: null }) }).where("id", "=", accountId).execute();
    return after(nobody.visitor(), ["/sign-in/staff", { login: `staff${accountId}`, password: PASSWORD }]);
  };

  const course = `/desk/consultations/${consultation}`;
  const place = { committee: "", stairwells: "", subdistrict: "" };
  const report = { kind: "working", milestone: "M0", cause: "", nextOwner: "", nextDay: "", people: "", work: "", problems: "", tomorrow: "", onDay: "" };
  return [
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=flat`, good: { room: "101" } },
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=choice`, good: { choice: "willing" } },
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=worry`, good: { worry: "cost" }, optional: ["worry"] },
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=help`, good: { needsHelp: "yes" }, optional: ["needsHelp"] },
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=contact`, good: { name: "周敏", phone: "13800000103" } },
    { route: "s.$code.intent._index", who: filing, url: `/s/${code}/intent?step=check`, good: { slip: slip }, optional: ["slip"] },
    { route: "s.$code.intent.$receipt", who: filing, url: `/s/${code}/intent/${receipt}`, good: {} },
    { route: "s.$code.intent.$receipt", who: filing, url: `/s/${code}/intent/${receipt}?sms=sent`, good: { code: "123456" } },
    { route: "sign-in._index", who: nobody, url: "/sign-in", good: { phone: "13800000101" } },
    { route: "sign-in.code", who: phone, url: "/sign-in/code", good: { code: "123456" } },
    { route: "sign-in.staff._index", who: nobody, url: "/sign-in/staff", good: { login: "lin", password: "x" } },
    { route: "sign-in.staff.code", who: await staff(true), url: "/sign-in/staff/code", good: { code: "123456" } },
    { route: "sign-in.staff.enrol", who: await staff(false), url: "/sign-in/staff/enrol", good: { code: "123456" } },
    { route: "sign-in.setup", who: nobody, url: "/sign-in/setup", good: { login: "lin", setup: "ABCD-EFGH-JKMN", password: PASSWORD, repeated: PASSWORD } },
    { route: "account", who: clerk, url: "/account", good: {} },
    { route: "desk.accounts.new", who: office, url: "/desk/accounts/new", good: { login: "wu", name: "吴敏", role: "committee", ...place, committee: String(committeeId) } },
    { route: "desk.accounts.$account._index", who: office, url: `/desk/accounts/${colleague}?role=assessor`, good: { role: "assessor", ...place, stairwells: code } },
    { route: "desk.accounts.$account._index", who: office, url: `/desk/accounts/${colleague}`, good: { step: "revoke", grant: "999999" } },
    { route: "desk.s.$code.intent", who: clerk, url: `/desk/s/${code}/intent`, good: { room: "101", choice: "willing", channel: "paper", worry: "", needsHelp: "", name: "", phone: "", then: "" } },
    { route: "desk.s.$code.read", who: clerk, url: `/desk/s/${code}/read`, good: { owner: "999999", name: "" } },
    { route: "desk.intents", who: clerk, url: "/desk/intents", good: { intent: "999999", decision: "reject", reason: "不是本户" }, optional: ["reason"] },
    { route: "desk.s.$code.questions", who: clerk, url: `/desk/s/${code}/questions`, good: { question: "999999", answer: "same" } },
    { route: "desk.s.$code.roll._index", who: clerk, url: `/desk/s/${code}/roll`, good: {}, upload: true },
    { route: "desk.s.$code.roll.$draft", who: clerk, url: `/desk/s/${code}/roll/AAAAAAAAAAAAAAAAAAAAAA`, good: { asked: "x", "answer-0": "same" }, optional: ["asked", "answer-0"] },
    { route: "desk.s.$code.roll.export", who: clerk, url: `/desk/s/${code}/roll/export`, good: { reason: "核对", format: "csv" } },
    { route: "s.$code.bind._index", who: binding, url: `/s/${code}/bind?step=flat`, good: { room: "101" } },
    { route: "s.$code.bind._index", who: binding, url: `/s/${code}/bind?step=side`, good: { side: "owner" } },
    { route: "s.$code.bind._index", who: binding, url: `/s/${code}/bind?step=name`, good: { name: "周敏" } },
    { route: "s.$code.bind._index", who: binding, url: `/s/${code}/bind?step=phone`, good: { phone: "13800000104" } },
    { route: "s.$code.bind._index", who: binding, url: `/s/${code}/bind?step=code`, good: { code: "123456" } },
    { route: "q.$code.bind", who: holder, url: `/q/${slip}/bind?step=owner`, good: { owner: "no" } },
    { route: "q.$code.bind", who: holder, url: `/q/${slip}/bind?step=phone`, good: { phone: "13800000101" } },
    { route: "q.$code.bind", who: holder, url: `/q/${slip}/bind?step=code`, good: { code: "123456" } },
    { route: "desk.bindings", who: clerk, url: "/desk/bindings", good: { request: "999999", verdict: "approved", owner: "", title: "yes", "id-card": "", contract: "", other: "", note: "" }, optional: ["title"] },
    { route: "desk.s.$code.people", who: clerk, url: `/desk/s/${code}/people`, good: { what: "binding", id: "999999", reason: "手机丢了" } },
    { route: "desk.s.$code.slips", who: clerk, url: `/desk/s/${code}/slips`, good: { renew: "no" } },
    { route: "desk.s.$code.stage", who: clerk, url: `/desk/s/${code}/stage`, good: { move: "pause", seen: "reserve", reason: "等燃气移管", nextOwner: "燃气公司", nextDay: "2099-01-01" } },
    { route: "desk.s.$code.stage", who: clerk, url: `/desk/s/${code}/stage`, good: { kind: "cost-shares", text: "12 号", day: "2026-01-05" }, optional: ["text", "day"], upload: true },
    { route: "desk.assessments._index", who: assessor, url: "/desk/assessments", good: { stairwell: "X-1" } },
    { route: "desk.assessments.$assessment._index", who: assessor, url: `/desk/assessments/${assessment}`, good: { step: "return", reason: "再量一次" } },
    { route: "desk.assessments.$assessment._index", who: assessor, url: `/desk/assessments/${assessment}`, good: { factor: "x", finding: "weak", measured: "3.85", note: "", remedy: "", remedyBy: "" }, optional: ["measured"], upload: true },
    { route: "desk.assessments.$assessment.findings", who: assessor, url: `/desk/assessments/${assessment}/findings`, good: { factor: "x", finding: "weak", measured: "3.85", note: "", remedy: "", remedyBy: "" }, optional: ["measured"], upload: true },
    { route: "desk.s.$code.consultation", who: clerk, url: `/desk/s/${code}/consultation`, good: { ruleset: "cn-civil-278-major", closesOn: "2027-01-01", plan: "" } },
    { route: "desk.s.$code.plans.$plan._index", who: clerk, url: `/desk/s/${code}/plans/new`, good: { firm: "999999", make: "迅达", model: "X1", entry: "flat", position: "north", price: "500000", months: "4", about: "", changed: "", checked: "", seen: "0" }, upload: true },
    { route: "desk.s.$code.plans.$plan.withdraw", who: clerk, url: `/desk/s/${code}/plans/1/withdraw`, good: { reason: "报价变了" } },
    { route: "desk.s.$code.money.charge", who: clerk, url: `/desk/s/${code}/money/charge`, good: { amount: "600000", scheme: "shanghai", percents: "", within: "equal", purpose: "首期款", onDay: "2026-01-01" } },
    { route: "desk.s.$code.money.flats.$room", who: clerk, url: `/desk/s/${code}/money/flats/101`, good: { step: "pay", corrects: "", amount: "100", voucher: "R1", purpose: "首期款", onDay: "2026-01-01" }, upload: true },
    { route: "desk.s.$code.money.spending", who: clerk, url: `/desk/s/${code}/money/spending`, good: { step: "spent", corrects: "", item: "土建", amount: "100", voucher: "R1", purpose: "打桩", onDay: "2026-01-01" }, upload: true },
    { route: "desk.s.$code.agreement", who: clerk, url: `/desk/s/${code}/agreement`, good: { step: "contract", signedOn: "2026-01-01", firm: "999999", role: "agent", contractNo: "HT-1" } },
    { route: "desk.s.$code.agreement", who: clerk, url: `/desk/s/${code}/agreement`, good: { step: "agreement", signedOn: "2026-01-01", items: "shares" } },
    { route: "desk.firms.$firm._index", who: office, url: "/desk/firms/new", good: { firmName: "安居加梯", creditCode: "91350100M000100Y43", kind: "agent", grade: "", validFrom: "2026-01-01", validUntil: "", firmPhone: "", source: "名录" }, optional: ["firmPhone"] },
    { route: "desk.firms.$firm.block", who: office, url: "/desk/firms/999999/block", good: { step: "block", reason: "拖欠", source: "通报" } },
    { route: "desk.s.$code.notices._index", who: clerk, url: `/desk/s/${code}/notices`, good: { kind: "other", heading: "停水", body: "周六停水。", remark: "", looked: "", seen: "" }, upload: true },
    { route: "desk.s.$code.notices.$notice._index", who: clerk, url: `/desk/s/${code}/notices/${notice}`, good: { step: "withdraw", reason: "写错了", looked: "" }, upload: true },
    { route: "desk.s.$code.notices.$notice.opinion", who: clerk, url: `/desk/s/${code}/notices/${notice}/opinion`, good: { kind: "objection", channel: "paper", room: "", name: "", phone: "", receivedOn: "", text: "挡光" } },
    { route: "desk.s.$code.opinions.$opinion", who: clerk, url: `/desk/s/${code}/opinions/999999`, good: { text: "已改方案" } },
    { route: "desk.s.$code.opinions.$opinion", who: clerk, url: `/desk/s/${code}/opinions/999999?of=mediation`, good: { step: "session", heldOn: "2026-01-01", party: "", ending: "", text: "谈了一次" } },
    { route: "notices.$id_.opinion", who: owner, url: `/notices/${notice}/opinion`, good: { kind: "objection", room: "", text: "挡光" } },
    { route: "desk.s.$code.construction._index", who: clerk, url: `/desk/s/${code}/construction`, good: { reportId: "999999", verdict: "returned", board: "", reason: "照片看不清" } },
    { route: "desk.s.$code.construction.plan", who: clerk, url: `/desk/s/${code}/construction/plan`, good: { start: "2026-01-01", end: "2026-01-02", reason: "" }, list: true },
    { route: "desk.s.$code.construction.contacts", who: clerk, url: `/desk/s/${code}/construction/contacts`, good: { committeePhone: "13800000108", agentPhone: "13800000109" }, optional: ["committeePhone", "agentPhone"] },
    { route: "desk.s.$code.construction.faults", who: clerk, url: `/desk/s/${code}/construction/faults`, good: { act: "found", fault: "", milestone: "M0", text: "焊缝不齐", dueOn: "2026-01-01" }, upload: true },
    { route: "site.$code.faults", who: contractor, url: `/site/${code}/faults`, good: { fault: "999999", text: "" }, upload: true },
    { route: "desk.help._index", who: office, url: "/desk/help", good: { miss: "999999" } },
    { route: "desk.help.$topic", who: office, url: "/desk/help/new", good: { section: "费用", question: "谁来付？", answer: "用的人付。", source: "协议", hidden: "" } },
    { route: "help._index", who: nobody, url: "/help", good: { asked: "能不能不付？" } },
    { route: "help.q.$topic", who: nobody, url: "/help/q/start", good: { helped: "yes" } },
    { route: "desk.consultations.$code.print.pdf", who: clerk, url: `${course}/print/pdf`, good: { stairwell: code, slips: "yes", ballots: "", authorisations: "" }, sendsBack: true },
    { route: "site.$code._index", who: contractor, url: `/site/${code}`, good: report, upload: true },
    { route: "site.$code.report", who: contractor, url: `/site/${code}/report`, good: report, upload: true },
    { route: "desk.consultations.new", who: clerk, url: "/desk/consultations/new", good: { stairwell: code, closesOn: "2099-01-01", ruleset: "cn-civil-278-major" }, list: true },
    { route: "desk.consultations.$code._index", who: clerk, url: course, good: { room: "101", choice: "agree", channel: "paper", receivedOn: "", authorisation: "", seen: "", page: "", authorisationPage: "" } },
    { route: "desk.consultations.$code.board", who: clerk, url: `${course}/board`, good: { room: "101", choice: "agree", channel: "paper", receivedOn: "", authorisation: "", seen: "", page: "", authorisationPage: "" } },
    { route: "desk.consultations.$code.undo", who: clerk, url: `${course}/undo`, good: { seq: "999999" } },
    { route: "desk.consultations.$code.read", who: clerk, url: `${course}/read?room=101&choice=agree`, good: { owner: "999999", name: "" } },
    { route: "desk.consultations.$code.paper._index", who: clerk, url: `${course}/paper`, good: {}, upload: true },
    { route: "desk.consultations.$code.paper.$page", who: clerk, url: `${course}/paper/1`, good: { step: "aside", reason: "duplicate", seq: "" } },
    { route: "desk.consultations.$code.check", who: clerk, url: `${course}/check`, good: { seq: "999999", verdict: "disagreed", wrong: "choice", note: "" } },
    { route: "desk.consultations.$code.look", who: clerk, url: `${course}/look`, good: { purpose: "other", reason: "法院调取" } },
    { route: "desk.consultations.$code.$room", who: clerk, url: `${course}/101`, good: { seq: "999999", step: "request", reason: "代签", code: "123456" } },
    { route: "desk.consultations.$code.extend", who: clerk, url: `${course}/extend`, good: { closesOn: "2099-01-01", reason: "还有业主在外地" } },
    { route: "desk.consultations.$code.notices", who: clerk, url: `${course}/notices`, good: { step: "publish", kind: "opening", remark: "", seen: "2026-01-01", notice: "", reason: "" } },
    { route: "desk.consultations.$code.remind", who: clerk, url: `${course}/remind`, good: {} },
    { route: "desk.consultations.$code.withdraw", who: clerk, url: `${course}/withdraw`, good: { reason: "开错了楼道", code: "123456" } },
    { route: "desk.consultations.$code.end", who: clerk, url: `${course}/end`, good: { step: "certify", reason: "", code: "123456" } },
    { route: "me.ballots.$code", who: owner, url: `/me/ballots/${consultation}`, good: { room: "101", choice: "agree", seen: "" } },
    { route: "me.ballots.$code_.undo", who: owner, url: `/me/ballots/${consultation}/undo`, good: { seq: "999999" } },
    { route: "me.reminders", who: owner, url: "/me/reminders", good: { reminders: "on" } },
    { route: "o.$token", who: nobody, url: "/o/AAAAAAAAAAAAAAAAAAAAAA", good: {} },
    { route: "verify", who: nobody, url: "/verify", good: { receipt: "ABCD-EFGH-JK", opening: "" } },
    { route: "s.$code.tickets.new", who: nobody, url: `/s/${code}/tickets/new?kind=noise&step=phone`, good: { phone: "13800000101" } },
    { route: "s.$code.tickets.new", who: asking, url: `/s/${code}/tickets/new?kind=noise&step=code`, good: { code: "123456" } },
    { route: "s.$code.tickets.new", who: owner, url: `/s/${code}/tickets/new?kind=noise`, good: { text: "夜里施工", room: "" }, upload: true },
    { route: "s.$code.tickets.new", who: owner, url: `/s/${code}/tickets/new?ballot=${consultation}.1`, good: { text: "", room: "" } },
    { route: "desk.tickets.new", who: clerk, url: "/desk/tickets/new", good: { stairwell: code, channel: "phone", kind: "noise", text: "夜里施工", room: "", name: "", phone: "" } },
    { route: "desk.tickets.$ticket", who: clerk, url: `/desk/tickets/${ticket}`, good: { step: "note", text: "已联系", committee: "", contractor: "", agent: "", office: "" } },
    { route: "site.tickets.$ticket", who: contractor, url: `/site/tickets/${ticket}`, good: { step: "answer", text: "已停工" } },
    { route: "me.tickets.$ticket", who: owner, url: `/me/tickets/${ticket}`, good: { step: "not-solved", still: "还是吵" } },
    { route: "desk.s.$code.doors.$room", who: clerk, url: `/desk/s/${code}/doors/102`, good: { outcome: "met", note: "" } },
    { route: "desk.s.$code.doors._index", who: clerk, url: `/desk/s/${code}/doors`, good: { visit: "999999" } },
    { route: "desk.s.$code.photos._index", who: clerk, url: `/desk/s/${code}/photos`, good: { caption: "井道" }, upload: true },
    { route: "desk.s.$code.photos.$file", who: clerk, url: `/desk/s/${code}/photos/AAAAAAAAAAAAAAAAAAAAAA`, good: { decision: "show", looked: "", reason: "" } },
    ...settingKeys.map((key) => {
      const { write } = settingForms[key] as { write(value: unknown): Record<string, string> };
      const good = { ...write(settingDefaults[key][0].value), fromDay: "2099-01-01" };
      return { route: "desk.office.settings.$key", who: office, url: `/desk/office/settings/${key}`, good, optional: ["secondReminder"] };
    }),
  ];
}
