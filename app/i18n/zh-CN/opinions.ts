import type { MediationOutcome, MediationRefusal, MediationStep, OfferParty } from "#app/domain/mediation.ts";
import type { OpinionChannel, OpinionKind, OpinionRefusal } from "#app/domain/opinion.ts";
import { longDay } from "./dates.ts";

const kinds: Record<OpinionKind, string> = { objection: "反对意见", suggestion: "建议或疑问" };
const channels: Record<OpinionChannel, string> = { online: "网上", paper: "书面", phone: "电话" };
const steps: Record<MediationStep, string> = { session: "协调会", offer: "提出方案", outcome: "结果", agreement: "协议" };
const parties: Record<OfferParty, string> = { committee: "居委会", owners: "加装的业主", objector: "提意见的人", agent: "代建单位" };
const outcomes: Record<MediationOutcome, string> = { agreed: "谈成了", "not-agreed": "没谈成", withdrawn: "意见撤回" };

export const opinionWords = {
  kinds, channels, steps, parties, outcomes,
  states: { none: "还没有协调", open: "协调中", agreed: "谈成了", "not-agreed": "没谈成", withdrawn: "意见撤回" },
  answered: "已答复",
  waiting: "待答复",
  answer: "答复",
  answeredOn: (day: string) => `${longDay(day)}答复`,
  received: (day: string, channel: OpinionChannel) => `${longDay(day)}收到，${channels[channel]}`,
  mediation: "协调记录",
  mediationNote: "只有提意见的人和居委会看得到。",
  noSteps: "还没有协调记录。",
  step: (step: MediationStep, detail: string | null) => (detail ? `${steps[step]}：${detail}` : steps[step]),

  give: {
    title: "对方案提意见",
    lead: (title: string) => title,
    until: (day: string) => `${longDay(day)} 24:00 截止`,
    kind: "您的意见是",
    kindHints: {
      objection: "不同意这个方案。居委会会找您协调，并书面答复。",
      suggestion: "希望改一改，或有不清楚的地方。居委会会答复。",
    } satisfies Record<OpinionKind, string>,
    text: "写下您的意见",
    textHint: "写清楚担心什么、希望怎么改。最多 1000 字。",
    room: "关于哪一户",
    noRoom: "不指定",
    submit: "提交意见",
    privacy: "只有居委会看得到是谁写的。网页上只公布一共有多少条。",
    instead: "也可以把书面意见交到居委会，或者打电话，一样算数。",
    notOwner: "网上提意见，要先绑定本小区的一户",
    notOwnerLead: "您也可以把书面意见交到居委会，或者打电话，一样算数。",
    bind: "去绑定我的房子",
    closed: "这份公告现在不收意见",
    closedLead: "公示期已过，或这份公告不收意见。还有话要说，请打电话给居委会。",
  },

  mine: {
    title: "我的意见",
    lead: "您对方案提的意见和居委会的答复。",
    none: "您还没有提过意见",
    noneLead: "方案公示时，可以在公告页上提。",
    saved: "意见已经收到，居委会会答复您。",
    privacy: "这一页只有您和居委会看得到。",
    toNotices: "看公示公告",
    notice: "看方案公示",
  },

  desk: {
    title: "意见",
    list: (count: number) => `收到的意见 ${count} 条`,
    none: "还没有收到意见",
    add: "登记一条意见",
    addLead: "书面交来的、打电话来的，在这里登记。公示期内收到的，过后也可以补登。",
    channel: "怎么收到的",
    kind: "哪一类",
    room: "哪一户",
    name: "姓名",
    phone: "手机",
    phoneHint: "留了手机，他登录后能看到答复。",
    receivedOn: "收到日期",
    text: "意见内容",
    save: "登记",
    who: "提意见的人",
    anonymous: "没有留姓名",
    answer: "答复这条意见",
    answerHint: "说明采不采纳、为什么。答复后不能改。",
    send: "答复",
    mediate: "添加协调记录",
    step: "记什么",
    heldOn: "开会日期",
    heldOnHint: "记协调会时填。",
    party: "谁提出的",
    partyHint: "记提出方案时选。",
    outcome: "结果",
    outcomeHint: "记结果时选。",
    choose: "请选择",
    words: "内容",
    addStep: "添加",
  },
} as const;

/** What is sent to phones about a plan's notice. */
export const noticeMessages = {
  ends: ({ home, until }: { home: string; until: string }) => `【加梯一键通】${home}加装电梯方案公示，意见收到 ${until} 24:00 为止。可在楼道网页上提，也可以交书面意见或打电话给居委会。不想再收提醒，请在“我的”里关闭。`,
  answered: ({ home }: { home: string }) => `【加梯一键通】您对${home}加装电梯方案提的意见，居委会已答复。请登录“我的”查看，或打电话给居委会。`,
  day: longDay,
} as const;

export const opinionProblems = {
  takes_no_opinions: "这份公告不收意见，或已经撤回。",
  opinion_too_early: ({ day }: Record<string, string | number>) => `公示从 ${longDay(String(day))}开始，收到日期不能更早。`,
  opinion_too_late: ({ day }: Record<string, string | number>) => `意见收到 ${longDay(String(day))}为止。过期的话请打电话给居委会。`,
  plan_moved_on: "方案已经进入下一阶段，不能再登记意见。请改为登记诉求。",
  opinion_unknown: "没有这条意见。",
  opinion_answered: "这条意见已经答复过了。",
  not_owner_here: "网上提意见，要先绑定本小区的一户。也可以交书面意见或打电话。",
  nothing_to_mediate: "只有反对意见需要协调。",
  mediation_ended: "已经有结果了。要再谈，请先记一次协调会。",
  not_agreed: "还没有谈成，不能记协议。",
  session_in_future: "开会日期不能在今天之后。",
} as const satisfies Record<Exclude<OpinionRefusal | MediationRefusal, "received_in_future">, unknown>;
