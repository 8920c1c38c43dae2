import { z } from "zod";
import { bindingSides } from "#app/domain/binding.ts";
import { draftCookie } from "./draft.server.ts";

/** What has been answered so far by somebody who asks the committee to bind a flat. */
export const bindingDraft = draftCookie("binding", "stairwell", {
  stairwell: z.string(),
  room: z.string().optional(),
  side: z.enum(bindingSides).optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  /** As which the browser asked for the code. */
  browser: z.string().optional(),
});

/** The phone that is to be bound by a slip, and as which the browser asked for its code. */
export const slipDraft = draftCookie("slip", "slip", { slip: z.string(), phone: z.string(), browser: z.string() });
