import { pairKey, type KnownFlat, type KnownOwner, type KnownQuestion, type KnownRoll, type RollKeys } from "#app/domain/roll-persons.ts";
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

const newsFor = (owner: PlannedOwner): KnownOwner => {
  const before = owner.known ?? { id: ++lastId, name: owner.name, kind: "person", phoneKey: null, idKey: null, tailKey: null, elsewhere: false };
  const { name, kind, phone, id, tailKey } = owner.news ?? {};
  return {
    ...before,
    name: name ?? before.name, kind: kind ?? before.kind,
    phoneKey: phone?.key ?? before.phoneKey, idKey: id?.key ?? before.idKey, tailKey: tailKey ?? before.tailKey,
  };
};

const joinAll = (owners: KnownOwner[], newest: (owner: KnownOwner) => KnownOwner) => [
  ...new Map(owners.map(newest).map((owner) => [owner.id, owner])).values(),
];

/** Every mention of an owner replaced by what is known now. */
function renewed(known: KnownRoll, newest: (owner: KnownOwner) => KnownOwner): KnownRoll {
  return {
    ...known,
    flats: known.flats.map((flat) => ({ ...flat, owners: joinAll(flat.owners, newest), formerOwners: joinAll(flat.formerOwners, newest) })),
    questions: known.questions.map((question) => ({ ...question, owners: [newest(question.owners[0]), newest(question.owners[1])] })),
  };
}

/** The register after a plan, as storing it leaves the database. */
export function registerAfter(known: KnownRoll, plan: RollPlan): KnownRoll {
  const stored = new Map(plan.owners.map((owner) => [owner, newsFor(owner)]));
  const byId = new Map([...stored.values()].map((owner) => [owner.id, owner]));
  const flats = plan.flats.map((flat): KnownFlat => {
    const staying = (flat.known?.owners ?? []).filter((owner) => !flat.leaving.includes(owner));
    return {
      id: flat.known?.id ?? ++lastId,
      room: flat.room, floor: flat.floor ?? 0, area: flat.area, areaSource: flat.areaSource ?? "register",
      owners: [...staying, ...flat.joining.flatMap((owner) => stored.get(owner) ?? [])],
      formerOwners: [...flat.leaving, ...(flat.known?.formerOwners ?? [])],
    };
  });
  const asked = plan.questions.map(({ name, sides: [a, b] }): KnownQuestion => ({
    name, rooms: [a.room, b.room], answer: null, owners: [a.owner, b.owner].map((owner) => stored.get(owner)) as [KnownOwner, KnownOwner],
  }));
  const isAsked = (question: KnownQuestion) => asked.some((other) => pairKey(other) === pairKey(question));
  const answered = known.questions.filter((question) => question.answer !== null && !isAsked(question));
  return renewed({ floors: plan.floors, flats, questions: [...answered, ...asked] }, (owner) => byId.get(owner.id) ?? owner);
}

/** The register after the clerk's answer to one of its questions; a contradiction changes nothing. */
export function registerAnswered(known: KnownRoll, index: number, answer: "same" | "different"): KnownRoll {
  const asked = known.questions[index];
  if (!asked || asked.answer !== null) return known;
  const [kept, other] = asked.owners;
  const areBoth = (...ids: number[]) => ids.every((id) => id === kept.id || id === other.id);
  const isToldApart = known.questions.some(({ answer, owners: [a, b] }) => answer === "different" && areBoth(a.id, b.id));
  if (answer === "same" && isToldApart) return known;
  const questions = known.questions.map((question) => (question === asked ? { ...question, answer } : question));
  if (answer === "different") return { ...known, questions };

  const joined = { ...kept, phoneKey: kept.phoneKey ?? other.phoneKey, idKey: kept.idKey ?? other.idKey, tailKey: kept.tailKey ?? other.tailKey };
  const after = renewed({ ...known, questions }, (owner) => (areBoth(owner.id) ? joined : owner));
  const settled = ({ answer, owners: [a, b] }: KnownQuestion) => {
    const isTold = (a.idKey && b.idKey) || (a.tailKey && b.tailKey && a.tailKey !== b.tailKey);
    return answer ?? (a.id === b.id ? "same" : isTold ? "different" : null);
  };
  return { ...after, questions: after.questions.map((question) => ({ ...question, answer: settled(question) })) };
}
