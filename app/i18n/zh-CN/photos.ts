import { MOST_SHOWN } from "#app/domain/photo.ts";

export const photoProblems: Record<string, string> = {
  photo_unknown: "这个楼道没有这张照片。",
  photo_removed: "这张照片已经删掉了。",
  photo_shown: "这张照片已经公开了。",
  photo_not_looked: "请先看清照片里没有人、没有车牌，再打勾",
  photo_reason_missing: "请写明为什么删掉",
};

/** The photos of a stairwell at the desk. */
export const photoDesk = {
  title: "楼道照片",
  link: "楼道照片",
  lead: "传上来的照片，先只有工作人员看得到。看过没有人、没有车牌，再公开。",
  add: "添加照片",
  photos: "照片",
  hint: "拍摄地点和时间等信息会自动去掉。",
  caption: "拍的是什么",
  captionHint: "例如：电梯井道基础完工。看不见照片的人会听到这句话。",
  save: "保存照片",
  waiting: (count: number) => `等您看的照片 ${count} 张`,
  waitingLead: "点开看大图，没有人、没有车牌的再公开。工地报告的照片也在这里。",
  all: (count: number) => `已公开的照片 ${count} 张`,
  shownMost: `公开页显示最新的 ${MOST_SHOWN} 张。`,
  none: "还没有照片",
  noneLead: "添加的照片会出现在这里。",
  isShown: "已公开",
  isHidden: "未公开",
  sent: (day: string, by: string) => `${day}，${by} 上传`,
  looked: "我看过了：照片里没有人，没有车牌",
  show: "公开这张照片",
  remove: "删掉这张照片",
  reason: "为什么删掉",
  reasonHint: "删掉后不能恢复，原因会留在记录里。",
  done: { added: "照片已保存，还没有公开。", show: "照片已公开。", remove: "照片已删掉。" },
} as const;

/** The same on the public page. */
export const photoWords = { title: "现场照片" } as const;
