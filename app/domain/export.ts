import { z } from "zod";
import { linesText } from "./text.ts";

export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How long a reason hands out the numbers of owners, in minutes. */
export const REASON_MINUTES = 15;

/** From when on a reason still holds. */
export function reasonsSince(now: Date): Date {
  return new Date(now.getTime() - REASON_MINUTES * 60_000);
}

export const rollExportForm = z.object({ reason: linesText(500), format: z.enum(exportFormats, { error: "missing" }) });

/** What a link to the roll of a stairwell asks for. */
export const rollFileQuery = z.object({ format: z.enum(exportFormats), numbers: z.enum(["yes", "no"]).default("no") });

/** Files about all that a person answers for, by the name in their URL. */
export const exportFiles = ["progress", "results", "roll-template"] as const;
export type ExportFile = (typeof exportFiles)[number];

/** Reads `progress.xlsx`; null for what is no such file. A template is for filling in and comes as a workbook alone. */
export function readExportFile(name: string): { file: ExportFile; format: ExportFormat } | null {
  const [, written, ending] = /^([a-z-]+)\.([a-z]+)$/.exec(name) ?? [];
  const file = exportFiles.find((one) => one === written);
  const format = exportFormats.find((one) => one === ending);
  return file && format && (file !== "roll-template" || format === "xlsx") ? { file, format } : null;
}
