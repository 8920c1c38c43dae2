import type { Problem } from "./problem.ts";
import { stageIndex, stages, type SideState, type Stage } from "./stages.ts";

/** What must be on record before a project moves on; `evidence` is entered by hand, the rest is known from elsewhere. */
export const evidenceKinds = [
  "agreement",
  "cost-shares",
  "agent-contract",
  "design-review",
  "filing-number",
  "start-date",
  "site-board",
  "inspection-report",
  "acceptance-record",
  "registration-number",
  "handover",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export type Requirement = EvidenceKind | "two-thirds-willing" | "assessment" | "consultation-passed" | "plan-notice-over" | "objections-answered";

/** Who moves a project on from a stage. */
export type Mover = "committee" | "assessor" | "contractor";

const way: Readonly<Record<Stage, { mover: Mover | null; needs: readonly Requirement[] }>> = {
  // The reserve is entered and left by the intents themselves.
  intent: { mover: null, needs: [] },
  reserve: { mover: "committee", needs: ["two-thirds-willing"] },
  assessment: { mover: "assessor", needs: ["assessment"] },
  consultation: { mover: "committee", needs: ["consultation-passed"] },
  "plan-notice": { mover: "committee", needs: ["consultation-passed", "plan-notice-over", "objections-answered"] },
  agreement: { mover: "committee", needs: ["agreement", "cost-shares", "agent-contract"] },
  approval: { mover: "committee", needs: ["design-review", "filing-number"] },
  construction: { mover: "contractor", needs: ["start-date", "site-board"] },
  acceptance: { mover: "committee", needs: ["inspection-report", "acceptance-record", "registration-number"] },
  "in-use": { mover: null, needs: [] },
};

/** Where a project stands, with all that a move asks for. */
export interface ProjectFacts {
  stage: Stage;
  sideState: SideState | null;
  /** Intent is at two thirds or above. */
  reached: boolean;
  /** The assessment in force: issued with A, or with B and a remedy for each strong factor. */
  assessmentAllows: boolean;
  /** The newest consultation is certified, published and passed. */
  consultationPassed: boolean;
  /** The plan's notice has run out in full; its objections are all answered, whether or not they were won. */
  planNoticeOver: boolean;
  objectionsAnswered: boolean;
  evidence: ReadonlySet<EvidenceKind>;
  /** Whether a consultation is neither published nor withdrawn. */
  consultationRunning: boolean;
}

export type StageMove =
  | { kind: "forward" }
  | { kind: "back"; reason: string }
  | { kind: "pause"; reason: string; owner: string; nextDay: string }
  | { kind: "resume" }
  | { kind: "dispute"; reason: string }
  | { kind: "settle"; reason: string }
  | { kind: "end"; reason: string };

export type MoveRefusal =
  | "not_your_move"
  | "moves_by_itself"
  | "nothing_further"
  | "project_ended"
  | "project_paused"
  | "project_disputed"
  | "not_suitable"
  | "requirements_missing"
  | "nothing_before"
  | "not_paused"
  | "not_disputed"
  | "already_stopped"
  | "consultation_running"
  | "next_day_in_past";

export function nextStage(stage: Stage): Stage | undefined {
  return stages[stageIndex(stage) + 1];
}

function previousStage(stage: Stage): Stage | undefined {
  return stages[stageIndex(stage) - 1];
}

/** What a stage asks for before it is left, in order. */
export function requirementsOf(stage: Stage): readonly Requirement[] {
  return way[stage].needs;
}

/** Who moves a project on from this stage; null where nobody does. */
export function moverOf(stage: Stage): Mover | null {
  return way[stage].mover;
}

/** What a stage asks for before it is left, in order, each with whether it is there. */
export function checklistOf(facts: ProjectFacts): { requirement: Requirement; met: boolean }[] {
  return way[facts.stage].needs.map((requirement) => ({ requirement, met: isMet(requirement, facts) }));
}

const known: Readonly<Partial<Record<Requirement, (facts: ProjectFacts) => boolean>>> = {
  "two-thirds-willing": ({ reached }) => reached,
  assessment: ({ assessmentAllows }) => assessmentAllows,
  "consultation-passed": ({ consultationPassed }) => consultationPassed,
  "plan-notice-over": ({ planNoticeOver }) => planNoticeOver,
  "objections-answered": ({ objectionsAnswered }) => objectionsAnswered,
};

function isMet(requirement: Requirement, facts: ProjectFacts): boolean {
  return known[requirement]?.(facts) ?? facts.evidence.has(requirement as EvidenceKind);
}

/**
 * Why a project cannot move like this: one step forward by whoever it belongs to once all is there, one step back with a
 * reason, and stopped states that only their own way out ends. An ended project stays ended.
 *
 * @param roles what the person is for this stairwell; @param today in Shanghai
 */
export function whyMoveIsRefused(facts: ProjectFacts, move: StageMove, { roles, today }: { roles: ReadonlySet<Mover>; today: string }): Problem<MoveRefusal> | null {
  const { stage, sideState } = facts;
  if (sideState === "ended") return { code: "project_ended" };
  if (move.kind === "forward") return whyForwardIsRefused(facts, roles);
  if (!roles.has("committee")) return { code: "not_your_move" };
  // Whoever is voting is not left in the air: the consultation is finished or withdrawn first.
  if (facts.consultationRunning && ["back", "pause", "end"].includes(move.kind)) return { code: "consultation_running" };
  switch (move.kind) {
    case "back":
      // The reserve is left by the intents alone, and a lift in use is not taken back.
      return stageIndex(stage) < stageIndex("assessment") || stage === "in-use" ? { code: "nothing_before" } : null;
    case "pause":
      if (sideState !== null) return { code: "already_stopped" };
      return move.nextDay < today ? { code: "next_day_in_past", at: "nextDay" } : null;
    case "dispute":
      return sideState === null ? null : { code: "already_stopped" };
    case "resume":
      return sideState === "paused" ? null : { code: "not_paused" };
    case "settle":
      return sideState === "disputed" ? null : { code: "not_disputed" };
    case "end":
      return null;
  }
}

function whyForwardIsRefused(facts: ProjectFacts, roles: ReadonlySet<Mover>): Problem<MoveRefusal> | null {
  const { stage, sideState } = facts;
  const { mover } = way[stage];
  if (mover === null) return { code: stage === "intent" ? "moves_by_itself" : "nothing_further" };
  if (!roles.has(mover)) return { code: "not_your_move" };
  if (sideState === "paused") return { code: "project_paused" };
  if (sideState === "disputed") return { code: "project_disputed" };
  if (sideState === "not-suitable") return { code: "not_suitable" };
  const missing = checklistOf(facts).filter(({ met }) => !met);
  return missing.length > 0 ? { code: "requirements_missing", params: { missing: missing.map(({ requirement }) => requirement).join(",") } } : null;
}

/** Where a project stands after a move that was not refused. */
export function afterMove({ stage, sideState }: Pick<ProjectFacts, "stage" | "sideState">, move: StageMove): { stage: Stage; sideState: SideState | null } {
  switch (move.kind) {
    case "forward":
      return { stage: nextStage(stage) ?? stage, sideState };
    case "back":
      return { stage: previousStage(stage) ?? stage, sideState };
    case "pause":
      return { stage, sideState: "paused" };
    case "dispute":
      return { stage, sideState: "disputed" };
    case "resume":
    case "settle":
      return { stage, sideState: null };
    case "end":
      return { stage, sideState: "ended" };
  }
}
