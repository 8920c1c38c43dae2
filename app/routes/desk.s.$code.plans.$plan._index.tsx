import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { firmStanding } from "#app/domain/firm.ts";
import { formatYuan } from "#app/domain/money.ts";
import { planForm } from "#app/domain/plan.ts";
import { toPublicPlans } from "#app/domain/public-plans.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { shownPlan } from "#app/http/shown-plan.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { planDesk } from "#app/i18n/zh-CN/plans.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPlan } from "#app/ui/desk-plans.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import { listFirms } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(planDesk.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { place, mayAct, plan } = await shownPlan(args);
  const today = shanghaiDay(args.context.now);
  const firms = await listFirms(args.context.db, place.subdistrictId, { kind: "agent" });
  const [shown] = plan ? toPublicPlans([plan]) : [];
  return {
    place,
    mayAct,
    newest: plan && shown ? { ...shown.newest, price: formatYuan(plan.newest.priceFen) } : null,
    firms: firms.filter((firm) => firmStanding(firm, today) === "valid").map(({ id, name }) => ({ id, name })),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const [stairwell, plan] = [params["code"] ?? "", params["plan"] ?? ""];
  if (!/^(new|[1-9]\d{0,2})$/.test(plan)) throw new Response(null, { status: 404 });
  const form = await readUploads(request, planForm, { drawing: { most: 1 } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { firm, price, about, changed, checked, ...terms } = form.data;
  const recorded = await recordPlan(context, {
    ...terms, stairwell,
    number: plan === "new" ? null : Number(plan),
    firmId: firm,
    priceFen: price,
    about: about ?? null,
    changed: changed ?? null,
    drawing: form.files.drawing[0] ?? null,
    checked: checked === "yes",
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return recorded.ok ? redirect(paths.deskPlans(stairwell, "saved")) : refusal(form, recorded.problem);
}

export default function Plan() {
  const reply = useReply();
  return <DeskPlan {...useLoaderData<typeof loader>()} reply={reply} />;
}
