import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { changesBetween, gradeOf, whyIssuingIsRefused } from "#app/domain/assessment.ts";
import { assessedFactors, assessmentForm, courseOf, MOST_FACTOR_PHOTOS } from "#app/domain/assessment-form.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { isAssessorOf, readFinding } from "#app/http/finding.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { comesWithFiles } from "#app/http/stage.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { assessments as words } from "#app/i18n/zh-CN/assessment.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { AssessmentPage } from "#app/ui/assessment-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { issueAssessment } from "#app/use-cases/assessment/issue-assessment.server.ts";
import { recordFinding } from "#app/use-cases/assessment/record-finding.server.ts";
import { returnAssessment } from "#app/use-cases/assessment/return-assessment.server.ts";
import { signAssessment } from "#app/use-cases/assessment/sign-assessment.server.ts";
import { findAssessment, findSuperseded, listAssessmentPhotos, listAssessorSubdistricts, listFindings } from "#db/queries/assessments.server.ts";

export const handle: RouteHandle = { policy: "assessors-of-assessment", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(words.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db } = context;
  const found = await findAssessment(db, readRowNumber(params["assessment"]));
  if (!found) throw new Response(null, { status: 404 });
  const [findings, photos, before] = await Promise.all([listFindings(db, found.id), listAssessmentPhotos(db, found.id), findSuperseded(db, found)]);
  const factors = assessedFactors(found.factors, findings);
  const accountId = accountOf(context);
  const isAssessor = (await listAssessorSubdistricts(db, accountId)).includes(found.subdistrictId);
  const { searchParams } = new URL(request.url);
  const said = searchParams.get("done");
  const { signedBy, startedAt, signedAt, issuedAt, ...assessment } = found;
  return {
    assessment: { ...assessment, startedOn: shanghaiDay(startedAt), signedOn: signedAt && shanghaiDay(signedAt), issuedOn: issuedAt && shanghaiDay(issuedAt) },
    findings,
    photos: photos.map(({ at, ...photo }) => ({ ...photo, day: shanghaiDay(at) })),
    course: courseOf(factors, searchParams.get("saved") ?? undefined),
    before: before?.grade
      ? {
          number: before.number,
          grade: before.grade,
          names: Object.fromEntries(before.factors.map(({ id, name }) => [id, name])),
          changes: changesBetween(assessedFactors(before.factors, await listFindings(db, before.id)), factors),
        }
      : null,
    grade: gradeOf(factors),
    mayRecord: isAssessorOf(context, found.stairwellId) && signedAt === null && issuedAt === null,
    mayIssue: isAssessor && whyIssuingIsRefused({ signedBy, issuedAt, accountId }) === null,
    most: MOST_FACTOR_PHOTOS,
    account: String(accountId),
    done: (["saved", "signed", "issued", "returned", "started"] as const).find((known) => known === said) ?? null,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const assessmentId = readRowNumber(params["assessment"]);
  if (comesWithFiles(request)) {
    const read = await readFinding(request, assessmentId, context);
    if (read instanceof Response) return read;
    const saved = await recordFinding(context, read.finding);
    if (!saved.ok) return refusal(read.form, saved.problem);
    return redirect(paths.assessment(assessmentId, { done: "saved", saved: read.finding.factor, at: saved.next }));
  }
  const form = await readForm(request, assessmentForm);
  if (!form.ok) return replyTo(form.reply);
  const found = await findAssessment(context.db, assessmentId);
  if (!found) throw new Response(null, { status: 404 });
  const { stairwellId } = found;
  const { step, reason = "" } = form.data;
  if (step === "sign" && !isAssessorOf(context, stairwellId)) throw new Response(null, { status: 403 });
  const by = { assessmentId, accountId: accountOf(context), formKey: form.formKey };
  const steps = {
    sign: () => signAssessment(context, by),
    issue: () => issueAssessment(context, { ...by, stairwellId }),
    return: () => returnAssessment(context, { ...by, reason }),
  };
  const taken = await steps[step]();
  const done = ({ sign: "signed", issue: "issued", return: "returned" } as const)[step];
  return taken.ok ? redirect(paths.assessment(assessmentId, { done })) : refusal(form, taken.problem);
}

export default function Assessment() {
  const reply = useReply();
  return <AssessmentPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
