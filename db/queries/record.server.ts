import { sql } from "kysely";
import type { ConsultationFile } from "#app/domain/consultation-file.ts";
import { LOG_FORMAT, printedHead, RECOUNT_FORMAT, type BallotLeaf, type RollLeaf, type SignedResult } from "#app/record/seal.ts";
import type { Db, Tx } from "../client.server.ts";
import { readConsultationFile } from "./consultations.server.ts";

const hex = (bytes: Buffer) => bytes.toString("hex");

/** A stairwell's log as a `jiati-log/1` document; with `contents` each entry is opened by its salt. */
export async function readLogFile(db: Db | Tx, code: string, { contents }: { contents: boolean }) {
  const stairwell = await chains(db).where("stairwell.code", "=", code).executeTakeFirst();
  return stairwell && (await readLogs(db, [stairwell], contents))[0];
}

/** The logs of the next `limit` stairwells after one, by number, each opened. */
export async function listLogFiles(db: Db | Tx, { after, limit }: { after: number; limit: number }) {
  const stairwells = await chains(db).where("stairwell.id", ">", after).orderBy("stairwell.id").limit(limit).execute();
  return readLogs(db, stairwells, true);
}

function chains(db: Db | Tx) {
  return db.selectFrom("stairwell").leftJoin("chain", "chain.stairwellId", "stairwell.id").select(["stairwell.id", "stairwell.code", "chain.head"]);
}

async function readLogs(db: Db | Tx, stairwells: readonly { id: number; code: string; head: Buffer | null }[], contents: boolean) {
  if (stairwells.length === 0) return [];
  const rows = await db
    .selectFrom("logEntry")
    .leftJoin("logContent", (join) =>
      join.onRef("logContent.stairwellId", "=", "logEntry.stairwellId").onRef("logContent.seq", "=", "logEntry.seq"),
    )
    .select([
      "logEntry.stairwellId", "logEntry.seq", "logEntry.at", "logEntry.actor", "logEntry.verb", "logEntry.subject", "logEntry.commitment",
      "logEntry.previous", "logEntry.hash", "logContent.salt", "logContent.content",
    ])
    .where("logEntry.stairwellId", "in", stairwells.map(({ id }) => id))
    .orderBy("logEntry.stairwellId")
    .orderBy("logEntry.seq")
    .execute();
  const entriesOf = new Map<number, typeof rows>();
  for (const row of rows) {
    const entries = entriesOf.get(row.stairwellId);
    if (entries) entries.push(row);
    else entriesOf.set(row.stairwellId, [row]);
  }
  return stairwells.map(({ id, code, head }) => ({
    format: LOG_FORMAT,
    stairwell: id,
    code,
    entries: (entriesOf.get(id) ?? []).map(({ seq, at, actor, verb, subject, commitment, previous, hash, salt, content }) => ({
      seq, at: at.toISOString(), actor, verb, subject,
      commitment: hex(commitment), previous: hex(previous), hash: hex(hash),
      ...(contents && salt && { salt: hex(salt), content: content as Record<string, unknown> }),
    })),
    head: hex(head ?? Buffer.alloc(32)),
  }));
}

/** Stores the seal of a certified result with the salts that open it. */
export async function insertSeal(
  tx: Tx,
  { consultationId, subdistrictId, document, roll, ballots, castSalt, at }: {
    consultationId: number;
    subdistrictId: number;
    document: SignedResult;
    roll: readonly RollLeaf[];
    ballots: readonly BallotLeaf[];
    castSalt: string;
    at: Date;
  },
): Promise<void> {
  await tx.insertInto("seal").values({ consultationId, subdistrictId, document: JSON.stringify(document), at }).execute();
  const leaves = [
    { kind: "cast", unit: "", salt: castSalt },
    ...roll.map((leaf) => ({ kind: "roll", ...leaf })),
    ...ballots.map((leaf) => ({ kind: "ballot", ...leaf })),
  ];
  await sql`
    insert into seal_leaf (consultation_id, subdistrict_id, kind, unit, salt)
    select ${consultationId}::int, ${subdistrictId}::int, kind, unit, decode(salt, 'hex')
    from unnest(${leaves.map((l) => l.kind)}::text[], ${leaves.map((l) => l.unit)}::text[], ${leaves.map((l) => l.salt)}::text[]) as t(kind, unit, salt)`.execute(tx);
}

/** The sealed document of a result once it is published. */
export async function findPublishedSeal(db: Db, code: string): Promise<{ stairwellId: number; document: SignedResult } | undefined> {
  const row = await db
    .selectFrom("seal")
    .innerJoin("consultation", "consultation.id", "seal.consultationId")
    .select(["seal.document", "consultation.stairwellId"])
    .where("consultation.code", "=", code)
    .where("consultation.publishedAt", "is not", null)
    .executeTakeFirst();
  return row && { stairwellId: row.stairwellId, document: row.document as unknown as SignedResult };
}

/** What opens a sealed result: its document, and each leaf with its salt. */
export interface OpenedSeal {
  document: SignedResult;
  roll: RollLeaf[];
  ballots: BallotLeaf[];
  castSalt: string;
}

