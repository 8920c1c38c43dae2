import { sql } from "kysely";
import type { MediationOutcome, MediationStep, OfferParty } from "#app/domain/mediation.ts";
import type { OpinionChannel, OpinionCounts, OpinionKind } from "#app/domain/opinion.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewOpinion {
  subdistrictId: number;
  stairwellId: number;
  noticeId: number;
  flatId: number | null;
  kind: OpinionKind;
  channel: OpinionChannel;
  openedBy: number | null;
  takenBy: number | null;
  contactCipher: Buffer | null;
  contactHash: Buffer | null;
  textCipher: Buffer;
  receivedOn: string;
  at: Date;
}

export async function insertOpinion(tx: Tx, opinion: NewOpinion): Promise<number> {
  const { id } = await tx.insertInto("opinion").values(opinion).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertOpinionAnswer(tx: Tx, answer: { opinionId: number; subdistrictId: number; textCipher: Buffer; accountId: number; at: Date }): Promise<void> {
  await tx.insertInto("opinionAnswer").values(answer).execute();
}

export interface NewMediationStep {
  opinionId: number;
  subdistrictId: number;
  kind: MediationStep;
  party: OfferParty | null;
  outcome: MediationOutcome | null;
  heldOn: string | null;
  textCipher: Buffer;
  accountId: number;
  at: Date;
}

export async function insertMediationStep(tx: Tx, step: NewMediationStep): Promise<number> {
  const { id } = await tx.insertInto("mediationStep").values(step).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Where the project of a stairwell stands, kept there until the transaction ends. */
export async function holdStage(tx: Tx, stairwellId: number): Promise<Stage> {
  const { stage } = await tx.selectFrom("project").select("stage").where("stairwellId", "=", stairwellId).forShare().executeTakeFirstOrThrow();
  return stage as Stage;
}

/** Those of these flats that lie in the community of a stairwell. */
export function listFlatsNear(db: Db | Tx, stairwellId: number, flatIds: readonly number[]) {
  return db
    .selectFrom("flat")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .innerJoin("stairwell as here", "here.communityId", "stairwell.communityId")
    .select(["flat.id", "flat.room", "stairwell.entrance"])
    .where("here.id", "=", stairwellId)
    .where("flat.id", "in", flatIds.length > 0 ? flatIds : [-1])
    .orderBy("flat.id")
    .execute();
}

const opinions = (db: Db | Tx) =>
  db
    .selectFrom("opinion")
    .innerJoin("notice", "notice.id", "opinion.noticeId")
    .innerJoin("stairwell", "stairwell.id", "opinion.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("flat", "flat.id", "opinion.flatId")
    .leftJoin("opinionAnswer", "opinionAnswer.opinionId", "opinion.id")
    .select([
      "opinion.id", "opinion.kind", "opinion.channel", "opinion.textCipher", "opinion.contactCipher", "opinion.receivedOn", "opinion.at", "opinion.openedBy",
      "opinion.stairwellId", "opinion.subdistrictId", "notice.id as notice", "notice.title", "notice.endsOn", "stairwell.code as stairwell", "stairwell.building",
      "stairwell.entrance", "community.name as community", "committee.phone", "flat.room", "opinionAnswer.textCipher as answerCipher", "opinionAnswer.at as answeredAt",
    ]);

/** The opinions on a notice, those without an answer first. */
export function listOpinions(db: Db, noticeId: number) {
  return opinions(db)
    .where("opinion.noticeId", "=", noticeId)
    .orderBy("opinionAnswer.at", (o) => o.asc().nullsFirst())
    .orderBy("opinion.id")
    .execute();
}

/** An opinion with its answer; undefined where there is none. */
export function findOpinion(db: Db | Tx, id: number) {
  return opinions(db).where("opinion.id", "=", id).executeTakeFirst();
}

/** Those that this person gave: with the account, or told at the desk with its phone. The newest first. */
export function listOwnOpinions(db: Db, accountId: number) {
  return opinions(db)
    .where((e) =>
      e.or([
        e("opinion.openedBy", "=", accountId),
        e("opinion.contactHash", "=", e.selectFrom("account").select("account.phoneHash").where("account.id", "=", accountId)),
      ]),
    )
    .orderBy("opinion.id", "desc")
    .limit(100)
    .execute();
}

/** The steps of a mediation, oldest first. */
export function listMediation(db: Db | Tx, opinionId: number) {
  return db
    .selectFrom("mediationStep")
    .select(["id", "kind", "party", "outcome", "heldOn", "textCipher", "at"])
    .where("opinionId", "=", opinionId)
    .orderBy("id")
    .execute();
}

export async function countOpinions(db: Db | Tx, noticeId: number): Promise<OpinionCounts> {
  const { rows } = await sql<OpinionCounts>`
    select count(*)::int as opinions, (count(*) filter (where o.kind = 'objection'))::int as objections, count(a.opinion_id)::int as answered
    from opinion o left join opinion_answer a on a.opinion_id = o.id where o.notice_id = ${noticeId}`.execute(db);
  return rows[0] ?? { opinions: 0, objections: 0, answered: 0 };
}

/** Whether the period of a notice was ended on record. */
export async function isEnded(db: Db | Tx, noticeId: number): Promise<boolean> {
  return (await db.selectFrom("noticeEnd").select("noticeId").where("noticeId", "=", noticeId).executeTakeFirst()) !== undefined;
}

/** Whom to answer who wrote online: the account's name, which may be a phone. */
export async function findOpinionGiver(db: Db, accountId: number | null): Promise<{ name: string | null; phone: string | null } | null> {
  if (accountId === null) return null;
  const account = await db.selectFrom("account").select("name").where("id", "=", accountId).executeTakeFirst();
  return account ? { name: account.name, phone: null } : null;
}

/** What reaches whoever gave an opinion: the phone of the account, or the contact taken down, sealed. */
export function findOpinionContact(tx: Tx, id: number): Promise<{ phoneCipher: Buffer | null; contactCipher: Buffer | null }> {
  return tx
    .selectFrom("opinion")
    .leftJoin("account", "account.id", "opinion.openedBy")
    .select(["account.phoneCipher", "opinion.contactCipher"])
    .where("opinion.id", "=", id)
    .executeTakeFirstOrThrow();
}
