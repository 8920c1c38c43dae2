import type { Finding, Grade } from "./assessment.ts";
import type { Scope } from "./consultation.ts";
import type { WorksFacts } from "./milestones.ts";
import { MOST_SHOWN } from "./photo.ts";
import type { MaterialChange } from "./plan.ts";
import { consultationState, toPublicConsultation, type ConsultationDates, type ConsultationFacts, type ConsultationState, type PublicConsultation } from "./public-consultation.ts";
import { publicStop, type PublicStop, type StopFacts } from "./public-stop.ts";
import { toPublicWorks, type PublicWorks } from "./public-works.ts";
import { shanghaiDay } from "./shanghai-day.ts";
import { intentBand, stageIndex, type IntentBand, type SideState, type Stage } from "./stages.ts";
import type { TrendMeasure } from "./trend.ts";

/** What lists and the open data need to know of a stairwell. */
export interface RowFacts {
  code: string;
  building: string;
  entrance: string;
  floors: number;
  flats: number;
  stage: Stage;
  stageSince: Date;
  sideState: SideState | null;
  reserveSince: Date | null;
  startedOn: string | null;
  inUseSince: string | null;
  communityCode: string;
  community: string;
  committee: string;
  /** The newest one of the stairwell itself that was not withdrawn. */
  consultation: ConsultationDates | null;
  /** Of the assessment in force. */
  grade: { grade: Grade; issuedAt: Date } | null;
}

/** All that is on record about a stairwell and could be told; `toPublic` decides what is. */
export interface StairwellFacts extends Omit<RowFacts, "consultation" | "grade"> {
  address: string;
  phone: string;
  flatsByFloor: Record<number, number>;
  /** Flats with a counting intent, and those of them that are willing. */
  filed: number;
  willing: number;
  /** Newest first. */
  consultations: ConsultationFacts[];
  moves: { from: Stage; to: Stage; at: Date }[];
  /** The issued ones, newest first. */
  assessments: AssessmentFacts[];
  /** How the project was stopped and went on, newest first. */
  stops: (StopFacts & { from: SideState | null; to: SideState | null })[];
  /** Plans that were not withdrawn, and what makes the consent to one of them need to be renewed. */
  plans: number;
  renewal: MaterialChange[];
  /** Newest first. */
  photos: PhotoFacts[];
  /** Null where no works are planned. */
  works: WorksFacts | null;
  /** The number under which the lift is registered (使用登记编号). */
  registration: string | null;
}

export interface AssessmentFacts {
  grade: Grade;
  issuedAt: Date;
  /** Every factor by its name with what was found of it; an informative one has no effect on the grade. */
  factors: { name: string; informative: boolean; unit: string | null; finding: Finding; measured: string | null; remedy: string | null; remedyBy: string | null }[];
}

/** Why a stairwell has its grade and what could be done; what was noted in the stairwell stays there. */
export interface PublicAssessment {
  grade: Grade;
  issuedOn: string;
  reasons: { factor: string; finding: "weak" | "strong" | "major"; measured: string | null }[];
  remedies: { what: string; who: string }[];
}

export interface PhotoFacts {
  file: string;
  caption: string;
  at: Date;
  /** Since when somebody has looked that it shows no person and no number plate, and shown it; null before. */
  publicSince: Date | null;
  /** Of the full size, in pixels. */
  width: number;
  height: number;
}

/** A photo that everybody sees. */
export interface PublicPhoto {
  file: string;
  caption: string;
  day: string;
  width: number;
  height: number;
}

export type Lift = "none" | "building" | "in-use";

/** A stairwell in a list. */
export interface PublicRow {
  code: string;
  building: string;
  entrance: string;
  floors: number;
  flats: number;
  communityCode: string;
  community: string;
  committee: string;
  stage: Stage;
  /** How far the stage is on the way: 0 to 9. */
  stop: number;
  /** Days are `2026-11-21`, in Shanghai. Null for the first stage, to which a stairwell may have fallen back. */
  stageSince: string | null;
  sideState: SideState | null;
  reserveSince: string | null;
  consultation: ConsultationState;
  lift: Lift;
  grade: { grade: Grade; on: string } | null;
}

