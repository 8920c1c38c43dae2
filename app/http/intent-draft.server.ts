import { z } from "zod";
import { intentChoices, worries } from "#app/domain/intent.ts";
import type { PortalContext } from "./context.server.ts";
import { draftCookie } from "./draft.server.ts";

const shape = {
  stairwell: z.string(),
  room: z.string().optional(),
  choice: z.enum(intentChoices).optional(),
  worry: z.enum([...worries, "none"]).optional(),
  needsHelp: z.enum(["yes", "no"]).optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  slip: z.string().optional(),
  /** Whether it was begun from the list of one's own flats. */
  own: z.boolean().optional(),
  /** The receipt, once it was filed: whoever goes back comes to it. */
  receipt: z.string().optional(),
  /** As which the browser asked for the code to its phone. */
  browser: z.string().optional(),
};
export type IntentDraft = z.infer<z.ZodObject<typeof shape>>;

const cookie = draftCookie("intent", "stairwell", shape);

/** What has been answered so far for this stairwell; an empty draft when there is none. */
export async function readDraft(request: Request, context: PortalContext, stairwell: string): Promise<IntentDraft> {
  return (await cookie.read(request, context, stairwell)) ?? { stairwell };
}

export const keepDraft = cookie.keep;
