import type { Unreturned } from "#db/queries/reminders.server.ts";
import type { Vault } from "#db/personal-data.server.ts";

export type Home = Omit<Unreturned, "phones">;

export interface ToRemind {
  /** Each phone once, with the homes of its owner that have returned no ballot. */
  phones: Map<string, Home[]>;
  /** Flats that have returned none, and those of them that no message reaches. */
  flats: number;
  unreached: number;
}

/** Whom a reminder goes to: an owner of several flats gets one message. */
export function whomToRemind(vault: Vault, unreturned: readonly Unreturned[]): ToRemind {
  const phones = new Map<string, Home[]>();
  for (const { phones: ciphers, ...home } of unreturned) {
    for (const phone of ciphers.map((cipher) => vault.open(cipher))) phones.set(phone, [...(phones.get(phone) ?? []), home]);
  }
  return { phones, flats: unreturned.length, unreached: unreturned.filter((flat) => flat.phones.length === 0).length };
}
