import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { namesPeople } from "#app/domain/public-documents.ts";
import { enteredAt, evidenceForm, mayRecord, moveForm, readMove } from "#app/domain/stage-forms.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { checklistOf, moverOf, whyMoveIsRefused } from "#app/domain/stage-moves.ts";
import { accountOf, isOfDesk, wayBack } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { comesWithFiles, moversOf } from "#app/http/stage.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { paths } from "#app/paths.ts";
import { DeskStage } from "#app/ui/desk-stage.tsx";
import { useReply } from "#app/ui/reply.ts";
import { addEvidence } from "#app/use-cases/stage/add-evidence.server.ts";
import { moveProject } from "#app/use-cases/stage/move-project.server.ts";
import { listAssessments } from "#db/queries/assessments.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { listProjectMoves } from "#db/queries/projects.server.ts";

export const handle: RouteHandle = { policy: "people-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(stageDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await getPlace({ params, context });
  const { stairwellId } = place;
  const [facts, evidence, { steps, stops }, [assessment]] = await Promise.all([
    readProjectFacts(db, stairwellId, now), listEvidence(db, stairwellId), listProjectMoves(db, stairwellId), listAssessments(db, [stairwellId]),
  ]);
  const roles = moversOf(context, place);
  const problem = whyMoveIsRefused(facts, { kind: "forward" }, { roles, today: shanghaiDay(now) });
  const said = new URL(request.url).searchParams.get("done");
  return {
    place,
    back: wayBack(context, place),
    stage: facts.stage,
    since: steps[0] ? shanghaiDay(steps[0].at) : null,
    sideState: facts.sideState,
    consultationRunning: facts.consultationRunning,
    checklist: checklistOf(facts),
    evidence: evidence.map(({ at, text, file, ...one }) => {
      const closed = namesPeople(one.kind) && !isOfDesk(context, place);
      return { ...one, text: closed ? null : text, file: closed ? null : file, recordedOn: shanghaiDay(at) };
    }),
    asked: mayRecord(facts.stage, roles) && facts.sideState !== "ended" ? enteredAt(facts) : [],
    mover: moverOf(facts.stage),
    refused: problem && problemText(problem),
    mayStop: roles.has("committee"),
    assessment: assessment?.id ?? null,
    // What the committee wrote to a step may speak of owners; why a project is paused everybody reads anyway.
    steps: roles.has("committee") ? steps : steps.map((step) => ({ ...step, reason: null })),
    stops: roles.has("committee") ? stops : stops.map((stop) => ({ ...stop, reason: stop.to === "paused" ? stop.reason : null })),
    today: shanghaiDay(now),
    done: (["moved", "recorded"] as const).find((known) => known === said) ?? null,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const place = await getPlace({ params, context });
  const by = { stairwell: place.code, roles: moversOf(context, place), accountId: accountOf(context) };
  if (comesWithFiles(request)) {
    const form = await readUploads(request, evidenceForm, { file: { most: 1 } });
    if (!form.ok) return replyTo(form.reply, form.status);
    const added = await addEvidence(context, { ...form.data, ...by, files: form.files.file, formKey: form.formKey });
    return added.ok ? redirect(paths.deskStage(place.code, "recorded")) : refusal(form, added.problem);
  }
  const form = await readForm(request, moveForm);
  if (!form.ok) return replyTo(form.reply);
  const moved = await moveProject(context, { ...by, move: readMove(form.data), seen: form.data.seen, formKey: form.formKey });
  return moved.ok ? redirect(paths.deskStage(place.code, "moved")) : refusal(form, moved.problem);
}

export default function Stage() {
  const reply = useReply();
  return <DeskStage {...useLoaderData<typeof loader>()} reply={reply} />;
}
