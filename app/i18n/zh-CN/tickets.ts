import type { TicketChannel, TicketKind, TicketParty, TicketRefusal, TicketSide, TicketState, TicketStep } from "#app/domain/ticket.ts";
import { longDay, shortDay, shortMoment } from "./dates.ts";
import { stairwellName } from "./places.ts";

export const ticketProblems = {
  already_objected: "已经提过异议，居委正在核实，没有重复登记。",
  ticket_unknown: "没有这件诉求，或不归您办理。",
  ticket_solved: "这件诉求已经办结，没有再记录。",
  ticket_answered: "这件诉求已经答复，等居民说是否解决，没有再记录。",
  already_accepted: "同事已经受理了，没有重复记录。",
  party_answered: "您这一方已经答复过了，没有重复记录。要补充请用“只记进展”。",
  not_asked: "这件诉求没有交给您这一方，没有记录。",
  not_answered: "还没有答复，先不用说是否解决。",
  ballot_stays_with_committee: "对表决票和意愿的异议只能由居委和街道办理，没有转交。",
  only_opener_settles: "是否解决由提出的居民自己说，没有记录。",
} as const satisfies Record<TicketRefusal, string>;

const parties = { committee: "居委", contractor: "施工单位", agent: "代建单位", office: "街道" } as const satisfies Record<TicketParty, string>;
const sides = { ...parties, resident: "居民", portal: "系统" } as const satisfies Record<TicketSide | "portal", string>;
const together = (asked: readonly TicketParty[]) => asked.map((party) => parties[party]).join("、");
const channels = { online: "网上", phone: "来电", "walk-in": "来访", link: "短信链接" } as const satisfies Record<TicketChannel, string>;

const steps: Record<TicketStep, (who: string, to: readonly TicketParty[]) => string> = {
  accepted: (who) => `${who}受理`,
  assigned: (who, to) => `${who}交给${together(to)}办理`,
  answer: (who) => `${who}答复`,
  note: (who) => `${who}记录进展`,
  solved: (who) => (who === sides.resident ? "居民说：解决了" : `${who}代记：居民说解决了`),
  "not-solved": (who) => (who === sides.resident ? "居民说：没有解决" : `${who}代记：居民说没有解决`),
  escalated: () => "到期没有答复，已报街道",
};

