/**
 * How long what the portal knows about people is kept, in days, and from when on they count. All are defaults of the
 * portal but where a law is named. What proves a result is kept with it: ballots, their paper, the roll by its codes.
 *
 * - three years are the time in which a claim can be brought (Civil Code art. 188)
 */
export const retention = [
  { kind: "limits", days: 1, from: "over" },
  { kind: "codes", days: 1, from: "over" },
  { kind: "drafts", days: 1, from: "over" },
  { kind: "forms", days: 7, from: "made" },
  { kind: "sessions", days: 30, from: "over" },
  { kind: "links", days: 30, from: "over" },
  { kind: "messages", days: 180, from: "made" },
  { kind: "contacts", days: 180, from: "made" },
  { kind: "visits", days: 180, from: "made" },
  { kind: "tenants", days: 180, from: "over" },
  { kind: "tickets", days: 1_095, from: "over" },
  { kind: "bindings", days: 1_095, from: "over" },
  { kind: "opinions", days: 1_095, from: "made" },
  { kind: "rolls", days: 1_095, from: "made" },
  { kind: "owners", days: 1_095, from: "over" },
  { kind: "accounts", days: 1_095, from: "over" },
] as const satisfies readonly { kind: string; days: number; from: "made" | "over" }[];

export type RetentionKind = (typeof retention)[number]["kind"];

/** What was made, or was over, before this moment has served its time. */
export function keptSince(kind: RetentionKind, now: Date): Date {
  const days = retention.find((one) => one.kind === kind)?.days ?? 0;
  return new Date(now.getTime() - days * 86_400_000);
}

/** Log entries about people on which no result and no stage rests: what they say is removed when their kind's time is over. */
export const forgettableVerbs: Partial<Record<RetentionKind, readonly string[]>> = {
  visits: ["door-visited", "door-visit-undone"],
  bindings: ["binding-requested", "binding-approved", "binding-refused", "flat-bound", "flat-unbound", "tenant-ended"],
  rolls: ["roll-exported"],
};

/** Stands where the name of somebody stood who was forgotten. */
export const FORGOTTEN_NAME = "（已删除）";
