import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { blockForm } from "#app/domain/firm.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf, subdistrictOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { shownFirm } from "#app/http/shown-firm.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { firmDesk } from "#app/i18n/zh-CN/firms.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { BlockFirm } from "#app/ui/desk-firms.tsx";
import { useReply } from "#app/ui/reply.ts";
import { blockFirm } from "#app/use-cases/firm/block-firm.server.ts";
import { findFirm } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(firmDesk.block) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const firm = await findFirm(context.db, subdistrictOf(context), readRowNumber(params["firm"]));
  if (!firm) throw new Response(null, { status: 404 });
  return { firm: shownFirm(firm, [], context.now), formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, blockForm);
  if (!form.ok) return replyTo(form.reply);
  const firmId = readRowNumber(params["firm"]);
  if (firmId === 0) throw new Response(null, { status: 404 });
  const done = await blockFirm(context, { subdistrictId: subdistrictOf(context), firmId, ...form.data, accountId: accountOf(context), formKey: form.formKey });
  return done.ok ? redirect(paths.deskFirms(form.data.step)) : refusal(form, done.problem);
}

export default function Block() {
  const reply = useReply();
  return <BlockFirm {...useLoaderData<typeof loader>()} reply={reply} />;
}
