import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { voidForm } from "#app/domain/consultation.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, type FormReply } from "#app/http/forms.server.ts";
import { requireCode } from "#app/http/require-code.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { BallotHistory } from "#app/ui/ballot-history.tsx";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { rejectVoid } from "#app/use-cases/consultation/reject-void.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { listLooks } from "#db/queries/ballot-looks.server.ts";
import { listBallotsOfFlat, listRoll, listVoidRequests } from "#db/queries/ballots.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findConsultationScope } from "#db/queries/scopes.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.history.title("")) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  const room = params["room"] ?? "";
  if (!consultation || !(await listRoll(context.db, consultation.id)).some(({ unit }) => unit === room)) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  const [ballots, requests, looks, scope] = await Promise.all([
    listBallotsOfFlat(context.db, consultation.id, room),
    listVoidRequests(context.db, consultation.id),
    listLooks(context.db, consultation.id),
    findConsultationScope(context.db, consultation.code),
  ]);
  const { code, community, building, entrance, committeePhone } = consultation;
  return {
    consultation: { code, community, building, entrance, committeePhone, certified: consultation.certificate !== null },
    room,
    ballots: ballots.map((ballot) => ({ ...ballot, formKey: newFormKey() })),
    requests: requests.filter((r) => r.room === room),
    looks,
    mayAct: isOfCommittee(context, scope?.committeeId),
    me: accountOf(context),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, voidForm);
  if (!form.ok) return replyTo(form.reply);
  const { seq, step, reason } = form.data;
  const refused = step === "reject" ? null : await requireCode(context, form);
  if (refused) return refused;
  const act = { consultation, seq, accountId: accountOf(context), formKey: form.formKey };
  const done =
    step === "confirm"
      ? await confirmVoid(context, act)
      : await (step === "request" ? requestVoid : rejectVoid)(context, { ...act, reason: reason ?? "" });
  return done.ok ? redirect(paths.ballotHistory(consultation, params["room"] ?? "")) : refusal(form, done.problem);
}

export default function History() {
  const reply = (useActionData() as { reply: FormReply } | undefined)?.reply;
  return <BallotHistory {...useLoaderData<typeof loader>()} reply={reply} />;
}
