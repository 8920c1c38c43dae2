import type { Scope } from "#app/domain/consultation.ts";
import type { ConsultationState } from "#app/domain/public-consultation.ts";
import type { Lift, PublicEvent } from "#app/domain/public-view.ts";
import type { IntentBand } from "#app/domain/stages.ts";
import { gradeNames } from "./assessment.ts";
import { longDay } from "./dates.ts";
import { sideStateNames, stageNames } from "./stages.ts";

/** Who votes in a consultation, as its label. */
export const scopeNames: Record<Scope, string> = { stairwell: "本楼道", community: "全小区" };
const whose = (scope: Scope) => (scope === "community" ? scopeNames.community : "");

const measureWords: Record<"quorum" | "approval", Record<"heads" | "area", string>> = {
  quorum: { heads: "参加表决的人数", area: "参加表决的面积" },
  approval: { heads: "其中同意的人数", area: "其中同意的面积" },
};

/** 2/3 as 三分之二; other fractions in figures. */
const fractionWords: Record<string, string> = { "2/3": "三分之二", "3/4": "四分之三", "1/2": "一半" };
const fractionText = (need: string) => fractionWords[need] ?? need;
/** 四分之三以上, 超过一半. */
export const needText = (need: string, strict: boolean) => (strict ? `超过${fractionText(need)}` : `${fractionText(need)}以上`);

