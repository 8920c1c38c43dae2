import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskQuestions } from "#app/ui/desk-questions.tsx";
import { useReply } from "#app/ui/reply.ts";
import { answerQuestion } from "#app/use-cases/roll/answer-question.server.ts";
import { listOwnerQuestions } from "#db/queries/desk.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(desk.questionsTitle) }];

const answerForm = z.object({
  question: z.coerce.number({ error: "missing" }).int({ error: "unknown" }).positive({ error: "unknown" }).max(2_147_483_647, { error: "unknown" }),
  answer: z.enum(["same", "different"], { error: "missing" }),
});

export async function loader({ params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const questions = await listOwnerQuestions(context.db, place.stairwellId);
  return { place, questions: questions.map((q) => ({ ...q, formKey: newFormKey() })) };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, answerForm);
  if (!form.ok) return replyTo(form.reply);
  const answered = await answerQuestion(context, {
    stairwell,
    questionId: form.data.question,
    answer: form.data.answer,
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return answered.ok ? redirect(paths.deskQuestions(stairwell)) : refusal(form, answered.problem);
}

export default function Questions() {
  const reply = useReply();
  return <DeskQuestions {...useLoaderData<typeof loader>()} reply={reply} />;
}
