import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { handoutParts, stackForm } from "#app/domain/handouts.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readForm } from "#app/http/forms.server.ts";
import { readHandouts } from "#app/http/handouts.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { orderStack } from "#app/use-cases/handout/order-stack.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.handouts(params["code"] ?? ""));

/** Has the sheets of a stairwell made into one PDF, after it is written down who takes them. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, stackForm);
  if (!form.ok) return redirect(paths.handouts(consultation, form.reply.values["stairwell"], { parts: "none" }));
  const { stairwell } = form.data;
  const parts = handoutParts.filter((part) => form.data[part] === "yes");
  const found = await readHandouts(context, consultation, stairwell);
  if (!found.open) throw new Response(null, { status: 404 });
  const { stairwellId, subdistrictId, consultationId, flats } = found;
  const ordered = await orderStack(context, {
    consultation, consultationId, stairwellId, subdistrictId, parts, flats: flats.length, origin: context.origin, accountId: accountOf(context), formKey: form.formKey,
  });
  return redirect(ordered.ok ? paths.handoutStack(consultation, ordered.stack) : paths.handouts(consultation, stairwell));
}
