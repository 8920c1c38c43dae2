import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { lookForm } from "#app/domain/ballot-look.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { ownPath } from "#app/http/own-path.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { ballotLook } from "#app/i18n/zh-CN/ballot-look.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { BallotLookPage } from "#app/ui/ballot-look-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { lookAtBallots } from "#app/use-cases/consultation/look-at-ballots.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findConsultationScope } from "#db/queries/scopes.server.ts";

export const handle: RouteHandle = { policy: "look-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(ballotLook.title) }];

async function find({ params, request, context }: LoaderFunctionArgs) {
  const code = params["code"] ?? "";
  const [consultation, scope] = await Promise.all([findConsultation(context.db, code), findConsultationScope(context.db, code)]);
  if (!consultation) throw new Response(null, { status: 404 });
  return { consultation, mayRecord: isOfCommittee(context, scope?.committeeId), to: ownPath(new URL(request.url).searchParams.get("to")) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { consultation, mayRecord, to } = await find(args);
  const { code, stairwell, community, building, entrance, committeePhone } = consultation;
  return {
    consultation: { code, stairwell, community, building, entrance, committeePhone },
    purposes: mayRecord ? (["record", "check", "answer"] as const) : (["check", "answer"] as const),
    to,
    formKey: newFormKey(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { consultation: { code: consultation }, mayRecord, to } = await find(args);
  const form = await readForm(request, lookForm);
  if (!form.ok) return replyTo(form.reply);
  const { purpose, reason } = form.data;
  const done = await lookAtBallots(context, { consultation, purpose, reason, mayRecord, accountId: accountOf(context), formKey: form.formKey });
  return done.ok ? redirect(to ?? (mayRecord ? paths.consultation(consultation) : paths.endConsultation(consultation))) : refusal(form, done.problem);
}

export default function Look() {
  const reply = useReply();
  return <BallotLookPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
