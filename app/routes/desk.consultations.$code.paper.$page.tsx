import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { missingImage, pageForm } from "#app/domain/paper.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPaperPage } from "#app/ui/desk-paper-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { attachPage } from "#app/use-cases/paper/attach-page.server.ts";
import { setPageAside } from "#app/use-cases/paper/set-page-aside.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findPage, listWithoutImage } from "#db/queries/paper.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(paper.one.title) }];

/** The number of a page as the URL has it; 0 for what is none. */

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  const page = consultation && (await findPage(context.db, consultation.id, readRowNumber(params["page"])));
  if (!page) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  const { id, code, community, building, entrance, committeePhone, closedAt, certificate } = consultation;
  const withoutImage = await listWithoutImage(context.db, id);
  return {
    consultation: { code, community, building, entrance, committeePhone },
    open: closedAt === null,
    certified: certificate !== null,
    page,
    withoutImage: withoutImage.map(({ room, seq, choice, channel, images }) => ({ room, seq, choice, lacks: missingImage({ channel, images }) })),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, pageForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, seq, reason } = form.data;
  const act = { consultation, page: readRowNumber(params["page"]), accountId: accountOf(context), formKey: form.formKey };
  const done = step === "attach" ? await attachPage(context, { ...act, seq: seq ?? 0 }) : await setPageAside(context, { ...act, reason: reason ?? null });
  return done.ok ? redirect(paths.paper(consultation)) : refusal(form, done.problem);
}

export default function Page() {
  const reply = useReply();
  return <DeskPaperPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
