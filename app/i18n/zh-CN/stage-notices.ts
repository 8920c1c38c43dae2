import type { StageNotice } from "#app/domain/notice.ts";
import type { StageNoticeDraft, StageNoticeRefusal } from "#app/domain/stage-notice.ts";
import { assessmentWords, gradeNames, gradeWords, hindrance } from "./assessment.ts";
import { cost } from "./cost.ts";
import { longDay } from "./dates.ts";
import { notices } from "./notices.ts";
import { planEntryNames, planPositionNames } from "./plans.ts";
import { stairwellName } from "./places.ts";

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** A number and a day as far as they are on record: `（编号 沪浦 12，2026 年 3 月 1 日）`. */
function noted(found: { text: string | null; day: string | null } | undefined): string {
  const parts = [found?.text, found?.day && longDay(found.day)].filter(Boolean);
  return parts.length > 0 ? `（${parts.join("，")}）` : "";
}

const bodies: Record<Exclude<StageNotice, "other">, (draft: StageNoticeDraft, name: string) => string[]> = {
  assessment: ({ assessment, committee }, name) =>
    assessment === null
      ? []
      : [
          `${name}加装电梯条件评估由两位评估人员签字，于 ${longDay(assessment.issuedOn)}签发，等级：${gradeNames[assessment.grade]}。${gradeWords[assessment.grade]}`,
          ...(assessment.reasons.length === 0
            ? [assessmentWords.nothing]
            : [`${assessmentWords.reasons}：${assessment.reasons.map(({ factor, finding, measured }) => assessmentWords.reason(factor, hindrance[finding], measured)).join("；")}。`]),
          ...(assessment.remedies.length === 0 ? [] : [`${assessmentWords.remedies}：${assessment.remedies.map(({ what, who }) => assessmentWords.remedy(what, who)).join("；")}。`]),
          `条件变了，业主可以向${committee}申请复评。`,
        ],
  plan: ({ address, passedOn, plan, period, committee, phone }, name) => [
    `${name}（${address}）加装电梯意见征询已通过${passedOn ? `，结果于 ${longDay(passedOn)}公布` : ""}。现将方案公示，图纸附后。`,
    ...(plan
      ? [`代建单位：${plan.agent}。电梯：${plan.make} ${plan.model}。井道在${planPositionNames[plan.position]}，${planEntryNames[plan.entry]}。总价 ${cost.yuan(plan.priceFen)}，工期 ${plan.months} 个月。`]
      : []),
    `公示 10 天：从 ${longDay(nextDay(period.publishedOn))}到 ${longDay(period.postedUntil)}。再留 7 天提意见：到 ${longDay(period.endsOn)} 24:00 为止。公布当天不算在内，节假日算在内。`,
    `对方案有意见，可以在网上写，可以把书面意见交到${committee}，也可以打电话 ${phone}。公示第一天起就可以提。`,
    "每条意见都会答复。反对意见由居委会安排协调。提意见的人姓名不公开。",
  ],
  agreement: ({ evidence }, name) => [
    `${name}加装电梯协议已签订${noted(evidence.agreement)}。`,
    ...(evidence["agent-contract"] ? [`委托代建合同已签订${noted(evidence["agent-contract"])}。`] : []),
    "费用只交到协议写明的对公账户，不要交给个人。各户交多少不公开，可以到居委会查自己家的。",
  ],
  filing: ({ evidence }, name) => [
    ...(evidence["design-review"] ? [`设计图纸审查已通过${noted(evidence["design-review"])}。`] : []),
    `${name}加装电梯已备案${noted(evidence["filing-number"])}。`,
  ],
  construction: ({ evidence }, name) => [
    `${name}加装电梯${evidence["start-date"]?.day ? `于 ${longDay(evidence["start-date"].day)}开工` : "开工"}。施工单位和监督电话见现场公示牌。`,
    "施工会有噪声，请关好门窗、看好老人和孩子。进度在本楼道的网页上，随时可以看。",
  ],
  stop: ({ pause }, name) => [
    `${name}加装电梯暂停。`,
    ...(pause ? [`原因：${pause.reason}`, `下一步由${pause.owner}办，${longDay(pause.nextDay)}前给大家一个说法。`] : []),
  ],
  acceptance: ({ evidence }, name) => [
    `${name}的电梯已通过监督检验${noted(evidence["inspection-report"])}和竣工验收${noted(evidence["acceptance-record"])}。`,
    `电梯使用登记编号${noted(evidence["registration-number"])}。`,
  ],
  "in-use": ({ evidence }, name) => [`${name}的电梯已移交${noted(evidence.handover)}，投入使用。`, "电梯由业主共同管理，维保单位和救援电话贴在轿厢里。"],
};

