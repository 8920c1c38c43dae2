import { z } from "zod";
import { intentChoices, worries } from "#app/domain/intent.ts";
import type { PortalContext } from "./context.server.ts";
import { freshUntil, isFresh, signedCookie } from "./session.server.ts";

/** What has been answered so far; kept by the person's own browser for an hour, signed. */
const Draft = z.object({
  /** Until when it holds, in milliseconds; the browser is not asked. */
  until: z.number().optional(),
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
});
export type IntentDraft = z.infer<typeof Draft>;

const cookie = (context: PortalContext) => signedCookie("intent", context.cookieSecret, context.secureCookies);

/** The draft for this stairwell; an empty one when there is none. */
export async function readDraft(request: Request, context: PortalContext, stairwell: string): Promise<IntentDraft> {
  const parsed = Draft.safeParse(await cookie(context).parse(request.headers.get("Cookie")));
  return parsed.success && parsed.data.stairwell === stairwell && isFresh(parsed.data, context.now) ? parsed.data : { stairwell };
}

export function keepDraft(context: PortalContext, draft: IntentDraft): Promise<string> {
  return cookie(context).serialize({ ...draft, until: freshUntil(context.now) });
}
