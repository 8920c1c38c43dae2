import { json, type ActionFunctionArgs } from "@remix-run/node";
import type { BoardAnswer } from "#app/domain/board.ts";
import { undoForm } from "#app/domain/consultation-forms.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { readBoard } from "#app/use-cases/consultation/read-board.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

/** Takes back the ballot that an open board has just recorded: answered with the board as it is then. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  await requireLook(request, context, consultation, paths.consultation(consultation));
  const form = await readForm(request, undoForm);
  if (!form.ok) return replyTo(form.reply);
  const undone = await undoBallot(context, { consultation, seq: form.data.seq, accountId: accountOf(context), formKey: form.formKey });
  if (!undone.ok) return refusal(form, undone.problem);
  const board = await readBoard(context, { consultation, unit: undone.room });
  if (!board) throw new Response(null, { status: 404 });
  return json({ board } satisfies BoardAnswer);
}
