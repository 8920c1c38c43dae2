import { z } from "zod";
import type { Problem } from "./problem.ts";
import type { PublicConsultation } from "./public-consultation.ts";
import { linesText, optional } from "./text.ts";

/** What a consultation is announced by. */
export const consultationNotices = ["opening", "extension", "result"] as const;
export type ConsultationNotice = (typeof consultationNotices)[number];

/** What a stage of the way to the lift is announced by, and what a clerk writes alone. */
export const stageNotices = ["assessment", "plan", "agreement", "filing", "construction", "stop", "acceptance", "in-use", "other"] as const;
export type StageNotice = (typeof stageNotices)[number];
export type NoticeKind = ConsultationNotice | StageNotice;

/**
 * The clerk has read the draft of this kind and publishes it – `seen` is the deadline that it spoke of –, or takes a
 * published one back with a reason.
 */
export const noticeForm = z
  .object({
    step: z.enum(["publish", "withdraw"], { error: "missing" }),
    kind: optional(z.enum(consultationNotices, { error: "unknown" })),
    remark: optional(linesText(500)),
    seen: optional(z.string().regex(/^[\w.:-]{0,40}$/, { error: "unknown" })),
    notice: optional(z.string().regex(/^[1-9]\d{0,8}$/, { error: "unknown" })),
    reason: optional(linesText(500)),
  })
  .superRefine((form, context) => {
    for (const path of form.step === "publish" ? (["kind", "seen"] as const) : (["notice", "reason"] as const)) {
      if (form[path] === undefined) context.addIssue({ code: "custom", path: [path], message: "missing" });
    }
  });

/** How long a result is posted, in days; *default*, where no text gives a period. */
export const RESULT_DAYS = 7;

export type NoticeRefusal = "notice_not_due" | "notice_changed" | "notice_unknown" | "notice_withdrawn";

/** Where a notice is of, and who publishes it. */
export interface NoticePlace {
  community: string;
  entrance: string;
  address: string;
  committee: string;
  phone: string;
}

/** What the notices of a consultation are drafted from: what the public may know, and no more. */
export interface ConsultationNoticeFacts extends NoticePlace {
  flats: number;
  rule: string;
  source: string;
  consultation: PublicConsultation;
}

export interface NoticeState {
  /** How many extensions there were. */
  extensions: number;
  withdrawn: boolean;
  /** Whether the result is published. */
  published: boolean;
  /** Kinds of the notices in force, each as often as there is one. */
  notices: readonly string[];
}

/** Which notices of a consultation are still to be published, in order. */
export function noticesDue({ extensions, withdrawn, published, notices }: NoticeState): ConsultationNotice[] {
  if (withdrawn) return [];
  const have = (kind: ConsultationNotice) => notices.filter((one) => one === kind).length;
  return consultationNotices.filter(
    (kind) =>
      (kind === "opening" && have(kind) === 0 && !published) ||
      (kind === "extension" && have(kind) < extensions && !published) ||
      (kind === "result" && have(kind) === 0 && published),
  );
}

/** Why a notice cannot be published: it is not its time, or what the clerk has read is no longer so. */
export function whyNoticeIsRefused(kind: ConsultationNotice, state: NoticeState, { seen, now }: { seen: string; now: string }): Problem<NoticeRefusal> | null {
  if (!noticesDue(state).includes(kind)) return { code: "notice_not_due" };
  return seen === now ? null : { code: "notice_changed" };
}
