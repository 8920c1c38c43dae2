import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import type { Choice } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";

export interface NewAssistedFiling {
  subdistrictId: number;
  stairwellId: number;
  flatId: number;
  intentId: number | null;
  ballotId: number | null;
  ownerId: number | null;
}

export async function insertAssistedFiling(tx: Tx, filing: NewAssistedFiling): Promise<number> {
  const { id } = await tx.insertInto("assistedFiling").values(filing).returning("id").executeTakeFirstOrThrow();
  return id;
}

export interface NewObjectionLink {
  subdistrictId: number;
  filingId: number;
  tokenHash: Buffer;
  phoneCipher: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertObjectionLink(tx: Tx, link: NewObjectionLink): Promise<void> {
  await tx.insertInto("objectionLink").values(link).execute();
}

/** Phones that are bound to a flat otherwise than by the roll. */
export async function listBoundCiphers(tx: Tx, flatId: number): Promise<Buffer[]> {
  const rows = await tx
    .selectFrom("grant")
    .innerJoin("account", "account.id", "grant.accountId")
    .select("account.phoneCipher")
    .where("grant.role", "=", "resident")
    .where("grant.scopeId", "=", flatId)
    .where("grant.revokedAt", "is", null)
    .orderBy("grant.id")
    .execute();
  return rows.flatMap(({ phoneCipher }) => (phoneCipher ? [phoneCipher] : []));
}

/** A filing as whoever has its link sees it: what was recorded, when, and how far the link has come. Never the flat. */
export interface LinkedFiling {
  linkId: number;
  filingId: number;
  stairwell: string;
  stairwellId: number;
  subdistrictId: number;
  flatId: number;
  committeePhone: string;
  phoneCipher: Buffer;
  expiresAt: Date;
  /** When this link or another of the same filing was used. */
  usedAt: Date | null;
  at: Date;
  intent: { id: number; choice: IntentChoice; worry: Worry | null; needsHelp: boolean | null } | null;
  ballot: { id: number; consultation: string; seq: number; choice: Choice } | null;
}

export async function findLinkedFiling(db: Db | Tx, tokenHash: Buffer): Promise<LinkedFiling | undefined> {
  const row = await db
    .selectFrom("objectionLink as link")
    .innerJoin("assistedFiling as filing", "filing.id", "link.filingId")
    .innerJoin("stairwell", "stairwell.id", "filing.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("intent", "intent.id", "filing.intentId")
    .leftJoin("ballot", "ballot.id", "filing.ballotId")
    .leftJoin("consultation", "consultation.id", "ballot.consultationId")
    .select([
      "link.id as linkId", "link.filingId", "link.phoneCipher", "link.expiresAt", "filing.stairwellId", "filing.subdistrictId", "filing.flatId",
      "stairwell.code as stairwell", "committee.phone as committeePhone",
      "intent.id as intentId", "intent.choice as intentChoice", "intent.worry", "intent.needsHelp", "intent.filedAt",
      "ballot.id as ballotId", "ballot.choice as ballotChoice", "ballot.seq", "ballot.castAt", "consultation.code as consultation",
    ])
    .select((e) => e.selectFrom("objectionLink as sibling").whereRef("sibling.filingId", "=", "link.filingId").select((f) => f.fn.max("sibling.usedAt").as("at")).as("usedAt"))
    .where("link.tokenHash", "=", tokenHash)
    .executeTakeFirst();
  if (!row) return undefined;
  const { intentId, intentChoice, worry, needsHelp, filedAt, ballotId, ballotChoice, seq, castAt, consultation, ...filing } = row;
  const at = filedAt ?? castAt;
  const { phoneCipher } = filing;
  // Forgotten, long after the link was good for anything.
  if (!phoneCipher) return undefined;
  if (!at) throw new Error("an assisted filing of nothing");
  return {
    ...filing, phoneCipher, at,
    intent: intentId === null || intentChoice === null ? null : { id: intentId, choice: intentChoice, worry, needsHelp },
    ballot: ballotId === null || ballotChoice === null || seq === null || consultation === null ? null : { id: ballotId, consultation, seq, choice: ballotChoice },
  };
}

export async function markLinkUsed(tx: Tx, linkId: number, usedAt: Date): Promise<void> {
  await tx.updateTable("objectionLink").set({ usedAt }).where("id", "=", linkId).execute();
}
