import { randomBytes } from "node:crypto";
import type { OwnerKind } from "#app/domain/roll.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import type { Db } from "#db/client.server.ts";
import { newSecret } from "#db/authenticator.server.ts";
import { createVault } from "#db/personal-data.server.ts";

/** What stands in for DATA_KEY in tests, also in those that start a process. */
export const TEST_DATA_KEY = "a key for tests only, as long as DATA_KEY has to be";

export const testVault = createVault(TEST_DATA_KEY);

let count = 0;

/** So that a file's codes and names are the same whichever file was run before it. */
export function beginNumbers(): void {
  count = 0;
}

/** For codes and names that no other test of the same database has, and that nobody takes for a room. */
export function next(): number {
  do count++;
  while (/^[1-6]0[12]$/.test(String(count)));
  return count;
}

/** A value for the hidden field of a form. */
export function formKey(): string {
  return randomBytes(16).toString("base64url");
}

export async function createSubdistrict(db: Db, { name = "梅园街道" }: { name?: string } = {}): Promise<{ subdistrictId: number }> {
  const { id } = await db
    .insertInto("subdistrict")
    .values({ code: `street-${next()}`, name, phone: "021-50000000" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { subdistrictId: id };
}

export interface TestCommunity {
  subdistrictId: number;
  committeeId: number;
  communityId: number;
  code: string;
}

/** A community with a committee of its own, in the given subdistrict or a new one. */
export async function createCommunity(db: Db, given: { subdistrictId?: number; name?: string } = {}): Promise<TestCommunity> {
  const subdistrictId = given.subdistrictId ?? (await createSubdistrict(db)).subdistrictId;
  const number = next();
  const committee = await db
    .insertInto("committee")
    .values({ subdistrictId, name: `第${number}居民委员会`, phone: "021-50000001" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const code = `T${String(number).padStart(3, "0")}`;
  const community = await db
    .insertInto("community")
    .values({
      subdistrictId, committeeId: committee.id, code, name: given.name ?? `梅园${number}村`, pinyin: "meiyuan", initials: "my", address: "梅园路 1 弄",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { subdistrictId, committeeId: committee.id, communityId: community.id, code };
}

export interface TestFlat {
  id: number;
  room: string;
  floor: number;
  area: number;
}

export interface TestStairwell {
  subdistrictId: number;
  committeeId: number;
  communityId: number;
  stairwellId: number;
  code: string;
  /** From the ground floor up: 101, 102, 201 … */
  flats: TestFlat[];
}

export interface StairwellShape {
  community?: TestCommunity;
  floors?: number;
  flatsPerFloor?: number;
  /** Hundredths of a square metre, flat by flat; the last one goes for all that follow. */
  areas?: readonly number[];
  stage?: Stage;
  sideState?: SideState | null;
  /** Whether each flat gets an owner of its own. */
  owned?: boolean;
}

/** A stairwell with its project and flats, in the given community or a new one; six floors with two flats of 60 m² unless told. */
export async function createStairwell(db: Db, shape: StairwellShape = {}): Promise<TestStairwell> {
  const { floors = 6, flatsPerFloor = 2, areas = [6000], stage = "reserve", sideState = null, owned = true } = shape;
  const { communityId, committeeId, subdistrictId, code: communityCode } = shape.community ?? (await createCommunity(db));
  const number = next();
  const code = `${communityCode}-${String(number).padStart(3, "0")}`;
  const stairwell = await db
    .insertInto("stairwell")
    .values({ subdistrictId, communityId, code, building: `${number}幢`, entrance: `${number}号`, floors })
    .returning("id")
    .executeTakeFirstOrThrow();
  const stairwellId = stairwell.id;
  const since = new Date("2026-01-01T00:00:00Z");
  await db
    .insertInto("project")
    .values({ stairwellId, subdistrictId, stage, stageSince: since, sideState, reserveSince: stage === "intent" ? null : since })
    .execute();
  const rooms = Array.from({ length: floors * flatsPerFloor }, (_, index) => {
    const floor = Math.floor(index / flatsPerFloor) + 1;
    const area = areas[Math.min(index, areas.length - 1)] ?? 6000;
    return { room: `${floor}${String((index % flatsPerFloor) + 1).padStart(2, "0")}`, floor, area };
  });
  const flats =
    rooms.length === 0
      ? []
      : await db
          .insertInto("flat")
          .values(rooms.map((flat) => ({ subdistrictId, stairwellId, ...flat })))
          .returning(["id", "room", "floor", "area"])
          .execute();
  if (owned && flats.length > 0) {
    const owners = await db
      .insertInto("owner")
      .values(flats.map(({ room }) => ({ subdistrictId, code: `P${code}-${room}`, name: `业主${code}-${room}`, kind: "person" as const })))
      .returning("id")
      .execute();
    await db
      .insertInto("ownership")
      .values(owners.map(({ id: ownerId }, index) => ({ ownerId, flatId: flats[index]?.id ?? 0 })))
      .execute();
  }
  return { subdistrictId, committeeId, communityId, stairwellId, code, flats };
}

/** An owner of the given flats. */
export async function createOwner(
  db: Db,
  owner: { subdistrictId: number; flatIds: number[]; name?: string; kind?: OwnerKind; code?: string; phone?: string },
): Promise<{ ownerId: number; code: string; name: string }> {
  const number = next();
  const { subdistrictId, flatIds, kind = "person", code = `P${String(number).padStart(6, "0")}`, name = `业主${number}`, phone } = owner;
  const sealed = phone === undefined ? {} : { phoneCipher: testVault.seal(phone), phoneHash: testVault.hash("phone", phone) };
  const { id } = await db
    .insertInto("owner")
    .values({ subdistrictId, code, name, kind, ...sealed })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (flatIds.length > 0) await db.insertInto("ownership").values(flatIds.map((flatId) => ({ flatId, ownerId: id }))).execute();
  return { ownerId: id, code, name };
}

const scopes = {
  resident: "flat",
  committee: "committee",
  office: "subdistrict",
  admin: "installation",
  assessor: "stairwell",
  contractor: "stairwell",
  agent: "stairwell",
  supervisor: "stairwell",
} as const;

/**
 * An account with one grant: for the flat, committee, subdistrict or stairwell `scopeId`, as the role has it. A
 * resident's has a phone, that of staff a login and an authenticator, whose codes `codeOf` tells; nobody knows a password.
 */
export async function createAccount(
  db: Db,
  role: keyof typeof scopes,
  { subdistrictId, scopeId = null, name, phone }: { subdistrictId: number; scopeId?: number | null; name?: string; phone?: string },
): Promise<number> {
  const number = next();
  const mobile = phone ?? `139${String(number).padStart(8, "0")}`;
  const known =
    role === "resident"
      ? { phoneHash: testVault.hash("phone", mobile), phoneCipher: testVault.seal(mobile) }
      : { login: `user${number}`, passwordHash: "none", totpCipher: testVault.seal(newSecret()), totpConfirmedAt: new Date("2026-01-01T00:00:00Z") };
  const { id } = await db
    .insertInto("account")
    .values({ subdistrictId, name: name ?? `用户${number}`, ...known })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db.insertInto("grant").values({ accountId: id, role, scope: scopes[role], scopeId, way: role === "resident" ? "roll" : null }).execute();
  return id;
}
