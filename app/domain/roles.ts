/** What a grant is for: a role, and the scope in which it holds. */
export const roleScopes = {
  resident: "flat",
  committee: "committee",
  assessor: "stairwell",
  contractor: "stairwell",
  agent: "stairwell",
  supervisor: "stairwell",
  office: "subdistrict",
  admin: "installation",
} as const;

export type Role = keyof typeof roleScopes;
export type GrantScope = (typeof roleScopes)[Role];

/** Where somebody finds the own work. */
export type Workplace = "desk" | "assessments" | "site" | "accounts" | "me";

/** The place where a person with these roles begins; where there are several, the one with most to do every day. */
export function workplaceOf(roles: readonly Role[]): Workplace {
  const has = (...some: Role[]) => some.some((role) => roles.includes(role));
  if (has("committee", "office")) return "desk";
  if (has("assessor")) return "assessments";
  if (has("contractor", "agent", "supervisor")) return "site";
  return has("admin") ? "accounts" : "me";
}
