import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { faqForm } from "#app/domain/faq.ts";
import { accountOf, subdistrictOf } from "#app/http/desk.server.ts";
import { groupAnswers, readAllAnswers } from "#app/http/faq.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { faqDesk } from "#app/i18n/zh-CN/faq.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { EditAnswer } from "#app/ui/desk-help.tsx";
import { useReply } from "#app/ui/reply.ts";
import { editAnswer } from "#app/use-cases/faq/edit-answer.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(faqDesk.edit) }];

/** The answer that the address names; `new` is none yet. */
async function find({ params, context }: Pick<LoaderFunctionArgs, "params" | "context">) {
  const answers = await readAllAnswers(context.db);
  const answer = answers.find(({ topic }) => topic === params["topic"]) ?? null;
  if (!answer && params["topic"] !== "new") throw new Response(null, { status: 404 });
  return { answer, headings: groupAnswers(answers).map(({ title }) => title) };
}

export async function loader(args: LoaderFunctionArgs) {
  return { ...(await find(args)), formKey: newFormKey() };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { answer: before } = await find(args);
  const form = await readForm(request, faqForm);
  if (!form.ok) return replyTo(form.reply);
  const { section: heading, question, answer, source, hidden } = form.data;
  const edited = await editAnswer(context, {
    topic: before?.topic ?? null, before, heading, question, answer, source, hidden: hidden === "yes",
    subdistrictId: subdistrictOf(context), accountId: accountOf(context), formKey: form.formKey,
  });
  return edited.ok ? redirect(paths.deskHelp()) : refusal(form, edited.problem);
}

export default function Answer() {
  const reply = useReply();
  return <EditAnswer {...useLoaderData<typeof loader>()} reply={reply} />;
}
