import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { noticeForm, noticesDue } from "#app/domain/notice.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskNotices } from "#app/ui/desk-notices.tsx";
import { useReply } from "#app/ui/reply.ts";
import { publishNotice } from "#app/use-cases/notice/publish-notice.server.ts";
import { readDraft } from "#app/use-cases/notice/read-draft.server.ts";
import { withdrawNotice } from "#app/use-cases/notice/withdraw-notice.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { listNotices } from "#db/queries/notices.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(notices.desk.title) }];

export async function loader({ params, context: { db, now } }: LoaderFunctionArgs) {
  const consultation = await findConsultation(db, params["code"] ?? "");
  const facts = consultation && (await readDraft(db, { stairwell: consultation.stairwell, consultation: consultation.code, now }));
  if (!consultation || !facts) throw new Response(null, { status: 404 });
  const { code, stairwell, community, building, entrance, committeePhone } = consultation;
  const published = await listNotices(db, { consultationId: consultation.id });
  return {
    consultation: { code, stairwell, community, building, entrance, committeePhone },
    seen: facts.seen,
    drafts: noticesDue(facts.state).map((kind) => ({ kind, ...notices.draft(kind, facts), formKey: newFormKey() })),
    published: published.map(({ id, title, number, publishedAt, withdrawnBy, withdraws }) => ({
      id, title, stairwell, number: number ?? 0, publishedOn: publishedAt ? shanghaiDay(publishedAt) : "",
      withdrawn: withdrawnBy !== null, final: withdrawnBy !== null || withdraws !== null, formKey: newFormKey(),
    })),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, noticeForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, kind, remark, seen = "", notice, reason = "" } = form.data;
  const act = { accountId: accountOf(context), formKey: form.formKey };
  const found = await findConsultation(context.db, consultation);
  const own = found ? await listNotices(context.db, { consultationId: found.id }) : [];
  const done =
    step === "publish"
      ? await publishNotice(context, { ...act, consultation, kind: kind ?? "opening", remark, seen, write: notices.draft })
      : await withdrawNotice(context, { ...act, notice: own.find(({ id }) => id === Number(notice))?.id ?? 0, reason, title: notices.withdrawalTitle });
  return done.ok ? redirect(paths.notice(done.notice)) : refusal(form, done.problem);
}

export default function Notices() {
  const reply = useReply();
  return <DeskNotices {...useLoaderData<typeof loader>()} reply={reply} />;
}
