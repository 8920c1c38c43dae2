import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { undoForm } from "#app/domain/consultation-forms.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readForm } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";

export const handle: RouteHandle = { policy: "owner-on-roll" };

export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.myBallot(params["code"] ?? ""));

/** Takes the own ballot back within ten minutes; where that is too late the page of the ballot says how it stands. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, undoForm);
  if (!form.ok) throw new Response(null, { status: 422 });
  const undone = await undoBallot(context, { consultation, seq: form.data.seq, accountId: accountOf(context), formKey: form.formKey });
  return redirect(undone.ok ? `${paths.myBallot(consultation, undone.room)}&undone=yes` : `${paths.myBallot(consultation)}?late=yes`);
}
