import { randomBytes } from "node:crypto";
import { formatArea } from "#app/domain/area.ts";
import { writeCode } from "#app/domain/codes.ts";
import { summarisePlan, type OwnerNews, type PlannedOwner, type PlannedQuestion, type RollPlan, type RollSummary } from "#app/domain/roll-plan.ts";
import type { RollReading } from "#app/domain/roll.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Tx } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { findPlace, type Place } from "#db/queries/flats.server.ts";
import { countIntents, lockProject } from "#db/queries/intents.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import {
  endOwnerships, findRunning, holdOffDistrictImports, insertOwner, insertOwnerships, insertRollRun, lockOwners, raiseStairwell, revokeFormerResidents,
  setOpenQuestions, storeFlats, updateOwner, type OwnerData,
} from "#db/queries/register.server.ts";
import { hasRollVersion, insertRollVersion, readRegisterFlats } from "#db/queries/rolls.server.ts";
import { settleReserve } from "../intent/settle-reserve.server.ts";
import { byAccount, refuse } from "../transact.server.ts";
import { readRollPlan } from "./read-roll-plan.server.ts";

export interface RollGiven {
  /** Its code. */
  stairwell: string;
  reading: RollReading;
  /** The clerk; null for whoever runs the installation. */
  accountId: number | null;
  /** SHA-256 of the file. */
  fileDigest: Buffer;
}

/** What storing a roll has done; nothing that names a person. */
export interface RollStored extends RollSummary {
  units: number;
  /** Hundredths of a square metre. */
  area: number;
  /** The consultation that runs for the stairwell and keeps the roll it was opened with; null where none does. */
  running: string | null;
}

/** Letters of an owner's code, 60 bits. */
const OWNER_CODE_LENGTH = 12;

/** Stands for a person in rolls and files without telling anything about the person. */
function newOwnerCode(): string {
  return `R${writeCode(randomBytes(8), OWNER_CODE_LENGTH).replaceAll("-", "")}`;
}

function seal({ name, kind, phone, id, tailKey }: OwnerNews, vault: Vault): OwnerData {
  return {
    ...(name !== undefined && { name }),
    ...(kind !== undefined && { kind }),
    ...(phone && { phoneCipher: vault.seal(phone.number), phoneHash: Buffer.from(phone.key, "hex") }),
    ...(id && { idCipher: vault.seal(id.number), idHash: Buffer.from(id.key, "hex") }),
    ...(tailKey !== undefined && { nameTailHash: Buffer.from(tailKey, "hex") }),
  };
}

/** What the map has for a key that it was made with. */
function given<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error("the plan of a roll speaks of a flat or an owner that it does not hold");
  return value;
}

/** Adds the owners who are new and what is new about the others; answers with the id of each. */
async function storeOwners(tx: Tx, vault: Vault, subdistrictId: number, owners: readonly PlannedOwner[]): Promise<Map<PlannedOwner, number>> {
  const ids = new Map<PlannedOwner, number>();
  for (const owner of owners) {
    const { known, news, name, person } = owner;
    const data = seal(news ?? {}, vault);
    if (known === null) {
      const { kind } = person.named[0].owner;
      ids.set(owner, await insertOwner(tx, { ...data, subdistrictId, code: newOwnerCode(), name, kind }));
      continue;
    }
    if (news) await updateOwner(tx, known.id, data);
    ids.set(owner, known.id);
  }
  return ids;
}

