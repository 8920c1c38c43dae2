import { sql } from "kysely";
import type { BoardPage } from "#app/domain/board.ts";
import type { Channel } from "#app/domain/consultation-file.ts";
import type { Scope } from "#app/domain/consultation.ts";
import type { AsideReason, PageRole, PageState } from "#app/domain/paper.ts";
import type { Choice } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";

export interface NewPages {
  subdistrictId: number;
  consultationId: number;
  fileIds: string[];
  uploadedBy: number;
  at: Date;
}

/** Adds the pages of stored files, in order, but for those whose very content the consultation has already; answers with how many. */
export async function insertPages(tx: Tx, { subdistrictId, consultationId, fileIds, uploadedBy, at }: NewPages): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into ballot_page (subdistrict_id, consultation_id, file_id, page, uploaded_by, at)
    select ${subdistrictId}, ${consultationId}, f.file_id, f.page, ${uploadedBy}, ${at}
    from (
      select distinct on (sha256) file_id, page, sha256, array_position(${fileIds}::text[], file_id) as place
      from file_page where file_id = any(${fileIds}::text[])
      order by sha256, place, page
    ) f
    where not exists (select from ballot_page p join file_page q on (q.file_id, q.page) = (p.file_id, p.page)
      where p.consultation_id = ${consultationId} and q.sha256 = f.sha256)
    order by f.place, f.page`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** How a page stands; the caller holds the stairwell's chain, so that nothing is typed from it meanwhile. */
export function readPageState(tx: Tx, { consultationId, pageId }: { consultationId: number; pageId: number }): Promise<PageState | undefined> {
  return tx
    .selectFrom("ballotPage")
    .select((e) => [
      e("aside", "is not", null).$castTo<boolean>().as("isAside"),
      e.exists(e.selectFrom("pageUse").select("pageId").whereRef("pageUse.pageId", "=", "ballotPage.id")).$castTo<boolean>().as("isTaken"),
    ])
    .where("id", "=", pageId)
    .where("consultationId", "=", consultationId)
    .executeTakeFirst();
}

export interface NewImage {
  ballotId: number;
  pageId: number;
  role: PageRole;
  subdistrictId: number;
  accountId: number;
  at: Date;
}

/** Makes a page the image of a ballot. */
export async function insertImage(tx: Tx, image: NewImage): Promise<void> {
  await tx.insertInto("ballotImage").values(image).execute();
}

/** Sets a page aside, or takes it back from there. */
export async function updateAside(tx: Tx, pageId: number, aside: { reason: AsideReason; accountId: number; at: Date } | null): Promise<void> {
  await tx
    .updateTable("ballotPage")
    .set({ aside: aside?.reason ?? null, asideBy: aside?.accountId ?? null, asideAt: aside?.at ?? null })
    .where("id", "=", pageId)
    .execute();
}

/** How many pages of a consultation are still to be typed. */
export async function countWaitingPages(db: Db | Tx, consultationId: number): Promise<number> {
  const { count } = await db
    .selectFrom("waitingPage")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("consultationId", "=", consultationId)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Pages of a consultation that are still to be typed, in the order in which they came.
 *
 * @param from this one and those after it come first
 */
export async function listWaitingPages(
  db: Db,
  consultationId: number,
  { from = 0, limit = null, offset = 0 }: { from?: number; limit?: number | null; offset?: number } = {},
): Promise<BoardPage[]> {
  const { rows } = await sql<BoardPage>`
    select p.id, p.file_id, p.page, f.pages,
      (select coalesce(jsonb_agg(jsonb_build_object('unit', r.unit, 'choice', b.choice, 'note', k.note) order by b.seq desc), '[]')
        from ballot_image i
        join ballot b on b.id = i.ballot_id
        join ballot_check k on k.ballot_id = b.id and k.verdict = 'disagreed'
        join roll_entry r on r.consultation_id = b.consultation_id and r.flat_id = b.flat_id
        where i.page_id = p.id) as returned
    from waiting_page w
    join ballot_page p on p.id = w.page_id
    join file f on f.id = p.file_id
    where w.consultation_id = ${consultationId}
    order by p.id < ${from}, p.id
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Pages that were set aside, the newest first. */
export function listAsidePages(db: Db, consultationId: number) {
  return db
    .selectFrom("ballotPage")
    .innerJoin("account", "account.id", "ballotPage.asideBy")
    .select(["ballotPage.id", "ballotPage.fileId", "ballotPage.page", "ballotPage.aside", "ballotPage.asideAt", "account.name as asideBy"])
    .where("ballotPage.consultationId", "=", consultationId)
    .where("ballotPage.aside", "is not", null)
    .orderBy("ballotPage.asideAt", "desc")
    .execute();
}

