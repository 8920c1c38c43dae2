import { z } from "zod";
import { day } from "./consultation-forms.ts";
import { isPublishable } from "./public-documents.ts";
import type { Problem } from "./problem.ts";
import { evidenceKinds, moverOf, requirementsOf, type EvidenceKind, type Mover, type ProjectFacts, type StageMove } from "./stage-moves.ts";
import { stages, type Stage } from "./stages.ts";
import { linesText, lineText, optional } from "./text.ts";

const moves = ["forward", "back", "pause", "resume", "dispute", "settle", "end"] as const;

/** What each move asks for besides. */
const asked: Readonly<Record<(typeof moves)[number], readonly ("reason" | "nextOwner" | "nextDay")[]>> = {
  forward: [],
  back: ["reason"],
  pause: ["reason", "nextOwner", "nextDay"],
  resume: [],
  dispute: ["reason"],
  settle: ["reason"],
  end: ["reason"],
};

/** A move of a project; `seen` is the stage that the page showed. */
export const moveForm = z
  .object({
    move: z.enum(moves, { error: "missing" }),
    seen: z.enum(stages, { error: "unknown" }),
    reason: optional(linesText(500)),
    nextOwner: optional(lineText(60)),
    nextDay: optional(day),
  })
  .superRefine((form, context) => {
    for (const path of asked[form.move]) {
      if (form[path] === undefined) context.addIssue({ code: "custom", path: [path], message: "missing" });
    }
  });

/** The move that a form says, which has been checked to say all that it asks for. */
export function readMove({ move, reason = "", nextOwner = "", nextDay = "" }: Omit<z.infer<typeof moveForm>, "seen">): StageMove {
  if (move === "forward" || move === "resume") return { kind: move };
  return move === "pause" ? { kind: move, reason, owner: nextOwner, nextDay } : { kind: move, reason };
}

/** One piece of evidence, entered by hand; a file may go with it. */
export const evidenceForm = z.object({
  kind: z.enum(evidenceKinds, { error: "missing" }),
  text: optional(lineText(120)),
  day: optional(day),
  /** The file may be shown to everybody: nobody's name, phone or signature is on it. */
  show: optional(z.literal("yes", { error: "unknown" })),
});

/** What is on record by its number; everything else by its day. */
const numbered: ReadonlySet<EvidenceKind> = new Set(["filing-number", "registration-number"]);

export const isNumbered = (kind: EvidenceKind): boolean => numbered.has(kind);

/** What can be put on record at a stage: what it asks for, and the handover of a lift in use. */
export function evidenceAt(stage: Stage): EvidenceKind[] {
  return stage === "in-use" ? ["handover"] : requirementsOf(stage).filter((one): one is EvidenceKind => (evidenceKinds as readonly string[]).includes(one));
}

/** What has a page of its own, with rules that a day alone would get round; here its papers are added once it is on record there. */
const recordedElsewhere: ReadonlySet<EvidenceKind> = new Set(["agreement", "agent-contract"]);

/** What the stage takes by hand, of what it asks for. */
export function enteredAt({ stage, evidence }: Pick<ProjectFacts, "stage" | "evidence">): EvidenceKind[] {
  return evidenceAt(stage).filter((kind) => !recordedElsewhere.has(kind) || evidence.has(kind));
}

/** Who puts it on record: the committee, and whose step the stage is. */
export function mayRecord(stage: Stage, roles: ReadonlySet<Mover>): boolean {
  const mover = moverOf(stage);
  return roles.has("committee") || (mover !== null && roles.has(mover));
}

export type EvidenceRefusal = "not_your_move" | "project_ended" | "evidence_not_asked" | "evidence_elsewhere" | "evidence_text_missing" | "evidence_day_missing" | "evidence_in_future" | "evidence_file_missing" | "evidence_not_for_all";

/** Why a piece of evidence is not taken; what has a number needs it, everything else its day, which has come; a file is shown where there is one, of a kind that names nobody. */
export function whyEvidenceIsRefused(
  { stage, sideState, evidence }: Pick<ProjectFacts, "stage" | "sideState" | "evidence">,
  { kind, text, day: on, show, files = 0 }: Partial<z.infer<typeof evidenceForm>> & { kind: EvidenceKind; files?: number },
  { roles, today }: { roles: ReadonlySet<Mover>; today: string },
): Problem<EvidenceRefusal> | null {
  if (!mayRecord(stage, roles)) return { code: "not_your_move" };
  if (sideState === "ended") return { code: "project_ended" };
  if (!evidenceAt(stage).includes(kind)) return { code: "evidence_not_asked", at: "kind" };
  if (!enteredAt({ stage, evidence }).includes(kind)) return { code: "evidence_elsewhere", at: "kind" };
  if (isNumbered(kind) && text === undefined) return { code: "evidence_text_missing", at: "text" };
  if (!isNumbered(kind) && on === undefined) return { code: "evidence_day_missing", at: "day" };
  if (on !== undefined && on > today) return { code: "evidence_in_future", at: "day" };
  if (show === undefined) return null;
  if (!isPublishable(kind)) return { code: "evidence_not_for_all", at: "show" };
  return files === 0 ? { code: "evidence_file_missing", at: "file" } : null;
}
