import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import type { BoardAnswer } from "#app/domain/board.ts";
import { ballotForm } from "#app/domain/consultation-forms.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { readBoard } from "#app/use-cases/consultation/read-board.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

/** What an open board reads when something changed. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const code = params["code"] ?? "";
  await requireLook(request, context, code, paths.consultation(code));
  const { searchParams: asked } = new URL(request.url);
  const board = await readBoard(context, { consultation: code, stairwell: asked.get("stairwell"), page: readRowNumber(asked.get("page")) || undefined });
  if (!board) throw new Response(null, { status: 404 });
  return json({ board, formToken: context.formToken } satisfies BoardAnswer);
}

/** A ballot that an open board records: answered with the board as it is then. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  await requireLook(request, context, consultation, paths.consultation(consultation));
  const form = await readForm(request, ballotForm);
  if (!form.ok) return replyTo(form.reply);
  const { room, ...ballot } = form.data;
  // What an owner has said is read back first, on a page of its own.
  if (ballot.channel === "assisted") return refusal(form, { code: "must_be_read", at: "channel" });
  const cast = await castBallot(context, { consultation, room, ...ballot, accountId: accountOf(context), formKey: form.formKey });
  if (!cast.ok) return refusal(form, cast.problem);
  const { seq, receipt } = cast;
  const board = await readBoard(context, { consultation, unit: room, page: ballot.page });
  if (!board) throw new Response(null, { status: 404 });
  return json({ board, recorded: { unit: room, choice: ballot.choice, channel: ballot.channel, seq, receipt } } satisfies BoardAnswer);
}
