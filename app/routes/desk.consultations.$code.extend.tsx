import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { extendForm } from "#app/domain/consultation-course.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { course } from "#app/i18n/zh-CN/consultation-course.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ExtendConsultation } from "#app/ui/consultation-course.tsx";
import { useReply } from "#app/ui/reply.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(course.extend.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const found = await findConsultation(context.db, params["code"] ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const { code, stairwell, community, building, entrance, committeePhone, closesAt, closedAt } = found;
  const lastDay = shanghaiDay(closesAt);
  return {
    consultation: { code, stairwell, community, building, entrance, committeePhone, closesAt },
    open: closedAt === null && context.now <= closesAt,
    first: addDays(lastDay, 1),
    suggested: addDays(lastDay, 7),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, extendForm);
  if (!form.ok) return replyTo(form.reply);
  const extended = await extendConsultation(context, { consultation, ...form.data, accountId: accountOf(context), formKey: form.formKey });
  return extended.ok ? redirect(paths.endConsultation(consultation)) : refusal(form, extended.problem);
}

export default function Extend() {
  const reply = useReply();
  return <ExtendConsultation {...useLoaderData<typeof loader>()} reply={reply} schema={extendForm} />;
}