export const stageNotices = {
  /** The text of a notice, a paragraph a line. */
  draft(kind: Exclude<StageNotice, "other">, draft: StageNoticeDraft): { title: string; body: string } {
    const name = stairwellName(draft.community, draft.entrance);
    return {
      title: `${name}加装电梯${notices.kinds[kind]}`,
      body: [`${name}全体业主：`, ...bodies[kind](draft, name), `有疑问请打电话给${draft.committee}：${draft.phone}。`].join("\n"),
    };
  },

  drawing: "加装电梯方案图纸",
  posted: "张贴在楼道口的公示",

  desk: {
    title: "公示公告",
    link: "公示公告、意见",
    lead: "按记录的数据起草好，看一遍再发布。发布后不能改，只能撤回重发。",
    none: "现在没有要发布的公告",
    noneLead: "到了方案公示、签协议、备案、开工等阶段，公告会自动起草在这里。",
    draft: (kind: string) => `待发布：${kind}`,
    drawings: "方案图纸",
    drawingsHint: "总平面图、各层平面图、立面图。图上不要有姓名和电话。",
    looked: "我看过了：图纸里没有姓名、电话",
    publish: "看过了，发布",
    other: "另写一份公告",
    otherLead: "起草的公告里没有的事，在这里写。",
    otherTitle: "标题",
    otherBody: "正文",
    publishOther: "发布这份公告",
    list: "已发布",
    open: "查看、张贴证明、意见",
    print: "打开公告，打印",
    withdraw: "撤回这份公告",
    clock: "公示时间",
    published: "公布",
    postedUntil: "公示到",
    endsOn: "意见收到",
    over: "已结束",
    daysLeft: (days: number) => (days === 0 ? "今天 24:00 结束" : `还有 ${days} 天`),
    clockNote: "公布当天不算，节假日算。发布后不能缩短。",
    proof: "张贴证明",
    proofLead: "把公示贴到楼道口，拍一张照片传上来。",
    addProof: "添加张贴证明",
    photos: "照片",
    photosLooked: "照片里没有人，没有车牌，可以公开",
    photosLookedHint: "不打勾也保存，只有工作人员看得到。",
    saveProof: "保存证明",
    noProof: "还没有张贴证明",
    hidden: "未公开",
    showLead: "点开照片看大图，确认以后公开。",
    showPhotos: (count: number) => `公开这 ${count} 张照片`,
    saved: { published: "公告已发布。请打印出来贴到楼道口，拍照存证。", posted: "张贴证明已保存。", shown: "照片已公开。", withdrawn: "公告已撤回。", taken: "意见已登记。" },
    todayEnds: (place: string, days: number) => (days === 0 ? `${place}：方案公示今天结束` : `${place}：方案公示还有 ${days} 天`),
    todayOver: (place: string) => `${place}：方案公示已结束`,
    todayUnanswered: (count: number) => `${count} 条意见等答复`,
    todayNoProof: "还没有张贴证明",
    todayNext: "可以进入下一阶段",
  },

  page: {
    drawings: "方案图纸",
    posted: "张贴证明",
    give: "对方案提意见",
    giveLead: (day: string) => `${longDay(day)} 24:00 前都可以提。网上、书面、电话都可以。`,
    opinions: "收到的意见",
    count: (opinions: number) => (opinions === 0 ? "公示已结束，没有收到意见。" : `公示已结束，共收到 ${opinions} 条意见。`),
    objections: (objections: number) => `其中反对意见 ${objections} 条。`,
    allAnswered: "每条意见都已答复。",
    answering: "居委会正在逐条答复。",
    privacy: "谁提的、提了什么，不公开。",
  },
} as const;

export const stageNoticeProblems = {
  drawing_missing: "请附上方案图纸，方案公示要有图纸。",
  drawing_not_looked: "请先看清图纸里没有姓名、电话，再打勾",
  posted_not_looked: "请先看清照片里没有人、没有车牌，再打勾",
  posted_all_shown: "照片都已经公开了，没有改动。",
} as const satisfies Record<Exclude<StageNoticeRefusal, keyof typeof import("./notices.ts").noticeProblems> | "posted_not_looked" | "posted_all_shown", string>;
