import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { itemSums, spendingForm } from "#app/domain/ledger.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { correctingOf, shownEntries } from "#app/http/shown-money.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SpendingPage } from "#app/ui/money-pages.tsx";
import { useReply } from "#app/ui/reply.ts";
import { enterSpending } from "#app/use-cases/money/enter-spending.server.ts";
import { listSpending } from "#db/queries/ledger.server.ts";

export const handle: RouteHandle = { policy: "money-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(money.spending.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const place = await getPlace(args);
  const spending = await listSpending(context.db, place.stairwellId);
  const entries = shownEntries(spending);
  const said = new URL(request.url).searchParams.get("done");
  return {
    place, entries,
    sums: itemSums(spending),
    correcting: correctingOf(request, entries),
    done: (["spent", "corrected"] as const).find((known) => known === said) ?? null,
    today: shanghaiDay(context.now),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readUploads(request, spendingForm, { scan: { most: 1 } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { step, corrects = 0, item, amount, voucher, purpose, onDay } = form.data;
  const entered = await enterSpending(context, {
    stairwell, item, purpose, onDay,
    what: step === "correct" ? corrects : step,
    amountFen: amount,
    receipt: voucher ?? null,
    scan: form.files.scan[0] ?? null,
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return entered.ok ? redirect(paths.spending(stairwell, { done: step === "correct" ? "corrected" : "spent" })) : refusal(form, entered.problem);
}

export default function Spending() {
  const reply = useReply();
  return <SpendingPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
