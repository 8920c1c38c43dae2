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

/** What storing a roll would do to the register as it stands, and why it cannot be stored; without a plan where it cannot be made. */
export async function readRollPlan(
  { db, vault }: { db: Db | Tx; vault: Vault },
  { place, reading, forCommittee }: RollQuery,
): Promise<{ plan: RollPlan; problem: Problem | null } | { plan: null; problem: Problem }> {
  const unread = whyReadingIsRefused(reading);
  if (unread) return { plan: null, problem: unread };
  const committeeId = forCommittee ? place.committeeId : null;
  const known = await readKnownRoll(db, place, committeeId);
  const { persons, openPairs } = findPersons(reading, known, rollKeys(vault));
  const keys = { ids: persons.flatMap(({ ids }) => ids.map(({ key }) => key)), tails: persons.flatMap(({ tailKeys }) => tailKeys) };
  const elsewhere = await findOwnersByKeys(db, { subdistrictId: place.subdistrictId, committeeId, ...keys });
  const plan = planRoll({ flats: reading.flats, persons, openPairs }, known, elsewhere);
  return { plan, problem: whyPlanIsRefused(plan) };
}
