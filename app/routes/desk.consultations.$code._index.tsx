import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ballotForm } from "#app/domain/consultation.ts";
import { shownTests } from "#app/domain/public-view.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, type FormReply } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ConsultationBoard } from "#app/ui/consultation-board.tsx";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { findNextRoom, listRoll, listVoidRequests } from "#db/queries/ballots.server.ts";
import { findConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  if (!consultation) throw new Response(null, { status: 404 });
  const { certificate, ...shown } = consultation;
  const [roll, rows, requests] = await Promise.all([
    listRoll(context.db, consultation.id),
    readConsultationRows(context.db, consultation.id),
    listVoidRequests(context.db, consultation.id),
  ]);
  const result = certificate?.result ?? tallyRows(rows);
  const search = new URL(request.url).searchParams;
  const room = search.get("room");
  return {
    consultation: { ...shown, certified: certificate !== null },
    // Single ballots are for the consultation's committee; an owner's name never is.
    roll: roll.map(({ unit, floor, choice, channel, waitingChoice, waitingChannel, newest, pendingVoid }) => ({
      room: unit, floor, choice, channel, waitingChoice, waitingChannel, newest, pendingVoid,
    })),
    tests: shownTests(result),
    result: { passed: result.passed, outlook: result.outlook, toPass: result.toPass, participated: result.participated, roll: result.roll },
    pending: requests.filter((r) => r.state === "pending").map(({ room: unit }) => unit),
    selected: roll.find(({ unit }) => unit === room)?.unit ?? null,
    saved: roll.find(({ unit }) => unit === search.get("saved"))?.unit ?? null,
    channel: search.get("channel") === "assisted" ? ("assisted" as const) : search.get("channel") === "proxy" ? ("proxy" as const) : ("paper" as const),
    today: shanghaiDay(context.now),
    due: context.now > consultation.closesAt,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const code = params["code"] ?? "";
  const form = await readForm(request, ballotForm);
  if (!form.ok) return replyTo(form.reply);
  const { room, choice, channel, authorisation, receivedOn, seen } = form.data;
  const cast = await castBallot(context, {
    consultation: code, room, choice, seen,
    ...(channel === "proxy" ? { channel, receivedOn, authorisation } : { channel, receivedOn }),
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  if (!cast.ok) return refusal(form, cast.problem);
  const next = await findNextRoom(context.db, code, room);
  const search = new URLSearchParams({ saved: room, channel, ...(next && { room: next }) });
  return redirect(`${paths.consultation(code)}?${search.toString()}`);
}

export default function Consultation() {
  const reply = (useActionData() as { reply: FormReply } | undefined)?.reply;
  return <ConsultationBoard {...useLoaderData<typeof loader>()} reply={reply} />;
}
