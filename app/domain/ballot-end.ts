import type { Channel } from "./consultation-file.ts";
import type { ConsultationRefusal, Times } from "./consultation.ts";
import type { Problem } from "./problem.ts";
import { shanghaiDay } from "./shanghai-day.ts";

type Refused = Problem<ConsultationRefusal> | null;

/** Why a ballot does not count: made void, taken back, disagreed with by the second person, or not seen by one yet. */
export type BallotEnd = "void" | "undone" | "disagreed" | "unchecked";

/** How far a ballot has come. */
export interface BallotState {
  end: BallotEnd | null;
  /** Whether it is part of a certified result. */
  certified: boolean;
  /** The request to void it that nobody has decided, with who made it; null for an owner, by the link in a message. */
  request: { accountId: number | null } | null;
}

function whyBallotIsSettled({ end, certified }: Pick<BallotState, "end" | "certified">): Refused {
  if (certified) return { code: "certified" };
  return end === "void" ? { code: "already_void" } : null;
}

function whyBallotIsWithdrawn({ end }: Pick<BallotState, "end">): Refused {
  if (end === "undone") return { code: "already_undone" };
  return end === "disagreed" ? { code: "already_disagreed" } : null;
}

/** Why nobody can ask that a ballot be void. */
export function whyVoidIsRefused(ballot: BallotState): Refused {
  return whyBallotIsSettled(ballot) ?? whyBallotIsWithdrawn(ballot) ?? (ballot.request ? { code: "already_requested" } : null);
}

/**
 * Why this person cannot turn a request down; whoever made it may take it back, and whoever recorded a ballot does not
 * decide on its owner's objection alone.
 */
export function whyVoidRejectIsRefused(ballot: BallotState & Pick<RecordedBallot, "recordedBy">, accountId: number): Refused {
  const settled = whyBallotIsSettled(ballot);
  if (settled) return settled;
  if (!ballot.request) return { code: "not_requested" };
  return ballot.request.accountId === null && ballot.recordedBy === accountId ? { code: "same_person" } : null;
}

/** Why this person cannot make a ballot void: it takes a second one. */
export function whyVoidConfirmIsRefused(ballot: BallotState, accountId: number): Refused {
  const settled = whyBallotIsSettled(ballot);
  if (settled) return settled;
  if (!ballot.request) return { code: "not_requested" };
  return ballot.request.accountId === accountId ? { code: "same_person" } : null;
}

/** A ballot as whoever checks it or takes it back finds it. */
export interface RecordedBallot extends BallotState {
  channel: Channel;
  /** Null for one from the archive. */
  recordedBy: number | null;
  castAt: Date;
  /** Whether a second person has answered. */
  isChecked: boolean;
}

/** Why no second person is asked about a ballot, or not any more: it was not from paper, has ended, or was answered for. */
export function whyBallotIsOver(ballot: RecordedBallot): Refused {
  const settled = whyBallotIsSettled(ballot) ?? whyBallotIsWithdrawn(ballot);
  if (settled) return settled;
  if (ballot.channel === "online" || ballot.recordedBy === null) return { code: "not_to_check" };
  return ballot.isChecked ? { code: "already_checked" } : null;
}

/** Why this person's word on a ballot is not asked: it takes somebody else than who recorded it, once, and paper. */
export function whyCheckIsRefused(ballot: RecordedBallot, accountId: number): Refused {
  const over = whyBallotIsOver(ballot);
  if (over) return over;
  if (ballot.request?.accountId === null) return { code: "owner_objects" };
  return ballot.recordedBy === accountId ? { code: "same_person" } : null;
}

/** How long a ballot can be taken back, in minutes. */
export const UNDO_MINUTES = 10;

/** Why a ballot cannot be taken back any more, or not by this person. Online the deadline ends that too. */
export function whyUndoIsRefused(
  ballot: RecordedBallot,
  { closesAt, closedAt }: Pick<Times, "closesAt" | "closedAt">,
  { accountId, now }: { accountId: number; now: Date },
): Refused {
  if (closedAt) return { code: "not_open" };
  const settled = whyVoidIsRefused(ballot);
  if (settled) return settled;
  if (ballot.isChecked) return { code: "already_checked" };
  if (ballot.recordedBy !== accountId) return { code: "not_your_ballot" };
  if (now.getTime() - ballot.castAt.getTime() > UNDO_MINUTES * 60_000) return { code: "undo_too_late" };
  return ballot.channel === "online" && now > closesAt ? { code: "after_deadline", params: { day: shanghaiDay(closesAt) } } : null;
}
