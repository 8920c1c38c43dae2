import { z } from "zod";
import { planVersionText } from "./plan.ts";
import { rowNumber } from "./row-number.ts";
import { anyRulesetId } from "./ruleset.ts";
import { isDay } from "./shanghai-day.ts";
import { sixDigits } from "./sign-in.ts";
import { choices } from "./tally.ts";
import { lineText, linesText, optional } from "./text.ts";

/** A day that exists, as a date field gives it. */
export const day = z.string({ error: "missing" }).trim().min(1, { error: "missing" }).refine(isDay, { error: "not-a-day" });
const reason = linesText(500);
/** The name of a flat on a roll: its room, or door and room on that of a community. */
const unit = lineText(64);
/** The number of the flat's newest ballot that the page showed; 0 where it showed none. */
const seen = optional(
  z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, { error: "unknown" })
    .transform((text) => Number(text) || null),
);

export const openForm = z.object({ ruleset: anyRulesetId, closesOn: day, plan: optional(planVersionText) });

/** The same for several stairwells, each by its code. */
export const openSeveralForm = openForm.omit({ plan: true }).extend({
  stairwell: z.array(z.string().max(24, { error: "unknown" }), { error: "missing" }).min(1, { error: "missing" }),
});

/** A signature drawn on the screen, as its PNG in base64; no longer than a form may be. */
const signature = optional(
  z
    .string()
    .max(60_000, { error: "too-long" })
    .regex(/^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/, { error: "unknown" })
    .transform((url) => url.slice(url.indexOf(",") + 1)),
);

/** What a resident casts for the own flat. */
export const onlineBallotForm = z.object({ room: unit, choice: z.enum(choices, { error: "missing" }), seen, signature });

/** What the committee records, with the page that it is typed from; a proxy brings a written authorisation that names the choice. */
export const ballotForm = z
  .object({
    room: unit,
    choice: z.enum(choices, { error: "missing" }),
    channel: z.enum(["paper", "assisted", "proxy"], { error: "missing" }),
    authorisation: optional(linesText(500)),
    receivedOn: optional(day),
    seen,
    page: optional(rowNumber),
    authorisationPage: optional(rowNumber),
  })
  .superRefine(({ channel, authorisation, authorisationPage }, context) => {
    if (channel !== "proxy") return;
    if (authorisation === undefined) context.addIssue({ code: "custom", path: ["authorisation"], message: "missing" });
    if (authorisationPage === undefined) context.addIssue({ code: "custom", path: ["authorisationPage"], message: "missing" });
  });

/** A ballot that was told to a clerk, before it is read back to its owner. */
export const assistedBallotForm = z.object({ room: unit, choice: z.enum(choices, { error: "missing" }), receivedOn: optional(day), seen, page: optional(rowNumber) });

/** Takes a ballot back that was recorded a moment ago. */
export const undoForm = z.object({ seq: rowNumber });

/**
 * One person asks that a ballot be void, a second confirms that or turns it down; only the confirmation needs no reason,
 * and only turning it down no code. Whoever has just recorded a ballot takes it back without either.
 */
export const voidForm = z
  .object({ seq: rowNumber, step: z.enum(["request", "confirm", "reject", "undo"], { error: "missing" }), reason: optional(reason), code: optional(sixDigits) })
  .superRefine(({ step, reason, code }, context) => {
    if ((step === "request" || step === "reject") && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
    if ((step === "request" || step === "confirm") && code === undefined) context.addIssue({ code: "custom", path: ["code"], message: "missing" });
  });

/** The three steps at the end; a reason is needed only to close before the deadline, a code not for publishing. */
export const endForm = z
  .object({ step: z.enum(["close", "certify", "publish"], { error: "missing" }), reason: optional(reason), code: optional(sixDigits) })
  .superRefine(({ step, code }, context) => {
    if (step !== "publish" && code === undefined) context.addIssue({ code: "custom", path: ["code"], message: "missing" });
  });
