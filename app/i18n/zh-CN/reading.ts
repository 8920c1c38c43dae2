import type { Scope } from "#app/domain/consultation.ts";
import type { Ruleset } from "#app/domain/ruleset.ts";
import { doorName, stairwellName } from "./places.ts";
import { publicWords } from "./public.ts";

const { need } = publicWords.stairwell.consultation;

/** 人数和面积都要三分之二以上 */
function thresholds({ heads, area }: { heads: string | null; area: string | null }, strict: boolean): string {
  if (heads !== null && heads === area) return `人数和面积都要${need(heads, strict)}`;
  return [heads && `人数要${need(heads, strict)}`, area && `面积要${need(area, strict)}`].filter(Boolean).join("，");
}

/** When a consultation passes, in one sentence. */
export function ruleSentence({ quorum, approval }: Pick<Ruleset, "quorum" | "approval">): string {
  const takePart = quorum ? `参加表决的${thresholds(quorum, false)}；` : "";
  const whose = approval.of === "participants" ? "参加的人里，" : "全体业主里，";
  return `${takePart}${whose}同意的${thresholds(approval, approval.strict)}，才算通过。没交票的不算同意。`;
}

/** What an owner reads before choosing. */
export const reading = {
  title: (room: string) => `${room} 室的表决票`,
  lead: "先看清要决定什么，再选。",
  what: "要决定的事",
  matter: (scope: Scope, community: string, entrance: string) =>
    scope === "community"
      ? `${community} ${doorName(entrance)}加装电梯要用小区的土地。用不用，全小区业主一起决定。`
      : `${stairwellName(community, entrance)}要不要加装电梯。`,
  passes: "怎样算通过",
  until: "截止",
  untilText: (at: string) => `${at}，截止前随时可以改`,
  law: (source: string) => `依据：${source}。`,
  notice: "公告",
  free: "同意、不同意、弃权，都由您自己决定。邻居看不到您投了什么。一户一票，夫妻合起来一票。",
  on: "看好了，去选择",
  again: "再看一遍要决定什么",
} as const;
