import type { Problem } from "#app/domain/problem.ts";
import { findAnswer, transact, type Deps, type Outcome } from "../transact.server.ts";
import { openConsultation } from "./open-consultation.server.ts";

export interface SeveralOpenings {
  stairwells: readonly string[];
  /** The stairwells of the clerk's own committees. */
  own: readonly string[];
  ruleset: string;
  /** The last day for ballots, in Shanghai. */
  closesOn: string;
  accountId: number;
  formKey: string;
}

/** What became of each stairwell. */
export interface Opened {
  opened: { stairwell: string; consultation: string }[];
  refused: { stairwell: string; problem: Problem }[];
}

/** What the answer to the form is kept under, for the clerk who posted it. */
export const severalAction = (accountId: number) => `open several ${accountId}`;

/**
 * Opens a consultation for each of several stairwells, each in a transaction of its own: one that is refused keeps no
 * other from it. The same form posted again, also after it was cut short, opens none a second time.
 *
 * Refusals, where the form itself is at fault: `stairwell_unknown`, and those of `whyOpeningIsRefused` about the rule and
 * the dates. All others stand in the answer, stairwell by stairwell.
 */
export async function openSeveralConsultations(deps: Deps, { stairwells, own, ruleset, closesOn, accountId, formKey }: SeveralOpenings): Promise<Outcome<Opened>> {
  const form = { key: formKey, action: severalAction(accountId) };
  const first = await findAnswer<Opened>(deps, form);
  if (first) return { ok: true, ...first };
  const opened: Opened["opened"] = [];
  const refused: Opened["refused"] = [];
  if (stairwells.some((stairwell) => !own.includes(stairwell))) return { ok: false, problem: { code: "stairwell_unknown", at: "stairwell" } };
  for (const stairwell of new Set(stairwells)) {
    const opening = await openConsultation(deps, { stairwell, ruleset, closesOn, accountId, formKey: keyOf(deps, formKey, stairwell) });
    if (opening.ok) opened.push({ stairwell, consultation: opening.consultation });
    else refused.push({ stairwell, problem: opening.problem });
  }
  const ofForm = refused.find(({ problem }) => problem.at !== undefined);
  if (opened.length === 0 && ofForm) return { ok: false, problem: ofForm.problem };
  return transact(deps, form, () => Promise.resolve({ opened, refused }));
}

/** A key for each stairwell of the form, the same each time it is posted. */
const keyOf = ({ vault }: Deps, formKey: string, stairwell: string) => vault.hash("form", `${formKey} ${stairwell}`).toString("base64url");
