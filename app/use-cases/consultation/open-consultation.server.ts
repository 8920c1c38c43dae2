import { formatArea } from "#app/domain/area.ts";
import { withUnits } from "#app/domain/community-roll.ts";
import { consultationCode, headsOf, whyOpeningIsRefused, type Scope } from "#app/domain/consultation.ts";
import { planForVote } from "#app/domain/plan.ts";
import { listRulesets } from "#app/domain/ruleset.ts";
import { endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { RollRow } from "#app/domain/tally.ts";
import { rollDigest } from "#app/record/row-digests.ts";
import type { Tx } from "#db/client.server.ts";
import {
  insertConsultation, listCodesLike, listConsultationsOfStairwell, lockProjectOf, readRegister,
} from "#db/queries/consultations.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { bindPlan, findConsent, listPlans } from "#db/queries/plans.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface ConsultationOpening {
  /** The stairwell whose lift it is about. */
  stairwell: string;
  scope?: Scope | undefined;
  /** The id of one that is in force, given with the portal or added by the subdistrict. */
  ruleset: string;
  /** The last day for ballots, in Shanghai, until its end. */
  closesOn: string;
  /** The plan that is put to the vote, in its newest version, as `planVersionText` has it; needed where there are several. */
  plan?: string | undefined;
  accountId: number;
  formKey: string;
}

/**
 * Opens a consultation (意见征询): freezes the roll with its heads and the ruleset as it stands. The project has come to
 * that stage by an assessment of A or B. The log keeps the digest of the roll. One of a whole community, whose land the
 * lift would stand on (Civil Code art. 278), has all its flats on the roll, whatever the stage. Where the stairwell has
 * plans, one is put to the vote in its newest version and stays bound to it; with one alone it need not be named. After a
 * material change of that plan the vote may be held again although it has passed.
 *
 * Refusals: `stairwell_unknown`, `rule_unknown`, those of `whyOpeningIsRefused` and of `planForVote`.
 */
export function openConsultation(
  deps: Deps,
  { stairwell, scope = "stairwell", ruleset: rulesetId, closesOn, plan: asked, accountId, formKey }: ConsultationOpening,
): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `open ${stairwell} ${scope} ${rulesetId} ${closesOn} ${asked}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, communityId, subdistrictId } = project;
    const past = (await listConsultationsOfStairwell(tx, stairwellId)).filter((one) => one.scope === scope && one.state !== "withdrawn");
    const { flats, openQuestions } = await readRegister(tx, scope === "community" ? { communityId } : { stairwellId });
    const named = scope === "community" ? withUnits(flats) : flats.map((flat) => ({ ...flat, unit: flat.room }));
    const added = await readSetting(tx, subdistrictId, "own-rulesets", shanghaiDay(now));
    const ruleset = listRulesets(added).find(({ id }) => id === rulesetId);
    if (!ruleset) refuse({ code: "rule_unknown", at: "ruleset" });
    const problem = whyOpeningIsRefused({
      ...project, scope, ruleset, closesOn, now, openQuestions,
      flats: flats.length,
      ownerless: named.filter(({ owners }) => owners.length === 0).map(({ unit }) => unit),
      running: past.some(({ state }) => state !== "published"),
      passed: (past[0]?.passed ?? false) && !(await isToBeRenewed(tx, stairwellId, scope)),
    });
    if (problem) refuse(problem);
    const found = planForVote(await listPlans(tx, stairwellId), asked);
    if ("problem" in found) refuse(found.problem);
    const { plan } = found;

    const roll = headsOf(named.map((flat) => ({ ...flat, room: flat.unit })))
      .map(({ id, unit, voter, area }) => ({ flatId: id, unit, voter, area }))
      .sort((one, other) => Buffer.compare(Buffer.from(one.unit), Buffer.from(other.unit)));
    const first = consultationCode(now, stairwell, [], scope);
    const code = consultationCode(now, stairwell, await listCodesLike(tx, first), scope);
    const closesAt = endOfDay(closesOn);
    const id = await insertConsultation(tx, {
      subdistrictId, stairwellId, code, scope, ruleset, openedAt: now, openedBy: accountId, closesAt, roll,
    });
    if (plan) await bindPlan(tx, { consultationId: id, subdistrictId, planVersionId: plan.id });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "consultation-opened",
      subject: `consultation:${id}`,
      content: { consultation: code, scope, ruleset: rulesetId, rule: ruleset, closesAt: closesAt.toISOString(), ...(plan && { plan: { number: plan.number, version: plan.version } }), roll: totalsOf(roll), rollDigest: rollDigest(roll) },
    });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { consultation: code };
  });
}

/** A passed vote whose plan has become another is to be held again. */
async function isToBeRenewed(tx: Tx, stairwellId: number, scope: Scope): Promise<boolean> {
  return ((await findConsent(tx, stairwellId, scope))?.changes.length ?? 0) > 0;
}

function totalsOf(roll: readonly RollRow[]) {
  return {
    units: roll.length,
    heads: new Set(roll.map(({ voter }) => voter)).size,
    area: formatArea(roll.reduce((sum, { area }) => sum + area, 0)),
  };
}
