import { z } from "zod";
import { whyBallotIsOver, type RecordedBallot } from "./ballot-end.ts";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { linesText, optional } from "./text.ts";

/** Why no ballot is typed from a page. */
export const asideReasons = ["not-a-ballot", "duplicate", "unreadable"] as const;
export type AsideReason = (typeof asideReasons)[number];

/** What a page of paper is to a ballot. */
export type PageRole = "ballot" | "authorisation";

/** What the second person finds wrong; anything else is said in words. */
export const mismatches = ["room", "choice", "channel", "day", "signature", "unreadable", "other"] as const;
export type Mismatch = (typeof mismatches)[number];

/** Pages of paper are sent without further fields. */
export const uploadForm = z.object({});

/** A page becomes the image of a ballot that is recorded already, is set aside with a reason, or taken back from there. */
export const pageForm = z
  .object({
    step: z.enum(["attach", "aside", "back"], { error: "missing" }),
    seq: optional(rowNumber),
    reason: optional(z.enum(asideReasons, { error: "unknown" })),
  })
  .superRefine(({ step, seq, reason }, context) => {
    if (step === "attach" && seq === undefined) context.addIssue({ code: "custom", path: ["seq"], message: "missing" });
    if (step === "aside" && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
  });

/** A second person's word on a ballot from paper: what is wrong is named, and said in words where no name fits. */
export const checkForm = z
  .object({
    seq: rowNumber,
    verdict: z.enum(["confirmed", "disagreed"], { error: "missing" }),
    wrong: optional(z.enum(mismatches, { error: "unknown" })),
    note: optional(linesText(400)),
  })
  .superRefine(({ verdict, wrong, note }, context) => {
    if (verdict === "confirmed") return;
    if (wrong === undefined) context.addIssue({ code: "custom", path: ["wrong"], message: "missing" });
    if (wrong === "other" && note === undefined) context.addIssue({ code: "custom", path: ["note"], message: "missing" });
  });

export type PaperRefusal = "page_unknown" | "page_aside" | "page_not_aside" | "page_taken" | "image_missing" | "has_image";

type Refused<Code extends string = PaperRefusal> = Problem<Code> | null;

export interface PageState {
  isAside: boolean;
  /** Whether a ballot was typed from it that was neither taken back nor disagreed with. */
  isTaken: boolean;
}

/** Why a page cannot be the image of a ballot; one sheet may hold a ballot and its authorisation. */
export function whyPageIsRefused(page: PageState | undefined, role: PageRole): Refused {
  const at = role === "ballot" ? "page" : "authorisationPage";
  if (!page) return { code: "page_unknown", at };
  if (page.isAside) return { code: "page_aside", at };
  return role === "ballot" && page.isTaken ? { code: "page_taken", at } : null;
}

/** Why a page cannot be set aside. */
export function whyAsideIsRefused(page: PageState | undefined): Refused {
  if (!page) return { code: "page_unknown" };
  if (page.isAside) return { code: "page_aside" };
  return page.isTaken ? { code: "page_taken" } : null;
}

/** Why a page cannot be taken back from where it was set aside. */
export function whyTakingBackIsRefused(page: PageState | undefined): Refused {
  if (!page) return { code: "page_unknown" };
  return page.isAside ? null : { code: "page_not_aside" };
}

/** The image without which a ballot cannot be confirmed: of itself, then of a proxy's authorisation; null where all are there. */
export function missingImage({ channel, images }: Pick<RecordedBallot, "channel"> & { images: readonly PageRole[] }): PageRole | null {
  if (!images.includes("ballot")) return "ballot";
  return channel === "proxy" && !images.includes("authorisation") ? "authorisation" : null;
}

/** Why a page cannot become the missing image of a ballot that is recorded already: only while nobody has answered for it. */
export function whyAttachingIsRefused(
  ballot: RecordedBallot,
  page: PageState | undefined,
  missing: PageRole | null,
): Refused<PaperRefusal | NonNullable<ReturnType<typeof whyBallotIsOver>>["code"]> {
  return whyBallotIsOver(ballot) ?? (missing === null ? { code: "has_image" } : whyPageIsRefused(page, missing));
}