async function storePlan(tx: Tx, { plan, place, vault, now }: { plan: RollPlan; place: Place; vault: Vault; now: Date }): Promise<void> {
  const { stairwellId, subdistrictId } = place;
  const day = shanghaiDay(now);
  const touched = plan.flats.flatMap(({ state, floor, ...flat }) => (state === "same" || floor === null ? [] : [{ ...flat, floor }]));
  const known = plan.flats.flatMap((flat) => (flat.known ? [[flat.room, flat.known.id] as const] : []));
  const flatIds = new Map([...known, ...(await storeFlats(tx, place, touched))]);
  const ownerIds = await storeOwners(tx, vault, subdistrictId, plan.owners);

  const ended = plan.flats.flatMap(({ room, leaving }) => leaving.map(({ id }) => ({ flatId: given(flatIds, room), ownerId: id })));
  const begun = plan.flats.flatMap(({ room, known, joining }) => {
    // Of a flat's first owners nobody knows since when they own it.
    const since = known && known.owners.length > 0 ? day : null;
    return joining.map((owner) => ({ flatId: given(flatIds, room), ownerId: given(ownerIds, owner), since }));
  });
  await endOwnerships(tx, ended, day);
  await insertOwnerships(tx, begun);
  const sold = plan.flats.flatMap(({ room, known, leaving }) =>
    known && known.owners.length > 0 && leaving.length === known.owners.length ? [given(flatIds, room)] : [],
  );
  await revokeFormerResidents(tx, stairwellId, sold, now);
  await raiseStairwell(tx, stairwellId, plan.floors);
  const idsOf = ({ room, owner }: PlannedQuestion["sides"][number]) => ({ flat: given(flatIds, room), owner: given(ownerIds, owner) });
  const questions = plan.questions.map(({ name, sides }) => {
    const [one, other] = [idsOf(sides[0]), idsOf(sides[1])];
    // A pair is asked about once, whatever the order of the rows.
    const [a, b] = one.flat < other.flat ? [one, other] : [other, one];
    return { name, flatA: a.flat, ownerA: a.owner, flatB: b.flat, ownerB: b.owner };
  });
  await setOpenQuestions(tx, stairwellId, questions);
}

/**
 * Stores a roll in the register of its stairwell within a transaction: flats with their areas, owners with their phones
 * and IDs sealed, who joined and who left, and what the clerk is asked. What the register says already changes nothing.
 * A consultation that runs keeps the roll that it was opened with.
 *
 * Refusals: `stairwell_unknown` and those of `whyReadingIsRefused` and `whyPlanIsRefused`.
 */
export async function applyRoll(tx: Tx, { vault, now }: { vault: Vault; now: Date }, roll: RollGiven): Promise<RollStored> {
  const { reading, accountId, fileDigest } = roll;
  await holdOffDistrictImports(tx);
  const place = await findPlace(tx, roll.stairwell);
  if (!place) refuse({ code: "stairwell_unknown" });
  const { stairwellId, subdistrictId } = place;
  await lockOwners(tx, subdistrictId);
  const project = await lockProject(tx, stairwellId);
  const planned = await readRollPlan({ db: tx, vault }, { place, reading, forCommittee: accountId !== null });
  if (!planned.ok) refuse(planned.problem);
  const { plan } = planned;

  const { units, area } = reading.totals;
  const stored = { ...summarisePlan(plan), units, area };
  const running = await findRunning(tx, stairwellId);
  if (plan.unchanged) return { ...stored, running };

  const before = await countIntents(tx, stairwellId);
  const versioned = { subdistrictId, stairwellId, at: now };
  const flatsBefore = await readRegisterFlats(tx, vault, stairwellId);
  if (flatsBefore.length > 0 && !(await hasRollVersion(tx, stairwellId))) {
    await insertRollVersion(tx, vault, { ...versioned, flats: flatsBefore, summary: null, accountId: null });
  }
  await storePlan(tx, { plan, place, vault, now });
  const { heads, flatsAdded, flatsChanged, ownersJoined, ownersLeft, openQuestions } = stored;
  const content = {
    digest: fileDigest.toString("hex"), units, area: formatArea(area), heads, flatsAdded, flatsChanged, ownersJoined, ownersLeft, openQuestions,
  };
  const summary = { heads, flatsAdded, flatsChanged, ownersJoined, ownersLeft };
  await insertRollVersion(tx, vault, { ...versioned, flats: await readRegisterFlats(tx, vault, stairwellId), summary, accountId });
  await insertRollRun(tx, { digest: fileDigest, summary: { stairwell: place.code, ...content }, at: now });
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: accountId === null ? "import" : byAccount(accountId), verb: "roll-imported", subject: "roll", content,
  });
  if (flatsAdded > 0) {
    await settleReserve(tx, project, before, now);
    await touchPages(tx, ["district", "everything"]);
  }
  await touchPages(tx, [`stairwell:${stairwellId}`]);
  return { ...stored, running };
}
