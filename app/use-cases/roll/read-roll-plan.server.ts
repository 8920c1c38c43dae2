import type { Problem } from "#app/domain/problem.ts";
import { findPersons, type RollKeys } from "#app/domain/roll-persons.ts";
import { planRoll, whyPlanIsRefused, whyReadingIsRefused, type RollPlan } from "#app/domain/roll-plan.ts";
import type { RollReading } from "#app/domain/roll.ts";
import type { Db, Tx } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Place } from "#db/queries/flats.server.ts";
import { findOwnersByKeys, readKnownRoll } from "#db/queries/register.server.ts";

function rollKeys(vault: Vault): RollKeys {
  const keyOf = (kind: "id" | "name-tail" | "phone") => (text: string) => vault.hash(kind, text).toString("hex");
  return { id: keyOf("id"), nameTail: keyOf("name-tail"), phone: keyOf("phone") };
}

export interface RollQuery {
  place: Place;
  reading: RollReading;
  /** Whether it is for the committee of the place; else for whoever runs the installation. */
  forCommittee: boolean;
}

/** What storing a roll does to the register as it stands; where it is refused, why, and what it would do if that can be told. */
export type PlannedRoll = { ok: true; plan: RollPlan } | { ok: false; problem: Problem; plan: RollPlan | null };

/** Plans the storing of a roll. Refusals: those of `whyReadingIsRefused` and `whyPlanIsRefused`. */
export async function readRollPlan(
  { db, vault }: { db: Db | Tx; vault: Vault },
  { place, reading, forCommittee }: RollQuery,
): Promise<PlannedRoll> {
  const unread = whyReadingIsRefused(reading);
  if (unread) return { ok: false, problem: unread, plan: null };
  const committeeId = forCommittee ? place.committeeId : null;
  const known = await readKnownRoll(db, place, committeeId);
  const { persons, openPairs } = findPersons(reading, known, rollKeys(vault));
  const keys = { ids: persons.flatMap(({ ids }) => ids.map(({ key }) => key)), tails: persons.flatMap(({ tailKeys }) => tailKeys) };
  const elsewhere = await findOwnersByKeys(db, { subdistrictId: place.subdistrictId, committeeId, ...keys });
  const plan = planRoll({ flats: reading.flats, persons, openPairs }, known, elsewhere);
  const problem = whyPlanIsRefused(plan);
  return problem ? { ok: false, problem, plan } : { ok: true, plan };
}
