import type { MessageKind, MessageParams } from "#app/domain/message.ts";
import type { Tx } from "#db/client.server.ts";
import { insertMessage } from "#db/queries/outbox.server.ts";
import type { Deps } from "../transact.server.ts";

export interface Message<K extends MessageKind> {
  kind: K;
  /** A mobile number, eleven digits. */
  phone: string;
  subdistrictId: number;
  /** The message as it reads on the phone. */
  text: string;
  /** What the gateway puts into its template of this kind. */
  params: MessageParams<K>;
  /** From when on it is of no use. */
  expiresAt: Date;
  /** For one that is not to be sent: when it was done with. */
  deadAt?: Date;
}

/** Puts a message into the outbox, sealed, with the job that sends it once the transaction has committed. */
export async function queueMessage<K extends MessageKind>(
  tx: Tx,
  { vault, now }: Pick<Deps, "vault" | "now">,
  { kind, phone, subdistrictId, text, params, expiresAt, deadAt }: Message<K>,
): Promise<void> {
  await insertMessage(tx, {
    kind,
    subdistrictId,
    phoneHash: vault.hash("phone", phone),
    phoneCipher: vault.seal(phone),
    textCipher: vault.seal(text),
    paramsCipher: vault.seal(JSON.stringify(params)),
    createdAt: now,
    expiresAt,
    ...(deadAt && { deadAt, lastError: "decoy" }),
  });
}
