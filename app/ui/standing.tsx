import type { ConsultationState } from "#app/domain/public-consultation.ts";
import type { Lift } from "#app/domain/public-view.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { Badge, type BadgeProps } from "./badge.tsx";

export interface Standing {
  stage: Stage;
  stop: number;
  sideState: SideState | null;
  consultation: ConsultationState;
  lift: Lift;
}

type Badged = BadgeProps & { children: string };

const stopped = {
  paused: { tone: "amber", sign: "pause" },
  disputed: { tone: "amber", sign: "alert" },
  ended: { tone: "neutral", sign: "none" },
  "not-suitable": { tone: "brick", sign: "no" },
} as const satisfies Record<SideState, Omit<BadgeProps, "children">>;

/** Where a stairwell stands, in badges: what stops it, its stage, and what became of its consultation. */
export function badgesOf({ stage, stop, sideState, consultation, lift }: Standing): Badged[] {
  if (lift === "in-use") return [{ tone: "jade", sign: "flag", children: publicWords.lifts["in-use"] }];
  const badges: Badged[] = [];
  if (sideState) badges.push({ ...stopped[sideState], children: sideStateNames[sideState] });
  badges.push({ tone: stop > 0 ? "jade" : "neutral", sign: stop > 0 ? "up" : "dot", children: stageNames[stage] });
  if (consultation === "open" || consultation === "counting") badges.push({ tone: "blue", sign: "wait", children: publicWords.consultationStates[consultation] });
  if (consultation === "passed") badges.push({ tone: "jade", sign: "yes", children: publicWords.consultationStates.passed });
  if (consultation === "failed") badges.push({ tone: "brick", sign: "no", children: publicWords.consultationStates.failed });
  return badges;
}

/** The badge that says most. */
function mainBadge(standing: Standing): Badged | undefined {
  const badges = badgesOf(standing);
  return standing.sideState || standing.consultation === "none" ? badges[0] : badges.at(-1);
}

/** Where a stairwell stands, for a row of a list. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const badge = mainBadge(standing);
  return badge && <Badge {...badge} />;
}

/** The same in words alone. */
export function standingText(standing: Standing): string {
  return mainBadge(standing)?.children ?? "";
}
