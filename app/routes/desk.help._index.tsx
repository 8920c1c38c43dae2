import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { faqSettleForm } from "#app/domain/faq.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, subdistrictOf } from "#app/http/desk.server.ts";
import { groupAnswers, readAllAnswers } from "#app/http/faq.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { faqDesk } from "#app/i18n/zh-CN/faq.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskHelp } from "#app/ui/desk-help.tsx";
import { useReply } from "#app/ui/reply.ts";
import { settleQuestion } from "#app/use-cases/faq/record-word.server.ts";
import { countWords, listMisses } from "#db/queries/faq.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(faqDesk.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { db, vault } = context;
  const [answers, words, misses] = await Promise.all([readAllAnswers(db), countWords(db), listMisses(db, subdistrictOf(context))]);
  const counts = new Map(words.map(({ topic, ...count }) => [topic, count]));
  return {
    groups: groupAnswers(answers).map(({ title, questions }) => ({
      title, questions: questions.map(({ topic, question, editedOn, hidden }) => ({ topic, question, editedOn, hidden, ...(counts.get(topic) ?? { helped: 0, not: 0 }) })),
    })),
    misses: misses.map(({ id, textCipher, at }) => ({ id, text: vault.open(textCipher), day: shanghaiDay(at), formKey: newFormKey() })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, faqSettleForm);
  if (!form.ok) return replyTo(form.reply);
  const settled = await settleQuestion(context, { miss: form.data.miss, subdistrictId: subdistrictOf(context), accountId: accountOf(context), formKey: form.formKey });
  return settled.ok ? redirect(paths.deskHelp()) : refusal(form, settled.problem);
}

export default function Help() {
  const reply = useReply();
  return <DeskHelp {...useLoaderData<typeof loader>()} reply={reply} />;
}
