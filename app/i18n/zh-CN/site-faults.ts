import type { FaultRefusal, FaultState, FaultStep } from "#app/domain/site-fault.ts";

export const faultProblems = {
  fault_unknown: "没有这个问题，或不是这个工地的。",
  fault_checked: "这个问题已经复查通过，没有再记录。",
  fault_rectified: "已经报过整改，等复查，没有重复记录。",
  fault_not_rectified: "施工单位还没有报整改，先不用复查。",
  fault_photo_missing: "报整改要有照片，请至少拍一张。",
  fault_own_step: "整改是您自己报的，要换一个人复查。",
  fault_reason_missing: "退回要写明还有什么问题。",
} as const satisfies Record<FaultRefusal, string>;

const steps = { rectified: "已整改", checked: "复查通过", returned: "复查没通过，退回" } as const satisfies Record<FaultStep, string>;

export const faults = {
  title: "问题整改",
  leadDesk: "发现的质量和安全问题：施工单位拍照整改，监理或居委复查通过才算完。",
  leadSite: "监理和居委发现的问题。整改后拍照报上来，等复查。",
  states: { found: "待整改", rectified: "待复查", checked: "已完成" } as const satisfies Record<FaultState, string>,
  none: "没有记录的问题",
  noneLead: "发现的问题会出现在这里。",
  find: "记下一个问题",
  milestone: "哪一步",
  text: "发现了什么",
  dueOn: "哪天前整改",
  photos: "照片",
  photosHint: "请不要拍到人和车牌。",
  save: "记下",
  rectifyText: "怎么整改的",
  rectify: "报整改完成",
  check: "复查通过",
  returnText: "还有什么问题",
  return: "没通过，退回",
  head: (number: number, name: string) => `${number} 号 · ${name}`,
  due: (day: string) => `${day}前整改`,
  found: (by: string, at: string) => `${by}，${at} 发现`,
  step: (kind: FaultStep, by: string, at: string) => `${steps[kind]}：${by}，${at}`,
  done: "已记录。",
  open: (count: number) => (count > 0 ? `问题整改（${count} 个没完成）` : "问题整改"),
} as const;
