import { formatArea } from "#app/domain/area.ts";
import type { HandoutConsultation, HandoutFlat, HandoutPart } from "#app/domain/handouts.ts";
import type { Ruleset } from "#app/domain/ruleset.ts";
import { deadline, longDay, dayOf } from "./dates.ts";
import { plans } from "./plans.ts";
import { doorName } from "./places.ts";
import { needText } from "./public.ts";

/** 人数和面积都要四分之三以上; each by itself where they differ; nothing where neither is asked for. */
function bounds({ heads, area }: { heads: string | null; area: string | null }, strict: boolean): string {
  if (heads !== null && heads === area) return `人数和面积都要${needText(heads, strict)}`;
  return [heads && `人数要${needText(heads, strict)}`, area && `面积要${needText(area, strict)}`].filter((part) => part).join("、");
}

/** A ruleset in one sentence: what it takes to pass. */
export function ruleSentence({ quorum, approval }: Ruleset): string {
  const turnout = quorum ? bounds(quorum, false) : "";
  const consent = bounds(approval, approval.strict);
  const among = approval.of === "roll" ? "全体业主中" : turnout ? "其中" : "参加表决的业主中";
  return `${turnout ? `${turnout}参加表决，` : ""}${consent ? `${among}${consent}同意，` : ""}才算通过。`;
}

const doorOf = ({ building, entrance }: { building: string; entrance: string }) => `${building}${entrance}`;

/** What is asked, as it stands after “您是否同意”. */
function matter({ scope, entrance, plan }: HandoutConsultation): string {
  const by = plan ? `按${plans.version(plan)}` : "";
  return scope === "community" ? `${doorName(entrance)}${by}加装电梯，使用小区共有的土地` : `本楼道${by}加装电梯`;
}

/** The main facts of the plan that is voted on. */
const planFacts = ({ plan }: HandoutConsultation) =>
  plan ? (["agent", "lift", "entry", "position", "price", "months"] as const).map((key) => ({ term: plans.terms[key], value: plans.term[key](plan) })) : [];

const choices = ["同意", "不同意", "弃权"] as const;

/** Where the sheet comes from: 海棠苑 3幢8号. */
const placeOf = ({ community, place }: HandoutConsultation) => `${community} ${doorOf(place)}`;

/** Lines to sign, one for each owner; a blank one where the register knows none. */
const signers = ({ owners }: HandoutFlat) => (owners.length > 0 ? owners.map((name) => `${name}（签名）`) : ["产权人（签名）"]);

/** All that the ballot of one flat says, the same on a web page and in a PDF. */
export function ballotHandout(consultation: HandoutConsultation, flat: HandoutFlat) {
  return {
    title: "意见征询表决票",
    committee: consultation.committee,
    place: placeOf(consultation),
    number: `编号 ${consultation.code}`,
    area: `建筑面积 ${formatArea(flat.area)} 平方米`,
    question: `您是否同意${matter(consultation)}？`,
    planTitle: plans.votedTitle,
    facts: planFacts(consultation),
    rule: `怎样算通过：${ruleSentence(consultation.ruleset)}没有交回的不算同意。`,
    how: "请在一个方框里打勾，只选一项：",
    choices,
    sign: "一户一票，全体产权人签名：",
    signers: signers(flat),
    day: "日期",
    handIn: `${deadline(consultation.closesAt)} 前交到${consultation.committee}，或交给上门的工作人员。`,
    call: `电话 ${consultation.phone}。截止前可以改，以最新的一张为准。`,
    scan: "居委录票用",
  };
}

/** A ballot's words in their order. */
export type BallotHandout = ReturnType<typeof ballotHandout>;

/** All that the authorisation form of one flat says; with no flat, its room and owners are left to be written. */
export function authorisationHandout(consultation: HandoutConsultation, flat: HandoutFlat | null) {
  return {
    title: "授权委托书",
    committee: consultation.committee,
    place: placeOf(consultation),
    number: `编号 ${consultation.code}`,
    principal: { label: "委托人（产权人）", names: flat?.owners.join("、") ?? "" },
    text: `不能到场，委托下面的代理人参加意见征询：${matter(consultation)}。`,
    agent: ["代理人姓名", "代理人电话"],
    how: "委托人的意见（必须写明，在一个方框里打勾）：",
    choices,
    note: "代理人只能照这个意见交票，不能改。没有写明意见、没有签名的，票不算数。",
    signers: flat ? signers(flat) : ["产权人（签名）", "产权人（签名）"],
    proxy: "代理人（签名）",
    day: "日期",
    handIn: `${deadline(consultation.closesAt)} 前，和表决票一起交到${consultation.committee}。`,
    call: `电话 ${consultation.phone}。`,
  };
}

export type AuthorisationHandout = ReturnType<typeof authorisationHandout>;

