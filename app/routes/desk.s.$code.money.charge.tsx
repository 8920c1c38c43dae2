import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { chargeForm } from "#app/domain/ledger.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ChargePage } from "#app/ui/money-pages.tsx";
import { useReply } from "#app/ui/reply.ts";
import { chargeShares } from "#app/use-cases/money/charge-shares.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "money-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(money.charge.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const place = await getPlace(args);
  const today = shanghaiDay(args.context.now);
  const schemes = await readSetting(args.context.db, place.subdistrictId, "cost-schemes", today);
  return { place, schemes: schemes.map(({ id, name, source }) => ({ id, name, source })), today, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, chargeForm);
  if (!form.ok) return replyTo(form.reply);
  const { amount, ...way } = form.data;
  const charged = await chargeShares(context, { ...way, stairwell, amountFen: amount, accountId: accountOf(context), formKey: form.formKey });
  return charged.ok ? redirect(paths.money(stairwell, "charged")) : refusal(form, charged.problem);
}

export default function Charge() {
  const reply = useReply();
  return <ChargePage {...useLoaderData<typeof loader>()} reply={reply} />;
}
