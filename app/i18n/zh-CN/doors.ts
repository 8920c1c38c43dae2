import type { DoorPurpose, DoorState, VisitOutcome, VisitRefusal } from "#app/domain/visit.ts";
import { deadline, shortDay } from "./dates.ts";

export const visitProblems = {
  door_done: "这一户已经交回或填好了，不用再上门，没有记录。",
  visit_unknown: "没有这条上门记录，或不是您记的，没有改动。",
  visit_undone: "这条上门记录已经撤销了。",
  undo_late: "超过 10 分钟，不能撤销了。记录还在，可以再记一次。",
} as const satisfies Record<VisitRefusal, string>;

const numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const times = (count: number) => `${numerals[count] ?? count}次未遇`;

export const doors = {
  title: "上门名单",
  link: "上门名单",
  leads: {
    ballot: (until: string) => `还没交回表决票的户，${deadline(until)} 截止。交回后自动从名单上消失。`,
    intent: "还不知道意愿的户。填好后自动从名单上消失。",
    none: "电梯已经投入使用，不用上门。",
  } satisfies Record<DoorPurpose, string | ((until: string) => string)>,
  neverAVote: "这里只记见到没有，不是表决，也不记同意不同意。意见由业主自己填。",
  none: { ballot: "票都交回了", intent: "每户的意愿都知道了", none: "不用上门" } satisfies Record<DoorPurpose, string>,
  noneLead: "没有要上门的户。",
  start: (room: string) => `从 ${room} 室开始`,
  list: "要去的户",
  counts: (left: number, of: number) => `还有 ${left} 户，共 ${of} 户`,
  room: (floor: number, room: string) => `${floor} 楼 ${room} 室`,
  flat: (room: string) => `${room} 室`,
  states: {
    "to-visit": "要上门",
    called: "打通过电话",
    met: "见到了",
    absent: "未遇",
    unreachable: "三次未遇",
  } satisfies Record<DoorState, string>,
  attempts: (days: readonly string[]) => `${times(days.length)}：${days.map(shortDay).join("、")}`,
  reached: (state: DoorState, day: string) => `${shortDay(day)}${state === "called" ? "打通过电话" : "见到过"}`,
  filed: "网上填过意愿，待确认：请问一声是不是本户填的",
  outcomes: { met: "见到了", called: "打通了", absent: "没遇到" } satisfies Record<VisitOutcome, string>,
  outcomeQuestion: "见到没有",
  note: "给同事的话",
  noteHint: "例如：下周三晚上在家。不写同意不同意。",
  notes: "同事留的话",
  history: "上门记录",
  record: (outcome: VisitOutcome, by: string) => `${doors.outcomes[outcome]}（${by}）`,
  call: (name: string, phone: string) => `打给${name} ${phone}`,
  owners: "业主",
  noPhone: (name: string) => `${name}（没有登记电话）`,
  done: (room: string, outcome: VisitOutcome) => `${room} 室：${doors.outcomes[outcome]}，记下了`,
  undo: "按错了，撤销",
  next: (room: string) => `下一户 ${room}`,
  back: "回到名单",
  off: "这一户不用上门了",
  offLead: "已经交回或填好。",
  today: (place: string, left: number) => `${place}：还有 ${left} 户没交回，去上门`,
  todayLead: (until: Date | string) => `${deadline(until)} 截止`,

  sheet: {
    title: "上门名单",
    asOf: (at: string) => `${at} 打印`,
    columns: { room: "室号", so: "已有记录", one: "第一次", two: "第二次", three: "第三次", note: "备注" },
    boxes: { met: "见到", called: "电话", absent: "未遇" } satisfies Record<VisitOutcome, string>,
    date: "　月　日",
    hint: "打印：用浏览器的“打印”，选 A4 纸，横着印。",
  },
} as const;
