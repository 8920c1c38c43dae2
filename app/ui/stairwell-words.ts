import type { PublicStairwell } from "#app/domain/public-view.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { listen } from "#app/i18n/zh-CN/listen.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { consultationWords, pausedNext, sideStateWords, stageWords } from "#app/i18n/zh-CN/stages.ts";

/** What the stairwell is waiting for: what stopped it, else its consultation, else its stage. */
export function wordsFor({ stage, sideState, consultation, pause }: PublicStairwell) {
  if (pause) return { ...sideStateWords.paused, now: pause.reason, next: pausedNext(pause.owner, longDay(pause.nextDay)) };
  if (sideState) return sideStateWords[sideState];
  if (consultation && (stage === "consultation" || consultation.state === "open" || consultation.state === "counting")) {
    return consultationWords[consultation.state];
  }
  return stageWords[stage];
}

/** Where a stairwell is, what comes next and whom to call, in the order in which it is read aloud. */
export function spokenStairwell(stairwell: PublicStairwell): string[] {
  const { community, entrance, committee, phone, stageSince, pause } = stairwell;
  const { now, next, you } = wordsFor(stairwell);
  return listen.sentences({
    name: stairwellName(community, entrance),
    now: pause?.reason ?? now,
    since: pause?.since ?? stageSince,
    next: pause ? `${publicWords.stairwell.owes(pause.owner, longDay(pause.nextDay), pause.daysLate)}。` : next,
    you,
    ask: [committee, phone],
  });
}
