import { z } from "zod";
import { stageNotices, type NoticePlace, type NoticeRefusal, type StageNotice } from "./notice.ts";
import type { NoticePeriod } from "./notice-clock.ts";
import type { PlanVersion } from "./plan.ts";
import type { Problem } from "./problem.ts";
import type { PublicAssessment } from "./public-view.ts";
import type { EvidenceKind } from "./stage-moves.ts";
import type { SideState, Stage } from "./stages.ts";
import { lineText, linesText, optional } from "./text.ts";

/** Drawings that go with one notice, each a photo or a PDF. */
export const MOST_DRAWINGS = 4;

/** Photos of the posted paper that one form takes. */
export const MOST_POSTED = 3;

/**
 * The clerk has read the draft of this kind – `seen` stands for its text – and publishes it. Heading and body are the
 * clerk's own for the kind `other` alone.
 */
export const stageNoticeForm = z
  .object({
    kind: z.enum(stageNotices, { error: "missing" }),
    heading: optional(lineText(60)),
    body: optional(linesText(2000)),
    remark: optional(linesText(500)),
    looked: optional(z.literal("yes", { error: "unknown" })),
    seen: optional(z.string().regex(/^[\w.:-]{0,64}$/, { error: "unknown" })),
  })
  .superRefine((form, context) => {
    for (const path of form.kind === "other" ? (["heading", "body"] as const) : (["seen"] as const)) {
      if (form[path] === undefined) context.addIssue({ code: "custom", path: [path], message: "missing" });
    }
  });

/**
 * What is done with a published notice: proof is added that its paper hangs on the door – public once somebody has looked
 * that it shows no person and no number plate, at once or later –, or it is taken back with a reason.
 */
export const noticeDeskForm = z
  .object({
    step: z.enum(["posted", "show", "withdraw"], { error: "missing" }),
    looked: optional(z.literal("yes", { error: "unknown" })),
    reason: optional(linesText(500)),
  })
  .superRefine(({ step, reason }, context) => {
    if (step === "withdraw" && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
  });

/** What the notices of a project's stages are drafted from: what everybody may know. */
export interface StageNoticeDraft extends NoticePlace {
  /** What was found at the stairwell, by the assessment in force. */
  assessment: PublicAssessment | null;
  /** The day on which the passed result was published. */
  passedOn: string | null;
  evidence: Partial<Record<EvidenceKind, { text: string | null; day: string | null }>>;
  pause: { reason: string; owner: string; nextDay: string } | null;
  /** The plan that was voted on, where the consultation was about one. */
  plan: Pick<PlanVersion, "agent" | "make" | "model" | "entry" | "position" | "priceFen" | "months"> | null;
  /** The days of a plan's notice that is published today. */
  period: NoticePeriod;
}

/** What decides which notices of a project's stages are to be published. */
export interface StageNoticeFacts {
  stage: Stage;
  sideState: SideState | null;
  /** Whether an assessment is in force. */
  assessed: boolean;
  consultationPassed: boolean;
  evidence: ReadonlySet<EvidenceKind>;
  /** Kinds of those in force: plans for the newest consultation, stops since the present one began, assessments since the last was issued. */
  inForce: readonly string[];
}

type Drafted = Exclude<StageNotice, "other">;

const asks: Readonly<Record<Drafted, (facts: StageNoticeFacts) => boolean>> = {
  assessment: ({ stage, assessed }) => assessed && (stage === "assessment" || stage === "consultation"),
  plan: ({ stage, consultationPassed }) => stage === "plan-notice" && consultationPassed,
  agreement: ({ stage, evidence }) => (stage === "agreement" || stage === "approval") && evidence.has("agreement"),
  filing: ({ stage, evidence }) => (stage === "approval" || stage === "construction") && evidence.has("filing-number"),
  construction: ({ stage, evidence }) => stage === "construction" && evidence.has("start-date"),
  stop: ({ sideState }) => sideState === "paused",
  acceptance: ({ stage, evidence }) => (stage === "acceptance" || stage === "in-use") && evidence.has("registration-number"),
  "in-use": ({ stage, evidence }) => stage === "in-use" && evidence.has("handover"),
};

/** Which notices are still to be published as the project stands, in order of the way. */
export function stageNoticesDue(facts: StageNoticeFacts): Drafted[] {
  return (Object.keys(asks) as Drafted[]).filter((kind) => asks[kind](facts) && !facts.inForce.includes(kind));
}

export type StageNoticeRefusal = NoticeRefusal | "drawing_missing" | "drawing_not_looked";

/**
 * Why a notice of a stage cannot be published: it is not its time, the draft reads otherwise by now, or a plan comes
 * without its drawing, or with one that nobody has looked at.
 */
export function whyStageNoticeIsRefused(
  kind: StageNotice,
  facts: StageNoticeFacts,
  { seen, now, drawings, looked }: { seen: string; now: string; drawings: number; looked: boolean },
): Problem<StageNoticeRefusal> | null {
  if (kind !== "other") {
    if (!stageNoticesDue(facts).includes(kind)) return { code: "notice_not_due" };
    if (seen !== now) return { code: "notice_changed" };
  }
  if (kind === "plan" && drawings === 0) return { code: "drawing_missing", at: "drawings" };
  return drawings > 0 && !looked ? { code: "drawing_not_looked", at: "looked" } : null;
}
