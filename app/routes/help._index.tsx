import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { faqMissForm, searchAnswers } from "#app/domain/faq.ts";
import { typedSearch } from "#app/domain/search.ts";
import { groupAnswers, readAnswers, soundOf } from "#app/http/faq.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { HelpPage } from "#app/ui/help-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordMiss } from "#app/use-cases/faq/record-word.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data?.typed ? help.found(data.typed) : help.title) }];

export async function loader({ request, context: { db, hotline, keep, limits, address } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { typed, tooLong } = typedSearch(searchParams.get("q"));
  const answers = await readAnswers(db);
  const groups = groupAnswers(answers);
  const sent = searchParams.get("sent") === "yes";
  if (typed === "") {
    if (!sent) keep(["district"]);
    return json({ hotline, groups, typed, sent, minutes: null, found: null, formKey: "" });
  }
  // What people type is not kept: it would push out the pages that many read.
  const minutes = await limits.wait("search-address", address);
  const found = minutes === null ? searchAnswers(typed, answers, soundOf) : null;
  return json({ hotline, groups, typed, sent, minutes, found, formKey: newFormKey() }, { status: minutes !== null ? 429 : tooLong ? 422 : 200 });
}

/** A question that found no answer goes to the desk. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, faqMissForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("help-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const sent = await recordMiss(context, { asked: form.data.asked, formKey: form.formKey });
  return sent.ok ? redirect(paths.helpSent()) : refusal(form, sent.problem);
}

export default function Help() {
  const reply = useReply();
  return <HelpPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
