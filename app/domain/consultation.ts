import type { Channel } from "./consultation-file.ts";
import type { Problem } from "./problem.ts";
import { isRulesetId, listRulesets, rulesetInForce, type NamedRuleset } from "./ruleset.ts";
import { addDays, endOfDay, shanghaiDay } from "./shanghai-day.ts";
import { stageIndex, type SideState, type Stage } from "./stages.ts";
import type { Outlook, RollRow, TallyResult } from "./tally.ts";

/** Who votes: the stairwell for its lift, or the whole community, on whose land the lift would stand. */
export const scopes = ["stairwell", "community"] as const;
export type Scope = (typeof scopes)[number];

/** All codes with which a step of a consultation is refused; `i18n` has a sentence for each. */
export type ConsultationRefusal =
  | "not_in_reserve"
  | "not_assessed"
  | "stage_too_late"
  | "project_stopped"
  | "already_open"
  | "already_passed"
  | "rule_unknown"
  | "ruleset_not_binding"
  | "ruleset_not_in_force"
  | "ruleset_not_for_scope"
  | "closes_in_past"
  | "period_too_long"
  | "roll_empty"
  | "owners_missing"
  | "roll_questions_open"
  | "not_open"
  | "not_on_roll"
  | "not_your_flat"
  | "authorisation_missing"
  | "authorisation_image_missing"
  | "after_deadline"
  | "received_in_future"
  | "received_before_opening"
  | "ballot_newer"
  | "newer_online"
  | "not_to_check"
  | "already_checked"
  | "already_disagreed"
  | "already_undone"
  | "not_your_ballot"
  | "undo_too_late"
  | "ballot_unknown"
  | "certified"
  | "already_void"
  | "already_requested"
  | "owner_objects"
  | "not_requested"
  | "same_person"
  | "reason_missing"
  | "reason_names_owner"
  | "before_deadline"
  | "not_closed"
  | "withdrawn"
  | "already_certified"
  | "unresolved_split"
  | "unchecked"
  | "void_pending"
  | "not_certified"
  | "already_published";

type Refused = Problem<ConsultationRefusal> | null;

/** A flat with the codes of its present owners. */
export interface OwnedFlat {
  room: string;
  owners: readonly string[];
}

/** The longest time between opening and deadline, in days. */
export const LONGEST_PERIOD = 365;

/** How far a stairwell and its roll have come. */
export interface Readiness {
  scope: Scope;
  stage: Stage;
  sideState: SideState | null;
  /** Whether a consultation of this scope is neither published nor withdrawn. */
  running: boolean;
  /** Whether the newest consultation of this scope passed, and its consent still holds. */
  passed: boolean;
  /** Of the roll that would be frozen: how many, and those of them without a present owner. */
  flats: number;
  ownerless: readonly string[];
  /** Questions of the roll's import about who is who that nobody has answered. */
  openQuestions: number;
}

export interface Opening extends Readiness {
  ruleset: NamedRuleset;
  /** The last day for ballots, in Shanghai. */
  closesOn: string;
  now: Date;
}

/** Why a consultation cannot be opened: the way so far, the rule, the dates, or the roll that it would freeze. */
export function whyOpeningIsRefused(opening: Opening): Refused {
  return whyStageForbids(opening) ?? whyRulesetForbids(opening) ?? whyPeriodForbids(opening) ?? whyRollForbids(opening);
}

/** Why none can be opened whatever the rule and the dates. */
export function whyNotReady(readiness: Readiness): Refused {
  return whyStageForbids(readiness) ?? whyRollForbids(readiness);
}

/** That the community's land is needed may turn out while plans and agreements are made, not once there is building. */
const latestStage: Record<Scope, Stage> = { stairwell: "consultation", community: "approval" };

function whyStageForbids({ scope, stage, sideState, running, passed }: Readiness): Refused {
  if (running) return { code: "already_open" };
  if (stage === "intent") return { code: "not_in_reserve" };
  if (stageIndex(stage) > stageIndex(latestStage[scope])) return { code: "stage_too_late" };
  if (scope === "stairwell" && stageIndex(stage) < stageIndex("consultation")) return { code: "not_assessed" };
  if (stageIndex(stage) >= stageIndex("consultation") && passed) return { code: "already_passed" };
  // A dispute is what a vote may settle; the other side states stop the project.
  return sideState === null || sideState === "disputed" ? null : { code: "project_stopped" };
}

/** What a subdistrict has set about rulesets by a day: those it has added, and the id of the one that it offers first. */
export interface RulesetOffer {
  added?: Parameters<typeof listRulesets>[0];
  first?: string;
}

/** The rulesets under which a consultation of this scope may be opened on a day, the one that the subdistrict offers first in front. */
export function rulesetsFor(scope: Scope, day: string, { added, first }: RulesetOffer = {}): NamedRuleset[] {
  const offered = listRulesets(added).filter((ruleset) => ruleset.binding && rulesetInForce(ruleset, day) && isForScope(ruleset, scope));
  return [...offered.filter(({ id }) => id === first), ...offered.filter(({ id }) => id !== first)];
}

