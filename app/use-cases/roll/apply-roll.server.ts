import { randomBytes } from "node:crypto";
import { formatArea } from "#app/domain/area.ts";
import { writeCode } from "#app/domain/codes.ts";
import type { OwnerNews, PlannedOwner, RollPlan } from "#app/domain/roll-plan.ts";
import type { RollReading } from "#app/domain/roll.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Tx } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { listConsultationsOfStairwell } from "#db/queries/consultations.server.ts";
import { findPlace, type Place } from "#db/queries/flats.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import {
  endOwnerships, holdOffDistrictImports, insertOwner, insertOwnerships, insertRollRun, lockOwners, raiseStairwell, revokeFormerResidents,
  setOpenQuestions, storeFlats, updateOwner, type OwnerData,
} from "#db/queries/register.server.ts";
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
export interface RollStored {
  /** False where the register said all of it already; nothing was stored then. */
  changed: boolean;
  units: number;
  /** Hundredths of a square metre. */
  area: number;
  heads: number;
  flatsAdded: number;
  flatsChanged: number;
  ownersJoined: number;
  ownersLeft: number;
  /** Questions about who is who that wait for the clerk. */
  openQuestions: number;
  /** Rooms of owners whose phone was not changed since they have flats under another committee too. */
  phonesKept: string[];
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

/** Adds the owners who are new and what is new about the others; answers with the id of each. */
async function storeOwners(tx: Tx, vault: Vault, subdistrictId: number, owners: readonly PlannedOwner[]): Promise<(owner: PlannedOwner) => number> {
  const ids = new Map<PlannedOwner, number>();
  for (const owner of owners) {
    const { known, news, name, person } = owner;
    const data = seal(news ?? {}, vault);
    if (known === null) {
      const kind = person.named[0].owner.kind;
      ids.set(owner, await insertOwner(tx, { ...data, subdistrictId, code: newOwnerCode(), name, kind }));
    } else {
      if (news) await updateOwner(tx, known.id, data);
      ids.set(owner, known.id);
    }
  }
  return (owner) => {
    const id = ids.get(owner);
    if (id === undefined) throw new Error("an owner of a flat is not among the owners of the roll");
    return id;
  };
}

async function storePlan(tx: Tx, { plan, place, vault, now }: { plan: RollPlan; place: Place; vault: Vault; now: Date }): Promise<void> {
  const { stairwellId, subdistrictId } = place;
  const day = shanghaiDay(now);
  const touched = plan.flats.flatMap(({ state, floor, ...flat }) => (state === "same" || floor === null ? [] : [{ ...flat, floor }]));
  const added = await storeFlats(tx, place, touched);
  const flatIds = new Map([...plan.flats.flatMap(({ room, known }) => (known ? [[room, known.id] as const] : [])), ...added]);
  const flatId = (room: string) => flatIds.get(room) ?? 0;
  const ownerId = await storeOwners(tx, vault, subdistrictId, plan.owners);

  const ended = plan.flats.flatMap(({ room, leaving }) => leaving.map(({ id }) => ({ flatId: flatId(room), ownerId: id })));
  const begun = plan.flats.flatMap(({ room, known, joining }) => {
    const isHandover = (known?.owners.length ?? 0) > 0;
    return joining.map((owner) => ({ flatId: flatId(room), ownerId: ownerId(owner), since: isHandover ? day : null }));
  });
  await endOwnerships(tx, ended, day);
  await insertOwnerships(tx, begun);
  await revokeFormerResidents(tx, stairwellId, now);
  if (plan.floors > place.floors) await raiseStairwell(tx, stairwellId, plan.floors);

  const plannedOf = new Map(plan.owners.map((owner) => [owner.person, owner]));
  const idOf = (person: PlannedOwner["person"]) => ownerId(plannedOf.get(person) as PlannedOwner);
  await setOpenQuestions(
    tx,
    stairwellId,
    plan.openPairs.map(({ name, rooms, persons }) => {
      const sides = rooms.map((room, side) => ({ flat: flatId(room), owner: idOf(persons[side] as PlannedOwner["person"]) }));
      const [a, b] = sides.sort((one, other) => one.flat - other.flat);
      return { name, flatA: a?.flat ?? 0, ownerA: a?.owner ?? 0, flatB: b?.flat ?? 0, ownerB: b?.owner ?? 0 };
    }),
  );
}
