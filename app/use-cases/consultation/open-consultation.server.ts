import { formatArea } from "#app/domain/area.ts";
import { consultationCode, headsOf, whyOpeningIsRefused } from "#app/domain/consultation.ts";
import { getRuleset, type RulesetId } from "#app/domain/ruleset.ts";
import { endOfDay } from "#app/domain/shanghai-day.ts";
import { stageIndex, stages } from "#app/domain/stages.ts";
import type { RollRow } from "#app/domain/tally.ts";
import { rollDigest } from "#app/record/row-digests.ts";
import {
  insertConsultation, listCodesLike, listConsultationsOfStairwell, lockProjectOf, readRegister,
} from "#db/queries/consultations.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { moveStage } from "#db/queries/projects.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface ConsultationOpening {
  stairwell: string;
  ruleset: RulesetId;
  /** The last day for ballots, in Shanghai, until its end. */
  closesOn: string;
  accountId: number;
  formKey: string;
}

/**
 * Opens a consultation (意见征询): freezes the roll with its heads and the ruleset as it stands, and brings the project
 * to that stage, step by step. The log keeps the digest of the roll.
 *
 * Refusals: `stairwell_unknown` and those of `whyOpeningIsRefused`.
 */
export function openConsultation(
  deps: Deps,
  { stairwell, ruleset, closesOn, accountId, formKey }: ConsultationOpening,
): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `open ${stairwell} ${ruleset} ${closesOn}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = project;
    const past = await listConsultationsOfStairwell(tx, stairwellId);
    const { flats, openQuestions } = await readRegister(tx, stairwellId);
    const problem = whyOpeningIsRefused({
      ...project, ruleset, closesOn, now, flats, openQuestions,
      running: past.some(({ state }) => state !== "published"),
      passed: past[0]?.passed ?? false,
    });
    if (problem) refuse(problem);

    const roll = headsOf(flats).map(({ id, room, voter, area }) => ({ flatId: id, unit: room, voter, area }));
    const code = consultationCode(now, stairwell, await listCodesLike(tx, consultationCode(now, stairwell, [])));
    const closesAt = endOfDay(closesOn);
    const id = await insertConsultation(tx, {
      subdistrictId, stairwellId, code, ruleset: getRuleset(ruleset), openedAt: now, openedBy: accountId, closesAt, roll,
    });
    const steps = stages.slice(stageIndex(project.stage), stageIndex("consultation") + 1);
    for (const [index, to] of steps.entries()) {
      const from = steps[index - 1];
      if (from) await moveStage(tx, { subdistrictId, stairwellId, from, to, reason: null, accountId, at: now });
    }
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "consultation-opened",
      subject: `consultation:${id}`,
      content: { consultation: code, ruleset, closesAt: closesAt.toISOString(), stages: steps, roll: totalsOf(roll), rollDigest: rollDigest(roll) },
    });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { consultation: code };
  });
}

function totalsOf(roll: readonly RollRow[]) {
  return {
    units: roll.length,
    heads: new Set(roll.map(({ voter }) => voter)).size,
    area: formatArea(roll.reduce((sum, { area }) => sum + area, 0)),
  };
}
