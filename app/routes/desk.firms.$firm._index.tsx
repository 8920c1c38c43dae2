import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { firmForm } from "#app/domain/firm.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf, subdistrictOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { shownFirm } from "#app/http/shown-firm.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { firmDesk } from "#app/i18n/zh-CN/firms.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskFirm } from "#app/ui/desk-firms.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordFirm } from "#app/use-cases/firm/record-firm.server.ts";
import { findFirm, listFirmProjects, listFirmRecords } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(firmDesk.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const firm = params["firm"] === "new" ? null : await findFirm(context.db, subdistrictOf(context), readRowNumber(params["firm"]));
  if (firm === undefined) throw new Response(null, { status: 404 });
  const [projects, records] = firm ? await Promise.all([listFirmProjects(context.db, firm.id), listFirmRecords(context.db, firm.id)]) : [[], []];
  return {
    firm: firm && shownFirm(firm, projects, context.now),
    records: records.map(({ at, ...record }) => ({ ...record, at: at.toISOString() })),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const firmId = params["firm"] === "new" ? null : readRowNumber(params["firm"]);
  if (firmId === 0) throw new Response(null, { status: 404 });
  const form = await readForm(request, firmForm);
  if (!form.ok) return replyTo(form.reply);
  const { firmName, creditCode, grade, validUntil, firmPhone, ...record } = form.data;
  const done = await recordFirm(context, {
    subdistrictId: subdistrictOf(context), firmId, creditCode,
    record: { ...record, name: firmName, grade: grade ?? null, validUntil: validUntil ?? null, phone: firmPhone ?? null },
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return done.ok ? redirect(paths.deskFirms("saved")) : refusal(form, done.problem);
}

export default function FirmRoute() {
  const reply = useReply();
  return <DeskFirm {...useLoaderData<typeof loader>()} reply={reply} />;
}
