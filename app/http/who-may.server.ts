import type { ServerBuild } from "@remix-run/node";
import { matchRoutes, type AgnosticRouteObject } from "@remix-run/router";
import { isManaged } from "#app/domain/account.ts";
import type { Role } from "#app/domain/roles.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { ticketSides } from "#app/domain/ticket.ts";
import type { Db } from "#db/client.server.ts";
import { findAssessmentScope } from "#db/queries/assessments.server.ts";
import { findConsultationScope, findStairwellScope, isOnRoll, type Scope } from "#db/queries/scopes.server.ts";
import { findStaff } from "#db/queries/staff.server.ts";
import { findTicketScope, type FoundTicketScope } from "#db/queries/tickets.server.ts";
import { asManager, hasRole, type Actor } from "./actor.server.ts";
import { maySeeFile } from "./file-access.server.ts";

/**
 * Who may use a route. Each route states one beside it, in `handle.policy`; a route without one answers nobody.
 *
 * - `public`: everybody
 * - `signed-in`: every account, for its own things
 * - `staff`: committee and office, each for what lies in their scope
 * - `committee`: a committee, for its own
 * - `office`: the office of a subdistrict, for its own
 * - `accounts`: the office and the admin, who give others their accounts
 * - `account-in-scope`: the same, for an account that is theirs to manage
 * - `assessor`; `builder` for contractor and agent; `site` for these and the supervisor: each for the stairwells granted to them
 * - `committee-of-stairwell`, `committee-of-consultation`: the committee that the stairwell belongs to
 * - `staff-of-stairwell`, `staff-of-consultation`: that committee; the office of its subdistrict may look, not act
 * - `look-of-consultation`: committee and office alike, to say why they look at single ballots
 * - `assessor-of-stairwell`, `site-of-stairwell`: an assessor, a contractor or agent to whom the stairwell was granted
 * - `people-of-stairwell`: its committee, assessor, contractor, agent and supervisor; the office may look, not act
 * - `works-of-stairwell`: its committee and its supervisor, who hold the works against their evidence; the office may look, not act
 * - `money-of-stairwell`: its committee and its agent; nobody else sees who has paid
 * - `owner-on-roll`: an owner of a flat on the consultation's roll
 * - `file`: everybody for what is public, else those whose work it belongs to
 * - `assessors-of-assessment`: every assessor of its subdistrict, two of whom sign it; its committee and the office may look, not act
 * - `opener-of-ticket`: who opened the ticket, or called or came about it with the phone of the account
 * - `desk-of-ticket`: the committee of its stairwell, and the office where it was put or flagged to it
 * - `asked-of-ticket`: contractor and agent of its stairwell to whom it was put
 * - `demo`: everybody, in the demo only
 */
export type Policy =
  | "public"
  | "signed-in"
  | "staff"
  | "committee"
  | "office"
  | "accounts"
  | "account-in-scope"
  | "assessor"
  | "site"
  | "builder"
  | "committee-of-stairwell"
  | "committee-of-consultation"
  | "staff-of-stairwell"
  | "staff-of-consultation"
  | "look-of-consultation"
  | "assessor-of-stairwell"
  | "site-of-stairwell"
  | "people-of-stairwell"
  | "works-of-stairwell"
  | "money-of-stairwell"
  | "owner-on-roll"
  | "file"
  | "assessors-of-assessment"
  | "opener-of-ticket"
  | "desk-of-ticket"
  | "asked-of-ticket"
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
  committee: ["committee"],
  office: ["office"],
  accounts: ["office", "admin"],
  assessor: ["assessor"],
  site: ["contractor", "agent", "supervisor"],
  builder: ["contractor", "agent"],
};

