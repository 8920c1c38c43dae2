import { randomBytes } from "node:crypto";
import { objectionEnds, whySpeakerIsRefused, type Speaker } from "#app/domain/assisted.ts";
import { maskMobile } from "#app/domain/text.ts";
import type { Tx } from "#db/client.server.ts";
import { insertAssistedFiling, insertObjectionLink, listBoundCiphers } from "#db/queries/assisted.server.ts";
import { listOwnersOfFlat } from "#db/queries/bindings.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { refuse, type Deps } from "../transact.server.ts";

/** Bytes of the link in a message: 128 bits. */
const TOKEN_BYTES = 16;

/** Who said what a clerk typed (代填), and the words by which the owners are told. */
export interface Telling extends Speaker {
  /** The message, with the link's token. */
  message: (about: { home: string; token: string }) => string;
  /** How a message names a flat. */
  nameHome: (place: { community: string; entrance: string; room: string }) => string;
}

export interface Told {
  /** The phones that were told, their middles hidden. */
  phones: string[];
}

/**
 * Keeps for whom something was filed, and sends the owners' phones on the roll a link by which to object within two
 * days; where the roll has no phone, those bound to the flat otherwise. Each phone has a link of its own.
 *
 * Refusals: those of `whySpeakerIsRefused`.
 */
export async function tellOwners(
  tx: Tx,
  deps: Deps,
  { telling, stairwell, room, subdistrictId, ...filing }: {
    telling: Telling;
    stairwell: string;
    room: string;
    subdistrictId: number;
    stairwellId: number;
    flatId: number;
  } & ({ intentId: number; ballotId: null } | { intentId: null; ballotId: number }),
): Promise<Told> {
  const { vault, now } = deps;
  const owners = await listOwnersOfFlat(tx, filing.flatId);
  const problem = whySpeakerIsRefused(telling, owners.map(({ id }) => id));
  if (problem) refuse(problem);
  const filingId = await insertAssistedFiling(tx, { ...filing, subdistrictId, ownerId: telling.ownerId });
  const place = await findPlace(tx, stairwell);
  const onRoll = owners.flatMap(({ phoneCipher }) => (phoneCipher ? [phoneCipher] : []));
  const ciphers = onRoll.length > 0 ? onRoll : await listBoundCiphers(tx, filing.flatId);
  const phones = [...new Set(ciphers.map((cipher) => vault.open(cipher)))];
  const home = telling.nameHome({ community: place?.community ?? "", entrance: place?.entrance ?? "", room });
  const expiresAt = objectionEnds(now);
  for (const phone of phones) {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    await insertObjectionLink(tx, { subdistrictId, filingId, tokenHash: vault.hash("objection", token), phoneCipher: vault.seal(phone), createdAt: now, expiresAt });
    const kind = filing.intentId === null ? "ballot-assisted" : "intent-assisted";
    await queueMessage(tx, deps, { kind, phone, subdistrictId, text: telling.message({ home, token }), params: { home, token }, expiresAt });
  }
  return { phones: phones.map(maskMobile) };
}
