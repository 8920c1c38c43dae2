import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { openSeveralForm } from "#app/domain/consultation-forms.ts";
import { rulesetsFor, whyNotReady } from "#app/domain/consultation.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, deskScope } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { OpenSeveral } from "#app/ui/open-several.tsx";
import { useReply } from "#app/ui/reply.ts";
import { openSeveralConsultations } from "#app/use-cases/consultation/open-several-consultations.server.ts";
import { readSeveralOpened } from "#app/use-cases/consultation/read-several-opened.server.ts";
import { listReadiness } from "#db/queries/readiness.server.ts";
import { readRulesetOffer } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "committee" };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.several.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const formKey = new URL(request.url).searchParams.get("done");
  const answered = formKey ? await readSeveralOpened(context, { formKey, accountId: accountOf(context) }) : undefined;
  const stairwells = await listReadiness(context.db, deskScope(context).committeeIds);
  const today = shanghaiDay(context.now);
  const subdistrictIds = stairwells.map(({ subdistrictId }) => subdistrictId);
  return {
    stairwells: stairwells.map(({ code, community, building, entrance, flats, ...readiness }) => {
      const problem = whyNotReady({ ...readiness, flats });
      return { code, community, building, entrance, flats, whyNot: problem && problemText(problem) };
    }),
    done: answered && {
      opened: answered.opened,
      refused: answered.refused.map(({ stairwell, problem }) => ({ stairwell, why: problemText(problem) })),
    },
    rulesets: rulesetsFor("stairwell", today, await readRulesetOffer(context.db, subdistrictIds, "stairwell", today)),
    today,
    suggested: addDays(today, 15),
    formKey: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, openSeveralForm);
  if (!form.ok) return replyTo(form.reply);
  const { stairwell: stairwells, ruleset, closesOn } = form.data;
  const own = await listReadiness(context.db, deskScope(context).committeeIds);
  const { formKey } = form;
  const done = await openSeveralConsultations(context, {
    stairwells, own: own.map(({ code }) => code), ruleset, closesOn, accountId: accountOf(context), formKey,
  });
  return done.ok ? redirect(paths.openSeveral(formKey)) : refusal(form, done.problem);
}

export default function New() {
  const reply = useReply();
  return <OpenSeveral {...useLoaderData<typeof loader>()} reply={reply} />;
}
