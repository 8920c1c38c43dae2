import { MOST_REMINDERS, type ReminderRefusal } from "#app/domain/reminder.ts";
import { nameHome } from "./binding.ts";
import { deadline, longMoment } from "./dates.ts";

interface Home {
  community: string;
  entrance: string;
  room: string;
}

/** What a reminder that is refused says; `reminder_not_due` is the portal's own and never shown. */
export const reminderProblems = {
  reminder_too_late: "征询已经截止，不用再提醒。",
  reminded_twice: "这次征询已经提醒过两次，不能再发。还没投的，请上门。",
  reminded_today: "今天已经提醒过，没有再发。",
  reminder_at_night: "晚上 9 点到早上 8 点不发短信，没有发。请白天再来。",
  nobody_to_remind: "没有可以提醒的手机，没有发。还没投的，请上门。",
} as const satisfies Record<ReminderRefusal, string>;

/** The message, and how it names an owner's homes and the last moment for a ballot. */
export const reminderWords = {
  message: ({ home, until }: { home: string; until: string }) =>
    `【加梯一键通】${home}的意见征询 ${until} 截止，还没收到表决票。可登录“我的”网上表决，或交纸质票给居委会。同意、不同意都请您表个态。不想再收提醒，请在“我的”里关闭。`,
  nameHomes: ([first, ...others]: readonly Home[]) => (first ? nameHome(first) + (others.length > 0 ? `等 ${others.length + 1} 套` : "") : ""),
  nameDeadline: (closesAt: Date) => deadline(closesAt),
};

export const reminders = {
  title: "催票提醒",
  lead: "给还没交票的业主发短信。只提醒，不劝说；不告诉别人谁投了、谁没投。",
  flats: "还没收到票",
  flatsText: (flats: number) => (flats === 0 ? "没有，都收到了" : `${flats} 户`),
  phones: "这次发短信",
  phonesText: (phones: number) => `${phones} 部手机，几套房的业主只发一条`,
  unreached: "发不到的",
  unreachedText: (flats: number) => (flats === 0 ? "没有" : `${flats} 户没登记手机，或不要提醒，请上门`),
  doors: "去上门登记",
  planned: "自动提醒",
  plannedText: (days: readonly number[]) => `截止前 ${days.join(" 天和 ")} 天，白天自动发`,
  most: `每次征询最多提醒 ${MOST_REMINDERS} 次，自动的也算在内。`,
  sent: (number: number) => `第 ${number} 次提醒`,
  sentText: (at: string | Date, by: string | null, messages: number) => `${longMoment(at)}　${by ?? "系统自动"}，发给 ${messages} 部手机`,
  send: (phones: number) => `现在提醒，发 ${phones} 条短信`,
  done: (phones: number) => `已提醒，短信发给 ${phones} 部手机。`,

  /** The switch of a resident. */
  mine: {
    title: "投票提醒短信",
    on: "征询快截止、您家还没交票时，会发短信提醒，每次征询最多两条。",
    off: "已关闭，不会再发提醒。别的短信照常收到。",
    turnOff: "不要再提醒我",
    turnOn: "重新打开提醒",
  },
} as const;