/** The seal of a consultation with its leaves, made anew from the rows as they stand and the salts that were kept. */
export async function readSeal(db: Db | Tx, code: string): Promise<OpenedSeal | undefined> {
  const sealed = await db
    .selectFrom("seal")
    .innerJoin("consultation", "consultation.id", "seal.consultationId")
    .select(["consultation.id", "seal.document"])
    .where("consultation.code", "=", code)
    .executeTakeFirst();
  if (!sealed) return undefined;
  const roll = await sql<RollLeaf>`
    select r.unit, r.voter, div(r.area, 100) || '.' || lpad(mod(r.area, 100)::text, 2, '0') as area, encode(l.salt, 'hex') as salt
    from roll_entry r left join seal_leaf l on l.consultation_id = r.consultation_id and l.kind = 'roll' and l.unit = r.unit
    where r.consultation_id = ${sealed.id} order by r.unit collate "C"`.execute(db);
  const ballots = await sql<BallotLeaf>`
    select r.unit, b.seq, b.choice, b.receipt, encode(l.salt, 'hex') as salt
    from counting_ballot c join ballot b on b.id = c.ballot_id
    join roll_entry r on r.consultation_id = c.consultation_id and r.flat_id = c.flat_id
    left join seal_leaf l on l.consultation_id = c.consultation_id and l.kind = 'ballot' and l.unit = r.unit
    where c.consultation_id = ${sealed.id} order by r.unit collate "C"`.execute(db);
  const cast = await db.selectFrom("sealLeaf").select("salt").where("consultationId", "=", sealed.id).where("kind", "=", "cast").executeTakeFirst();
  return {
    document: sealed.document as unknown as SignedResult, roll: roll.rows, ballots: ballots.rows,
    castSalt: hex(cast?.salt ?? Buffer.alloc(0)),
  };
}

export interface RecountFile extends Omit<OpenedSeal, "document"> {
  format: typeof RECOUNT_FORMAT;
  result: SignedResult;
  consultation: ConsultationFile;
}

/** All that an inspector or an owner of the stairwell needs for a full recount, as a `jiati-recount/1` document. */
export async function readRecountFile(db: Db | Tx, code: string): Promise<RecountFile | undefined> {
  const [seal, consultation] = await Promise.all([readSeal(db, code), readConsultationFile(db, code)]);
  return seal && consultation && { format: RECOUNT_FORMAT, result: seal.document, consultation, castSalt: seal.castSalt, roll: seal.roll, ballots: seal.ballots };
}

/** Which result a receipt is part of; undefined for an unknown one. `counts` is null before the result is sealed. */
export async function findReceipt(db: Db, receipt: string) {
  return db
    .selectFrom("ballot")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .select([
      "consultation.code", "stairwell.code as stairwell", "stairwell.entrance", "community.name as community", "committee.phone",
      "consultation.closedAt", "consultation.publishedAt", "rollEntry.unit", "ballot.seq", "ballot.choice", "ballot.channel", "ballot.castAt",
    ])
    .select((e) => e.exists(e.selectFrom("countingBallot").select("ballotId").whereRef("countingBallot.ballotId", "=", "ballot.id")).as("counts"))
    .where("ballot.receipt", "=", receipt)
    .executeTakeFirst();
}

/** Where and when the intent with this receipt was filed, never what was wished. */
export async function findIntentReceipt(db: Db, receipt: string) {
  return db
    .selectFrom("intent")
    .innerJoin("stairwell", "stairwell.id", "intent.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .select(["stairwell.code as stairwell", "stairwell.entrance", "community.name as community", "committee.phone", "intent.filedAt"])
    .where("intent.receipt", "=", receipt)
    .executeTakeFirst();
}

/** Every closed consultation with what certifies and seals it. */
export async function listClosedConsultations(db: Db | Tx) {
  const rows = await db
    .selectFrom("consultation")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .leftJoin("seal", "seal.consultationId", "consultation.id")
    .select(["consultation.id", "consultation.code", "certificate.result as certified", "certificate.source", "seal.at as sealedAt"])
    .where("consultation.closedAt", "is not", null)
    .orderBy("consultation.id")
    .execute();
  return rows.map(({ source, sealedAt, ...row }) => ({ ...row, sealed: sealedAt !== null, fromArchive: source === "import" }));
}

/** The log of the stairwell of a closed consultation, each entry opened: those of an open one would be a live counter. */
export async function readLogOfConsultation(db: Db, code: string) {
  const row = await db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .select("stairwell.code")
    .select((e) =>
      e
        .exists(e.selectFrom("consultation as running").select("running.id").whereRef("running.stairwellId", "=", "stairwell.id").where("running.closedAt", "is", null))
        .as("running"),
    )
    .where("consultation.code", "=", code)
    .executeTakeFirst();
  return row && !row.running ? readLogFile(db, row.code, { contents: true }) : undefined;
}

/** What is printed of a result's seal; null before it is certified. */
export async function findSealPrint(db: Db, code: string): Promise<{ head: string; seq: number; key: string } | null> {
  const row = await db
    .selectFrom("seal")
    .innerJoin("consultation", "consultation.id", "seal.consultationId")
    .select("seal.document")
    .where("consultation.code", "=", code)
    .executeTakeFirst();
  if (!row) return null;
  const { log, key } = row.document as unknown as SignedResult;
  return { head: printedHead(log.head), seq: log.seq, key };
}
