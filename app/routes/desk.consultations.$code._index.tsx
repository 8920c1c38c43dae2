import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { whyUndoIsRefused } from "#app/domain/ballot-end.ts";
import { channelAfter, flatsMeant, nextPage, nextWithout, readChannel } from "#app/domain/board.ts";
import { ballotForm } from "#app/domain/consultation-forms.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ConsultationBoard } from "#app/ui/consultation-board.tsx";
import { useReply } from "#app/ui/reply.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { readBoard } from "#app/use-cases/consultation/read-board.server.ts";
import { findLastRecorded } from "#db/queries/ballots.server.ts";
import { listUnits } from "#db/queries/board.server.ts";

/** Nobody types more than that for a room. */
const LONGEST_ROOM = 20;

export const handle: RouteHandle = { policy: "committee-of-consultation", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const code = params["code"] ?? "";
  await requireLook(request, context, code);
  const { searchParams: asked } = new URL(request.url);
  const typed = asked.get("find")?.slice(0, LONGEST_ROOM) ?? null;
  const stairwell = asked.get("stairwell");
  const meant = typed === null ? [] : flatsMeant(await listUnits(context.db, code), typed, stairwell);
  const [one, ...others] = meant;
  const page = readRowNumber(asked.get("page")) || undefined;
  if (one && others.length === 0) throw redirect(paths.consultation(code, { room: one.unit, page }));
  const board = await readBoard(context, { consultation: code, unit: asked.get("room"), stairwell, page });
  if (!board) throw new Response(null, { status: 404 });
  const accountId = accountOf(context);
  const last = await findLastRecorded(context.db, { consultation: code, accountId });
  const onBoard = (name: string) => board.flats.find(({ unit }) => unit === asked.get(name))?.unit ?? null;
  const shown = board.paper.pages.find(({ id }) => id === page) ?? null;
  return {
    board,
    // Whoever comes with a page begins at the first flat that has no ballot.
    selected: onBoard("room") ?? (shown && (nextWithout(board.flats, null)?.unit ?? null)),
    saved: onBoard("saved"),
    undone: onBoard("undone"),
    last: last && whyUndoIsRefused(last, last, { accountId, now: context.now }) === null ? { seq: last.seq, unit: last.unit, room: last.room, choice: last.choice } : null,
    told: /^\d{1,2}$/.test(asked.get("told") ?? "") ? Number(asked.get("told")) : null,
    page: shown,
    channel: readChannel(asked.get("channel")),
    found: typed === null ? null : { typed, flats: meant },
    today: shanghaiDay(context.now),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, ballotForm);
  if (!form.ok) return replyTo(form.reply);
  const { room, ...ballot } = form.data;
  const { page } = ballot;
  if (ballot.channel === "assisted") {
    const { choice, receivedOn, seen } = ballot;
    return redirect(paths.ballotRead(consultation, { room, choice, receivedOn, seen: seen ?? (seen === null ? 0 : undefined), page }));
  }
  const cast = await castBallot(context, { consultation, room, ...ballot, accountId: accountOf(context), formKey: form.formKey });
  if (!cast.ok) return refusal(form, cast.problem);
  const board = await readBoard(context, { consultation, unit: room, page });
  const next = nextWithout(board?.flats ?? [], room)?.unit ?? room;
  const turned = page === undefined ? undefined : nextPage(board?.paper.pages ?? [], page)?.id;
  return redirect(paths.consultation(consultation, { room: next, channel: channelAfter(ballot.channel), saved: room, page: turned }));
}

export default function Consultation() {
  const reply = useReply();
  return <ConsultationBoard {...useLoaderData<typeof loader>()} reply={reply} />;
}
