import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { MOST_DRAWINGS, stageNoticeForm, stageNoticesDue } from "#app/domain/stage-notice.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { paths } from "#app/paths.ts";
import { DeskStageNotices } from "#app/ui/desk-stage-notices.tsx";
import { useReply } from "#app/ui/reply.ts";
import { seenOf } from "#app/use-cases/digest.server.ts";
import { publishStageNotice } from "#app/use-cases/notice/publish-stage-notice.server.ts";
import { readStageDraft } from "#app/use-cases/notice/read-stage-draft.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listNotices } from "#db/queries/notices.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(stageNotices.desk.title) }];

export async function loader({ params, context: { db, now } }: LoaderFunctionArgs) {
  const place = await findPlace(db, params["code"] ?? "");
  const facts = place && (await readStageDraft(db, { stairwell: place.code, now }));
  if (!place || !facts) throw new Response(null, { status: 404 });
  const published = await listNotices(db, { stairwellId: place.stairwellId });
  return {
    place,
    drafts: stageNoticesDue(facts.state).map((kind) => {
      const text = stageNotices.draft(kind, facts);
      return { kind, ...text, seen: seenOf(text), formKey: newFormKey() };
    }),
    published: published.map(({ id, title, number, publishedAt, withdrawnBy }) => ({
      id, title, stairwell: place.code, number: number ?? 0, publishedOn: publishedAt ? shanghaiDay(publishedAt) : "", withdrawn: withdrawnBy !== null,
    })),
    mostDrawings: MOST_DRAWINGS,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readUploads(request, stageNoticeForm, { drawings: { most: MOST_DRAWINGS } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { kind, heading = "", body = "", remark, looked, seen = "" } = form.data;
  const published = await publishStageNotice(context, {
    stairwell, kind, remark, seen,
    looked: looked === "yes",
    drawings: form.files.drawings,
    caption: stageNotices.drawing,
    write: (facts) => (kind === "other" ? { title: heading, body } : stageNotices.draft(kind, facts)),
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return published.ok ? redirect(paths.deskNotice(stairwell, published.notice, "published")) : refusal(form, published.problem);
}

export default function Notices() {
  const reply = useReply();
  return <DeskStageNotices {...useLoaderData<typeof loader>()} reply={reply} />;
}
