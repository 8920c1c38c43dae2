import { z } from "zod";
import { typedCode } from "./receipt.ts";
import type { Role } from "./roles.ts";
import { rowNumber } from "./row-number.ts";
import { linesText, lineText, optional } from "./text.ts";

/** Shortest password of staff, in characters; NIST SP 800-63B asks for length, not for kinds of characters. */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;

/** A setup code has 12 letters, 60 bits, and holds for a day. */
export const SETUP_CODE_LENGTH = 12;
export const SETUP_HOURS = 24;

/** The roles of those who sign in with an account; residents sign in by phone. */
export const staffRoles = ["committee", "assessor", "contractor", "agent", "supervisor", "office", "admin"] as const satisfies readonly Role[];
export type StaffRole = (typeof staffRoles)[number];

/** A new password. Whether it is a common one is another question. */
export const newPassword = z
  .string({ error: "missing" })
  .min(1, { error: "missing" })
  .max(LONGEST_PASSWORD, { error: "too-long" })
  .refine((password) => [...password].length >= SHORTEST_PASSWORD, { error: "too-short" });

const role = z.enum(staffRoles, { error: "missing" });
/** Where a role holds: a committee, stairwells by their codes, or a subdistrict; an admin's holds everywhere. */
const place = { committee: optional(rowNumber), stairwells: optional(linesText(1_000)), subdistrict: optional(rowNumber) };

interface Place {
  role: StaffRole;
  committee?: number | undefined;
  stairwells?: string | undefined;
  subdistrict?: number | undefined;
}

const needs = { committee: "committee", assessor: "stairwells", contractor: "stairwells", agent: "stairwells", supervisor: "stairwells", office: "subdistrict", admin: null } as const;

function checkPlace(given: Place, context: z.core.$RefinementCtx<Place>): void {
  const needed = needs[given.role];
  if (needed && given[needed] === undefined) context.addIssue({ code: "custom", path: [needed], message: "missing" });
}

export const grantForm = z.object({ role, ...place }).superRefine(checkPlace);

export const newAccountForm = z
  .object({
    login: lineText(32).refine((login) => /^[a-z][a-z0-9._-]{1,31}$/.test(login), { error: "not-a-login" }),
    name: lineText(60),
    role,
    ...place,
  })
  .superRefine(checkPlace);

/** What is done to an account that there is: a grant withdrawn, the account closed or opened, a setup code made. */
export const accountStepForm = z
  .object({ step: z.enum(["revoke", "deactivate", "activate", "setup"], { error: "missing" }), grant: optional(rowNumber) })
  .superRefine(({ step, grant }, context) => {
    if (step === "revoke" && grant === undefined) context.addIssue({ code: "custom", path: ["grant"], message: "missing" });
  });

/** Setting a password with a setup code. */
export const setupForm = z
  .object({
    login: lineText(60),
    setup: typedCode(SETUP_CODE_LENGTH),
    password: newPassword,
    repeated: z.string({ error: "missing" }).min(1, { error: "missing" }).max(LONGEST_PASSWORD, { error: "too-long" }),
  })
  .superRefine(({ password, repeated }, context) => {
    if (password !== repeated) context.addIssue({ code: "custom", path: ["repeated"], message: "not-the-same" });
  });

/** Codes of stairwells as typed: in any case, parted by spaces, commas or lines; each once. */
export function readStairwellCodes(typed: string): string[] {
  const codes = typed.normalize("NFKC").toUpperCase().split(/[\s,;、]+/).filter((code) => code !== "");
  return [...new Set(codes)];
}

/** Whoever gives others their accounts: the office for its subdistricts, the admin for all. */
export interface Manager {
  accountId: number;
  isAdmin: boolean;
  subdistrictIds: readonly number[];
}

/** The roles that a manager may give. */
export function rolesToGive({ isAdmin }: Pick<Manager, "isAdmin">): readonly StaffRole[] {
  return staffRoles.filter((given) => given !== "admin" || isAdmin);
}

export interface ManagedAccount {
  accountId: number;
  /** Whether it signs in with a password; residents are nobody's to manage. */
  isStaff: boolean;
  subdistrictId: number;
  /** The grants in force; `subdistrictId` is that of the scope, null for the whole installation. */
  grants: readonly { role: Role; subdistrictId: number | null }[];
}

/**
 * Whether an account is the manager's to see: for the office one of its own subdistrict that reaches nowhere else, for
 * whoever could set its password could do all that it may.
 */
export function isManaged(account: ManagedAccount, { isAdmin, subdistrictIds }: Manager): boolean {
  if (!account.isStaff) return false;
  if (isAdmin) return true;
  const within = (subdistrictId: number | null) => subdistrictId !== null && subdistrictIds.includes(subdistrictId);
  return within(account.subdistrictId) && account.grants.every((grant) => within(grant.subdistrictId));
}

/** Why a manager cannot change an account: it is not theirs, or it is their own, which takes a second person. */
export function whyManagingIsRefused(account: ManagedAccount, manager: Manager): { code: "account_unknown" | "own_account" } | null {
  if (!isManaged(account, manager)) return { code: "account_unknown" };
  return account.accountId === manager.accountId ? { code: "own_account" } : null;
}

/** Whether a setup code may still be used. */
export function isSetupOpen(setup: { expiresAt: Date; usedAt: Date | null; revokedAt: Date | null }, now: Date): boolean {
  return setup.usedAt === null && setup.revokedAt === null && setup.expiresAt > now;
}
