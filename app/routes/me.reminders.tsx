import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { remindersForm } from "#app/domain/reminder.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readForm } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { setReminders } from "#app/use-cases/reminder/set-reminders.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const loader = () => redirect(paths.me());

/** Turns reminders of running consultations off for the own phone, or on again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, remindersForm);
  if (!form.ok) throw new Response(null, { status: 422 });
  await setReminders(context, { ...form.data, accountId: accountOf(context), formKey: form.formKey });
  return redirect(paths.me());
}
