import { standingEntries, type LedgerEntry } from "#app/domain/ledger.ts";

/** Entries with whether each counts, without who made them and when. */
export function shownEntries<Entry extends LedgerEntry & { by: string; at: Date }>(entries: readonly Entry[]) {
  const standing = new Set(standingEntries(entries).map(({ id }) => id));
  return entries.map(({ by, at, ...entry }) => {
    void [by, at];
    return { ...entry, counts: standing.has(entry.id) };
  });
}

/** Of entries, the one that an address names to be corrected and that still counts. */
export function correctingOf<Entry extends { id: number; counts: boolean }>(request: Request, entries: readonly Entry[]): Entry | null {
  const asked = new URL(request.url).searchParams.get("corrects");
  return entries.find(({ id, counts }) => counts && String(id) === asked) ?? null;
}