/** Art. 278 of the Civil Code lets a community use its land by its ordinary majority; what a subdistrict adds, it answers for. */
const isForScope = ({ id }: NamedRuleset, scope: Scope) => scope === "stairwell" || !isRulesetId(id) || id === "cn-civil-278-ordinary";

function whyRulesetForbids({ scope, ruleset, now }: Opening): Refused {
  if (!ruleset.binding) return { code: "ruleset_not_binding", at: "ruleset" };
  if (!isForScope(ruleset, scope)) return { code: "ruleset_not_for_scope", at: "ruleset" };
  return rulesetInForce(ruleset, shanghaiDay(now)) ? null : { code: "ruleset_not_in_force", at: "ruleset" };
}

function whyPeriodForbids({ closesOn, now }: Opening): Refused {
  if (endOfDay(closesOn) <= now) return { code: "closes_in_past", at: "closesOn" };
  const last = addDays(shanghaiDay(now), LONGEST_PERIOD);
  return closesOn > last ? { code: "period_too_long", at: "closesOn", params: { last } } : null;
}

function whyRollForbids({ flats, ownerless, openQuestions }: Readiness): Refused {
  if (flats === 0) return { code: "roll_empty" };
  if (ownerless.length > 0) return { code: "owners_missing", params: { rooms: listRooms(ownerless), flats: ownerless.length } };
  return openQuestions > 0 ? { code: "roll_questions_open", params: { questions: openQuestions } } : null;
}

/** So many rooms can still be read in a sentence. */
const MOST_ROOMS = 20;

/** As a sentence names rooms: 101、102; of very many the first. */
export function listRooms(rooms: readonly string[]): string {
  return rooms.length > MOST_ROOMS ? `${rooms.slice(0, MOST_ROOMS).join("、")}……` : rooms.join("、");
}

/** The longest voter key that is written out. */
const LONGEST_VOTER = 200;

/**
 * Gives each flat its voter (head): flats with exactly the same owners are one head, so are co-owners of a flat, and
 * a developer's unsold flats (SPC interpretation on 建筑物区分所有权, art. 9). The key is the owner's code, of several
 * their sorted codes joined by "+", or, where that is too long or could be read in two ways, the number of owners and
 * the head's first room.
 *
 * @throws RangeError for a flat without an owner
 */
export function headsOf<Flat extends OwnedFlat>(flats: readonly Flat[]): (Flat & { voter: string })[] {
  const ownersOf = ({ room, owners }: Flat): string[] => {
    if (owners.length === 0) throw new RangeError(`flat without an owner: ${room}`);
    return [...new Set(owners)].sort();
  };
  const firstRooms = new Map<string, string>();
  for (const flat of flats) {
    const head = JSON.stringify(ownersOf(flat));
    const first = firstRooms.get(head);
    if (first === undefined || flat.room < first) firstRooms.set(head, flat.room);
  }
  return flats.map((flat) => {
    const owners = ownersOf(flat);
    const joined = owners.join("+");
    const plain = joined.length <= LONGEST_VOTER && !owners.some((code) => /[+@]/.test(code));
    return { ...flat, voter: plain ? joined : `${owners.length}@${firstRooms.get(JSON.stringify(owners))}` };
  });
}

/** The code of a consultation: year and stairwell, Z for a community-wide one, with a number from the second of that year on. */
export function consultationCode(openedAt: Date, stairwell: string, taken: readonly string[], scope: Scope = "stairwell"): string {
  const first = `Q${shanghaiDay(openedAt).slice(0, 4)}-${stairwell}${scope === "community" ? "-Z" : ""}`;
  let code = first;
  for (let number = 2; taken.includes(code); number++) code = `${first}-${number}`;
  return code;
}

export interface Times {
  openedAt: Date;
  closesAt: Date;
  closedAt: Date | null;
}

export interface Casting {
  channel: Channel;
  authorisation: string | null;
  /** The page on which it is. */
  authorisationPage: number | null;
  /** The day on which a ballot that was not cast online came in; null online. */
  receivedOn: string | null;
  now: Date;
}

/**
 * Why a ballot is refused. Online the moment counts, on paper the day on which it came in: what came in time is
 * recorded until the consultation is closed.
 *
 * @param flat whether it stands on the roll, and whether whoever casts may do so for it (the committee always may)
 */
export function whyBallotIsRefused(
  { openedAt, closesAt, closedAt }: Times,
  flat: { onRoll: boolean; mayCast: boolean },
  { channel, authorisation, authorisationPage, receivedOn, now }: Casting,
): Refused {
  if (closedAt) return { code: "not_open" };
  if (!flat.onRoll) return { code: "not_on_roll", at: "room" };
  if (!flat.mayCast) return { code: "not_your_flat", at: "room" };
  if (channel === "proxy" && authorisation === null) return { code: "authorisation_missing", at: "authorisation" };
  if (channel === "proxy" && authorisationPage === null) return { code: "authorisation_image_missing", at: "authorisationPage" };
  if (receivedOn === null) return now > closesAt ? { code: "after_deadline", params: { day: shanghaiDay(closesAt) } } : null;
  return whyDayIsRefused(receivedOn, { first: shanghaiDay(openedAt), last: shanghaiDay(closesAt), today: shanghaiDay(now) });
}

