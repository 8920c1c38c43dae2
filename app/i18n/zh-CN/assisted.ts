import type { AssistedRefusal } from "#app/domain/assisted.ts";
import { longMoment } from "./dates.ts";
import { desk } from "./desk.ts";
import { intent } from "./intent.ts";
import { me } from "./me.ts";

export const assistedProblems = {
  speaker_not_chosen: "请写明是哪一位业主说的。填的内容还在。",
  speaker_not_owner: "这一位不是这一户现在的业主，没有保存。请从列表里选。",
  link_expired: "这个链接过期了，或不完整。有疑问请打电话给居委会。",
  link_used: "您已经告诉过我们，居委会正在核实，不用再点。",
  already_objected_to: "这一份早已不算数，不用再点。",
  must_be_read: "代填的票要先念给本人听，再保存。没有录入，请从看板上点选择。",
} as const satisfies Record<AssistedRefusal, string>;

/** What the record says in the owner's name. */
export const objectionReason = "业主凭短信链接表示：不是本人的意思";

/** Messages with a link: the portal's origin is put before the path. */
export const assistedMessages = {
  intent: (origin: string) => ({ home, token }: { home: string; token: string }) =>
    `【加梯一键通】居委会刚为${home}代填了加梯意愿。请点 ${origin}/o/${token} 核对；不是您的意思，两天内点“不是我的意思”。`,
  ballot: (origin: string) => ({ home, token }: { home: string; token: string }) =>
    `【加梯一键通】居委会刚为${home}代填了表决票。请点 ${origin}/o/${token} 核对；不是您的意思，两天内点“不是我的意思”。`,
};

export const assisted = {
  /** The page that is read aloud. */
  read: {
    title: "读给本人听",
    lead: "请一字一句念给本人听。本人说对，再保存。",
    home: (place: string, room: string) => `${place} ${room} 室`,
    intent: (choice: keyof typeof desk.choice) => `您说：${desk.choice[choice]}装电梯`.replace("还没想好装电梯", "还没想好要不要装电梯"),
    worry: (worry: keyof typeof desk.worry) => `最担心：${desk.worry[worry]}`,
    help: { yes: "家里有人上下楼困难，需要帮助", no: "家里没有人需要帮助上下楼" },
    notAVote: "这是意向，不是正式表决，以后随时可以改。",
    ballot: (choice: keyof typeof me.ballot.choices) => `您说：${me.ballot.choices[choice]}加装电梯`.replace("弃权加装电梯", "弃权"),
    isAVote: (until: string) => `这是正式表决。${until} 截止，截止前可以改。`,
    objection: "保存后会发短信给业主。不是本人的意思，两天内可以说。",
    speaker: "是哪一位业主说的？",
    name: "本人姓名",
    nameHint: "清册上还没有这一户的业主，请写本人姓名",
    save: "本人说对，保存",
    correct: "不对，回去改",
  },
  told: (phones: number) => (phones > 0 ? `已发短信给业主（${phones} 部手机），两天内可以提异议。` : "清册上没有这一户的手机，没有发短信。请当面告诉业主两天内可以提异议。"),

  /** The page behind the link in the message. */
  object: {
    title: "居委会为您的房屋代填了",
    at: (at: Date | string) => `${longMoment(at)}，居委会工作人员代填`,
    kind: { intent: "加梯意愿", ballot: "加装电梯表决票" },
    what: "代填的内容",
    choice: { ...desk.choice, ...me.ballot.choices },
    worry: "担心的事",
    worries: desk.worry,
    help: "上下楼困难",
    helps: intent.stepHelp.choices,
    until: (at: string) => `${at} 前可以提出异议`,
    right: "是您的意思，什么都不用做。",
    button: "不是我的意思",
    effect: { intent: "点了以后，这一份意愿不再算数，居委会会联系您。", ballot: "点了以后，这张票先不确认，居委会核实后联系您。" },
    done: "收到了，谢谢您",
    doneLead: { intent: "这一份意愿已经不算数。居委会会联系您核实。", ballot: "这张票先不确认，居委会核实后联系您。" },
    used: "已经收到您的异议",
    usedLead: "居委会正在核实，会联系您。",
    tooOften: "请过一会儿再试",
    tooOftenLead: "从您这里打开的次数太多。链接没有问题，过一刻钟再试，或打电话。",
    expired: "这个链接不能用了",
    expiredLead: "链接两天内有效，只能用一次。还有疑问，请打电话给居委会，一样登记、一样答复。",
  },
} as const;
