import type { Manager } from "#app/domain/account.ts";
import { workplaceOf, type Role } from "#app/domain/roles.ts";
import { paths } from "#app/paths.ts";
import type { DeskScope } from "#db/queries/desk.server.ts";
import { asManager, type Grant } from "./actor.server.ts";
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

/** The same, or for the office of its subdistrict. */
export function isOfDesk(context: PortalContext, { committeeId, subdistrictId }: { committeeId: number; subdistrictId: number }): boolean {
  return isOfCommittee(context, committeeId) || deskScope(context).subdistrictIds.includes(subdistrictId);
}

/** The stairwells for which the signed-in person has one of these roles. */
export function stairwellsOf({ actor }: PortalContext, ...roles: Role[]): number[] {
  const ids = (actor?.grants ?? []).flatMap((g) => (roles.includes(g.role) && g.scope === "stairwell" && g.scopeId !== null ? [g.scopeId] : []));
  return [...new Set(ids)];
}

/** Whether somebody holds the works of a stairwell against their evidence: its committee, or its supervisor. */
export function checksWorks(context: PortalContext, { stairwellId, committeeId }: { stairwellId: number; committeeId: number }): boolean {
  return isOfCommittee(context, committeeId) || stairwellsOf(context, "supervisor").includes(stairwellId);
}

/** The way back from a page of a stairwell that several kinds of people share: its page at the desk, or the own list. */
export function wayBack(context: PortalContext, place: { code: string; committeeId: number; subdistrictId: number }): string {
  return isOfDesk(context, place) ? paths.deskStairwell(place.code) : landingOf(context.actor?.grants ?? []);
}

const workplaces = { desk: paths.desk, assessments: paths.assessments, site: paths.site, accounts: paths.accounts, me: paths.me };

/** Where a person with these grants finds the own work: the page after signing in. */
export function landingOf(grants: readonly Grant[]): string {
  return workplaces[workplaceOf(grants.map(({ role }) => role))]();
}

/** The subdistrict whose office the signed-in person is of; a route with the policy `office` may rely on it. */
export function subdistrictOf(context: PortalContext): number {
  const [subdistrictId] = deskScope(context).subdistrictIds;
  if (subdistrictId === undefined) throw new Response(null, { status: 403 });
  return subdistrictId;
}

/** The signed-in person as one who gives others their accounts; a route with the policy `accounts` may rely on it. */
export function managerOf(context: PortalContext): Manager {
  return asManager({ accountId: accountOf(context), grants: context.actor?.grants ?? [] });
}

/** The account that acts; a route whose policy lets nobody in without one may rely on it. */
export function accountOf({ actor }: PortalContext): number {
  if (!actor) throw new Response(null, { status: 403 });
  return actor.accountId;
}

/** Room and receipt of a filing that has just been saved, as the address says them; `room` is the name of the first. */
export function readFiled({ searchParams }: URL, name: "room" | "filed"): { room: string; receipt: string } | null {
  const [room, receipt] = [searchParams.get(name), searchParams.get("receipt")];
  return room && receipt && /^[\w-]{1,16}$/.test(room) && /^[\w-]{8,20}$/.test(receipt) ? { room, receipt } : null;
}