/** One page of a consultation with all that was typed from it. */
export async function findPage(db: Db, consultationId: number, pageId: number) {
  const page = await db
    .selectFrom("ballotPage")
    .innerJoin("file", "file.id", "ballotPage.fileId")
    .leftJoin("waitingPage", "waitingPage.pageId", "ballotPage.id")
    .select(["ballotPage.id", "ballotPage.fileId", "ballotPage.page", "file.pages", "ballotPage.aside", "waitingPage.pageId as waiting"])
    .where("ballotPage.id", "=", pageId)
    .where("ballotPage.consultationId", "=", consultationId)
    .executeTakeFirst();
  if (!page) return undefined;
  const typed = await db
    .selectFrom("ballotImage")
    .innerJoin("ballot", "ballot.id", "ballotImage.ballotId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .leftJoin("ballotEnded", "ballotEnded.ballotId", "ballot.id")
    .leftJoin("ballotCheck", "ballotCheck.ballotId", "ballot.id")
    .select(["rollEntry.unit as room", "ballot.seq", "ballot.choice", "ballotImage.role", "ballotEnded.kind as end", "ballotCheck.note"])
    .where("ballotImage.pageId", "=", pageId)
    .orderBy("ballot.seq", "desc")
    .execute();
  return { ...page, waiting: page.waiting !== null, typed };
}

/** Ballots that wait for the second person and lack an image: of themselves, or of a proxy's authorisation. */
export function listWithoutImage(db: Db, consultationId: number) {
  return db
    .selectFrom("pendingCheck")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "pendingCheck.consultationId").onRef("rollEntry.flatId", "=", "pendingCheck.flatId"),
    )
    .select(["rollEntry.unit as room", "pendingCheck.seq", "pendingCheck.choice", "pendingCheck.channel"])
    .select(sql<PageRole[]>`array(select distinct role from ballot_image i where i.ballot_id = pending_check.ballot_id)`.as("images"))
    .where("pendingCheck.consultationId", "=", consultationId)
    .where(sql<boolean>`not ${hasImages}`)
    .orderBy(sql`roll_entry.unit collate "C"`)
    .execute();
}

const hasImages = sql<boolean>`(exists (select from ballot_image i where i.ballot_id = pending_check.ballot_id and i.role = 'ballot')
  and (pending_check.channel <> 'proxy'
    or exists (select from ballot_image i where i.ballot_id = pending_check.ballot_id and i.role = 'authorisation')))`;

/**
 * What the second person disagreed with and nobody has put right yet: its page is not typed again nor set aside, or, of
 * one without a page, its flat has no newer ballot.
 */
