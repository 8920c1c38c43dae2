import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { whyReminderIsRefused } from "#app/domain/reminder.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { reminders, reminderWords } from "#app/i18n/zh-CN/reminders.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { RemindOwners } from "#app/ui/remind-owners.tsx";
import { useReply } from "#app/ui/reply.ts";
import { remindOwners } from "#app/use-cases/reminder/remind-owners.server.ts";
import { whomToRemind } from "#app/use-cases/reminder/whom-to-remind.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { listReminders, listUnreturned } from "#db/queries/reminders.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(reminders.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const found = await findConsultation(context.db, params["code"] ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const { id, subdistrictId, code, scope, stairwell, community, building, entrance, committeePhone } = found;
  const [sent, unreturned, days] = await Promise.all([
    listReminders(context.db, id),
    listUnreturned(context.db, id),
    readSetting(context.db, subdistrictId, "reminders", shanghaiDay(context.now)),
  ]);
  const { phones, flats, unreached } = whomToRemind(context.vault, unreturned);
  const problem = whyReminderIsRefused(found, sent.map(({ at }) => at), context.now) ?? (phones.size === 0 ? { code: "nobody_to_remind" } : null);
  const done = new URL(request.url).searchParams.get("done");
  return {
    consultation: { code, scope, stairwell, community, building, entrance, committeePhone },
    sent: sent.map(({ at, ...reminder }) => ({ ...reminder, at: at.toISOString() })),
    open: problem?.code !== "reminder_too_late",
    flats, unreached, days,
    phones: phones.size,
    refused: problem && problemText(problem),
    done: done !== null && /^\d{1,5}$/.test(done) ? Number(done) : null,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, z.object({}));
  if (!form.ok) return replyTo(form.reply);
  const reminded = await remindOwners(context, { consultation, words: reminderWords, accountId: accountOf(context), formKey: form.formKey });
  return reminded.ok ? redirect(paths.remindOwners(consultation, reminded.messages)) : refusal(form, reminded.problem);
}

export default function Remind() {
  const reply = useReply();
  return <RemindOwners {...useLoaderData<typeof loader>()} reply={reply} />;
}
