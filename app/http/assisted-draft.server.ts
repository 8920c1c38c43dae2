import { z } from "zod";
import { intentChoices, worries } from "#app/domain/intent.ts";
import { draftCookie } from "./draft.server.ts";

/** What a clerk has typed for somebody and is about to read aloud. */
export const assistedDraft = draftCookie("assisted", "stairwell", {
  stairwell: z.string(),
  room: z.string(),
  choice: z.enum(intentChoices),
  worry: z.enum(worries).optional(),
  needsHelp: z.enum(["yes", "no"]).optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
});
