/**
 * Codes that people read off paper and type: Crockford's base 32, which has no I, L, O and U, so that nothing is
 * mistaken for a digit.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Writes random bytes as a code of `length` letters in groups of four, five bits of the bytes a letter. */
export function writeCode(bytes: Uint8Array, length: number): string {
  let letters = "";
  for (let i = 0; i < length; i++) {
    const bit = i * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    letters += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** Reads a code as typed – lower case, spaces, O for 0, I or L for 1, full-width – into its written form; null if it is none. */
export function readCode(typed: string, length: number): string | null {
  const letters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if (letters.length !== length || [...letters].some((c) => !ALPHABET.includes(c))) return null;
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** The typed code of a slip: 12 letters, 60 bits. */
export const SLIP_CODE_LENGTH = 12;

/** The receipt of an intent or a ballot: 10 letters, 50 bits. */
export const RECEIPT_LENGTH = 10;
