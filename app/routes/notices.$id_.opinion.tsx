import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { opinionForm, whyOpinionIsRefused } from "#app/domain/opinion.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { readNotice } from "#app/http/notice.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { GiveOpinion } from "#app/ui/opinion-pages.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordOpinion } from "#app/use-cases/opinion/record-opinion.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listFlatsNear } from "#db/queries/opinions.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(opinionWords.give.title) }];

export async function loader({ params, context: { db, now, actor } }: LoaderFunctionArgs) {
  const notice = await readNotice(db, params, "id");
  const { id, title, stairwell, stairwellId, phone, endsOn, opinionDays, withdrawnBy, publishedOn } = notice;
  const [place, flats] = await Promise.all([findPlace(db, stairwell), listFlatsNear(db, stairwellId, actor ? flatsOf(actor) : [])]);
  const today = shanghaiDay(now);
  const closed = whyOpinionIsRefused({ opinionDays, withdrawn: withdrawnBy !== null, publishedOn, endsOn, stage: place?.stage ?? "intent" }, today, today) !== null;
  return { notice: { id, title, stairwell, phone, endsOn }, closed, rooms: flats.map(({ room }) => room), formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const { id } = await readNotice(context.db, params, "id");
  const form = await readForm(request, opinionForm);
  if (!form.ok) return replyTo(form.reply);
  const accountId = accountOf(context);
  const minutes = await context.limits.wait("opinion-account", String(accountId));
  if (minutes !== null) return tooMany(form, minutes);
  const { kind, room = null, text } = form.data;
  const given = await recordOpinion(context, {
    notice: id, kind, room, text,
    by: { channel: "online", accountId, flatIds: context.actor ? flatsOf(context.actor) : [] },
    formKey: form.formKey,
  });
  return given.ok ? redirect(paths.myOpinion(given.opinion, "yes")) : refusal(form, given.problem);
}

export default function Opinion() {
  const reply = useReply();
  return <GiveOpinion {...useLoaderData<typeof loader>()} reply={reply} />;
}
