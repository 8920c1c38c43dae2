import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { planFrom } from "#app/domain/milestones.ts";
import { addDays, isDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { WorksPlanForm } from "#app/domain/site-report.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskWorksPlan } from "#app/ui/desk-works-plan.tsx";
import { useReply } from "#app/ui/reply.ts";
import { planWorks } from "#app/use-cases/works/plan-works.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { readWorks } from "#db/queries/works.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(worksDesk.planTitle) }];

/** Works that are planned today begin in a week, unless another day is asked for. */
const USUAL_NOTICE = 7;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await getPlace({ params, context });
  const today = shanghaiDay(now);
  const asked = new URL(request.url).searchParams.get("start") ?? "";
  const start = isDay(asked) ? asked : addDays(today, USUAL_NOTICE);
  const facts = await readWorks(db, place.stairwellId);
  return {
    place,
    start,
    isFirst: facts === null,
    plan: facts?.plan ?? planFrom(await readSetting(db, place.subdistrictId, "milestones", today), start),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, WorksPlanForm);
  if (!form.ok) return replyTo(form.reply);
  const { data: { start, end, reason = null }, formKey } = form;
  const stairwell = params["code"] ?? "";
  const planned = await planWorks(context, { stairwell, start, end, reason, accountId: accountOf(context), formKey });
  return planned.ok ? redirect(paths.deskWorks(stairwell, "planned")) : refusal(form, planned.problem);
}

export default function Plan() {
  const reply = useReply();
  return <DeskWorksPlan {...useLoaderData<typeof loader>()} reply={reply} />;
}
