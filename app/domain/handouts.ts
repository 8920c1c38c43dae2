import { z } from "zod";
import type { Scope } from "./consultation.ts";
import type { PlanVersion } from "./plan.ts";
import type { Ruleset } from "./ruleset.ts";
import { lineText, optional } from "./text.ts";

/** What can be printed for each flat, in the order in which the sheets of one flat lie on each other. */
export const handoutParts = ["slips", "ballots", "authorisations"] as const;
export type HandoutPart = (typeof handoutParts)[number];

/** What can be printed on pages of its own; a blank form for nobody in particular. */
export const sheetKinds = ["ballots", "authorisations", "blank", "roll", "receipts"] as const;
export type SheetKind = (typeof sheetKinds)[number];

const ticked = optional(z.literal("yes", { error: "unknown" }));

/** Which sheets go into the stack of a stairwell. */
export const stackForm = z
  .object({ stairwell: lineText(24), slips: ticked, ballots: ticked, authorisations: ticked })
  .refine((form) => handoutParts.some((part) => form[part] === "yes"), { error: "missing" });

/** For how long a stack can be fetched once it was asked for: it names owners. */
export const STACK_MINUTES = 60;

/** What a door poster is printed on. */
export const paperSizes = ["a4", "a3"] as const;
export type PaperSize = (typeof paperSizes)[number];

/** How slips are printed: a letter on a page, or four short ones to be cut apart. */
export const slipLayouts = ["letter", "quarters"] as const;
export type SlipLayout = (typeof slipLayouts)[number];

export const QUARTERS = 4;

/** Puts what follows each other into groups of so many; the last may be smaller. */
export function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** What a household holds in its hands of a ballot that it gave on paper: neither the choice nor what opens it. */
export interface PaperReceipt {
  unit: string;
  room: string;
  receipt: string;
  /** A moment; may be ISO text. */
  castAt: Date | string;
}

/** A flat of a roll as its sheets name it. */
export interface HandoutFlat {
  /** As the roll names it; unique in the consultation. */
  unit: string;
  room: string;
  /** Hundredths of a square metre. */
  area: number;
  /** Names of those who own it now, in the order of the register. */
  owners: string[];
}

/** A flat whose sheet has something to scan. */
export type ScannedFlat = HandoutFlat & { url: string };

/** What the sheets of one stairwell say about the consultation; moments may be ISO text. */
export interface HandoutConsultation {
  code: string;
  scope: Scope;
  /** Where the lift is to be built. */
  community: string;
  building: string;
  entrance: string;
  committee: string;
  phone: string;
  openedAt: Date | string;
  closesAt: Date | string;
  ruleset: Ruleset;
  plan: Pick<PlanVersion, "number" | "version" | "agent" | "make" | "model" | "entry" | "position" | "priceFen" | "months"> | null;
  /** Whose flats these are: of a community, one of its stairwells. */
  place: { code: string; building: string; entrance: string };
}

/** The signs that are in none of the fonts, each once, in the order of the text. */
export function signsMissing(texts: readonly string[], has: (codePoint: number) => boolean): string[] {
  return [...new Set(texts.flatMap((text) => [...text]))].filter((sign) => !has(sign.codePointAt(0) ?? 0));
}
