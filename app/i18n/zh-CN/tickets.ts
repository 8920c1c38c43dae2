import type { TicketRefusal, TicketState } from "#app/domain/ticket.ts";
import { longDay, shortMoment } from "./dates.ts";

export const ticketProblems = {
  already_objected: "这张票已经提过异议，居委正在核实，没有重复登记。",
  ticket_unknown: "没有这件诉求，或不归您办理。",
  ticket_solved: "这件诉求已经办结，没有再记录。",
  ticket_answered: "这件诉求已经答复，等居民说是否解决，没有再记录。",
  already_accepted: "同事已经受理了，没有重复记录。",
  party_answered: "您这一方已经答复过了，没有重复记录。要补充请用“只记进展”。",
  not_asked: "这件诉求没有交给您这一方，没有记录。",
  not_answered: "还没有答复，先不用说是否解决。",
  ballot_stays_with_committee: "关于表决票的异议只能由居委和街道办理，没有交办。",
  only_opener_settles: "是否解决由提出的居民自己说，没有记录。",
} as const satisfies Record<TicketRefusal, string>;

const kinds = {
  noise: "噪音",
  stop: "停工",
  quality: "工程质量",
  money: "费用",
  "ballot-not-mine": "这张票不是我投的",
  other: "其他",
} as const;

const parties = { committee: "居委", contractor: "施工单位", agent: "代建单位", office: "街道" } as const;
type Party = keyof typeof parties;

const together = (asked: readonly Party[]) => asked.map((party) => parties[party]).join("、");

export const tickets = {
  kinds,
  parties,
  states: {
    opened: "待受理",
    reopened: "没解决，重新办理",
    accepted: "已受理",
    assigned: "办理中",
    answered: "已答复",
    solved: "已解决",
  } satisfies Record<TicketState, string>,
  channels: { online: "网上", phone: "来电", "walk-in": "来访" },
  number: (id: number) => `${id} 号`,
  place: (community: string, building: string, entrance: string) => `${community} ${building}${entrance}`,
  due: (day: string) => `${longDay(day)}前答复`,
  late: (days: number) => `超期 ${days} 天`,
  flagged: "已报街道",
  asked: (asked: readonly Party[]) => `由${together(asked)}答复`,

  desk: {
    title: "诉求工单",
    lead: "居民问的、投诉的，一件一件办。居民看得到每一步。",
    shows: { open: "要办的", answered: "等居民说", solved: "已解决" },
    none: { open: "没有要办的诉求", answered: "没有等居民说的诉求", solved: "还没有解决的诉求" },
    noneLead: "居民提出后，会出现在这里。",
    take: "登记来电来访",
    detail: (id: number, at: Date | string, due: string) => `${id} 号 · ${shortMoment(at)} · ${longDay(due)}前`,
  },
} as const;
