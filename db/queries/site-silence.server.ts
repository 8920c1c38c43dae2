import { sql } from "kysely";
import { SILENT_DAYS } from "#app/domain/milestones.ts";
import { addDays } from "#app/domain/shanghai-day.ts";
import type { Db, Tx } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";

/** Since when nothing was reported from a site: the last report, or the day on which the works began where there is none since. */
const sinceOf = sql<string>`greatest((p.stage_since at time zone 'Asia/Shanghai')::date, (select max(r.on_day) from site_report r where r.stairwell_id = p.stairwell_id))`;

/** Sites under construction that nobody has reported from for fourteen days; those that were halted are not silent. */
const silentOn = (today: string) => sql<boolean>`p.stage = 'construction' and p.side_state is null and ${sinceOf} <= ${addDays(today, -SILENT_DAYS)}::date`;

export interface SilentSite {
  stairwellId: number;
  subdistrictId: number;
  since: string;
}

/** Those that were not flagged since they fell silent. */
export async function listUnflaggedSites(db: Db, today: string): Promise<SilentSite[]> {
  const { rows } = await sql<SilentSite>`
    select p.stairwell_id, p.subdistrict_id, ${sinceOf} as since from project p
    where ${silentOn(today)} and not exists (select from site_silence f where f.stairwell_id = p.stairwell_id and f.since = ${sinceOf})
    order by p.stairwell_id`.execute(db);
  return rows;
}

/** The same for one site, held until the transaction ends: a report that comes in waits, or has been seen. */
export async function findSilentSite(tx: Tx, stairwellId: number, today: string): Promise<(SilentSite & { isFlagged: boolean; home: string }) | undefined> {
  await tx.selectFrom("project").select("stairwellId").where("stairwellId", "=", stairwellId).forUpdate().executeTakeFirst();
  const { rows } = await sql<SilentSite & { isFlagged: boolean; home: string }>`
    select p.stairwell_id, p.subdistrict_id, ${sinceOf} as since, c.name || ' ' || s.building || s.entrance as home,
      exists (select from site_silence f where f.stairwell_id = p.stairwell_id and f.since = ${sinceOf}) as is_flagged
    from project p join stairwell s on s.id = p.stairwell_id join community c on c.id = s.community_id
    where p.stairwell_id = ${stairwellId} and ${silentOn(today)}`.execute(tx);
  return rows[0];
}

/** The silent sites of a committee or a subdistrict, the longest silent first. */
export async function listSilentSites(db: Db, { committeeIds, subdistrictIds }: DeskScope, today: string) {
  const { rows } = await sql<{ code: string; community: string; building: string; entrance: string; since: string }>`
    select s.code, c.name as community, s.building, s.entrance, ${sinceOf} as since
    from project p join stairwell s on s.id = p.stairwell_id join community c on c.id = s.community_id
    where ${silentOn(today)} and (c.committee_id = any(${[...committeeIds]}::int[]) or s.subdistrict_id = any(${[...subdistrictIds]}::int[]))
    order by since, s.code`.execute(db);
  return rows;
}

export async function insertSilence(tx: Tx, silence: SilentSite & { at: Date }): Promise<number> {
  const { stairwellId, subdistrictId, since, at } = silence;
  const { id } = await tx.insertInto("siteSilence").values({ stairwellId, subdistrictId, since, at }).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** The sealed phones that hear of a silent site. */
export function findSiteContact(db: Db | Tx, stairwellId: number): Promise<{ committeePhoneCipher: Buffer | null; agentPhoneCipher: Buffer | null } | undefined> {
  return db
    .selectFrom("siteContact")
    .select(["committeePhoneCipher", "agentPhoneCipher"])
    .where("stairwellId", "=", stairwellId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function insertSiteContact(
  tx: Tx,
  contact: { subdistrictId: number; stairwellId: number; committeePhoneCipher: Buffer | null; agentPhoneCipher: Buffer | null; accountId: number; at: Date },
): Promise<void> {
  await tx.insertInto("siteContact").values(contact).execute();
}