export const tickets = {
  kinds: {
    noise: "噪音",
    stop: "停工",
    quality: "工程质量",
    money: "费用",
    reassessment: "申请复评",
    "ballot-not-mine": "这张票不是我投的",
    "intent-not-mine": "这份意愿不是我填的",
    other: "其他",
  } satisfies Record<TicketKind, string>,
  parties,
  channels,
  states: {
    opened: "待受理",
    reopened: "没解决，重新办理",
    accepted: "已受理",
    assigned: "办理中",
    answered: "已答复",
    solved: "已解决",
  } satisfies Record<TicketState, string>,
  place: stairwellName,
  title: (id: number) => `诉求 ${id} 号`,
  late: (days: number) => `超期 ${days} 天`,
  flagged: "已报街道",
  detail: (id: number, at: Date | string, due: string) => `${id} 号 · ${shortMoment(at)} · ${shortDay(due)}前答复`,

  words: { desk: "居民的话", site: "居民的话", opener: "您说的" },
  noWords: "居民没有写具体内容。",
  photo: (number: number) => `照片 ${number}`,
  steps: "办理经过",
  step: (kind: TicketStep, side: TicketSide | "portal", to: readonly TicketParty[] | null, by: string | null) =>
    steps[kind](by === null ? sides[side] : `${sides[side]} ${by} `, to ?? []),
  newDue: (day: string) => `${shortDay(day)}前再答复`,
  openedBy: (channel: TicketChannel) => `${channels[channel]}提出`,
  facts: {
    room: "室号",
    due: "答复期限",
    asked: "谁来答复",
    contact: "联系人",
    phone: "电话",
    ballot: "哪张票",
    intent: "哪份意愿",
    takenBy: "登记人",
  },
  intentOf: (day: string) => `${longDay(day)}填的，看全部记录`,
  askedOf: (asked: readonly TicketParty[], answered: readonly TicketParty[]) =>
    asked.map((party) => `${parties[party]}${answered.includes(party) ? "（已答复）" : ""}`).join("、"),
  noContact: "没有留",
  message: (number: string) => `【加梯一键通】您提的诉求 ${number} 号已有答复。请登录“我的”查看，并告诉我们解决了没有。`,

  ask: {
    title: "提诉求",
    kindTitle: "您要反映什么？",
    kindHints: {
      noise: "施工太吵、时间太早太晚",
      stop: "工地停了，不知道原因",
      quality: "开裂、漏水、安全",
      money: "分摊、收款、退款",
      reassessment: "评估后条件变了，请再看一次",
      other: "别的问题，或想问一问",
    } satisfies Record<Exclude<TicketKind, "ballot-not-mine" | "intent-not-mine">, string>,
    private: "只有居委和要答复的单位看得到，邻居看不到。",
    phoneTitle: "您的手机号码？",
    phoneLead: "验证一下，回复会发到这个手机。",
    codeLead: (phone: string) => `验证码已发到 ${phone}，10 分钟内有效。`,
    textTitle: "请写下具体情况",
    textLead: "什么时候、什么地方、希望怎么办。500 字以内。",
    text: "具体情况",
    photos: "照片",
    objectionTitle: (room: string, isIntent: boolean) => (isIntent ? `${room} 室的这份意愿不是您填的？` : `${room} 室的这张票不是您投的？`),
    objectionLead: "居委会核实并答复您。知道什么可以写下来，也可以不写。",
    room: "关于哪一户",
    noRoom: "不专指某一户",
    submit: "提交",
    next: "下一步",
    again: "没收到？换一个号码，或重新获取",
    callInstead: "不方便上网？打电话给居委会，一样登记、一样答复。",
  },

  mine: {
    title: "我的诉求",
    lead: "每一步都在这里。",
    none: "您还没有提过诉求",
    noneLead: "在您楼道的页面上，点“有问题要反映”。",
    received: (day: string) => `收到了。${shortDay(day)}前答复您。`,
    receivedLead: "答复后会发短信。每一步都能在这一页看到。",
    settle: "解决了吗？",
    solved: "解决了",
    notSolved: "没有解决",
    still: "还有什么没解决",
    stillHint: "没有解决时请写明，我们重新办理。",
    early: "已经不用办了",
    earlyLead: "问题自己解决了，可以告诉我们。",
    again: "又出现了？",
  },

  desk: {
    title: "诉求工单",
    lead: "居民问的、投诉的，一件一件办。居民看得到每一步。",
    shows: { open: "要办的", answered: "等居民说", solved: "已解决" },
    none: { open: "没有要办的诉求", answered: "没有等居民说的诉求", solved: "还没有解决的诉求" },
    noneLead: "居民提出后，会出现在这里。",
    take: "登记来电来访",
    act: "办理",
    accept: "受理",
    text: "写给居民的话",
    textHint: "居民看得到。不写别人的姓名、电话。",
    answer: "答复",
    note: "只记进展",
    assign: "交给谁答复",
    assignHint: "可以选几家一起答复，都答复了才算。",
    assignButton: "转交",
    told: "居民怎么说",
    toldLead: "打电话或当面问一声，替居民记下来。",
    noPhone: "没有留手机，答复后请打电话或当面告诉。",
    waits: "已答复，等居民说解决了没有。",
  },

  take: {
    title: "登记来电来访",
    find: "哪个楼道？",
    findLabel: "小区或门牌",
    findHint: "例如 海棠苑3号、ht3",
    nothing: "没有找到归您管的楼道",
    where: "楼道",
    change: "换一个楼道",
    channel: "怎么来的",
    kind: "哪一类",
    choose: "请选择",
    room: "室号",
    roomHint: "说到某一户的才填；对表决票、意愿有异议必须填。",
    name: "怎么称呼",
    phone: "手机号码",
    phoneHint: "答复后发短信告诉他",
    text: "说了什么",
    save: "登记",
  },

  site: {
    title: "要答复的诉求",
    lead: "居民对工地的问题。请按期答复，居民和居委都看得到。",
    none: "没有交给您答复的诉求",
    act: "答复",
    done: "您已经答复。",
  },

  objections: (count: number) => `有 ${count} 件“这张票不是我投的”还没有答复`,
  objectionsLead: "请先核实、答复，再认证结果。",
  objection: (room: string, due: string) => `${room} 室，${shortDay(due)}前答复`,

  todo: (fresh: number, due: number) =>
    [...(due > 0 ? [`${due} 件诉求今天到期或超期`] : []), ...(fresh > 0 ? [`${fresh} 件诉求待受理`] : [])].join("，"),
  todoLead: "居民问的、投诉的",
} as const;
