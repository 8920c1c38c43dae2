import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { withdrawForm } from "#app/domain/consultation-course.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireCode } from "#app/http/require-code.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { course } from "#app/i18n/zh-CN/consultation-course.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { WithdrawConsultation } from "#app/ui/consultation-course.tsx";
import { useReply } from "#app/ui/reply.ts";
import { withdrawConsultation } from "#app/use-cases/consultation/withdraw-consultation.server.ts";
import { countBallots } from "#db/queries/ballots.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(course.withdraw.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const found = await findConsultation(context.db, params["code"] ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const { code, stairwell, community, building, entrance, committeePhone, closedAt } = found;
  return {
    consultation: { code, stairwell, community, building, entrance, committeePhone },
    possible: closedAt === null && (await countBallots(context.db, found.id)) === 0,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, withdrawForm);
  if (!form.ok) return replyTo(form.reply);
  const refused = await requireCode(context, form);
  if (refused) return refused;
  const withdrawn = await withdrawConsultation(context, { consultation, reason: form.data.reason, accountId: accountOf(context), formKey: form.formKey });
  return withdrawn.ok ? redirect(paths.endConsultation(consultation)) : refusal(form, withdrawn.problem);
}

export default function Withdraw() {
  const reply = useReply();
  return <WithdrawConsultation {...useLoaderData<typeof loader>()} reply={reply} />;
}
