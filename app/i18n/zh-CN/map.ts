import type { MapMark } from "#app/domain/map.ts";
import type { Stage } from "#app/domain/stages.ts";
import { stageNames } from "./stages.ts";

const marks: Record<MapMark, string> = {
  "in-use": "电梯已投用", building: "施工或验收中", "under-way": "储备到审批", wishing: "意愿摸排", A: "A 适合", B: "B 较难", C: "C 不适合", none: "还没有楼道资料",
};

export const map = {
  title: "加梯地图",
  lead: "每个圆是一个小区，数字和名单对应。圆里的样子看图例。",
  drawing: "小区位置示意图",
  drawingOf: (places: number) => `共 ${places} 个小区，按坐标画出，北在上方。同样的内容在名单里。`,
  legend: "图例",
  list: "全部小区",
  marks,
  furthest: (stage: Stage | null, stairwells: number, inUse: number) =>
    stage === null ? "还没有楼道资料" : `${stairwells} 个楼道，最快的在“${stageNames[stage]}”${inUse > 0 ? `，${inUse} 部电梯已投用` : ""}`,
  notDrawn: "没有坐标，不在图上",
  numbered: (number: number, name: string) => `${number} ${name}`,
  none: "还没有小区资料",
  noneLead: "街道正在整理，请过几天再来，或打电话问。",
  stairwells: { title: "楼道位置", drawing: (name: string) => `${name}的楼道位置示意图`, drawingOf: (places: number) => `共 ${places} 个楼道，按坐标画出，北在上方。同样的内容在上面的名单里。` },
  link: "在地图上看",
} as const;
