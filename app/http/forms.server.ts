import { randomBytes } from "node:crypto";
import { json } from "@remix-run/node";
import { z } from "zod";
import type { Problem } from "#app/domain/problem.ts";
import { fieldError, forms } from "#app/i18n/zh-CN/forms.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { demandedToken, FORM_TOKEN } from "./form-token.server.ts";
import { readBody } from "./read-body.server.ts";

/** The hidden field whose value makes a repeated form have one effect. */
export const FORM_KEY = "form-key";

/** Stands in its place where a form is shown again that was posted after its session had ended. */
export const LOST_KEY = "lost";

/** Longest form without files, in bytes. */
export const LONGEST_FORM = 64 * 1024;

const MOST_FIELDS = 50;

/** And as many in a list of which any number can be ticked. */
const MOST_TICKED = 500;

/** What a refused form gets back: nobody retypes, and each fault is named at its place. */
export interface FormReply {
  /** Of a list, what was ticked, with commas between. */
  values: Record<string, string>;
  errors: { name?: string; message: string }[];
  formKey: string;
}

export type ReadForm<T> = { ok: true; data: T; formKey: string; values: Record<string, string> } | { ok: false; reply: FormReply };

export function newFormKey(): string {
  return randomBytes(16).toString("base64url");
}

/**
 * Reads a posted form of the session that sends it: its fields once each – those that the schema has as an array as often as they come –, none beside
 * those of the schema, checked by it.
 *
 * @throws Response 413 or 415 for what is no form
 */
export async function readForm<Schema extends z.ZodObject>(request: Request, schema: Schema): Promise<ReadForm<z.infer<Schema>>> {
  return checkForm(await readFields(request), schema, demandedToken(request));
}

/**
 * The same for fields that have been read.
 *
 * @param token what the form has to bring as `FORM_TOKEN`; null where nobody is signed in
 * @throws Response 400 for more fields than any form has
 */
export function checkForm<Schema extends z.ZodObject>(
  fields: readonly [string, FormDataEntryValue][],
  schema: Schema,
  token: string | null = null,
): ReadForm<z.infer<Schema>> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  const errors: FormReply["errors"] = [];
  const known = new Set(Object.keys(schema.shape));
  const lists = new Map(Object.entries(schema.shape).flatMap(([name, field]) => (field instanceof z.ZodArray ? [[name, [] as string[]] as const] : [])));
  const ticked = fields.filter(([name]) => lists.has(name)).length;
  if (fields.length - ticked > MOST_FIELDS || ticked > MOST_TICKED) throw new Response(null, { status: 400 });
  for (const [name, value] of fields) {
    if (name !== FORM_KEY && name !== FORM_TOKEN && !known.has(name)) errors.push({ message: forms.unknownField });
    else if (typeof value !== "string") errors.push({ name, message: fieldError("missing", name) });
    else if (lists.has(name)) lists.get(name)?.push(value);
    else if (name in values) errors.push({ name, message: forms.repeatedField });
    else values[name] = value;
  }
  const { [FORM_KEY]: formKey = "", [FORM_TOKEN]: brought, ...single } = values;
  const typed = { ...single, ...Object.fromEntries([...lists].map(([name, list]) => [name, list.join(",")])) };
  const isKey = /^[\w-]{16,64}$/.test(formKey);
  if (!isKey) errors.push({ message: formKey === LOST_KEY ? forms.lost : forms.keyMissing });
  // A form shown again is on its way for the first time with this session: it changes nothing yet.
  if (token !== null && brought !== token && formKey !== LOST_KEY) errors.push({ message: forms.tokenWrong });
  const parsed = schema.safeParse({ ...single, ...Object.fromEntries(lists) });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0] ?? "");
      if (!errors.some((e) => e.name === name)) errors.push({ name, message: fieldError(issue.message, name) });
    }
  }
  if (parsed.success && errors.length === 0) return { ok: true, data: parsed.data, formKey, values: typed };
  return { ok: false, reply: { values: shown(typed), errors, formKey: isKey ? formKey : newFormKey() } };
}

/**
 * Whether a form without fields, such as signs out, was made for the session that sends it. Always so where nobody is signed in.
 *
 * @throws Response 413 or 415 for what is no form
 */
export async function bringsToken(request: Request): Promise<boolean> {
  const token = demandedToken(request);
  if (token === null) return true;
  const brought = (await readFields(request)).filter(([name]) => name === FORM_TOKEN);
  return brought.length === 1 && brought[0]?.[1] === token;
}

async function readFields(request: Request): Promise<[string, FormDataEntryValue][]> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) throw new Response(null, { status: 415 });
  if (Number(request.headers.get("Content-Length") ?? 0) > LONGEST_FORM) throw new Response(null, { status: 413 });
  try {
    const body = await readBody(request, LONGEST_FORM);
    if (body === null) throw new Response(null, { status: 413 });
    return [...(await new Response(body, { headers: { "Content-Type": type } }).formData())];
  } catch (error) {
    if (error instanceof Response) throw error;
    throw new Response(null, { status: 400 });
  }
}

/** Values to show again; a password is never sent back, nor a drawing. */
function shown(values: Record<string, string>): Record<string, string> {
  const { password, repeated, signature, ...rest } = values;
  void [password, repeated, signature];
  return { ...rest };
}

/** What was typed and what is wrong with it. */
export function replyTo(reply: FormReply, status = 422) {
  return json({ reply }, { status });
}

const CONFLICTS = new Set([
  "already_decided", "already_counts", "already_open", "already_passed", "already_void", "already_requested", "not_requested",
  "already_checked", "already_disagreed", "already_undone", "ballot_newer", "has_image",
  "page_aside", "page_not_aside", "page_taken",
  "already_certified", "notice_not_due", "notice_changed", "notice_withdrawn", "already_published", "certified", "not_open", "form_used_elsewhere", "binding_decided", "link_used", "already_objected_to", "owner_objects",
  "already_objected", "ticket_solved", "ticket_answered", "already_accepted", "party_answered",
  "photo_shown", "photo_removed",
  "entry_corrected", "plan_newer", "plan_withdrawn", "plan_being_voted", "firm_known", "firm_blocked", "firm_not_blocked",
  "stage_changed", "already_stopped", "not_paused", "not_disputed", "assessment_running", "already_signed", "already_issued", "not_signed",
  "door_done", "visit_undone",
  "reminded_twice", "reminded_today", "reminder_too_late",
  "fault_checked", "fault_rectified", "fault_not_rectified",
  "milestone_confirmed", "report_decided", "report_overtaken", "plan_unchanged",
  "opinion_answered", "miss_settled", "mediation_ended", "plan_moved_on",
  "already_so", "already_granted", "grant_unknown",
]);

/** A refusal of the use case, as an answer to the form: 409 where something happened in the meantime, else 422. */
export function refusal(form: { values: Record<string, string>; formKey: string }, problem: Problem) {
  const error = { message: problemText(problem), ...(problem.at && { name: problem.at }) };
  const reply: FormReply = { values: shown(form.values), errors: [error], formKey: form.formKey };
  return json({ reply }, { status: CONFLICTS.has(problem.code) ? 409 : 422 });
}

/** The same when too many tries were made: 429. */
export function tooMany(form: { values: Record<string, string>; formKey: string }, minutes: number) {
  const reply: FormReply = { values: shown(form.values), errors: [{ message: forms.tooMany(minutes) }], formKey: form.formKey };
  return json({ reply }, { status: 429, headers: { "Retry-After": String(minutes * 60) } });
}
