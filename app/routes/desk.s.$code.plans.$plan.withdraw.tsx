import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { withdrawPlanForm } from "#app/domain/plan.ts";
import { toPublicPlans } from "#app/domain/public-plans.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { shownPlan } from "#app/http/shown-plan.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { planDesk } from "#app/i18n/zh-CN/plans.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { WithdrawPlan } from "#app/ui/desk-plans.tsx";
import { useReply } from "#app/ui/reply.ts";
import { withdrawPlan } from "#app/use-cases/plan/withdraw-plan.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(planDesk.withdraw) }];

export async function loader(args: LoaderFunctionArgs) {
  const { place, mayAct, plan } = await shownPlan(args);
  const [shown] = plan ? toPublicPlans([plan]) : [];
  if (!shown) throw new Response(null, { status: 404 });
  return { place, mayAct, plan: shown.newest, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const [stairwell, plan] = [params["code"] ?? "", params["plan"] ?? ""];
  if (!/^[1-9]\d{0,2}$/.test(plan)) throw new Response(null, { status: 404 });
  const form = await readForm(request, withdrawPlanForm);
  if (!form.ok) return replyTo(form.reply);
  const done = await withdrawPlan(context, { stairwell, number: Number(plan), reason: form.data.reason, accountId: accountOf(context), formKey: form.formKey });
  return done.ok ? redirect(paths.deskPlans(stairwell, "withdrawn")) : refusal(form, done.problem);
}

export default function Withdraw() {
  const reply = useReply();
  return <WithdrawPlan {...useLoaderData<typeof loader>()} reply={reply} />;
}
