import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { flatEntryForm, flatSums } from "#app/domain/ledger.ts";
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
import { FlatMoney } from "#app/ui/money-pages.tsx";
import { useReply } from "#app/ui/reply.ts";
import { enterPayment } from "#app/use-cases/money/enter-payment.server.ts";
import { listCostFlats, listPayments } from "#db/queries/ledger.server.ts";

export const handle: RouteHandle = { policy: "money-of-stairwell" };

export const meta: MetaFunction = ({ params }) => [{ title: site.title(money.room(params["room"] ?? "")) }];

export async function loader(args: LoaderFunctionArgs) {
  const { params, request, context } = args;
  const place = await getPlace(args);
  const flat = (await listCostFlats(context.db, place.stairwellId)).find(({ room }) => room === params["room"]);
  if (!flat) throw new Response(null, { status: 404 });
  const payments = await listPayments(context.db, { flatIds: [flat.id] });
  const entries = shownEntries(payments);
  const said = new URL(request.url).searchParams.get("done");
  return {
    place, room: flat.room, entries,
    sums: flatSums(payments),
    correcting: correctingOf(request, entries),
    done: (["paid", "corrected"] as const).find((known) => known === said) ?? null,
    today: shanghaiDay(context.now),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const [stairwell, room] = [params["code"] ?? "", params["room"] ?? ""];
  const form = await readUploads(request, flatEntryForm, { scan: { most: 1 } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { step, corrects, amount, voucher, purpose, onDay } = form.data;
  const entered = await enterPayment(context, {
    stairwell, room, purpose, onDay,
    corrects: step === "correct" ? (corrects ?? null) : null,
    amountFen: amount,
    receipt: voucher ?? null,
    scan: form.files.scan[0] ?? null,
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return entered.ok ? redirect(paths.flatMoney(stairwell, room, { done: step === "pay" ? "paid" : "corrected" })) : refusal(form, entered.problem);
}

export default function Flat() {
  const reply = useReply();
  return <FlatMoney {...useLoaderData<typeof loader>()} reply={reply} />;
}
