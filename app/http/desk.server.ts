import type { DeskScope } from "#db/queries/desk.server.ts";
import type { PortalContext } from "./context.server.ts";

/** What the signed-in clerk answers for. The route's policy has made sure that somebody is signed in. */
export function deskScope({ actor }: PortalContext): DeskScope {
  const ids = (role: string, scope: string) =>
    (actor?.grants ?? []).flatMap((g) => (g.role === role && g.scope === scope && g.scopeId !== null ? [g.scopeId] : []));
  return { committeeIds: ids("committee", "committee"), subdistrictIds: ids("office", "subdistrict") };
}

/** Whether the clerk works for this committee itself; the office of its subdistrict only looks. */
export function isOfCommittee(context: PortalContext, committeeId: number | undefined): boolean {
  return committeeId !== undefined && deskScope(context).committeeIds.includes(committeeId);
}

/** The account that acts; a route whose policy lets nobody in without one may rely on it. */
export function accountOf({ actor }: PortalContext): number {
  if (!actor) throw new Response(null, { status: 403 });
  return actor.accountId;
}
