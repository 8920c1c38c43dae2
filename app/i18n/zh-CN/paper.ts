import { FILE_LIMITS } from "#app/domain/files.ts";
import type { AsideReason, Mismatch, PaperRefusal } from "#app/domain/paper.ts";

/** What a refused step with pages of paper says. */
export const paperProblems: Record<PaperRefusal, string> = {
  page_unknown: "没有这一页，什么都没有改动。请从列表里选。",
  page_aside: "这一页已经搁置了，没有记录。要用它，先放回去。",
  page_not_aside: "这一页没有搁置，不用放回。",
  page_taken: "这一页已经录成一张票了，没有再记录。请看下一页。",
  image_missing: "这张票还没有图片，不能确认。请先上传它的照片或扫描页。",
  has_image: "这张票已经有图片了，什么都没有改动。",
};

/** Why a page was set aside. */
const asideReasons: Record<AsideReason, string> = {
  "not-a-ballot": "不是表决票",
  duplicate: "和另一页重复",
  unreadable: "看不清，要重新拍",
};

/** What the second person found wrong; it stands in the record like this. */
export const mismatchWords: Record<Mismatch, string> = {
  room: "室号不对",
  choice: "选择不对",
  channel: "来源不对",
  day: "收到日期不对",
  signature: "签名有问题",
  unreadable: "看不清",
  other: "其他",
};

/** What stands in the record about a ballot that was disagreed with. */
export function mismatchNote(wrong: Mismatch, note: string | undefined): string {
  if (note === undefined) return mismatchWords[wrong];
  return wrong === "other" ? note : `${mismatchWords[wrong]}：${note}`;
}

/** Words of the pages on paper ballots: sending scans, and the second person's comparison. */
export const paper = {
  title: "纸质票图片",
  lead: "拍照或扫描后上传，一页一页录入，再由另一位同事对着图片核对。",
  file: "照片或扫描件",
  fileHint: `照片一页一张；整叠扫描成一个 PDF 也可以。一次最多 ${FILE_LIMITS.formFiles} 个文件，每个不超过 ${FILE_LIMITS.bytes / 1024 / 1024} MB。`,
  send: "上传",
  record: "录入这一页",
  sent: (added: number) => `收到 ${added} 页，可以开始录入`,
  sentNothing: "这些页以前都传过，没有重复收",
  sentKnown: (known: number) => `另有 ${known} 页以前传过，没有重复收。`,
  waiting: (pages: number) => `还没录入的 ${pages} 页`,
  waitingLead: "点一页，对着它录入。录好一页，下一页自动出来。",
  noneWaiting: "没有等录入的页",
  noneWaitingLead: "上传的页都录好了。",
  start: "从第一页开始录入",
  page: (page: number, pages: number) => (pages > 1 ? `第 ${page} 页，共 ${pages} 页` : "一页"),
  other: "不录入这一页",
  beside: "正在录入的纸质票",
  left: (pages: number) => `连这一页还有 ${pages} 页`,
  turn: "先录下一页",
  typedBefore: (room: string, choice: string, note: string) => `上次录成 ${room} 室 ${choice}，被退回：${note}`,
  stackDone: "这一叠录完了",
  authorisationPage: "委托书在哪一页",
  authorisationPick: "请选一页",
  authorisationHere: "就在这张票的同一页",
  authorisationOther: (number: number, page: number, pages: number) => `还没录的第 ${number} 张图片${pages > 1 ? `（第 ${page} 页，共 ${pages} 页）` : ""}`,
  authorisationNone: "代投要有委托书的图片。",
  alt: "纸质票的图片",
  altAuthorisation: "委托书的图片",
  enlarge: "看大图",
  withoutImage: "还没有图片的票",
  withoutImageLead: "先录了票、后拍照的：上传后打开那一页，选它是哪一户的票。",
  lacks: { ballot: "缺票面图片", authorisation: "缺委托书图片" },
  entry: (room: string, choice: string) => `${room} 室　${choice}`,
  returned: "退回重录的票",
  returnedLead: "核对的同事发现和图片不一致，这些票不算数，请对着图片再录一次。",
  returnedBy: (note: string, who: string, at: string) => `${note}（${who} ${at} 退回）`,
  aside: (pages: number) => `搁置的 ${pages} 页`,
  asideBy: (reason: string, who: string) => `${reason}（${who}）`,
  toBoard: "回到征询",
  toCheck: (count: number) => `去核对：${count} 张等您`,

  split: {
    title: "正在分页",
    lead: "整叠已经收到，不会丢。可以离开这一页，做别的事。",
    waiting: "排队中，马上开始",
    at: (page: number, pages: number) => `已分好 ${page}／${pages} 页`,
    again: "看最新进度",
    itself: "这一页每 5 秒自己更新。",
    refused: "这一叠没有收下",
    resend: "重新选文件",
    unsplit: (stacks: number) => `有 ${stacks} 叠正在分页，分好就出现在这里`,
  },

  one: {
    title: "一页纸质票",
    attach: "这是哪一户的票",
    attachLead: "票已经录过、只缺图片时，在这里对上。",
    attachPick: "请选一户",
    attachSave: "就是这一户的",
    aside: "不录入这一页",
    reason: "原因",
    asideSave: "搁置",
    isAside: (reason: string) => `已搁置：${reason}`,
    back: "放回去，重新录入",
    typed: "从这一页录的票",
    roles: { ballot: "票面", authorisation: "委托书" },
    all: "看全部图片",
  },
  asideReasons,

  check: {
    title: "核对纸质票",
    lead: "对着图片看记录，一致才算数。",
    left: (count: number) => `还有 ${count} 张等您核对`,
    own: (count: number) => `您自己录的 ${count} 张，要由另一位同事核对。`,
    none: "没有等您核对的票",
    noneLead: "纸质票由录入人以外的同事核对。",
    done: (room: string) => `${room} 室已核对，下一张`,
    same: "一致",
    different: "不一致",
    differentTitle: "哪里不一致？",
    differentLead: "选一项，马上退回给录入的同事。",
    note: "补充说明",
    noteHint: "选“其他”时必填。只写室号，不写姓名",
    back: "返回，再比一次",
    noImage: "这张票还没有图片",
    noAuthorisation: "委托书还没有图片",
    noImageLead: "没有图片不能确认。请先上传并对上这一户，或判为不一致。",
    upload: "去上传图片",
    skip: "先看下一张",
    keyList: [
      ["1", "一致，到下一张"],
      ["2", "不一致，再选哪里不对"],
      ["?", "打开、收起这张表"],
    ],
    keyListWrong: [
      ["1 到 7", "选哪里不对，马上退回"],
      ["?", "打开、收起这张表"],
    ],
    authorisation: "书面委托写的意见",
    closed: "征询已经截止：不一致的票不再算数，也不能再重录。",
    room: (room: string) => `${room} 室`,
  },
} as const;

/** The receipt of a ballot on paper, to the phones on the roll; it says nothing of the choice. */
export const receiptMessage = ({ home, receipt, call }: { home: string; receipt: string; call: string }) =>
  `【加梯一键通】${home}的表决票已登记，回执号 ${receipt}，在网站“核对回执”可查。不是您家交的，请马上打电话 ${call}。`;
