import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { checkForm, missingImage } from "#app/domain/paper.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { nameHome } from "#app/i18n/zh-CN/binding.ts";
import { mismatchNote, paper, receiptMessage } from "#app/i18n/zh-CN/paper.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { CheckBallots } from "#app/ui/check-ballots.tsx";
import { useReply } from "#app/ui/reply.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { countToCheck, findEntryToCheck } from "#db/queries/paper.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(paper.check.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db } = context;
  const consultation = await findConsultation(db, params["code"] ?? "");
  if (!consultation) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  const { id: consultationId, code, community, building, entrance, committeePhone, closedAt } = consultation;
  const search = new URL(request.url).searchParams;
  const asked = search.get("seq") ?? "";
  const accountId = accountOf(context);
  const [entry, waiting] = await Promise.all([
    findEntryToCheck(db, { consultationId, accountId, at: readRowNumber(asked) || null }),
    countToCheck(db, { consultationId, accountId }),
  ]);
  const done = search.get("done");
  return {
    consultation: { code, community, building, entrance, committeePhone },
    closed: closedAt !== null,
    entry: entry ? { ...entry, lacks: missingImage({ channel: entry.channel, images: entry.images.map(({ role }) => role) }) } : null,
    waiting,
    done: done !== null && done.length <= 16 ? done : null,
    wrong: search.get("wrong") === "yes" && String(entry?.seq) === asked,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, checkForm);
  if (!form.ok) return replyTo(form.reply);
  const { seq, verdict, wrong, note } = form.data;
  const word = verdict === "confirmed" ? { verdict } : { verdict, note: mismatchNote(wrong ?? "other", note) };
  const done = await checkBallot(context, { consultation, seq, ...word, accountId: accountOf(context), formKey: form.formKey, words: { message: receiptMessage, nameHome } });
  return done.ok ? redirect(paths.checkBallots(consultation, { done: done.room })) : refusal(form, done.problem);
}

export default function Check() {
  const reply = useReply();
  return <CheckBallots {...useLoaderData<typeof loader>()} reply={reply} />;
}
