import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { slipSideStep } from "#app/domain/binding.ts";
import { codeForm } from "#app/domain/sign-in.ts";
import { maskMobile } from "#app/domain/text.ts";
import { slipDraft } from "#app/http/binding-draft.server.ts";
import { readPhone } from "#app/http/code-limit.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { readSessionToken } from "#app/http/session.server.ts";
import { enter, newSession } from "#app/http/sign-in.server.ts";
import { readSlip } from "#app/http/slip.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { binding, nameHome } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { SlipBindPage } from "#app/ui/slip-pages.tsx";
import { bindBySlip } from "#app/use-cases/binding/bind-by-slip.server.ts";
import { sendBindingCode } from "#app/use-cases/binding/request-binding.server.ts";
import { listOpenFor } from "#db/queries/ballots.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = ({ error }) => [{ title: error ? site.errorTitle(binding.slip.bind) : site.title(binding.slip.bind) }];

const steps = ["owner", "not-owner", "phone", "code"] as const;

async function find({ request, params, context }: LoaderFunctionArgs) {
  const typed = params["code"] ?? "";
  const slip = await readSlip(context, typed);
  if (typeof slip === "number") throw redirect(paths.slip(encodeURIComponent(typed)));
  const asked = steps.find((step) => step === new URL(request.url).searchParams.get("step")) ?? "owner";
  const draft = await slipDraft.read(request, context, slip.code);
  return { slip, draft, step: asked === "code" && !draft ? ("phone" as const) : asked };
}

export async function loader(args: LoaderFunctionArgs) {
  const { slip, draft, step } = await find(args);
  const place = await findPlace(args.context.db, slip.stairwell);
  if (!place) throw new Response(null, { status: 404 });
  return json({ place, room: slip.room, code: slip.code, step, phone: draft ? maskMobile(draft.phone) : null, formKey: newFormKey() });
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { slip, draft, step } = await find(args);
  if (step === "owner" || step === "not-owner") {
    const form = await readForm(request, slipSideStep);
    if (!form.ok) return replyTo(form.reply);
    return redirect(paths.slipBind(slip.code, form.data.owner === "yes" ? "phone" : "not-owner"));
  }
  if (step === "phone" || !draft) {
    const asked = await readPhone(request, context);
    if (!asked.ok) return asked.answer;
    const { form, phone, browser } = asked;
    const sent = await sendBindingCode(context, { stairwell: slip.stairwell, phone, browser, formKey: form.formKey, message: binding.codeMessage });
    if (!sent.ok) return refusal(form, sent.problem);
    return redirect(paths.slipBind(slip.code, "code"), { headers: { "Set-Cookie": await slipDraft.keep(context, { slip: slip.code, phone, browser }) } });
  }
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("try-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const session = newSession(context.now, readSessionToken(request, context.secureCookies));
  const bound = await bindBySlip(context, { slipCode: slip.code, phone: draft.phone, browser: draft.browser, code: form.data.code, session, message: binding.boundMessage, nameHome });
  if (!bound.ok) return refusal(form, bound.problem);
  const [open] = await listOpenFor(context.db, slip.flatId, context.now);
  const answer = await enter(context, session.token, undefined, open ? paths.myBallot(open.code, slip.room) : paths.me());
  answer.headers.append("Set-Cookie", await slipDraft.drop(context));
  return answer;
}

export default function Bind() {
  const reply = useReply();
  return <SlipBindPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
