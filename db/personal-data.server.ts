import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { deriveKey } from "#app/config.server.ts";
import type { Signer } from "#app/record/seal.ts";

/** What stands before the 32 bytes of an Ed25519 key in DER: the private one as PKCS #8 (RFC 8410). */
const PRIVATE_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Phones, ID numbers and the like at rest: sealed with AES-256-GCM, looked up by a keyed hash.
 * Whoever has the database without the key learns neither, and cannot sign a result with its Ed25519 key.
 */
export interface Vault extends Signer {
  seal(text: string): Buffer;
  /** @throws Error when the bytes were changed or sealed with another key */
  open(sealed: Buffer): string;
  /** The same for the bytes of a file; `place` is where they are kept, and they open nowhere else. */
  sealBytes(bytes: Uint8Array, place: string): Buffer;
  /** @throws Error when the bytes were changed, sealed with another key or for another place */
  openBytes(sealed: Uint8Array, place: string): Buffer<ArrayBuffer>;
  /** A keyed hash for equality look-up; `kind` keeps a phone and a code with the same digits apart. */
  hash(kind: "phone" | "id" | "name-tail" | "phone-code" | "slip" | "slip-code" | "objection" | "session" | "password" | "setup" | "setup-code" | "limit" | "form" | "ballot-opening" | "browser" | "file", text: string): Buffer;
}

export function createVault(dataKey: string): Vault {
  const sealing = deriveKey(dataKey, "seal");
  const hashing = deriveKey(dataKey, "hash");
  const signing = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, deriveKey(dataKey, "sign")]), format: "der", type: "pkcs8" });
  return {
    publicKey: createPublicKey(signing).export({ format: "der", type: "spki" }).subarray(-32),
    sign: (bytes) => sign(null, bytes, signing),
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("utf8");
    },
    sealBytes(bytes, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce).setAAD(Buffer.from(place));
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    openBytes(sealed, place) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, 12)).setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    },
    hash(kind, text) {
      return createHmac("sha256", hashing).update(`${kind}\0${text}`).digest();
    },
  };
}
