import { createHash, type Hash } from "node:crypto";

/**
 * For each stairwell the SHA-256 over its rows as they stand in the files: of each row the name of its file and its
 * cells, separated by tabs and ended by a line feed, in the order in which the files are read.
 */
export class RowDigests {
  readonly #hashes = new Map<string, Hash>();
  #stairwell = "";
  #text = "";

  add(stairwell: string, file: string, cells: readonly string[]): void {
    if (stairwell !== this.#stairwell) this.#settle(stairwell);
    this.#text += `${file}\t${cells.join("\t")}\n`;
  }

  /** In hex; of a stairwell without rows that of no bytes. */
  of(stairwell: string): string {
    this.#settle("");
    return (this.#hashes.get(stairwell)?.copy() ?? createHash("sha256")).digest("hex");
  }

  /** Rows of a stairwell mostly stand together and are hashed together. */
  #settle(next: string): void {
    if (this.#text !== "") {
      const hash = this.#hashes.get(this.#stairwell) ?? createHash("sha256");
      this.#hashes.set(this.#stairwell, hash.update(this.#text));
    }
    this.#stairwell = next;
    this.#text = "";
  }
}
