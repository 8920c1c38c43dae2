import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import type { NoticeKind } from "#app/domain/notice.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewNotice {
  subdistrictId: number;
  stairwellId: number;
  consultationId: number | null;
  kind: NoticeKind;
  title: string;
  body: string;
  remark: string | null;
  days: number | null;
  /** The last so many of its days, for opinions after the posting. */
  opinionDays?: number;
  withdraws: number | null;
  draftedAt: Date;
  draftedBy: number;
  publishedAt: Date;
  publishedBy: number;
  endsOn: string | null;
}

/** Publishes a notice under the stairwell's next number. The caller holds the stairwell's chain, so that no number is taken twice. */
export async function insertNotice(tx: Tx, notice: NewNotice): Promise<{ id: number; number: number }> {
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from notice where stairwell_id = ${notice.stairwellId})`;
  const row = await tx.insertInto("notice").values({ ...notice, number }).returning(["id", "number"]).executeTakeFirstOrThrow();
  return { id: row.id, number: row.number ?? 0 };
}

const published = (db: Db | Tx) =>
  db
    .selectFrom("notice")
    .innerJoin("stairwell", "stairwell.id", "notice.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("notice as later", "later.withdraws", "notice.id")
    .leftJoin("consultation", "consultation.id", "notice.consultationId")
    .select([
      "notice.id", "notice.kind", "notice.number", "notice.title", "notice.body", "notice.remark", "notice.days", "notice.opinionDays", "notice.endsOn", "notice.withdraws",
      "notice.publishedAt", "notice.stairwellId", "notice.subdistrictId", "notice.consultationId", "later.id as withdrawnBy",
      "stairwell.code as stairwell", "stairwell.building", "stairwell.entrance", "community.name as community", "committee.name as committee",
      "committee.phone", "committee.id as committeeId", "consultation.code as consultation",
    ])
    .where("notice.publishedAt", "is not", null);

/** A published notice with its place; undefined where there is none. */
export function findNotice(db: Db | Tx, id: number) {
  return published(db).where("notice.id", "=", id).executeTakeFirst();
}

/** Published notices, the newest first: of a stairwell, of a consultation, or a page of all. */
export function listNotices(db: Db | Tx, of: { stairwellId: number } | { consultationId: number } | { limit: number; offset: number }) {
  const all = published(db).orderBy("notice.publishedAt", "desc").orderBy("notice.id", "desc");
  if ("stairwellId" in of) return all.where("notice.stairwellId", "=", of.stairwellId).execute();
  if ("consultationId" in of) return all.where("notice.consultationId", "=", of.consultationId).execute();
  return all.limit(of.limit).offset(of.offset).execute();
}

export async function countNotices(db: Db): Promise<number> {
  const { count } = await db.selectFrom("notice").select((e) => e.fn.countAll<number>().as("count")).where("publishedAt", "is not", null).executeTakeFirstOrThrow();
  return count;
}

/** The id of a consultation, and how many flats are on its roll. */
export async function countRoll(db: Db | Tx, code: string): Promise<{ id: number; flats: number }> {
  return db
    .selectFrom("consultation")
    .innerJoin("rollEntry", "rollEntry.consultationId", "consultation.id")
    .select((e) => ["consultation.id", e.fn.countAll<number>().as("flats")])
    .where("consultation.code", "=", code)
    .groupBy("consultation.id")
    .executeTakeFirstOrThrow();
}

/** The names of the people who own flats of a stairwell now: what is published names none of them. */
export async function listOwnerNamesAt(tx: Tx, stairwellId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("flat")
    .innerJoin("ownership", "ownership.flatId", "flat.id")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select("owner.name")
    .distinct()
    .where("flat.stairwellId", "=", stairwellId)
    .where("ownership.until", "is", null)
    .execute();
  return rows.map(({ name }) => name);
}

export interface NewNoticeFile {
  fileId: string;
  subdistrictId: number;
  noticeId: number;
  role: "drawing" | "posted";
  caption: string;
  accountId: number;
  at: Date;
}

export async function insertNoticeFile(tx: Tx, file: NewNoticeFile): Promise<void> {
  await tx.insertInto("noticeFile").values(file).execute();
}

/** The drawings of a notice and the photos of its paper, each page of them; those shown to everybody, or all. */
export function listNoticeFiles(db: Db, noticeId: number, { all }: { all: boolean }) {
  return db
    .selectFrom("noticeFile")
    .innerJoin("file", "file.id", "noticeFile.fileId")
    .innerJoin("filePage", "filePage.fileId", "file.id")
    .select(["file.id as file", "filePage.page", "noticeFile.role", "noticeFile.caption", "noticeFile.at", "filePage.width", "filePage.height", "file.publicSince"])
    .where("noticeFile.noticeId", "=", noticeId)
    .where("file.removedAt", "is", null)
    .$if(!all, (q) => q.where("file.publicSince", "is not", null))
    .orderBy("noticeFile.role")
    .orderBy("noticeFile.at")
    .orderBy("file.id")
    .orderBy("filePage.page")
    .execute();
}

/** The photos of the posted paper that only staff see yet; held until the transaction ends. */
export async function listHiddenPosted(tx: Tx, noticeId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("noticeFile")
    .innerJoin("file", "file.id", "noticeFile.fileId")
    .select("file.id")
    .where("noticeFile.noticeId", "=", noticeId)
    .where("noticeFile.role", "=", "posted")
    .where("file.publicSince", "is", null)
    .where("file.removedAt", "is", null)
    .orderBy("file.id")
    .forUpdate("file")
    .execute();
  return rows.map(({ id }) => id);
}

/** Whose a file of a notice is. */
export function listNoticeFileOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  return db
    .selectFrom("noticeFile")
    .innerJoin("notice", "notice.id", "noticeFile.noticeId")
    .innerJoin("stairwell", "stairwell.id", "notice.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["stairwell.subdistrictId", "community.committeeId", "stairwell.id as stairwellId"])
    .where("noticeFile.fileId", "=", fileId)
    .execute();
}

/** Notices with a period for opinions that are in force: those that end by this day or earlier, without an end on record. */
export function listRunningNotices(db: Db, { endsBy }: { endsBy: string }): Promise<{ id: number }[]> {
  return db
    .selectFrom("notice")
    .select("notice.id")
    .where("notice.opinionDays", "is not", null)
    .where("notice.withdraws", "is", null)
    .where("notice.endsOn", "<=", endsBy)
    .where((e) => e.not(e.exists(e.selectFrom("notice as later").select("later.id").whereRef("later.withdraws", "=", "notice.id"))))
    .where((e) => e.not(e.exists(e.selectFrom("noticeEnd").select("noticeEnd.noticeId").whereRef("noticeEnd.noticeId", "=", "notice.id"))))
    .orderBy("notice.id")
    .execute();
}

/** Writes down that a notice's period is over; false where it was before. */
export async function insertNoticeEnd(tx: Tx, end: { noticeId: number; subdistrictId: number; opinions: number; objections: number; at: Date }): Promise<boolean> {
  const row = await tx.insertInto("noticeEnd").values(end).onConflict((c) => c.doNothing()).returning("noticeId").executeTakeFirst();
  return row !== undefined;
}

export async function isReminded(tx: Tx, noticeId: number): Promise<boolean> {
  return (await tx.selectFrom("noticeReminder").select("noticeId").where("noticeId", "=", noticeId).executeTakeFirst()) !== undefined;
}

export async function insertNoticeReminder(tx: Tx, reminder: { noticeId: number; subdistrictId: number; daysLeft: number; messages: number; at: Date }): Promise<void> {
  await tx.insertInto("noticeReminder").values(reminder).execute();
}

/** The phones of a stairwell's owners on the roll, each once, without those that want no reminders. */
export async function listOwnerPhonesAt(tx: Tx, stairwellId: number): Promise<Buffer[]> {
  const { rows } = await sql<{ phoneCipher: Buffer }>`
    select distinct on (o.phone_hash) o.phone_cipher
    from flat f join ownership p on p.flat_id = f.id and p.until is null join owner o on o.id = p.owner_id
    where f.stairwell_id = ${stairwellId} and o.phone_hash is not null
      and not exists (select from account a where a.phone_hash = o.phone_hash and a.reminders_off_at is not null)
    order by o.phone_hash`.execute(tx);
  return rows.map(({ phoneCipher }) => phoneCipher);
}

/** A plan's notice in force that the committee has still to do with. */
export interface NoticeWork {
  notice: number;
  stairwell: string;
  community: string;
  entrance: string;
  endsOn: string;
  unanswered: number;
  /** Whether a photo proves that its paper hangs. */
  posted: boolean;
}

/** The plans in public notice in this scope: what ends soon first. */
export async function listNoticeWork(db: Db, { committeeIds }: { committeeIds: readonly number[] }): Promise<NoticeWork[]> {
  const { rows } = await sql<NoticeWork>`
    select n.id as notice, s.code as stairwell, c.name as community, s.entrance, n.ends_on,
      (select count(*)::int from opinion o left join opinion_answer a on a.opinion_id = o.id where o.notice_id = n.id and a.opinion_id is null) as unanswered,
      exists (select from notice_file f where f.notice_id = n.id and f.role = 'posted') as posted
    from notice n
    join stairwell s on s.id = n.stairwell_id
    join community c on c.id = s.community_id
    join project p on p.stairwell_id = s.id
    where c.committee_id = any(${[...committeeIds]}::int[]) and n.kind = 'plan' and n.withdraws is null and p.stage = 'plan-notice'
      and not exists (select from notice w where w.withdraws = n.id)
    order by n.ends_on, n.id`.execute(db);
  return rows;
}
