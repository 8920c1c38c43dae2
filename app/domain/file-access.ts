import type { FileKind } from "./files.ts";

/** Whose a file is by one of the rows that refer to it. */
export interface FileOwner {
  /** null where the office has no part in it. */
  subdistrictId: number | null;
  committeeId: number;
  /** null for what concerns a whole community. */
  stairwellId: number | null;
  /** Somebody who may see it beside those whose work it is, as who asked a question with a photo. */
  accountId?: number;
  /** Flats whose owners may see it, as a receipt for the money that they have paid. */
  flatIds?: readonly number[];
}

interface Viewer {
  accountId: number;
  grants: readonly { role: string; scope: string; scopeId: number | null }[];
}

/** Whose work lies in a scope. */
const ROLES = {
  committee: ["committee"],
  subdistrict: ["office"],
  stairwell: ["assessor", "contractor", "agent", "supervisor"],
  flat: ["resident"],
} as const satisfies Record<string, readonly string[]>;

/** Who sees a file that is not public, beside the committee whose it is: a ballot's image nobody else, a receipt the agent who keeps the ledger. */
const SEEN_BY: Record<FileKind, readonly ("office" | "project" | "agent")[]> = {
  scan: [],
  authorisation: [],
  signature: [],
  photo: ["office", "project"],
  receipt: ["agent"],
  document: ["office", "project"],
};

/**
 * Whether somebody may see a file that is not public: those whose work it is, by what refers to it and by its kind.
 * While nothing refers to it, who sent it.
 */
export function maySee(file: { kind: FileKind; uploadedBy: number | null }, owners: readonly FileOwner[], { accountId, grants }: Viewer): boolean {
  if (owners.length === 0) return file.uploadedBy === accountId;
  const isTheirs = (scope: keyof typeof ROLES, id: number | null, roles: readonly string[] = ROLES[scope]) =>
    id !== null && grants.some((g) => g.scope === scope && g.scopeId === id && roles.includes(g.role));
  const also = SEEN_BY[file.kind];
  return owners.some(
    (owner) =>
      owner.accountId === accountId ||
      isTheirs("committee", owner.committeeId) ||
      (also.includes("office") && isTheirs("subdistrict", owner.subdistrictId)) ||
      (also.includes("project") && isTheirs("stairwell", owner.stairwellId)) ||
      (also.includes("agent") && isTheirs("stairwell", owner.stairwellId, ["agent"])) ||
      (owner.flatIds ?? []).some((id) => isTheirs("flat", id)),
  );
}
