import type { ServerBuild } from "@remix-run/node";
import { matchRoutes, type AgnosticRouteObject } from "@remix-run/router";
import type { Role } from "#app/domain/roles.ts";
import type { Db } from "#db/client.server.ts";
import { findConsultationScope, findStairwellScope, isOnRoll, type Scope } from "#db/queries/scopes.server.ts";
import { hasRole, type Actor } from "./actor.server.ts";
import { maySeeFile } from "./file-access.server.ts";

/**
 * Who may use a route. Each route states one beside it, in `handle.policy`; a route without one answers nobody.
 *
 * - `public`: everybody
 * - `signed-in`: every account, for its own things
 * - `staff`: committee and office, each for what lies in their scope
 * - `office`: the office of a subdistrict, for its own
 * - `accounts`: the office and the admin, who give others their accounts
 * - `assessor`; `site` for contractor and agent: each for the stairwells granted to them
 * - `committee-of-stairwell`, `committee-of-consultation`: the committee that the stairwell belongs to
 * - `staff-of-stairwell`, `staff-of-consultation`: that committee; the office of its subdistrict may look, not act
 * - `assessor-of-stairwell`, `site-of-stairwell`: an assessor, a contractor or agent to whom the stairwell was granted
 * - `people-of-stairwell`: its committee, assessor, contractor and agent; the office may look, not act
 * - `owner-on-roll`: an owner of a flat on the consultation's roll
 * - `file`: everybody for what is public, else those whose work it belongs to
 * - `demo`: everybody, in the demo only
 */
export type Policy =
  | "public"
  | "signed-in"
  | "staff"
  | "office"
  | "accounts"
  | "assessor"
  | "site"
  | "committee-of-stairwell"
  | "committee-of-consultation"
  | "staff-of-stairwell"
  | "staff-of-consultation"
  | "assessor-of-stairwell"
  | "site-of-stairwell"
  | "people-of-stairwell"
  | "owner-on-roll"
  | "file"
  | "demo";

export interface RouteHandle {
  policy: Policy;
  /** Whether the page runs scripts; public pages never do. */
  scripts?: boolean;
}

export type Verdict = "yes" | "sign-in" | "no" | "not-found";

type Params = Record<string, string | undefined>;

/** The policies that ask for a role alone. */
const byRole: Partial<Record<Policy, readonly Role[]>> = {
  staff: ["committee", "office"],
  office: ["office"],
  accounts: ["office", "admin"],
  assessor: ["assessor"],
  site: ["contractor", "agent"],
};

/** Whom a policy of a place lets in besides its committee; no committee where the work is not the committee's. */
const ofPlace: Partial<Record<Policy, { committee: boolean; officeLooks: boolean; granted: readonly Role[] }>> = {
  "committee-of-stairwell": { committee: true, officeLooks: false, granted: [] },
  "committee-of-consultation": { committee: true, officeLooks: false, granted: [] },
  "staff-of-stairwell": { committee: true, officeLooks: true, granted: [] },
  "staff-of-consultation": { committee: true, officeLooks: true, granted: [] },
  "assessor-of-stairwell": { committee: false, officeLooks: false, granted: ["assessor"] },
  "site-of-stairwell": { committee: false, officeLooks: false, granted: ["contractor", "agent"] },
  "people-of-stairwell": { committee: true, officeLooks: true, granted: ["assessor", "contractor", "agent"] },
};

const inCommittee = (actor: Actor, scope: Scope) =>
  actor.grants.some((g) => g.role === "committee" && g.scope === "committee" && g.scopeId === scope.committeeId);
const inOffice = (actor: Actor, scope: Scope) =>
  actor.grants.some((g) => g.role === "office" && g.scope === "subdistrict" && g.scopeId === scope.subdistrictId);
const isGranted = (actor: Actor, roles: readonly Role[], stairwellId: number) =>
  actor.grants.some((g) => roles.includes(g.role) && g.scope === "stairwell" && g.scopeId === stairwellId);

/** Whether the actor may use a route with this policy, for what its URL names. */
export async function whoMay(
  policy: Policy | undefined,
  { actor, params, method, db, demo }: { actor: Actor | undefined; params: Params; method: string; db: Db; demo: boolean },
): Promise<Verdict> {
  if (policy === "public") return "yes";
  if (policy === "demo") return demo ? "yes" : "not-found";
  if (policy === undefined) return "no";
  if (policy === "file") return maySeeFile(db, actor, params["id"] ?? "");
  if (!actor) return "sign-in";
  if (policy === "signed-in") return "yes";
  const roles = byRole[policy];
  if (roles) return hasRole(actor, ...roles) ? "yes" : "no";
  const code = params["code"] ?? "";
  if (policy === "owner-on-roll") return (await isOnRoll(db, code, flatsOf(actor))) ? "yes" : "no";
  const place = ofPlace[policy];
  if (!place) return "no";
  const scope = policy.endsWith("stairwell") ? await findStairwellScope(db, code) : await findConsultationScope(db, code);
  if (!scope) return hasRole(actor, "committee", "office", ...place.granted) ? "not-found" : "no";
  if (place.committee && inCommittee(actor, scope)) return "yes";
  if (isGranted(actor, place.granted, scope.stairwellId)) return "yes";
  const looks = method === "GET" || method === "HEAD";
  return place.officeLooks && looks && inOffice(actor, scope) ? "yes" : "no";
}

/** The flats that a resident's account stands for. */
export function flatsOf(actor: Actor): number[] {
  return actor.grants.flatMap((g) => (g.role === "resident" && g.scopeId !== null ? [g.scopeId] : []));
}

export interface MatchedRoute {
  id: string;
  params: Params;
  handle: Partial<RouteHandle>;
}

/** Finds the route of a path in the build, by Remix's own matcher. */
export function routeFinder(build: ServerBuild): (pathname: string) => MatchedRoute | undefined {
  const all = Object.values(build.routes).filter((route) => route !== undefined);
  const below = (parentId: string | undefined): AgnosticRouteObject[] =>
    all
      .filter((route) => route.parentId === parentId)
      .map((route) => {
        const own = { id: route.id, ...(route.path !== undefined && { path: route.path }) };
        return route.index ? { ...own, index: true } : { ...own, children: below(route.id) };
      });
  const tree = below(undefined);
  return (pathname) => {
    const match = matchRoutes(tree, pathname)?.at(-1);
    if (!match?.route.id || match.route.id === "root") return undefined;
    const handle = build.routes[match.route.id]?.module.handle as Partial<RouteHandle> | undefined;
    return { id: match.route.id, params: match.params, handle: handle ?? {} };
  };
}
