import type { ConsultationRefusal } from "#app/domain/consultation.ts";
import type { Channel } from "#app/domain/consultation-file.ts";
import { longDay, shortMoment } from "./dates.ts";

type Params = Record<string, string | number>;

const dayIn = ({ day, last }: Params) => longDay(String(day ?? last));

/** How a ballot came. */
export const channelNames: Readonly<Record<Channel, string>> = { online: "网上", paper: "纸质票", assisted: "代填", proxy: "代理人" };

/** What a refused step of a consultation says: what happened, what was kept, what to do. */
export const consultationProblems = {
  // Opening
  not_in_reserve: "这个楼道的意愿还没到三分之二，不能发起征询。请先继续摸底意愿。",
  not_assessed: "这个楼道还没有评估为 A 或 B，没有发起征询。请先请评估人员上门看条件。",
  stage_too_late: "这个楼道已经过了征询阶段，没有再发起。",
  project_stopped: "这个项目已暂停、终止或评估为不适合，没有发起征询。请先处理停下来的原因。",
  already_open: "这个楼道已有一次同样范围的征询还没公布结果，没有再发起。请先把那一次办完。",
  already_passed: "这个楼道的征询已经通过，不用再发起。请办理方案公示。",
  rule_unknown: "街道没有这条表决规则。请从列出的规则里选一条。",
  ruleset_not_binding: "意愿只是意向，不能用来正式表决。请换一条表决规则。",
  ruleset_not_in_force: "这条表决规则今天不在施行期内。请换一条现行的规则。",
  ruleset_not_for_scope: "全小区表决是否使用小区土地，用“其他共同决定事项”这条规则：过半数同意。请换成它。",
  closes_in_past: "截止日期已经过去。请选今天或以后的日子。",
  period_too_long: (params: Params) => `征询期最长一年。请选 ${dayIn(params)} 或更早的截止日期。`,
  roll_empty: "这个楼道还没有业主清册，没有发起征询。请先导入清册。",
  owners_missing: ({ rooms, flats }: Params) => `有 ${flats} 户没有登记现在的业主：${rooms}。没有发起征询，请先补上。`,
  roll_questions_open: ({ questions }: Params) => `业主清册里还有 ${questions} 个问题没有答复。没有发起征询，请先逐个确认。`,

  // Casting
  not_open: "这次征询已经截止，这次提交没有记录。之前投的票都还在。",
  not_on_roll: "这一户不在本次征询的业主清册上，没有记录。请核对室号。",
  not_your_flat: "您的账号没有登记这一户，没有记录。请核对室号，或打电话给居委会。",
  authorisation_missing: "代投要有写明意见的书面委托。填的内容还在，请补上委托书的内容。",
  authorisation_image_missing: "代投要有委托书的照片或扫描页。请先上传，再选它在哪一页。",
  after_deadline: (params: Params) => `征询到 ${dayIn(params)} 为止，这张票没有记录。之前投的票不变。`,
  received_in_future: "收到日期还没到，没有记录。请填实际收到的日子。",
  received_before_opening: (params: Params) => `征询从 ${dayIn(params)} 开始，这之前收到的票不算。请核对收到日期。`,
  ballot_newer: ({ channel, at }: Params) =>
    `这一户 ${shortMoment(String(at))} 有了新的记录（${channelNames[channel as Channel]}），这次提交没有记录。请看清现在的记录，还要改再提交一次。`,
  newer_online: (params: Params) => `业主在 ${dayIn(params)} 网上又投了票，比这张纸质票晚，以后投的为准。这张没有记录，请存档。`,

  // Checking, taking back
  not_to_check: "这张票不用第二个人核对，什么都没有改动。",
  already_checked: "这张票已经由第二个人核对过了，什么都没有改动。",
  already_disagreed: "这张票核对不一致，已经退回，不算数。什么都没有改动。",
  already_undone: "这张票已经撤回了，不用再做什么。",
  not_your_ballot: "这张票不是您记录的，不能撤回。什么都没有改动。",
  undo_too_late: "记录已过十分钟，不能撤回。截止前可以再记录一次，以最新的为准。",

  // Voiding
  ballot_unknown: "没有这张票，什么都没有改动。请回到征询页面再选。",
  certified: "结果已经认证，票不能再改动，什么都没有变。",
  already_void: "这张票已经作废了，不用再做什么。",
  owner_objects: "业主说这张票不是本人的意思，没有确认。请先核实，作废它，或写明原因退回异议。",
  already_requested: "这张票已有同事申请作废，正等另一位同事确认。",
  not_requested: "这张票没有待确认的作废申请，什么都没有改动。",
  same_person: "这一步要由另一位同事来做，您做过前一步。什么都没有改动。",
  reason_names_owner: "原因里写了业主的姓名。填的内容还在，请改写成室号。",

  // Closing, certifying, publishing
  before_deadline: (params: Params) => `征询到 ${dayIn(params)} 为止，结果还可能改变，现在不能截止。`,
  reason_missing: "在截止日期前结束，要写明原因。",
  withdrawn: "这次征询已经撤回，不算结果，不能认证。",
  not_closed: "征询还没有截止，不能认证结果。请先截止。",
  already_certified: "结果已经由同事认证，不用再做什么。",
  unresolved_split: ({ rooms }: Params) => `同一位业主的几套房意见不一致：${rooms}。请核实后作废其中投错的票，再认证。`,
  unchecked: ({ rooms }: Params) => `这些户的票还没有第二个人核对：${rooms}。请先核对，再办这一步。`,
  void_pending: ({ rooms }: Params) => `这些户有作废申请还没处理：${rooms}。请先确认或退回，再认证。`,
  not_certified: "结果还没有认证，不能公布。请另一位同事先认证。",
  already_published: "结果已经公布，不用再做什么。",
} as const satisfies Record<ConsultationRefusal, string | ((params: Params) => string)>;