export function listReturned(db: Db, consultationId: number) {
  return db
    .selectFrom("ballotCheck")
    .innerJoin("ballot", "ballot.id", "ballotCheck.ballotId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .innerJoin("account as checker", "checker.id", "ballotCheck.accountId")
    .leftJoin("account as recorder", "recorder.id", "ballot.recordedBy")
    .leftJoin("ballotImage", (join) => join.onRef("ballotImage.ballotId", "=", "ballot.id").on("ballotImage.role", "=", "ballot"))
    .select([
      "rollEntry.unit as room", "ballot.seq", "ballot.choice", "ballot.recordedBy as recordedById", "recorder.name as recordedBy",
      "ballotCheck.note", "checker.name as checkedBy", "ballotCheck.at", "ballotImage.pageId",
    ])
    .where("ballot.consultationId", "=", consultationId)
    .where("ballotCheck.verdict", "=", "disagreed")
    .where(
      sql<boolean>`case when ballot_image.page_id is null
        then not exists (select from ballot n where n.consultation_id = ballot.consultation_id and n.flat_id = ballot.flat_id and n.seq > ballot.seq)
        else exists (select from waiting_page w where w.page_id = ballot_image.page_id) end`,
    )
    .orderBy("ballotCheck.at")
    .execute();
}

export interface EntryToCheck {
  seq: number;
  room: string;
  choice: Choice;
  channel: Channel;
  receivedOn: string | null;
  authorisation: string | null;
  castAt: Date;
  recordedBy: string | null;
  images: { role: PageRole; fileId: string; page: number; width: number; height: number }[];
}

/**
 * The ballots of a consultation that this person may answer for, by number, those with their images first.
 *
 * @param at the one to begin with, where it is among them
 */
export async function findEntryToCheck(
  db: Db,
  { consultationId, accountId, at }: { consultationId: number; accountId: number; at: number | null },
): Promise<EntryToCheck | undefined> {
  return db
    .selectFrom("pendingCheck")
    .innerJoin("ballot", "ballot.id", "pendingCheck.ballotId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "pendingCheck.consultationId").onRef("rollEntry.flatId", "=", "pendingCheck.flatId"),
    )
    .leftJoin("account", "account.id", "ballot.recordedBy")
    .select([
      "ballot.seq", "rollEntry.unit as room", "ballot.choice", "ballot.channel", "ballot.receivedOn", "ballot.authorisation", "ballot.castAt",
      "account.name as recordedBy",
    ])
    .select(
      sql<EntryToCheck["images"]>`(select coalesce(jsonb_agg(jsonb_build_object('role', i.role, 'fileId', p.file_id, 'page', p.page, 'width', f.width, 'height', f.height)
          order by i.role desc, p.id), '[]')
        from ballot_image i join ballot_page p on p.id = i.page_id join file_page f on (f.file_id, f.page) = (p.file_id, p.page)
        where i.ballot_id = ballot.id)`.as("images"),
    )
    .where("pendingCheck.consultationId", "=", consultationId)
    .where("pendingCheck.recordedBy", "<>", accountId)
    .orderBy(sql`(ballot.seq >= ${at ?? 0}) desc`)
    .orderBy(sql`${hasImages} desc`)
    .orderBy("ballot.seq")
    .limit(1)
    .executeTakeFirst();
}

/** How many ballots of a consultation wait for a second person: for this one, and recorded by this one. */
export async function countToCheck(db: Db, { consultationId, accountId }: { consultationId: number; accountId: number }) {
  return db
    .selectFrom("pendingCheck")
    .select((e) => [
      e.fn.countAll<number>().filterWhere("recordedBy", "<>", accountId).as("mine"),
      e.fn.countAll<number>().filterWhere("recordedBy", "=", accountId).as("own"),
    ])
    .where("consultationId", "=", consultationId)
    .executeTakeFirstOrThrow();
}

/** Consultations of these committees with paper that can still be typed: its pages, and how many of them came back to this person. */
export async function listToType(db: Db, { committeeIds }: Pick<DeskScope, "committeeIds">, accountId: number) {
  const { rows } = await sql<{ code: string; community: string; entrance: string; scope: Scope; toType: number; returned: number }>`
    select code, community, entrance, scope, to_type, returned from (
      select c.code, m.name as community, w.entrance, c.scope, c.closes_at,
        (select count(*) from waiting_page p where p.consultation_id = c.id) as to_type,
        (select count(*) from ballot b join ballot_check k on k.ballot_id = b.id and k.verdict = 'disagreed'
          where b.consultation_id = c.id and b.recorded_by = ${accountId}
            and exists (select from ballot_image i join waiting_page p on p.page_id = i.page_id where i.ballot_id = b.id)) as returned
      from consultation c
      join stairwell w on w.id = c.stairwell_id
      join community m on m.id = w.community_id
      where m.committee_id = any(${committeeIds}::integer[]) and c.closed_at is null and c.withdrawn_at is null
    ) open where to_type > 0
    order by closes_at, code
    limit 50`.execute(db);
  return rows;
}