export type PublicEvent = { day: string } & (
  | { kind: "stage"; stage: Stage; back: boolean }
  | { kind: "reserve-entered" | "works-started" | "in-use" }
  | { kind: "assessed"; grade: Grade }
  | { kind: "stopped" | "went-on"; state: SideState }
  | { kind: "consultation-opened" | "consultation-passed" | "consultation-failed" | "consultation-withdrawn"; scope: Scope }
  | { kind: "consultation-extended"; scope: Scope; until: string }
);

/** Everything that the public learns of a stairwell, on the page and as data alike. */
export interface PublicStairwell extends Omit<PublicRow, "consultation"> {
  flatsByFloor: Record<number, number>;
  address: string;
  phone: string;
  intent: IntentBand;
  consultation: PublicConsultation | null;
  /** The one in which the whole community votes, since the stairwell's lift would stand on its land. */
  communityConsultation: PublicConsultation | null;
  plans: number;
  renewal: MaterialChange[];
  startedOn: string | null;
  inUseSince: string | null;
  /** The one in force. */
  assessment: PublicAssessment | null;
  pause: PublicStop | null;
  /** Oldest first. */
  history: PublicEvent[];
  /** Newest first. */
  photos: PublicPhoto[];
  works: PublicWorks | null;
  registration: string | null;
}

export function liftOf({ startedOn, inUseSince }: { startedOn: string | null; inUseSince: string | null }): Lift {
  if (inUseSince !== null) return "in-use";
  return startedOn === null ? "none" : "building";
}

/** The public part of a row. */
export function toPublicRow(facts: RowFacts, now: Date): PublicRow {
  const { code, building, entrance, floors, flats, communityCode, community, committee, stage, sideState } = facts;
  return {
    code, building, entrance, floors, flats, communityCode, community, committee, stage, sideState,
    stop: stageIndex(stage),
    stageSince: stage === "intent" ? null : shanghaiDay(facts.stageSince),
    reserveSince: facts.reserveSince && shanghaiDay(facts.reserveSince),
    consultation: consultationState(facts.consultation, now),
    lift: liftOf(facts),
    grade: facts.grade && { grade: facts.grade.grade, on: shanghaiDay(facts.grade.issuedAt) },
  };
}

/**
 * The public part of what is known of a stairwell: no count of single choices, no counter of an open consultation, of a
 * result the heads of the roll, of those who took part and who agreed, area figures from 30 flats on only.
 */
export function toPublic(facts: StairwellFacts, now: Date): PublicStairwell {
  const newest = (scope: Scope) => {
    const found = facts.consultations.find((one) => one.scope === scope && one.withdrawnAt === null);
    return found ? toPublicConsultation(found, now) : null;
  };
  return {
    ...toPublicRow({ ...facts, consultation: null, grade: facts.assessments[0] ?? null }, now),
    flatsByFloor: facts.flatsByFloor,
    address: facts.address,
    phone: facts.phone,
    intent: intentBand(facts),
    consultation: newest("stairwell"),
    communityConsultation: newest("community"),
    plans: facts.plans,
    renewal: facts.renewal,
    startedOn: facts.startedOn,
    inUseSince: facts.inUseSince,
    assessment: facts.assessments[0] ? toPublicAssessment(facts.assessments[0]) : null,
    pause: publicStop(facts.sideState, facts.stops[0], now),
    history: historyOf(facts),
    photos: facts.photos
      .filter(({ publicSince }) => publicSince !== null)
      .slice(0, MOST_SHOWN)
      .map(({ file, caption, at, width, height }) => ({ file, caption, day: shanghaiDay(at), width, height })),
    works: facts.works && toPublicWorks(facts.works, facts, now),
    registration: facts.registration,
  };
}