/** The room in the largest type; a line to write on where the form is blank. */
export const roomOf = (flat: { room: string } | null) => ({ room: flat?.room ?? "", unit: "室" });

/** Why a stack was not made. */
export const handoutProblems = {
  stack_not_made: "做了几次都没有做成。请重新做一次；还不行，就用网页打印。",
  stack_empty: "选的材料里一张也没有：每户通知单还没有生成。",
  stack_closed: "征询已经截止，表决票和委托书不再打印。",
};

export const handouts = {
  title: "打印纸质材料",
  lead: "选一样打印，或把整个楼道的装成一个 PDF。A4 纸，黑白就行。",
  link: "打印表决票、委托书",
  stairwells: "选一个楼道",
  flats: (n: number) => `${n} 户`,
  printHint: (sheets: number) => `共 ${sheets} 张。用浏览器的“打印”，选 A4 纸。`,
  ballots: { title: "表决票", lead: "每户一张，有室号、方案和二维码。扫码就到这一户的录票页。" },
  authorisations: { title: "授权委托书", lead: "每户一张，室号和产权人已印好。" },
  blank: { title: "空白委托书", lead: "室号和姓名手写，放在居委备用。" },
  roll: { title: "业主清册", lead: "室号、产权人、面积。只供居委会核对。" },
  receipts: {
    title: "纸质票回执",
    lead: "已算数的纸质票每户一份，四份一张，剪开交给各户。上面没有选择。",
    none: "还没有核对过的纸质票",
    slip: {
      room: (room: string) => `${room} 室`,
      text: (day: Date | string) => `${longDay(dayOf(day))}，您家的表决票已登记。`,
      number: "回执号",
      note: "扫码后输入回执号，看这张票在不在册、有没有计入结果。不是您家交的，请打电话。",
      call: "居委会电话",
    },
  },
  slips: "每户通知单",
  poster: "门口海报",
  closed: "征询已经截止",
  closedLead: "表决票和委托书不再打印。清册还可以打印。",

  rollSheet: {
    title: "业主清册",
    frozen: (day: Date | string) => `${longDay(dayOf(day))}冻结，用于本次征询`,
    total: (flats: number, heads: number, area: number) => `${flats} 户，${heads} 人（表决人数），${formatArea(area)} 平方米`,
    columns: { room: "室号", owners: "产权人", area: "面积（平方米）" },
    none: "没有登记",
    note: "含个人信息：只供居委会核对，不张贴，不外传，用完收回。",
  },

  stack: {
    title: "整个楼道一个 PDF",
    lead: "按室号排好，一户一叠，可以直接送去打印。里面有姓名，谁、什么时候下载都会记下。",
    parts: "装进哪些",
    part: { slips: "每户通知单", ballots: "表决票", authorisations: "授权委托书" } satisfies Record<HandoutPart, string>,
    none: "请至少选一样",
    noSlips: "还没有生成每户通知单，PDF 里不会有。",
    toSlips: "先去生成",
    submit: "做成 PDF",
    pages: (most: number) => `全选约 ${most} 页。`,
    continued: (room: string) => `${room} 室，接上页`,
    sheet: (room: string, page: number, pages: number) => `${room} 室 · 第 ${page}／${pages} 页`,
    place: (page: number, pages: number) => `整叠 ${page}／${pages}`,
    file: ({ community, ...door }: { community: string; building: string; entrance: string }) => `${community} ${doorOf(door)} 纸质材料`,
    documentTitle: (consultation: HandoutConsultation, code: string) => `${placeOf(consultation)} 纸质材料（${code}）`,
    made: "您要的 PDF",
    making: {
      title: "正在做 PDF",
      lead: "可以离开这一页，做别的事。做好的放在“打印纸质材料”里。",
      at: (flats: number, all: number) => `已做好 ${flats}／${all} 户`,
      waiting: "排队中，马上开始",
      again: "看最新进度",
      itself: (seconds: number) => `这一页每 ${seconds} 秒自己更新。`,
    },
    ready: {
      title: "PDF 做好了",
      lead: (pages: number, until: string) => `共 ${pages} 页。${until} 前可以下载，之后自动删除。`,
      detail: (pages: number, until: string) => `${pages} 页，${until} 前可以下载`,
      download: "下载 PDF",
      back: "回到打印材料",
    },
    gone: "这份 PDF 已经过期删除，请重新做",
    refused: { title: "PDF 没有做成", again: "回去重新做" },
    missing: (signs: string) => `有些字 PDF 里印不出：${signs}`,
    missingLead: (rooms: string) => `${rooms} 室的这些字在 PDF 里是“〓”，要手写补上。用网页打印不受影响。`,
    missingNote: (signs: string) => `注意：“〓”处是“${signs}”，字库没有，请手写补上。`,
  },
} as const;

/** Stands for a sign that no font has. */
export const GETA = "〓";
