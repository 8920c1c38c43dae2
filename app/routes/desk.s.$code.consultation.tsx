import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { openForm } from "#app/domain/consultation-forms.ts";
import { rulesetsFor, type Scope } from "#app/domain/consultation.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { OpenConsultation } from "#app/ui/open-consultation.tsx";
import { useReply } from "#app/ui/reply.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { listPlans } from "#db/queries/plans.server.ts";
import { summariseRoll } from "#db/queries/owners.server.ts";
import { readRulesetOffer } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.open.titles.stairwell) }];

const scopeOf = (request: Request): Scope => (new URL(request.url).searchParams.get("scope") === "community" ? "community" : "stairwell");

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const today = shanghaiDay(context.now);
  const scope = scopeOf(request);
  const { stairwellId, communityId } = place;
  return {
    place,
    scope,
    rulesets: rulesetsFor(scope, today, await readRulesetOffer(context.db, [place.subdistrictId], scope, today)),
    roll: await summariseRoll(context.db, scope === "community" ? { communityId } : { stairwellId }),
    plans: (await listPlans(context.db, stairwellId)).flatMap(({ newest, withdrawn }) => (withdrawn ? [] : [newest])),
    today,
    suggested: addDays(today, 15),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, openForm);
  if (!form.ok) return replyTo(form.reply);
  const opened = await openConsultation(context, {
    stairwell: params["code"] ?? "",
    scope: scopeOf(request),
    ...form.data,
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return opened.ok ? redirect(paths.consultation(opened.consultation)) : refusal(form, opened.problem);
}

export default function Open() {
  const reply = useReply();
  return <OpenConsultation {...useLoaderData<typeof loader>()} reply={reply} schema={openForm} />;
}
