import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { answeredPairs, confirmForm, MOST_ANSWERS } from "#app/domain/roll-answers.ts";
import { summarisePlan, type RollPlan } from "#app/domain/roll-plan.ts";
import { previewFlats } from "#app/domain/roll-preview.ts";
import { hideNumbers, MOST_REMARKS } from "#app/domain/roll-remarks.ts";
import type { PortalContext } from "#app/http/context.server.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { rollDesk } from "#app/i18n/zh-CN/roll-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskRollCheck } from "#app/ui/desk-roll-check.tsx";
import { useReply } from "#app/ui/reply.ts";
import { confirmRoll } from "#app/use-cases/roll/confirm-roll.server.ts";
import { readRollDraft } from "#app/use-cases/roll/read-roll-draft.server.ts";
import { findRunning } from "#db/queries/register.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(rollDesk.checkTitle) }];

const pairsOf = (plan: RollPlan) => plan.questions.slice(0, MOST_ANSWERS).map(({ name, sides: [a, b] }) => ({ name, rooms: [a.room, b.room] as [string, string] }));

/** Stands for what the clerk was asked, so that an answer is never taken for one to another question. */
const fingerprint = (context: PortalContext, pairs: ReturnType<typeof pairsOf>) => context.vault.hash("form", JSON.stringify(pairs)).toString("base64url");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code: stairwell = "", draft = "" } = params;
  const found = await readRollDraft(context, { stairwell, draft, accountId: accountOf(context) });
  if (!found) throw redirect(paths.deskRoll(stairwell, "gone"));
  const { place, plan, problem } = found;
  const { source, totals, questions, warnings } = found.reading;
  const pairs = pairsOf(plan);
  return {
    place, source, totals,
    pairs,
    asked: fingerprint(context, pairs),
    checks: questions.filter(({ code }) => code !== "same_name"),
    warnings: { all: warnings.length, shown: warnings.slice(0, MOST_REMARKS).map(hideNumbers) },
    flats: previewFlats(plan),
    summary: summarisePlan(plan),
    floors: plan.floors,
    running: await findRunning(context.db, place.stairwellId),
    problem: problem && problemText(problem),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const { code: stairwell = "", draft = "" } = params;
  const accountId = accountOf(context);
  const found = await readRollDraft(context, { stairwell, draft, accountId });
  const pairs = found ? pairsOf(found.plan) : [];
  const form = await readForm(request, confirmForm(found ? pairs.length : MOST_ANSWERS));
  if (!form.ok) return replyTo(form.reply);
  const answers = answeredPairs(pairs, form.data);
  if (answers.length > 0 && form.data.asked !== fingerprint(context, pairs)) return refusal(form, { code: "roll_questions_changed" });
  const stored = await confirmRoll(context, { stairwell, draft, accountId, answers, formKey: form.formKey });
  if (!stored.ok) return refusal(form, stored.problem);
  return redirect(paths.deskStairwell(stairwell, { roll: stored.changed ? "stored" : "unchanged" }));
}

export default function RollCheck() {
  const reply = useReply();
  return <DeskRollCheck {...useLoaderData<typeof loader>()} reply={reply} />;
}
