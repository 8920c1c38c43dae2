import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { startAssessmentForm, whyStartIsRefused } from "#app/domain/assessment-form.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, stairwellsOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { assessments as words } from "#app/i18n/zh-CN/assessment.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { AssessmentList } from "#app/ui/assessment-list.tsx";
import { useReply } from "#app/ui/reply.ts";
import { startAssessment } from "#app/use-cases/assessment/start-assessment.server.ts";
import { countSeen, listAssessments, listAssessorSubdistricts, listToIssue } from "#db/queries/assessments.server.ts";
import { listReassessmentAsked } from "#db/queries/tickets.server.ts";
import { listProjects } from "#db/queries/projects.server.ts";

export const handle: RouteHandle = { policy: "assessor" };

export const meta: MetaFunction = () => [{ title: site.title(words.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { db } = context;
  const [accountId, own] = [accountOf(context), stairwellsOf(context, "assessor")];
  const [projects, assessments, subdistrictIds] = await Promise.all([listProjects(db, own), listAssessments(db, own), listAssessorSubdistricts(db, accountId)]);
  const asked = await listReassessmentAsked(db, own);
  const newest = new Map(assessments.map((one) => [one.stairwellId, one] as const).reverse());
  const [toIssue, seen] = await Promise.all([
    listToIssue(db, { subdistrictIds, accountId }),
    countSeen(db, assessments.filter(({ issuedAt }) => issuedAt === null).map(({ id }) => id)),
  ]);
  const cards = projects.map((project) => {
    const assessment = newest.get(project.stairwellId);
    const isRunning = assessment !== undefined && assessment.issuedAt === null;
    return {
      ...project,
      asked: asked.flatMap(({ stairwellId, asked: times, last }) => (stairwellId === project.stairwellId ? [{ times, on: shanghaiDay(last) }] : []))[0] ?? null,
      assessment: assessment
        ? { id: assessment.id, grade: assessment.grade, signed: assessment.signedAt !== null, seen: seen.get(assessment.id) ?? 0, of: assessment.factors }
        : null,
      mayStart: whyStartIsRefused({ ...project, isRunning }) === null,
    };
  });
  const waits = ({ asked: times, assessment, mayStart }: (typeof cards)[number]) => times !== null || (assessment ? assessment.grade === null && !assessment.signed : mayStart);
  return {
    toIssue: toIssue.map(({ id, community, building, entrance, signedByName, signedAt }) => ({
      id, name: `${community} ${building}${entrance}`, by: signedByName ?? "", on: signedAt ? shanghaiDay(signedAt) : "",
    })),
    // What waits for the assessor stands first.
    projects: cards.sort((one, other) => Number(waits(other)) - Number(waits(one))),
    formKey: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, startAssessmentForm);
  if (!form.ok) return replyTo(form.reply);
  const own = await listProjects(context.db, stairwellsOf(context, "assessor"));
  if (!own.some(({ code }) => code === form.data.stairwell)) return refusal(form, { code: "stairwell_unknown" });
  const started = await startAssessment(context, { ...form.data, accountId: accountOf(context), formKey: form.formKey });
  return started.ok ? redirect(paths.assessment(started.assessment, { done: "started" })) : refusal(form, started.problem);
}

export default function Assessments() {
  const reply = useReply();
  return <AssessmentList {...useLoaderData<typeof loader>()} reply={reply} />;
}