/** The public part of an assessment: what stands in the way, and what would have to be done by whom. */
export function toPublicAssessment({ grade, issuedAt, factors }: AssessmentFacts): PublicAssessment {
  const counting = factors.filter(({ informative }) => !informative);
  return {
    grade,
    issuedOn: shanghaiDay(issuedAt),
    reasons: counting.flatMap(({ name, finding, measured, unit }) =>
      finding === "none" || finding === "not-seen" ? [] : [{ factor: name, finding, measured: measured === null ? null : [measured, unit].filter(Boolean).join(" ") }],
    ),
    remedies: counting.flatMap(({ remedy, remedyBy }) => (remedy !== null && remedyBy !== null ? [{ what: remedy, who: remedyBy }] : [])),
  };
}

/** The steps with their days, oldest first; a move of the stage is left out where a step says the same. */
function historyOf(facts: StairwellFacts): PublicEvent[] {
  const told = new Set<string>();
  const events: { event: PublicEvent; stop: number }[] = [];
  const tell = (event: PublicEvent, stage: Stage, within = 0) => {
    if (!("scope" in event) || event.scope === "stairwell") told.add(`${event.day} ${stage}`);
    events.push({ event, stop: stageIndex(stage) + within });
  };
  if (facts.reserveSince) tell({ day: shanghaiDay(facts.reserveSince), kind: "reserve-entered" }, "reserve");
  for (const { scope, openedAt, extensions, withdrawnAt, published } of facts.consultations) {
    tell({ day: shanghaiDay(openedAt), kind: "consultation-opened", scope }, "consultation");
    for (const { until, at } of extensions) tell({ day: shanghaiDay(at), kind: "consultation-extended", scope, until: shanghaiDay(until) }, "consultation", 0.2);
    if (withdrawnAt) tell({ day: shanghaiDay(withdrawnAt), kind: "consultation-withdrawn", scope }, "consultation", 0.4);
    if (published) tell({ day: shanghaiDay(published.at), kind: published.passed ? "consultation-passed" : "consultation-failed", scope }, "consultation", 0.5);
  }
  for (const { grade, issuedAt } of facts.assessments) tell({ day: shanghaiDay(issuedAt), kind: "assessed", grade }, "assessment", 0.5);
  for (const { from, to, at } of facts.stops) {
    const state = to ?? from;
    // A grade says by itself that it stops the project, or lets it go on.
    if (state === null || from === "not-suitable" || to === "not-suitable") continue;
    events.push({ event: { day: shanghaiDay(at), kind: to ? "stopped" : "went-on", state }, stop: Infinity });
  }
  if (facts.startedOn) tell({ day: facts.startedOn, kind: "works-started" }, "construction");
  if (facts.inUseSince) tell({ day: facts.inUseSince, kind: "in-use" }, "in-use");
  for (const { from, to, at } of facts.moves) {
    // Told to the day, a stairwell that falls below two thirds would say that a neighbour has changed his mind.
    if (to === "intent") continue;
    const event = { day: shanghaiDay(at), kind: "stage" as const, stage: to, back: stageIndex(to) < stageIndex(from) };
    // On the day of a step back, the step back came last.
    if (!told.has(`${event.day} ${to}`)) events.push({ event, stop: event.back ? Infinity : stageIndex(to) });
  }
  return events
    .sort((a, b) => (a.event.day === b.event.day ? a.stop - b.stop : a.event.day < b.event.day ? -1 : 1))
    .map(({ event }) => event);
}

/** What everybody sees month by month: steps of stairwells, whose days their own pages tell; filings are of single households. */
export const publicTrendMeasures = ["reserve", "opened", "passed", "inUse"] as const satisfies readonly TrendMeasure[];
export type PublicTrendMeasure = (typeof publicTrendMeasures)[number];
