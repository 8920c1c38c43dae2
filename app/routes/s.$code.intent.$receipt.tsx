import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readCode, RECEIPT_LENGTH } from "#app/domain/codes.ts";
import { codeForm } from "#app/domain/sign-in.ts";
import { maskMobile } from "#app/domain/text.ts";
import { waitForCode } from "#app/http/code-limit.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { keepDraft, readDraft } from "#app/http/intent-draft.server.ts";
import { browserOf } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { IntentDone } from "#app/ui/intent-done.tsx";
import { useReply } from "#app/ui/reply.ts";
import { confirmIntentByPhone, sendIntentCode } from "#app/use-cases/intent/confirm-by-phone.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findIntentByReceipt } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "public", scripts: true };

export const meta: MetaFunction<typeof loader> = ({ data, error }) => [{ title: error || !data ? site.errorTitle(intent.title) : site.title(intent.done.titles[data.state]) }];

async function find({ request, params, context }: LoaderFunctionArgs) {
  const receipt = readCode(params["receipt"] ?? "", RECEIPT_LENGTH);
  const place = await findPlace(context.db, params["code"] ?? "");
  const filed = place && receipt ? await findIntentByReceipt(context.db, place.code, receipt) : undefined;
  if (!place || !receipt || !filed) throw new Response(null, { status: 404 });
  const draft = await readDraft(request, context, place.code);
  return { place, receipt, filed, browser: draft.receipt === receipt ? draft.browser : undefined };
}

/** Whoever has the receipt sees that it was filed and how far it has come; never the flat or the choice. */
export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const { place, receipt, filed, browser } = await find(args);
  const { searchParams } = new URL(request.url);
  const asked = searchParams.get("sms");
  return {
    place,
    receipt,
    filedAt: filed.filedAt.toISOString(),
    state: filed.replaced
      ? ("replaced" as const)
      : filed.rejectedFor
        ? ("rejected" as const)
        : filed.knownBy || filed.confirmedBy
          ? ("counts" as const)
          : ("waiting" as const),
    phone: filed.filerPhoneCipher ? maskMobile(context.vault.open(filed.filerPhoneCipher)) : null,
    sms: asked === "sent" && browser ? ("sent" as const) : asked === "not-on-roll" ? ("not-on-roll" as const) : null,
    already: searchParams.has("seen"),
    formKey: newFormKey(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { place, receipt, filed, browser = "" } = await find(args);
  const here = paths.intentDone(place.code, receipt);
  if (new URL(request.url).searchParams.get("sms") !== "sent") {
    const form = await readForm(request, z.object({}));
    if (!form.ok) return replyTo(form.reply);
    const phone = filed.filerPhoneCipher ? context.vault.open(filed.filerPhoneCipher) : "";
    const minutes = await waitForCode(context, phone);
    if (minutes !== null) return tooMany(form, minutes);
    const asks = browserOf(context, form.formKey);
    const sent = await sendIntentCode(context, { stairwell: place.code, receipt, browser: asks, formKey: form.formKey, message: intent.codeMessage });
    if (!sent.ok) return refusal(form, sent.problem);
    return redirect(`${here}?sms=sent#code`, { headers: { "Set-Cookie": await keepDraft(context, { stairwell: place.code, receipt, browser: asks }) } });
  }
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("try-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const confirmed = await confirmIntentByPhone(context, { stairwell: place.code, receipt, browser, code: form.data.code });
  if (!confirmed.ok) return refusal(form, confirmed.problem);
  return redirect(confirmed.counts ? here : `${here}?sms=not-on-roll`);
}

export default function Done() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <IntentDone {...loaded} reply={reply} codeSchema={codeForm} />;
}