/** Whom a policy of a place lets in besides its committee; no committee where the work is not the committee's. */
const ofPlace: Partial<Record<Policy, { committee: boolean; office: "acts" | "looks" | null; granted: readonly Role[] }>> = {
  "committee-of-stairwell": { committee: true, office: null, granted: [] },
  "committee-of-consultation": { committee: true, office: null, granted: [] },
  "staff-of-stairwell": { committee: true, office: "looks", granted: [] },
  "staff-of-consultation": { committee: true, office: "looks", granted: [] },
  "look-of-consultation": { committee: true, office: "acts", granted: [] },
  "assessor-of-stairwell": { committee: false, office: null, granted: ["assessor"] },
  "site-of-stairwell": { committee: false, office: null, granted: ["contractor", "agent"] },
  "money-of-stairwell": { committee: true, office: null, granted: ["agent"] },
  "people-of-stairwell": { committee: true, office: "looks", granted: ["assessor", "contractor", "agent", "supervisor"] },
  "works-of-stairwell": { committee: true, office: "looks", granted: ["supervisor"] },
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
  { actor, params, method, db, demo, now }: { actor: Actor | undefined; params: Params; method: string; db: Db; demo: boolean; now: Date },
): Promise<Verdict> {
  if (policy === "public") return "yes";
  if (policy === "demo") return demo ? "yes" : "not-found";
  if (policy === undefined) return "no";
  if (policy === "file") return maySeeFile(db, actor, params["id"] ?? "", now);
  if (!actor) return "sign-in";
  if (policy === "signed-in") return "yes";
  const roles = byRole[policy];
  if (roles) return hasRole(actor, ...roles) ? "yes" : "no";
  if (policy.endsWith("-of-ticket")) return whoMayTicket(policy, actor, await findTicketScope(db, readRowNumber(params["ticket"]), actor.accountId));
  if (policy === "assessors-of-assessment") return whoMayAssessment(actor, method, await findAssessmentScope(db, readRowNumber(params["assessment"]), actor.accountId));
  if (policy === "account-in-scope") return mayManage(db, actor, params["account"] ?? "");
  const code = params["code"] ?? "";
  if (policy === "owner-on-roll") return (await isOnRoll(db, code, flatsOf(actor))) ? "yes" : "no";
  const place = ofPlace[policy];
  if (!place) return "no";
  const scope = policy.endsWith("stairwell") ? await findStairwellScope(db, code) : await findConsultationScope(db, code);
  if (!scope) return hasRole(actor, "committee", "office", ...place.granted) ? "not-found" : "no";
  if (place.committee && inCommittee(actor, scope)) return "yes";
  if (isGranted(actor, place.granted, scope.stairwellId)) return "yes";
  const looks = method === "GET" || method === "HEAD";
  return (place.office === "acts" || (place.office === "looks" && looks)) && inOffice(actor, scope) ? "yes" : "no";
}

function whoMayTicket(policy: Policy, actor: Actor, scope: FoundTicketScope | undefined): Verdict {
  if (!scope) return hasRole(actor, "committee", "office") ? "not-found" : "no";
  if (policy === "opener-of-ticket") return scope.isOpener ? "yes" : "no";
  return ticketSides(actor.grants, scope, policy === "desk-of-ticket" ? ["committee", "office"] : ["contractor", "agent"]).length > 0 ? "yes" : "no";
}

function whoMayAssessment(actor: Actor, method: string, scope: Awaited<ReturnType<typeof findAssessmentScope>>): Verdict {
  if (!scope) return hasRole(actor, "committee", "office", "assessor") ? "not-found" : "no";
  const looks = (method === "GET" || method === "HEAD") && (inCommittee(actor, scope) || inOffice(actor, scope));
  return looks || scope.isAssessor ? "yes" : "no";
}

/** Whether an account is this person's to manage. */
async function mayManage(db: Db, actor: Actor, number: string): Promise<Verdict> {
  if (!hasRole(actor, "office", "admin")) return "no";
  const account = await findStaff(db, readRowNumber(number));
  if (!account?.isStaff) return "not-found";
  return isManaged(account, asManager(actor)) ? "yes" : "no";
}

/** The flats that a resident's account stands for. */
export function flatsOf(actor: Actor): number[] {
  return actor.grants.flatMap((g) => (g.role === "resident" && g.scopeId !== null ? [g.scopeId] : []));
}

export interface MatchedRoute {
  id: string;
  params: Params;
  handle: Partial<RouteHandle>;
  /** Whether it answers with a page, and not with data. */
  hasPage: boolean;
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
    const module = build.routes[match.route.id]?.module;
    return { id: match.route.id, params: match.params, handle: (module?.handle ?? {}) as Partial<RouteHandle>, hasPage: module?.default !== undefined };
  };
}
