import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { daysLeft, isOver } from "#app/domain/notice-clock.ts";
import { MOST_POSTED, noticeDeskForm } from "#app/domain/stage-notice.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { readNotice, readNoticeFiles } from "#app/http/notice.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { paths } from "#app/paths.ts";
import { DeskNotice } from "#app/ui/desk-stage-notices.tsx";
import { useReply } from "#app/ui/reply.ts";
import { addPostedPhotos } from "#app/use-cases/notice/add-posted-photos.server.ts";
import { showPostedPhotos } from "#app/use-cases/notice/show-posted-photos.server.ts";
import { withdrawNotice } from "#app/use-cases/notice/withdraw-notice.server.ts";
import { listOpinions } from "#db/queries/opinions.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(stageNotices.desk.title) }];

export async function loader({ params, request, context: { db, now } }: LoaderFunctionArgs) {
  const notice = await readNotice(db, params, "notice");
  const { id, title, number, stairwell, community, building, entrance, phone, publishedOn, postedUntil, endsOn, opinionDays, withdrawnBy, withdraws } = notice;
  const said = new URL(request.url).searchParams.get("done");
  const opinions = await listOpinions(db, id);
  return {
    place: { code: stairwell, community, building, entrance, phone },
    notice: {
      id, title, number, publishedOn, postedUntil, endsOn,
      takesOpinions: opinionDays !== null,
      over: endsOn !== null && isOver(endsOn, now),
      left: endsOn === null ? 0 : daysLeft(endsOn, now),
      final: withdrawnBy !== null || withdraws !== null,
    },
    ...(await readNoticeFiles(db, id, { all: true })),
    opinions: opinions.map(({ id: opinion, kind, channel, receivedOn, room, answeredAt }) => ({ id: opinion, kind, channel, receivedOn, room, answered: answeredAt !== null })),
    done: (["published", "posted", "shown", "withdrawn", "taken"] as const).find((known) => known === said) ?? null,
    mostPosted: MOST_POSTED,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const { id, stairwell } = await readNotice(context.db, params, "notice");
  const form = await readUploads(request, noticeDeskForm, { photos: { most: MOST_POSTED } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { step, looked, reason = "" } = form.data;
  const act = { notice: id, accountId: accountOf(context), formKey: form.formKey };
  if (step === "withdraw") {
    const withdrawn = await withdrawNotice(context, { ...act, reason, title: notices.withdrawalTitle });
    return withdrawn.ok ? redirect(paths.deskNotice(stairwell, id, "withdrawn")) : refusal(form, withdrawn.problem);
  }
  if (step === "show") {
    const shown = await showPostedPhotos(context, { ...act, looked: looked === "yes" });
    return shown.ok ? redirect(paths.deskNotice(stairwell, id, "shown")) : refusal(form, shown.problem);
  }
  const posted = await addPostedPhotos(context, { ...act, photos: form.files.photos, looked: looked === "yes", caption: stageNotices.posted });
  return posted.ok ? redirect(paths.deskNotice(stairwell, id, "posted")) : refusal(form, posted.problem);
}

export default function NoticeAtDesk() {
  const reply = useReply();
  return <DeskNotice {...useLoaderData<typeof loader>()} reply={reply} />;
}
