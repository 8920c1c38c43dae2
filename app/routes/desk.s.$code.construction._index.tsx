import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { toPublicWorks } from "#app/domain/public-works.ts";
import { DecideMilestoneForm } from "#app/domain/site-report.ts";
import { stageIndex } from "#app/domain/stages.ts";
import { accountOf, checksWorks, isOfCommittee, wayBack } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { readSiteWords } from "#app/http/site-words.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskWorks } from "#app/ui/desk-works.tsx";
import { useReply } from "#app/ui/reply.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { listReports, readProject, readWorks } from "#db/queries/works.server.ts";

export const handle: RouteHandle = { policy: "works-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(worksDesk.title) }];

const MOST_SHOWN = 20;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await getPlace({ params, context });
  const [facts, project, reports] = await Promise.all([
    readWorks(db, place.stairwellId), readProject(db, place.stairwellId), listReports(db, place.stairwellId, MOST_SHOWN),
  ]);
  const works = facts && toPublicWorks(facts, project, now);
  const waiting = new Set(works?.milestones.filter(({ state }) => state === "reported").map(({ code }) => code));
  const newest = (milestone: string) => reports.find((one) => one.milestone === milestone && one.kind === "done")?.id;
  const said = new URL(request.url).searchParams.get("done");
  return {
    place,
    back: wayBack(context, place),
    mayDecide: checksWorks(context, place),
    mayAct: isOfCommittee(context, place.committeeId),
    mayPlan: stageIndex(project.stage) >= stageIndex("approval") && project.stage !== "in-use",
    works,
    reports: reports.map(({ wordsCipher, accountId, ...report }) => ({
      ...report,
      words: readSiteWords(context, wordsCipher),
      waits: waiting.has(report.milestone) && newest(report.milestone) === report.id,
      own: accountId === accountOf(context),
    })),
    done: (["confirmed", "returned", "planned", "contacts"] as const).find((known) => known === said) ?? null,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, DecideMilestoneForm);
  if (!form.ok) return replyTo(form.reply);
  const { data, formKey } = form;
  const stairwell = params["code"] ?? "";
  const decided = await decideMilestone(context, { stairwell, ...data, accountId: accountOf(context), formKey });
  return decided.ok ? redirect(paths.deskWorks(stairwell, data.verdict)) : refusal(form, decided.problem);
}

export default function Works() {
  const reply = useReply();
  return <DeskWorks {...useLoaderData<typeof loader>()} reply={reply} />;
}
