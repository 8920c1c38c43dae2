import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { endForm } from "#app/domain/consultation-forms.ts";
import { shownTests } from "#app/domain/public-consultation.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { requireCode } from "#app/http/require-code.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { EndConsultation } from "#app/ui/end-consultation.tsx";
import { useReply } from "#app/ui/reply.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { publishResult } from "#app/use-cases/consultation/publish-result.server.ts";
import { listRoll } from "#db/queries/ballots.server.ts";
import { findConsultation, listPendingVoids, listUnchecked, readConsultationRows } from "#db/queries/consultations.server.ts";
import { listExtensions } from "#db/queries/extensions.server.ts";
import { countWaitingPages } from "#db/queries/paper.server.ts";
import { listUnsplitOf } from "#db/queries/paper-uploads.server.ts";
import { findSealPrint } from "#db/queries/record.server.ts";
import { findConsultationScope } from "#db/queries/scopes.server.ts";
import { listOpenObjections } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(consultationDesk.end.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  if (!consultation) throw new Response(null, { status: 404 });
  const { certificate, ...shown } = consultation;
  const { roll, ...rows } = await readConsultationRows(context.db, consultation.id);
  const result = certificate?.result ?? tallyRows({ roll, ...rows });
  // The office sees a result once it is closed, not how the ballots come in.
  const mayAct = isOfCommittee(context, (await findConsultationScope(context.db, consultation.code))?.committeeId);
  const shows = (mayAct || consultation.closedAt !== null) && consultation.withdrawnAt === null;
  return {
    consultation: { ...shown, closedById: undefined, openedById: undefined, certifiedAt: certificate?.certifiedAt ?? null, certifiedBy: certificate?.certifiedBy ?? null, imported: certificate?.source === "import" },
    tests: shows ? shownTests(result) : null,
    result: shows ? result : null,
    mayAct,
    objections: certificate ? [] : await listOpenObjections(context.db, consultation.code),
    rooms: mayAct ? [] : (await listRoll(context.db, consultation.id)).map(({ unit }) => unit),
    unsplit: mayAct ? (await listUnsplitOf(context.db, consultation.id)).length : 0,
    untyped: mayAct && !certificate && !consultation.withdrawnAt ? await countWaitingPages(context.db, consultation.id) : 0,
    unchecked: mayAct ? await listUnchecked(context.db, consultation.id) : [],
    split: mayAct ? roll.filter(({ voter }) => result.unresolved.includes(voter)).map(({ unit }) => unit) : [],
    extensions: await listExtensions(context.db, consultation.id),
    pendingVoids: mayAct ? await listPendingVoids(context.db, consultation.id) : [],
    mine: consultation.closedById === accountOf(context) ? ("closed" as const) : consultation.closedById === null && consultation.openedById === accountOf(context) ? ("opened" as const) : null,
    seal: await findSealPrint(context.db, consultation.code),
    due: context.now > consultation.closesAt,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, endForm);
  if (!form.ok) return replyTo(form.reply);
  const refused = form.data.step === "publish" ? null : await requireCode(context, form);
  if (refused) return refused;
  const act = { consultation, accountId: accountOf(context), formKey: form.formKey };
  const steps = {
    close: () => closeConsultation(context, { ...act, reason: form.data.reason }),
    certify: () => certifyConsultation(context, act),
    publish: () => publishResult(context, act),
  };
  const done = await steps[form.data.step]();
  return done.ok ? redirect(paths.endConsultation(consultation)) : refusal(form, done.problem);
}

export default function End() {
  const reply = useReply();
  return <EndConsultation {...useLoaderData<typeof loader>()} reply={reply} />;
}
