import type { ConsultationState, PublicConsultation } from "./public-consultation.ts";
import type { PublicRow, PublicStairwell } from "./public-view.ts";
import { dataWorks } from "./public-works.ts";

export const dataColumns = ["code", "community", "committee", "flats", "stage", "intent_reached", "consultation", "lift"] as const;

/** The row of the open data, column by column. */
export function dataRow(row: PublicRow) {
  return {
    code: row.code,
    community: row.communityCode,
    committee: row.committee,
    flats: row.flats,
    stage: row.stage,
    intent_reached: row.reserveSince !== null,
    consultation: dataConsultation(row.consultation),
    lift: row.lift,
  };
}

/** A result that is not published yet is nobody's to know: the consultation still counts as open. */
function dataConsultation(state: ConsultationState): "none" | "open" | "passed" | "failed" {
  return state === "counting" ? "open" : state;
}

/** The public page as data: the row of the open data, and below it what the page says besides. */
export function dataOf(view: PublicStairwell) {
  const { consultation, pause } = view;
  return {
    ...dataRow({ ...view, consultation: consultation?.state ?? "none" }),
    place: { community: view.community, address: view.address, building: view.building, entrance: view.entrance, floors: view.floors },
    stage_since: view.stageSince,
    side_state: view.sideState,
    intent_band: view.intent,
    reserve_since: view.reserveSince,
    started_on: view.startedOn,
    in_use_since: view.inUseSince,
    pause: pause && { since: pause.since, reason: pause.reason, owner: pause.owner, nextDay: pause.nextDay },
    assessment: view.assessment,
    result: consultation && dataResult(consultation),
    plan_changes: view.renewal,
    community_result: view.communityConsultation && dataResult(view.communityConsultation),
    history: view.history.map(({ day, ...event }) => ({ on: day, ...event })),
    photos: view.photos.map(({ file, caption, day }) => ({ file, caption, on: day })),
    works: view.works && dataWorks(view.works),
    registration: view.registration,
  };
}

function dataResult({ code, openedOn, closesOn, extendedFrom, plan, result }: PublicConsultation) {
  return {
    consultation: code,
    opened_on: openedOn,
    closes_on: closesOn,
    extended_from: extendedFrom,
    plan,
    published: result && {
      on: result.publishedOn,
      ruleset: result.ruleset.id,
      passed: result.passed,
      heads: result.heads,
      tests: result.tests.map(({ test, need, strict, met, figures }) => ({
        test, need, strict, met,
        ...(figures && { have: figures.have, of: figures.of }),
      })),
    },
  };
}
