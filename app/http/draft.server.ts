import { z } from "zod";
import type { PortalContext } from "./context.server.ts";
import { freshUntil, isFresh, signedCookie } from "./session.server.ts";

/**
 * What a person is in the middle of, kept by their own browser for an hour, signed.
 *
 * @param about the member that says what it is about; a draft about something else is none
 */
export function draftCookie<Shape extends z.ZodRawShape>(name: string, about: keyof Shape & string, shape: Shape) {
  // Until when it holds, in milliseconds; the browser is not asked.
  const Kept = z.object({ ...shape, until: z.number() });
  const cookie = (context: PortalContext) => signedCookie(name, context.cookieSecret, context.secureCookies);
  return {
    /** The draft about this; undefined when there is none. */
    async read(request: Request, context: PortalContext, what: string): Promise<z.infer<z.ZodObject<Shape>> | undefined> {
      const parsed = Kept.safeParse(await cookie(context).parse(request.headers.get("Cookie")));
      if (!parsed.success) return undefined;
      const kept = parsed.data as z.infer<z.ZodObject<Shape>> & { until: number };
      return (kept as Record<string, unknown>)[about] === what && isFresh(kept, context.now) ? kept : undefined;
    },
    keep: (context: PortalContext, draft: z.infer<z.ZodObject<Shape>>) => cookie(context).serialize({ ...draft, until: freshUntil(context.now) }),
    drop: (context: PortalContext) => cookie(context).serialize("", { maxAge: 0 }),
  };
}
