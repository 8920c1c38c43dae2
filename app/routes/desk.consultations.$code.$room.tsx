import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { whyUndoIsRefused } from "#app/domain/ballot-end.ts";
import { voidForm } from "#app/domain/consultation-forms.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireCode } from "#app/http/require-code.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { BallotHistory } from "#app/ui/ballot-history.tsx";
import { useReply } from "#app/ui/reply.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { listLooks } from "#db/queries/ballot-looks.server.ts";
import { findRollFlat, listBallotsOfFlat, listFilesOfFlat, listRoll, listVoidRequests } from "#db/queries/ballots.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { listIntentHistory } from "#db/queries/desk.server.ts";
import { findConsultationScope } from "#db/queries/scopes.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.history.title("")) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  const room = params["room"] ?? "";
  if (!consultation || !(await listRoll(context.db, consultation.id)).some(({ unit }) => unit === room)) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  const { code, community, building, entrance, committeePhone, closesAt, closedAt } = consultation;
  const certified = consultation.certificate !== null;
  const me = accountOf(context);
  const [ballots, requests, looks, scope, flat, files] = await Promise.all([
    listBallotsOfFlat(context.db, consultation.id, room),
    listVoidRequests(context.db, consultation.id),
    listLooks(context.db, consultation.id),
    findConsultationScope(context.db, code),
    findRollFlat(context.db, code, room),
    listFilesOfFlat(context.db, consultation.id, room),
  ]);
  const mayAct = isOfCommittee(context, scope?.committeeId);
  const mayUndo = ({ end, channel, recordedById: recordedBy, castAt, checkedAt, pendingVoid }: (typeof ballots)[number]) =>
    mayAct &&
    channel !== "online" &&
    whyUndoIsRefused(
      { end, certified, request: pendingVoid ? { accountId: null } : null, channel, recordedBy, castAt, isChecked: checkedAt !== null },
      { closesAt, closedAt },
      { accountId: me, now: context.now },
    ) === null;
  return {
    consultation: { code, community, building, entrance, committeePhone, certified },
    room,
    ballots: ballots.map((ballot) => ({ ...ballot, mayUndo: mayUndo(ballot), files: mayAct ? files.filter(({ seq }) => seq === ballot.seq) : [], formKey: newFormKey() })),
    requests: requests.filter((r) => r.room === room),
    // The office sees how many want the lift, not who.
    intents: mayAct && flat ? await listIntentHistory(context.db, { flatIds: [flat.flatId] }) : null,
    looks,
    mayAct,
    me,
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, voidForm);
  if (!form.ok) return replyTo(form.reply);
  const { seq, step, reason } = form.data;
  const refused = step === "request" || step === "confirm" ? await requireCode(context, form) : null;
  if (refused) return refused;
  const act = { consultation, seq, accountId: accountOf(context), formKey: form.formKey };
  if (step === "undo") {
    const undone = await undoBallot(context, act);
    return undone.ok ? redirect(paths.consultation(consultation, { room: undone.room, undone: undone.room })) : refusal(form, undone.problem);
  }
  const done =
    step === "confirm"
      ? await confirmVoid(context, act)
      : await (step === "request" ? requestVoid : rejectVoid)(context, { ...act, reason: reason ?? "" });
  return done.ok ? redirect(paths.ballotHistory(consultation, params["room"] ?? "")) : refusal(form, done.problem);
}

export default function History() {
  const reply = useReply();
  return <BallotHistory {...useLoaderData<typeof loader>()} reply={reply} />;
}
