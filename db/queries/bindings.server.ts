import { sql } from "kysely";
import type { BindingSide, Evidence } from "#app/domain/binding.ts";
import type { Db, Tx } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";

/**
 * Whether a flat's grant `g` to a resident's account `a` has outlived its reason: the phone has left the roll, the owner
 * for whom the committee bound it has sold, or nobody who owned the flat when a slip bound it owns it any more.
 */
export const isOutdated = sql<boolean>`(
  g.role = 'resident' and g.revoked_at is null and not exists (
    select from ownership p join owner o on o.id = p.owner_id
    where p.flat_id = g.scope_id and p.until is null and case g.way
      when 'roll' then o.phone_hash = a.phone_hash
      when 'request' then o.id = g.owner_id
      else p.since is null or p.since <= (g.granted_at at time zone 'Asia/Shanghai')::date end))`;

export interface NewResident {
  phoneHash: Buffer;
  phoneCipher: Buffer;
  subdistrictId: number;
  /** The number with its middle hidden. */
  name: string;
  now: Date;
}

/** The account of a phone, made when there is none. */
export async function findOrAddResident(tx: Tx, { phoneHash, phoneCipher, subdistrictId, name, now }: NewResident): Promise<number> {
  const { id } = await tx
    .insertInto("account")
    .values({ subdistrictId, name, phoneHash, phoneCipher, createdAt: now })
    .onConflict((c) => c.column("phoneHash").doUpdateSet({ name }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Binds a flat to an account by a slip or by the committee's word, which says for which owner. What binds it already
 * stays; only the committee's word takes the place of a slip. Answers whether anything changed.
 */
export async function bindFlat(
  tx: Tx,
  { accountId, flatId, now, ...bound }: { accountId: number; flatId: number; now: Date } & ({ way: "slip"; ownerId: null } | { way: "request"; ownerId: number }),
): Promise<boolean> {
  const { rows } = await sql`
    insert into "grant" (account_id, role, scope, scope_id, way, owner_id, granted_at)
    values (${accountId}, 'resident', 'flat', ${flatId}, ${bound.way}, ${bound.ownerId}::integer, ${now}::timestamptz)
    on conflict (account_id, role, scope, scope_id) where revoked_at is null
    do update set way = excluded.way, owner_id = excluded.owner_id where "grant".way = 'slip' and excluded.way = 'request'
    returning id`.execute(tx);
  return rows.length > 0;
}

/** How many phones are bound to a flat by its slips. */
export async function countBoundBySlip(tx: Tx, flatId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("grant")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("role", "=", "resident")
    .where("scopeId", "=", flatId)
    .where("way", "=", "slip")
    .where("revokedAt", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Whether a flat is bound to a phone, whatever way. */
export async function isBound(tx: Tx, flatId: number, phoneHash: Buffer): Promise<boolean> {
  const row = await tx
    .selectFrom("grant")
    .innerJoin("account", "account.id", "grant.accountId")
    .select("grant.id")
    .where("grant.role", "=", "resident")
    .where("grant.scopeId", "=", flatId)
    .where("grant.revokedAt", "is", null)
    .where("account.phoneHash", "=", phoneHash)
    .executeTakeFirst();
  return row !== undefined;
}

/** The present owners of a flat on the roll. */
export function listOwnersOfFlat(db: Db | Tx, flatId: number) {
  return db
    .selectFrom("ownership")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["owner.id", "owner.name", "owner.kind", "owner.phoneCipher", "owner.phoneHash"])
    .where("ownership.flatId", "=", flatId)
    .where("ownership.until", "is", null)
    .orderBy("owner.id")
    .execute();
}

export interface NewBindingRequest {
  subdistrictId: number;
  stairwellId: number;
  flatId: number;
  side: BindingSide;
  receipt: string;
  requestedAt: Date;
}

export async function insertBindingRequest(
  tx: Tx,
  request: NewBindingRequest,
  contact: { nameCipher: Buffer; phoneCipher: Buffer; phoneHash: Buffer },
): Promise<number> {
  const { id } = await tx.insertInto("bindingRequest").values(request).returning("id").executeTakeFirstOrThrow();
  await tx.insertInto("bindingContact").values({ requestId: id, subdistrictId: request.subdistrictId, ...contact }).execute();
  return id;
}

/** The receipt of a request for this flat by this phone that nobody has decided. */
export async function findPendingBinding(tx: Tx, flatId: number, phoneHash: Buffer): Promise<string | undefined> {
  const row = await tx
    .selectFrom("bindingRequest")
    .innerJoin("bindingContact", "bindingContact.requestId", "bindingRequest.id")
    .leftJoin("bindingDecision", "bindingDecision.requestId", "bindingRequest.id")
    .select("bindingRequest.receipt")
    .where("bindingRequest.flatId", "=", flatId)
    .where("bindingContact.phoneHash", "=", phoneHash)
    .where("bindingDecision.requestId", "is", null)
    .executeTakeFirst();
  return row?.receipt;
}

/** A request by its receipt, with what became of it. */
export function findBindingByReceipt(db: Db, stairwellId: number, receipt: string) {
  return db
    .selectFrom("bindingRequest")
    .leftJoin("bindingDecision", "bindingDecision.requestId", "bindingRequest.id")
    .select(["bindingRequest.side", "bindingRequest.requestedAt", "bindingDecision.verdict", "bindingDecision.noteCipher"])
    .where("bindingRequest.stairwellId", "=", stairwellId)
    .where("bindingRequest.receipt", "=", receipt)
    .executeTakeFirst();
}

/** A request in the hands of one of these committees. */
export function findBindingRequest(tx: Tx, requestId: number, committeeIds: readonly number[]) {
  return tx
    .selectFrom("bindingRequest")
    .innerJoin("flat", "flat.id", "bindingRequest.flatId")
    .innerJoin("stairwell", "stairwell.id", "bindingRequest.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("bindingContact", "bindingContact.requestId", "bindingRequest.id")
    .leftJoin("bindingDecision", "bindingDecision.requestId", "bindingRequest.id")
    .select([
      "bindingRequest.id", "bindingRequest.subdistrictId", "bindingRequest.stairwellId", "bindingRequest.flatId", "bindingRequest.side",
      "bindingContact.nameCipher", "bindingContact.phoneCipher", "bindingContact.phoneHash", "bindingDecision.verdict",
      "flat.room", "stairwell.entrance", "community.name as community", "committee.phone as committeePhone",
    ])
    .where("bindingRequest.id", "=", requestId)
    .where("community.committeeId", "in", committeeIds.length > 0 ? committeeIds : [-1])
    .executeTakeFirst();
}

export interface NewBindingDecision {
  requestId: number;
  subdistrictId: number;
  verdict: "approved" | "refused";
  ownerId: number | null;
  evidence: Evidence[];
  noteCipher: Buffer | null;
  accountId: number;
  at: Date;
}

/** Keeps the decision and forgets who asked. */
export async function insertBindingDecision(tx: Tx, decision: NewBindingDecision): Promise<void> {
  await tx.insertInto("bindingDecision").values(decision).execute();
  await tx.deleteFrom("bindingContact").where("requestId", "=", decision.requestId).execute();
}

const waitingBindings = (db: Db, { committeeIds, subdistrictIds }: DeskScope) =>
  db
    .selectFrom("bindingRequest")
    .innerJoin("stairwell", "stairwell.id", "bindingRequest.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .leftJoin("bindingDecision", "bindingDecision.requestId", "bindingRequest.id")
    .where("bindingDecision.requestId", "is", null)
    .where((e) =>
      e.or([
        e("community.committeeId", "in", committeeIds.length > 0 ? committeeIds : [-1]),
        e("stairwell.subdistrictId", "in", subdistrictIds.length > 0 ? subdistrictIds : [-1]),
      ]),
    );

/** How many requests nobody has decided. */
export async function countBindingRequests(db: Db, scope: DeskScope): Promise<number> {
  const { count } = await waitingBindings(db, scope)
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Requests that nobody has decided, the oldest first. */
export function listBindingRequests(db: Db, scope: DeskScope) {
  return waitingBindings(db, scope)
    .innerJoin("bindingContact", "bindingContact.requestId", "bindingRequest.id")
    .innerJoin("flat", "flat.id", "bindingRequest.flatId")
    .select([
      "bindingRequest.id", "bindingRequest.flatId", "bindingRequest.side", "bindingRequest.requestedAt",
      "bindingContact.nameCipher", "bindingContact.phoneCipher", "flat.room", "stairwell.entrance", "stairwell.building", "community.name as community",
    ])
    .orderBy("bindingRequest.id")
    .limit(200)
    .execute();
}

/** The present owners on the roll of these flats. */
export async function listOwnersOfFlats(db: Db, flatIds: readonly number[]) {
  if (flatIds.length === 0) return [];
  return db
    .selectFrom("ownership")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["ownership.flatId", "owner.id", "owner.name", "owner.phoneCipher"])
    .where("ownership.flatId", "in", flatIds)
    .where("ownership.until", "is", null)
    .orderBy("owner.id")
    .execute();
}

/** Everybody whose phone is bound to a flat of the stairwell, by floor and room. */
export function listBoundPhones(db: Db, stairwellId: number) {
  return db
    .selectFrom("grant")
    .innerJoin("account", "account.id", "grant.accountId")
    .innerJoin("flat", "flat.id", "grant.scopeId")
    .leftJoin("owner", "owner.id", "grant.ownerId")
    .select(["grant.id", "grant.way", "grant.grantedAt", "account.name as phone", "owner.name as owner", "flat.room"])
    .where("grant.role", "=", "resident")
    .where("grant.revokedAt", "is", null)
    .where("flat.stairwellId", "=", stairwellId)
    .orderBy("flat.floor")
    .orderBy("flat.room")
    .orderBy("grant.id")
    .execute();
}

/** A binding of a flat of this stairwell that is in force, held until the transaction ends. */
export function lockBinding(tx: Tx, grantId: number, stairwellId: number) {
  return tx
    .selectFrom("grant")
    .innerJoin("flat", "flat.id", "grant.scopeId")
    .select(["grant.id", "grant.way", "flat.id as flatId", "flat.room"])
    .where("grant.id", "=", grantId)
    .where("grant.role", "=", "resident")
    .where("grant.revokedAt", "is", null)
    .where("flat.stairwellId", "=", stairwellId)
    .forUpdate("grant")
    .executeTakeFirst();
}

export async function revokeBinding(tx: Tx, grantId: number, revoked: { revokedAt: Date; revokedBy: number; revokeReasonCipher: Buffer }): Promise<void> {
  await tx.updateTable("grant").set(revoked).where("id", "=", grantId).execute();
}

export interface NewTenant {
  subdistrictId: number;
  flatId: number;
  nameCipher: Buffer;
  phoneCipher: Buffer;
  notedAt: Date;
  notedBy: number;
}

export async function insertTenant(tx: Tx, tenant: NewTenant): Promise<void> {
  await tx.insertInto("tenant").values(tenant).execute();
}

/** The tenants noted for the flats of a stairwell. */
export function listTenants(db: Db, stairwellId: number) {
  return db
    .selectFrom("tenant")
    .innerJoin("flat", "flat.id", "tenant.flatId")
    .select(["tenant.id", "tenant.nameCipher", "tenant.phoneCipher", "tenant.notedAt", "flat.room"])
    .where("flat.stairwellId", "=", stairwellId)
    .where("tenant.endedAt", "is", null)
    .orderBy("flat.floor")
    .orderBy("flat.room")
    .execute();
}

/** Ends the note of a tenant of this stairwell; answers with the room, or undefined where there is none in force. */
export async function endTenant(tx: Tx, tenantId: number, { stairwellId, endedAt, endedBy }: { stairwellId: number; endedAt: Date; endedBy: number }): Promise<string | undefined> {
  const row = await tx
    .updateTable("tenant")
    .from("flat")
    .set({ endedAt, endedBy })
    .whereRef("flat.id", "=", "tenant.flatId")
    .where("tenant.id", "=", tenantId)
    .where("tenant.endedAt", "is", null)
    .where("flat.stairwellId", "=", stairwellId)
    .returning("flat.room")
    .executeTakeFirst();
  return row?.room;
}
