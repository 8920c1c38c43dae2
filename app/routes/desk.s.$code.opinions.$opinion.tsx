import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { mediationForm } from "#app/domain/mediation.ts";
import { opinionAnswerForm } from "#app/domain/opinion.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { openOpinion } from "#app/http/opinion.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { noticeMessages, opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskOpinion } from "#app/ui/desk-opinion.tsx";
import { useReply } from "#app/ui/reply.ts";
import { addMediationStep } from "#app/use-cases/opinion/add-mediation-step.server.ts";
import { answerOpinion } from "#app/use-cases/opinion/answer-opinion.server.ts";
import { findOpinion, findOpinionGiver } from "#db/queries/opinions.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(opinionWords.desk.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const found = await findOpinion(context.db, readRowNumber(params["opinion"]));
  if (!found || found.stairwell !== params["code"]) throw new Response(null, { status: 404 });
  const { opinion, contact } = await openOpinion(context, found);
  const giver = contact ?? (await findOpinionGiver(context.db, found.openedBy));
  return { opinion, giver, today: shanghaiDay(context.now), formKeys: { answer: newFormKey(), step: newFormKey() } };
}

/** The answer is a form with nothing but its words; a step of mediation says which it is. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const opinion = readRowNumber(params["opinion"]);
  const act = { stairwell, opinion, accountId: accountOf(context) };
  if (new URL(request.url).searchParams.get("of") !== "mediation") {
    const form = await readForm(request, opinionAnswerForm);
    if (!form.ok) return replyTo(form.reply);
    const answered = await answerOpinion(context, { ...act, text: form.data.text, message: noticeMessages.answered, formKey: form.formKey });
    return answered.ok ? redirect(paths.deskOpinion(stairwell, opinion)) : refusal(form, answered.problem);
  }
  const form = await readForm(request, mediationForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, heldOn, party, ending: outcome, text } = form.data;
  const added = await addMediationStep(context, { ...act, step, heldOn, party, outcome, text, formKey: form.formKey });
  return added.ok ? redirect(paths.deskOpinion(stairwell, opinion)) : refusal(form, added.problem);
}

export default function Opinion() {
  const reply = useReply();
  return <DeskOpinion {...useLoaderData<typeof loader>()} reply={reply} />;
}
