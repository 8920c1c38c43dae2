import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { nameStep, sideStep } from "#app/domain/binding.ts";
import { flatStep } from "#app/domain/intent.ts";
import { codeForm } from "#app/domain/sign-in.ts";
import { maskMobile } from "#app/domain/text.ts";
import { bindingDraft } from "#app/http/binding-draft.server.ts";
import { readPhone } from "#app/http/code-limit.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { BindPage } from "#app/ui/bind-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { requestBinding, sendBindingCode } from "#app/use-cases/binding/request-binding.server.ts";
import { readConsentText } from "#db/queries/consents.server.ts";
import { listRooms } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = ({ error }) => [{ title: error ? site.errorTitle(binding.request.title) : site.title(binding.request.title) }];

const steps = ["flat", "side", "name", "phone", "code"] as const;
type Step = (typeof steps)[number];

async function find({ request, params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const draft = (await bindingDraft.read(request, context, place.code)) ?? { stairwell: place.code };
  const url = new URL(request.url);
  const asked = url.searchParams.get("step");
  const answered = [draft.room, draft.side, draft.name, draft.browser].findIndex((answer) => answer === undefined);
  const reached = answered < 0 ? steps.length - 1 : answered;
  const step: Step = steps[Math.min(Math.max(steps.indexOf(asked as Step), 0), reached)] ?? "flat";
  return { place, draft, step, asked, expired: url.searchParams.has("again") };
}

export async function loader(args: LoaderFunctionArgs) {
  const { place, draft, step, expired } = await find(args);
  const rooms = step === "flat" ? await listRooms(args.context.db, place.stairwellId) : [];
  const consent = step === "name" ? await readConsentText(args.context.db, place.subdistrictId, args.context.now) : null;
  const { phone, browser: _, ...answers } = draft;
  return {
    place, step, rooms, expired, consent, draft: { ...answers, phone: phone === undefined ? null : maskMobile(phone) },
    progress: { at: steps.indexOf(step) + 1, of: steps.length },
    onRoll: new URL(args.request.url).searchParams.has("on-roll"),
    formKey: newFormKey(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { place, draft, step, asked } = await find(args);
  if (asked !== null && asked !== step) return redirect(paths.bindAgain(place.code));
  const goOn = async (next: Step, answers: Partial<typeof draft>) =>
    redirect(paths.bind(place.code, next), { headers: { "Set-Cookie": await bindingDraft.keep(context, { ...draft, ...answers }) } });
  const answer = async <Schema extends z.ZodObject>(schema: Schema, next: Step) => {
    const form = await readForm(request, schema);
    return form.ok ? goOn(next, form.data as Partial<typeof draft>) : replyTo(form.reply);
  };

  if (step === "flat") {
    const form = await readForm(request, flatStep);
    if (!form.ok) return replyTo(form.reply);
    const rooms = await listRooms(context.db, place.stairwellId);
    if (!rooms.some((flat) => flat.room === form.data.room)) return refusal(form, { code: "flat_unknown", at: "room" });
    return goOn("side", { room: form.data.room });
  }
  if (step === "side") return answer(sideStep, "name");
  if (step === "name") return answer(nameStep, "phone");
  if (step === "phone") {
    const from = await readPhone(request, context);
    if (!from.ok) return from.answer;
    const { form, phone, browser } = from;
    const sent = await sendBindingCode(context, { stairwell: place.code, phone, browser, formKey: form.formKey, message: binding.codeMessage });
    return sent.ok ? goOn("code", { phone, browser }) : refusal(form, sent.problem);
  }
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const { room = "", side = "tenant", name = "", phone = "", browser = "" } = draft;
  const minutes = (await context.limits.wait("try-address", context.address)) ?? (await context.limits.wait("binding-flat", `${place.code} ${room}`));
  if (minutes !== null) return tooMany(form, minutes);
  const asking = await requestBinding(context, { stairwell: place.code, room, side, name, phone, browser, code: form.data.code });
  if (!asking.ok) return refusal(form, asking.problem);
  return redirect(asking.state === "on-roll" ? `${paths.bind(place.code)}?on-roll=yes` : paths.bindDone(place.code, asking.receipt), {
    headers: { "Set-Cookie": await bindingDraft.drop(context) },
  });
}

export default function Bind() {
  const reply = useReply();
  return <BindPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
