import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { exportFormats, reasonsSince, rollExportForm } from "#app/domain/export.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { RollExportPage } from "#app/ui/exports-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { exportRoll } from "#app/use-cases/roll/export-roll.server.ts";
import { summariseRoll } from "#db/queries/owners.server.ts";
import { hasExportReason, listRollExports } from "#db/queries/rolls.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(exportWords.roll.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await getPlace({ params, context });
  const taken = exportFormats.find((format) => format === new URL(request.url).searchParams.get("taken"));
  const [register, log, mayTake] = await Promise.all([
    summariseRoll(db, { stairwellId: place.stairwellId }),
    listRollExports(db, place.stairwellId),
    hasExportReason(db, place.stairwellId, accountOf(context), reasonsSince(now)),
  ]);
  return { place, withoutOwner: register.withoutOwner, log, taken: mayTake ? taken : undefined, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, rollExportForm);
  if (!form.ok) return replyTo(form.reply);
  const { reason, format } = form.data;
  const noted = await exportRoll(context, { stairwell, reason, accountId: accountOf(context), formKey: form.formKey });
  return noted.ok ? redirect(paths.deskRollExport(stairwell, format)) : refusal(form, noted.problem);
}

export default function RollExport() {
  const reply = useReply();
  return <RollExportPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
