import type { DocumentKind } from "#app/domain/public-documents.ts";
import { longDay } from "./dates.ts";

/** The papers of a project that everybody may read. */
export const documentWords = {
  title: "备案和验收材料",
  link: "看备案和验收材料",
  lead: "审查、备案、检验、验收、登记和移交，有了一项就登在这里。",
  kinds: {
    "design-review": "图纸审查",
    "filing-number": "备案",
    "start-date": "开工",
    "inspection-report": "监督检验报告",
    "acceptance-record": "竣工验收记录",
    "registration-number": "电梯使用登记",
    handover: "移交",
  } satisfies Record<DocumentKind, string>,
  day: (day: string) => `日期：${longDay(day)}`,
  page: (name: string, page: number, pages: number) => (pages > 1 ? `${name}，第 ${page} 页` : name),
  noFile: "原件在居委会，可以去看。",
  missing: "还没有的",
  complete: "材料都齐了。",
  none: "还没有材料",
  noneLead: "图纸审查通过以后，材料会登在这里。",
  back: "回到楼道页",
  state: { has: "已有", missing: "还没有" },
} as const;
