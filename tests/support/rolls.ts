import type { KnownFlat, KnownOwner, KnownRoll, RollKeys } from "#app/domain/roll-persons.ts";
import type { PlannedOwner, RollPlan } from "#app/domain/roll-plan.ts";
import { groupHeads, type RollFlat, type RollOwner, type RollReading } from "#app/domain/roll.ts";

/** An owner by name alone, or with what else is given. */
export type OwnerWritten = string | (Partial<RollOwner> & { name: string });

export const rollOwner = (written: OwnerWritten): RollOwner => ({
  kind: "person", idNumber: null, idTail: null, phone: null, ...(typeof written === "string" ? { name: written } : written),
});

/** A flat of 50 m² whose floor its room tells. */
export function rollFlat(room: string, owners: readonly OwnerWritten[], more: Partial<RollFlat> = {}): RollFlat {
  return {
    room, floor: Number(room.slice(0, -2)), area: 5000, areaSource: null, owners: owners.map(rollOwner), tenant: null, note: null, line: 0, ...more,
  };
}

/** What reading a file with these flats gives. */
export function rollReading(flats: RollFlat[], more: Partial<RollReading> = {}): RollReading {
  const { heads, questions } = groupHeads(flats);
  const area = flats.reduce((sum, flat) => sum + flat.area, 0);
  return { flats, heads, questions, faults: [], warnings: [], totals: { units: flats.length, area, voters: heads.length }, source: null, ...more };
}

/** Keys that show what they stand for. */
export const plainKeys: RollKeys = { id: (id) => `id ${id}`, nameTail: (text) => `tail ${text}`, phone: (phone) => `phone ${phone}` };

export const emptyRegister: KnownRoll = { floors: 6, flats: [], questions: [] };

let lastId = 0;

/** The register after a plan, as the database keeps it. */
export function registerAfter(known: KnownRoll, plan: RollPlan): KnownRoll {
  const kept = new Map<PlannedOwner, KnownOwner>();
  for (const owner of plan.owners) {
    const { name, kind, phone, id, tailKey } = owner.news ?? {};
    const before = owner.known ?? { id: ++lastId, name: owner.name, kind: "person" as const, phoneKey: null, idKey: null, tailKey: null, elsewhere: false };
    kept.set(owner, {
      ...before,
      name: name ?? before.name, kind: kind ?? before.kind,
      phoneKey: phone?.key ?? before.phoneKey, idKey: id?.key ?? before.idKey, tailKey: tailKey ?? before.tailKey,
    });
  }
  const byId = new Map([...kept.values()].map((owner) => [owner.id, owner]));
  const now = (owner: KnownOwner) => byId.get(owner.id) ?? owner;
  const flats = plan.flats.map((flat): KnownFlat => ({
    id: flat.known?.id ?? ++lastId,
    room: flat.room,
    floor: flat.floor ?? 0,
    area: flat.area,
    areaSource: flat.areaSource ?? "register",
    owners: [...(flat.known?.owners.filter((owner) => !flat.leaving.includes(owner)) ?? []).map(now), ...flat.joining.flatMap((owner) => kept.get(owner) ?? [])],
    formerOwners: [...flat.leaving, ...(flat.known?.formerOwners ?? [])].map(now),
  }));
  const questions = plan.questions.map(({ name, sides: [a, b] }) => ({ name, rooms: [a.room, b.room] as [string, string], answer: null }));
  return { floors: plan.floors, flats, questions: [...known.questions.filter(({ answer }) => answer !== null), ...questions] };
}
