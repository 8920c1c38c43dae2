import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { faqWordForm } from "#app/domain/faq.ts";
import { readAnswers } from "#app/http/faq.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { AnswerPage } from "#app/ui/help-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordWord } from "#app/use-cases/faq/record-word.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(data.answer.question) }] : []);

async function find({ params, context }: Pick<LoaderFunctionArgs, "params" | "context">) {
  const answer = (await readAnswers(context.db)).find(({ topic }) => topic === params["topic"]);
  if (!answer) throw new Response(null, { status: 404 });
  return answer;
}

export async function loader(args: LoaderFunctionArgs) {
  return { answer: await find(args), hotline: args.context.hotline, said: new URL(args.request.url).searchParams.get("said") === "yes", formKey: newFormKey() };
}

/** Whether it helped; nothing else is known of the reader. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { topic } = await find(args);
  const form = await readForm(request, faqWordForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("help-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const said = await recordWord(context, { topic, helped: form.data.helped === "yes", formKey: form.formKey });
  return said.ok ? redirect(paths.helpSaid(topic)) : refusal(form, said.problem);
}

export default function AnswerOfItsOwn() {
  const reply = useReply();
  return <AnswerPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