function whyDayIsRefused(receivedOn: string, { first, last, today }: { first: string; last: string; today: string }): Refused {
  if (receivedOn > today) return { code: "received_in_future", at: "receivedOn" };
  if (receivedOn < first) return { code: "received_before_opening", at: "receivedOn", params: { day: first } };
  return receivedOn > last ? { code: "after_deadline", at: "receivedOn", params: { day: last } } : null;
}

/** What the flat has on record when a ballot for it comes in. */
export interface Recorded {
  /** Its newest ballot, whether it counts or not. */
  newest: { seq: number; channel: Channel; castAt: Date } | null;
  /** When its counting ballot was cast, where that was online. */
  onlineAt: Date | null;
}

/**
 * Why a ballot comes too late for what the flat has on record by now: a newer one that whoever casts has not seen, or
 * an online one cast on a day after that on which the paper came in, for the later word of the flat counts.
 *
 * @param seen the flat's newest ballot as the person saw it, null for none; undefined where nobody says
 */
export function whyBallotIsOutdated(
  { newest, onlineAt }: Recorded,
  { seen, receivedOn }: { seen: number | null | undefined; receivedOn: string | null },
): Refused {
  if (newest && seen !== undefined && seen !== newest.seq) {
    return { code: "ballot_newer", params: { channel: newest.channel, at: newest.castAt.toISOString() } };
  }
  if (receivedOn === null || onlineAt === null || receivedOn >= shanghaiDay(onlineAt)) return null;
  return { code: "newer_online", at: "receivedOn", params: { day: shanghaiDay(onlineAt) } };
}

/** Why a reason cannot stand in the record and in the consultation's file: they hold rooms, never a name. */
export function whyReasonIsRefused(reason: string, ownerNames: readonly string[], at = "reason"): Refused {
  // A name of one character would be found in any sentence.
  const named = ownerNames.some((name) => [...name].length > 1 && reason.includes(name));
  return named ? { code: "reason_names_owner", at } : null;
}

/**
 * Why a consultation cannot be closed: before its deadline only once nothing can change any more, and with a reason.
 *
 * @param result the tally at this moment
 * @param unchecked rooms with a ballot that waits for the second person
 */
export function whyClosingIsRefused(
  { closesAt, closedAt }: Pick<Times, "closesAt" | "closedAt">,
  { result, unchecked, reason, now }: {
    result: Pick<TallyResult, "roll" | "participated" | "outlook">; unchecked: readonly string[]; reason: string | null; now: Date;
  },
): Refused {
  if (closedAt) return { code: "not_open" };
  if (now > closesAt) return null;
  if (unchecked.length > 0) return { code: "unchecked", params: { rooms: listRooms(unchecked) } };
  const decided: readonly Outlook[] = ["secured", "lost"];
  // Every flat has an area, so all of it is there only when every flat is.
  const allReturned = result.participated.area === result.roll.area;
  if (!allReturned && !decided.includes(result.outlook)) {
    return { code: "before_deadline", params: { day: shanghaiDay(closesAt) } };
  }
  return reason === null ? { code: "reason_missing", at: "reason" } : null;
}

export interface Certifying {
  closedAt: Date | null;
  withdrawnAt: Date | null;
  /** Null where the portal closed it at the deadline: the first of the two people is then whoever opened it. */
  closedBy: number | null;
  openedBy: number | null;
  isCertified: boolean;
  accountId: number;
  /** Rooms with a request to void a ballot that nobody has decided. */
  pendingVoids: readonly string[];
  /** Rooms with a ballot that waits for the second person. */
  unchecked: readonly string[];
  roll: readonly RollRow[];
  unresolved: readonly string[];
}

/**
 * Why this person cannot certify the result: it takes a second one, and a head whose flats were cast differently
 * counts for nothing until that is resolved.
 */
export function whyCertifyingIsRefused(certifying: Certifying): Refused {
  if (!certifying.closedAt) return { code: "not_closed" };
  if (certifying.withdrawnAt) return { code: "withdrawn" };
  if (certifying.isCertified) return { code: "already_certified" };
  if ((certifying.closedBy ?? certifying.openedBy) === certifying.accountId) return { code: "same_person" };
  const { pendingVoids, unchecked, roll, unresolved } = certifying;
  if (unchecked.length > 0) return { code: "unchecked", params: { rooms: listRooms(unchecked) } };
  if (pendingVoids.length > 0) return { code: "void_pending", params: { rooms: listRooms(pendingVoids) } };
  if (unresolved.length === 0) return null;
  const rooms = roll.filter(({ voter }) => unresolved.includes(voter)).map(({ unit }) => unit);
  return { code: "unresolved_split", params: { rooms: listRooms(rooms) } };
}

/** Why a result cannot be published. */
export function whyPublishingIsRefused({ isCertified, publishedAt }: { isCertified: boolean; publishedAt: Date | null }): Refused {
  if (!isCertified) return { code: "not_certified" };
  return publishedAt ? { code: "already_published" } : null;
}
