import { sql } from "kysely";
import type { RegisterFlat } from "#app/domain/roll-export.ts";
import type { RollSummary } from "#app/domain/roll-plan.ts";
import type { Db, Tx } from "../client.server.ts";
import type { Vault } from "../personal-data.server.ts";

interface SealedFlat extends Omit<RegisterFlat, "owners"> {
  owners: { name: string; phone: string | null; id: string | null }[];
}

/** The flats of a stairwell with their present owners, phones and ID numbers opened; by floor and room. */
export async function readRegisterFlats(db: Db | Tx, vault: Vault, stairwellId: number): Promise<RegisterFlat[]> {
  const { rows } = await sql<SealedFlat>`
    select f.room, f.floor, f.area, f.area_source,
      coalesce(json_agg(json_build_object('name', o.name, 'phone', encode(o.phone_cipher, 'hex'), 'id', encode(o.id_cipher, 'hex')) order by p.id)
        filter (where o.id is not null), '[]') as owners
    from flat f
    left join ownership p on p.flat_id = f.id and p.until is null
    left join owner o on o.id = p.owner_id
    where f.stairwell_id = ${stairwellId} group by f.id order by f.floor, f.room collate "C"`.execute(db);
  const opened = (sealed: string | null) => (sealed === null ? null : vault.open(Buffer.from(sealed, "hex")));
  return rows.map(({ owners, ...flat }) => ({ ...flat, owners: owners.map(({ name, phone, id }) => ({ name, idNumber: opened(id), phone: opened(phone) })) }));
}

/** Names of all who own or owned a flat of the stairwell: none of them may stand in a record. */
export async function listNamesOfStairwell(tx: Tx, stairwellId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("flat")
    .innerJoin("ownership", "ownership.flatId", "flat.id")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select("owner.name")
    .distinct()
    .where("flat.stairwellId", "=", stairwellId)
    .execute();
  return rows.map(({ name }) => name);
}

export interface RollExport {
  subdistrictId: number;
  stairwellId: number;
  accountId: number;
  reason: string;
  at: Date;
}

export async function insertRollExport(tx: Tx, rollExport: RollExport): Promise<number> {
  const { id } = await tx.insertInto("rollExport").values(rollExport).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Whether this person has said since then why the numbers of the stairwell's owners are taken out. */
export async function hasExportReason(db: Db, stairwellId: number, accountId: number, since: Date): Promise<boolean> {
  const row = await db
    .selectFrom("rollExport")
    .select("id")
    .where("stairwellId", "=", stairwellId)
    .where("accountId", "=", accountId)
    .where("at", ">", since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who took the owners' numbers out, and why, newest first. */
export function listRollExports(db: Db, stairwellId: number) {
  return db
    .selectFrom("rollExport")
    .innerJoin("account", "account.id", "rollExport.accountId")
    .select(["rollExport.id", "rollExport.reason", "rollExport.at", "account.name"])
    .where("rollExport.stairwellId", "=", stairwellId)
    .orderBy("rollExport.id", "desc")
    .limit(50)
    .execute();
}

/** What an upload did, as it is kept: no room of anybody in particular, no name. */
export type VersionSummary = Pick<RollSummary, "heads" | "flatsAdded" | "flatsChanged" | "ownersJoined" | "ownersLeft">;

export interface NewRollVersion {
  subdistrictId: number;
  stairwellId: number;
  flats: readonly RegisterFlat[];
  /** Null for what was there before the first upload. */
  summary: VersionSummary | null;
  accountId: number | null;
  at: Date;
}

/** Keeps the roll of a stairwell as it is now under its next number. The caller holds the project, so that no number is taken twice. */
export async function insertRollVersion(tx: Tx, vault: Vault, { flats, summary, ...version }: NewRollVersion): Promise<void> {
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from roll_version where stairwell_id = ${version.stairwellId})`;
  const flatsCipher = vault.seal(JSON.stringify(flats));
  await tx.insertInto("rollVersion").values({ ...version, number, flatsCipher, summary: summary && JSON.stringify(summary) }).execute();
}

export async function hasRollVersion(tx: Tx, stairwellId: number): Promise<boolean> {
  const row = await tx.selectFrom("rollVersion").select("id").where("stairwellId", "=", stairwellId).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The versions of a stairwell's roll, the newest first. */
export async function listRollVersions(db: Db, stairwellId: number) {
  const rows = await db
    .selectFrom("rollVersion")
    .leftJoin("account", "account.id", "rollVersion.accountId")
    .select(["rollVersion.number", "rollVersion.summary", "rollVersion.at", "account.name as account"])
    .where("rollVersion.stairwellId", "=", stairwellId)
    .orderBy("rollVersion.number", "desc")
    .execute();
  return rows.map(({ summary, ...row }) => ({ ...row, summary: summary as unknown as VersionSummary | null }));
}

/** The flats of some versions of a stairwell's roll, by their numbers; none of one that was forgotten. */
export async function readRollVersions(db: Db, vault: Vault, stairwellId: number, numbers: readonly number[]): Promise<Map<number, RegisterFlat[]>> {
  const rows = await db.selectFrom("rollVersion").select(["number", "flatsCipher"]).where("stairwellId", "=", stairwellId).where("number", "in", [...numbers]).execute();
  return new Map(rows.map(({ number, flatsCipher }) => [number, flatsCipher === null ? [] : (JSON.parse(vault.open(flatsCipher)) as RegisterFlat[])]));
}
