import { z } from "zod";
import type { Problem } from "./problem.ts";
import { linesText, lineText, optional } from "./text.ts";

/** Photos that one form takes. */
export const MOST_PHOTOS = 6;

/** Photos that the public page of a stairwell shows, the newest. */
export const MOST_SHOWN = 12;

/** What the photos show: read out to who cannot see them. */
export const AddPhotosForm = z.object({ caption: lineText(60) });

/** A decision on one photo: shown to everybody once somebody has looked that it shows no person and no number plate, or removed. */
export const DecidePhotoForm = z.object({
  decision: z.enum(["show", "remove"], { error: "missing" }),
  looked: optional(z.literal("yes", { error: "unknown" })),
  reason: optional(linesText(200)),
});
export type PhotoDecision = Pick<z.infer<typeof DecidePhotoForm>, "decision" | "looked" | "reason">;

/** A photo as far as it decides about what may become of it. */
export interface PhotoStanding {
  isPublic: boolean;
  isRemoved: boolean;
}

/** Why a decision on a photo is refused, or null. */
export function whyPhotoDecisionIsRefused(photo: PhotoStanding | undefined, { decision, looked, reason }: PhotoDecision): Problem | null {
  if (!photo) return { code: "photo_unknown" };
  if (photo.isRemoved) return { code: "photo_removed" };
  if (decision === "remove") return reason ? null : { code: "photo_reason_missing", at: "reason" };
  if (photo.isPublic) return { code: "photo_shown" };
  return looked ? null : { code: "photo_not_looked", at: "looked" };
}