export const publicWords = {
  communities: "全部小区",

  consultationStates: {
    none: "还没征询",
    open: "征询进行中",
    counting: "征询已截止，正在核对",
    passed: "征询通过",
    failed: "征询未通过",
  } satisfies Record<ConsultationState, string>,
  lifts: { none: "", building: "正在施工", "in-use": "电梯已投用" } satisfies Record<Lift, string>,

  bands: {
    none: "还没有人填意愿。",
    few: "填的人还不多。满 5 户后，这里会说大致情况。",
    "below-third": "愿意的住户还不到三分之一。",
    "third-to-half": "三分之一以上的住户愿意，还不到一半。",
    "half-to-two-thirds": "一半以上的住户愿意，还不到三分之二。",
    reached: "三分之二以上的住户愿意。",
  } satisfies Record<IntentBand, string>,

  stairwell: {
    drawing: (name: string) => `${name}的立面和加梯进度`,
    drawingOf: (floors: number, flats: number, stage: string) => `${floors} 层楼，${flats} 户。轿厢停在“${stage}”。`,
    since: (day: string) => `从 ${longDay(day)} 起`,
    next: "下一步",
    you: "您可以",
    ask: "问谁",
    fileIntent: "我要填意愿",
    askTicket: "有问题要反映",
    bind: "我是业主，绑定我的房屋",
    intent: "加梯意愿",
    notAVote: "意向，非正式表决",
    intentNeed: (need: number, flats: number) => `三分之二是 ${need} 户／共 ${flats} 户。`,
    intentPrivacy: "这里不公布几户愿意、几户不愿意，也不公布是哪几户。",
    reserveSince: (day: string) => `${longDay(day)}进入加梯储备。`,
    consultation: {
      scopes: scopeNames,
      title: "意见征询",
      community: "电梯要用小区的土地，所以全小区的业主也要表决。",
      extended: (day: string) => `原定 ${longDay(day)}截止，已经延长。`,
      open: {
        until: (day: string, time: string) => `${longDay(day)} ${time} 截止`,
        how: "业主可以在网上投，也可以交纸质表决票，一样算数。",
        quiet: "截止前不公布票数，谁投了、投了什么都不公开。",
        online: "我是业主，去表决",
      },
      counting: {
        until: (day: string) => `${longDay(day)}截止`,
        text: "由两个人核对后在这里公布。",
      },
      result: (passed: boolean) => (passed ? "征询结果：通过" : "征询结果：没有通过"),
      dates: (opened: string, closed: string, published: string) =>
        `${longDay(opened)}开始，${longDay(closed)}截止，${longDay(published)}公布。`,
      rule: (source: string, from: string | null, until: string | null) =>
        `规则：${[source, from && `${longDay(from)}起施行`, until && `${longDay(until)}止`].filter(Boolean).join("；")}。`,
      heads: (scope: Scope, roll: number, participated: number, agree: number) =>
        `${scope === "community" ? "全小区" : "全楼道"} ${roll} 人，${participated} 人参加表决，${agree} 人同意。`,
      how: "人数和面积是怎么算的",
      headsNote: "人数按法律算：一户算一人，一人有几套房也只算一人。面积照加。",
      privacy: "为保护每一户，30 户以下的楼道不公布面积数字，只说达到没有。",
      test: (test: string) => {
        const [kind, measure] = test.split("-") as ["quorum" | "approval", "heads" | "area"];
        return measureWords[kind][measure];
      },
      value: (have: number | string, of: number | string) =>
        typeof have === "number" ? `${have}／${of} 人` : `${have}／${of} 平方米`,
      verdict: (need: string, strict: boolean, met: boolean, needed: number | string | null) => {
        const said = met ? "已达到" : "没有达到";
        if (needed === null) return `要${needText(need, strict)}，${said}`;
        return `${needText(need, strict)}，需 ${needed} ${typeof needed === "number" ? "人" : "平方米"}，${said}`;
      },
      need: needText,
      noFigures: (need: string, strict: boolean, met: boolean) => `${needText(need, strict)}，${met ? "已达到" : "没有达到"}`,
    },
    why: "为什么停",
    owes: (owner: string, day: string, late: number) => `${owner}，${day}前${late > 0 ? `（已过 ${late} 天）` : ""}`,
    planNotice: "方案公示",
    opinionsUntil: (day: string) => `意见收到 ${day} 24:00 为止。`,
    readPlan: "看方案，提意见",
    facts: "楼道情况",
    code: "楼道编号",
    building: "所在幢",
    size: "层数和户数",
    sizeOf: (floors: number, flats: number) => `${floors} 层，${flats} 户`,
    address: "地址",
    history: "走过的每一步",
    data: "本页的数据（JSON）",
  },

  events: (event: PublicEvent): string => {
    switch (event.kind) {
      case "stage":
        return `${event.back ? "退回到" : "进入"}“${stageNames[event.stage]}”`;
      case "reserve-entered":
        return "三分之二以上的住户愿意，进入加梯储备";
      case "consultation-opened":
        return `${whose(event.scope)}意见征询开始`;
      case "consultation-extended":
        return `${whose(event.scope)}意见征询延长到 ${longDay(event.until)}`;
      case "consultation-withdrawn":
        return `${whose(event.scope)}意见征询撤回，没有表决`;
      case "consultation-passed":
        return `公布${whose(event.scope)}征询结果：通过`;
      case "consultation-failed":
        return `公布${whose(event.scope)}征询结果：没有通过`;
      case "assessed":
        return `条件评估：${gradeNames[event.grade]}`;
      case "stopped":
        return sideStateNames[event.state];
      case "went-on":
        return event.state === "paused" ? "恢复" : "争议办结，项目继续";
      case "works-started":
        return "开工";
      case "in-use":
        return "电梯投入使用";
    }
  },

  communitiesPage: {
    title: "全部小区",
    lead: (communities: number, stairwells: number) => `${communities} 个小区，${stairwells} 个楼道，按拼音排列。`,
    search: "小区名、拼音首字母或门牌",
    detail: (address: string, stairwells: number, reserve: number) =>
      `${address} · ${stairwells} 个楼道${reserve > 0 ? `，${reserve} 个进入储备` : ""}`,
    inUse: (count: number) => `${count} 部电梯已投用`,
    building: (count: number) => `${count} 部在施工`,
    passed: (count: number) => `${count} 个征询通过`,
    empty: { title: "还没有小区资料", text: "街道正在整理，请过几天再来，或打电话问。" },
  },

  community: {
    lead: (stairwells: number, flats: number) => `${stairwells} 个楼道，${flats} 户。`,
    built: (year: number) => `${year} 年建成`,
    funnel: "本小区走到哪一步",
    counted: (count: number, all: number) => `${count}／${all}`,
    stairwells: "选一个楼道",
    stairwellsLead: "轿厢停在各自走到的那一步。点开看进展，填意愿。",
    empty: { title: "还没有楼道资料", text: "街道正在整理。想先了解，请打电话给居委会。" },
  },

  reserve: {
    title: "加梯储备",
    lead: "三分之二以上的住户愿意装电梯的楼道。愿意的人少了，会自动退出。",
    total: (reserve: number, stairwells: number, communities: number) =>
      `${reserve} 个楼道在储备中／共 ${stairwells} 个楼道，分布在 ${communities} 个小区`,
    community: (count: number) => `${count} 个楼道`,
    entered: (day: string) => `${longDay(day)}进入`,
    empty: { title: "还没有楼道进入储备", text: "三分之二以上的住户填了愿意，楼道就会自动出现在这里。" },
    find: "找我的楼道，填意愿",
  },
} as const;
