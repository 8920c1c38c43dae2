import type { Problem } from "#app/domain/problem.ts";
import type { JobStanding } from "#app/domain/long-job.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewUpload {
  id: string;
  subdistrictId: number;
  consultationId: number;
  accountId: number;
  at: Date;
}

/** Keeps a stack as it was sent, its files in order and sealed. */
export async function insertUpload(tx: Tx, upload: NewUpload, sealed: readonly Buffer[]): Promise<void> {
  await tx.insertInto("paperUpload").values(upload).execute();
  const { id: uploadId, subdistrictId } = upload;
  // One after the other: together they may be 40 MB, and a statement holds them twice.
  for (const [index, bytes] of sealed.entries()) {
    await tx.insertInto("paperUploadPart").values({ uploadId, number: index + 1, subdistrictId, sealed: bytes }).execute();
  }
}

/** The stacks that are not split yet, the one that came first first. */
export async function listUnsplit(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("paperUpload").select("id").where("endedAt", "is", null).orderBy("at").orderBy("id").execute();
  return rows.map(({ id }) => id);
}

/** A stack as a job finds it, held until the transaction ends. */
export function lockUpload(tx: Tx, id: string): Promise<(JobStanding & { consultation: string; accountId: number }) | undefined> {
  return tx
    .selectFrom("paperUpload")
    .innerJoin("consultation", "consultation.id", "paperUpload.consultationId")
    .select(["paperUpload.tries", "paperUpload.workedUntil", "paperUpload.endedAt", "paperUpload.accountId", "consultation.code as consultation"])
    .where("paperUpload.id", "=", id)
    .forUpdate("paperUpload")
    .executeTakeFirst();
}

/** Begins to work at a stack: until then nobody else does. */
export async function claimUpload(tx: Tx, id: string, { tries, until }: { tries: number; until: Date }): Promise<void> {
  await tx.updateTable("paperUpload").set({ tries, workedUntil: until, page: 0, pages: null }).where("id", "=", id).execute();
}

/** How far the work has come, and until when it is taken to go on; null: whoever comes next may begin. */
export async function markProgress(db: Db, id: string, done: { page: number; pages: number } | null, until: Date | null): Promise<void> {
  await db.updateTable("paperUpload").set({ ...done, workedUntil: until }).where("id", "=", id).where("endedAt", "is", null).execute();
}

/** The files of a stack in order, as they were sealed. */
export async function readParts(db: Db, uploadId: string): Promise<Buffer[]> {
  const rows = await db.selectFrom("paperUploadPart").select("sealed").where("uploadId", "=", uploadId).orderBy("number").execute();
  return rows.map(({ sealed }) => sealed);
}

/** What became of a stack; what was sent is forgotten. */
export async function endUpload(tx: Tx, id: string, at: Date, end: { added: number; known: number } | { refused: Problem }): Promise<void> {
  await tx
    .updateTable("paperUpload")
    .set({ endedAt: at, workedUntil: null, ...("refused" in end ? { refused: JSON.stringify(end.refused) } : end) })
    .where("id", "=", id)
    .where("endedAt", "is", null)
    .execute();
  await tx.deleteFrom("paperUploadPart").where("uploadId", "=", id).execute();
}

/** How far a stack of this consultation has come. */
export async function findUpload(db: Db, consultation: string, id: string) {
  const row = await db
    .selectFrom("paperUpload")
    .innerJoin("consultation", "consultation.id", "paperUpload.consultationId")
    .select(["paperUpload.page", "paperUpload.pages", "paperUpload.endedAt", "paperUpload.added", "paperUpload.known", "paperUpload.refused"])
    .where("consultation.code", "=", consultation)
    .where("paperUpload.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...row, refused: row.refused as unknown as Problem | null };
}

/** The stacks of a consultation that are still being split. */
export function listUnsplitOf(db: Db | Tx, consultationId: number): Promise<{ id: string; page: number; pages: number | null }[]> {
  return db
    .selectFrom("paperUpload")
    .select(["id", "page", "pages"])
    .where("consultationId", "=", consultationId)
    .where("endedAt", "is", null)
    .orderBy("at")
    .orderBy("id")
    .execute();
}
