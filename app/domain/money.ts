const YUAN_TEXT = /^(\d{1,3}(?:[, ]?\d{3})*)(?:\.(\d{1,2}))?$/;

/** Reads an amount in yuan with at most two decimals ("140000", "140,000.50") as whole fen; null for anything else. */
export function parseYuan(text: string): number | null {
  const found = YUAN_TEXT.exec(text.normalize("NFKC").trim());
  if (found === null) return null;
  const fen = Number(`${found[1]?.replaceAll(/[, ]/g, "")}${(found[2] ?? "").padEnd(2, "0")}`);
  return Number.isSafeInteger(fen) ? fen : null;
}

/** Writes whole fen as yuan, with decimals only where there are any: 14000000 → "140000", 14000050 → "140000.50". */
export function formatYuan(fen: number): string {
  const rest = fen % 100;
  const yuan = String((fen - rest) / 100);
  return rest === 0 ? yuan : `${yuan}.${String(rest).padStart(2, "0")}`;
}
