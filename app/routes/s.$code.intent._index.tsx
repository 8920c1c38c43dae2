import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { choiceStep, contactStep, flatStep, helpStep, worryStep } from "#app/domain/intent.ts";
import { lineText, optional } from "#app/domain/text.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { keepDraft, readDraft, type IntentDraft } from "#app/http/intent-draft.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { IntentPage } from "#app/ui/intent-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { readConsentText } from "#db/queries/consents.server.ts";
import { findOwnRoom, listRooms } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "public", scripts: true };

export const meta: MetaFunction = ({ error }) => [{ title: error ? site.errorTitle(intent.title) : site.title(intent.title) }];

const steps = ["flat", "choice", "worry", "help", "contact", "check"] as const;
export type IntentStep = (typeof steps)[number];

const checkStep = z.object({ slip: optional(lineText(40)) });

/** Whoever is known to be of the flat says what is wished and confirms it; the rest can be added before that. */
const isKnown = (draft: IntentDraft) => Boolean(draft.own || draft.slip);

/** The questions that this filing asks one after the other. */
const stepsOf = (draft: IntentDraft): readonly IntentStep[] => (isKnown(draft) ? ["choice", "check"] : steps);

/** The first page that is still without an answer, or the one asked for if those before it have theirs. */
function stepFor(asked: string | null, draft: IntentDraft): IntentStep {
  if (asked === null || asked === "flat" || !draft.room) return "flat";
  if (!draft.choice) return "choice";
  const wanted = steps.find((step) => step === asked) ?? "check";
  if (isKnown(draft)) return wanted === "contact" ? "check" : wanted;
  return wanted === "check" && !(draft.name && draft.phone) ? "contact" : wanted;
}

/** Whether a page lies behind somebody who has filed; the first one begins anew. */
const isPassed = (asked: string | null) => asked !== null && asked !== "flat";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const url = new URL(request.url);
  const draft = await readDraft(request, context, place.code);
  const mine = await findOwnRoom(context.db, place.stairwellId, url.searchParams.get("room"), context.actor ? flatsOf(context.actor) : []);
  if (mine) {
    return redirect(paths.intent(place.code, "choice"), { headers: { "Set-Cookie": await keepDraft(context, { stairwell: place.code, room: mine, own: true }) } });
  }
  const asked = url.searchParams.get("step");
  if (draft.receipt && isPassed(asked)) return redirect(paths.intentDone(place.code, draft.receipt));
  const step = stepFor(asked, draft);
  const rooms = step === "flat" ? await listRooms(context.db, place.stairwellId) : [];
  const asks = stepsOf(draft);
  const consent = step === "contact" ? await readConsentText(context.db, place.subdistrictId, context.now) : null;
  const progress = asks.includes(step) ? { at: asks.indexOf(step) + 1, of: asks.length } : undefined;
  return { place, draft, step, consent, progress, rooms, expired: url.searchParams.has("again"), formKey: newFormKey() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const place = await getPlace({ params, context });
  const draft = await readDraft(request, context, place.code);
  const asked = new URL(request.url).searchParams.get("step");
  if (draft.receipt && isPassed(asked)) return redirect(paths.intentDone(place.code, draft.receipt, "already"));
  const step = stepFor(asked, draft);
  if (asked !== null && asked !== step) return redirect(paths.intentAgain(place.code));
  const goOn = async (next: IntentStep, answers: Partial<IntentDraft>) =>
    redirect(paths.intent(place.code, next), { headers: { "Set-Cookie": await keepDraft(context, { ...draft, ...answers, receipt: undefined }) } });

  if (step === "flat") {
    const form = await readForm(request, flatStep);
    if (!form.ok) return replyTo(form.reply);
    const rooms = await listRooms(context.db, place.stairwellId);
    if (!rooms.some((flat) => flat.room === form.data.room)) return refusal(form, { code: "flat_unknown", at: "room" });
    return goOn("choice", { room: form.data.room, ...(draft.room !== form.data.room && { slip: undefined, own: undefined }) });
  }
  if (step === "choice") {
    const form = await readForm(request, choiceStep);
    return form.ok ? goOn(isKnown(draft) ? "check" : "worry", form.data) : replyTo(form.reply);
  }
  if (step === "worry") {
    const form = await readForm(request, worryStep);
    return form.ok ? goOn(isKnown(draft) ? "check" : "help", { worry: form.data.worry }) : replyTo(form.reply);
  }
  if (step === "help") {
    const form = await readForm(request, helpStep);
    return form.ok ? goOn(isKnown(draft) ? "check" : "contact", { needsHelp: form.data.needsHelp }) : replyTo(form.reply);
  }
  if (step === "contact") {
    const form = await readForm(request, contactStep);
    return form.ok ? goOn("check", form.data) : replyTo(form.reply);
  }

  const form = await readForm(request, checkStep);
  if (!form.ok) return replyTo(form.reply);
  const slipCode = draft.slip ?? form.data.slip ?? null;
  if (slipCode !== null) {
    const minutes = await context.limits.over("slip-wrong", context.address);
    if (minutes !== null) return tooMany(form, minutes);
  }
  const minutes =
    (await context.limits.wait("intent-address", context.address)) ?? (await context.limits.wait("intent-flat", `${place.code} ${draft.room ?? ""}`));
  if (minutes !== null) return tooMany(form, minutes);
  const filed = await fileIntent(context, {
    stairwell: place.code,
    room: draft.room ?? "",
    choice: draft.choice ?? "undecided",
    worry: draft.worry === "none" || !draft.worry ? null : draft.worry,
    needsHelp: draft.needsHelp === undefined ? null : draft.needsHelp === "yes",
    channel: "online",
    name: draft.name ?? null,
    phone: draft.phone ?? null,
    slipCode,
    ownFlatIds: draft.own && context.actor ? flatsOf(context.actor) : [],
    accountId: null,
    formKey: form.formKey,
  });
  if (!filed.ok) {
    if (filed.problem.code === "slip_unknown") await context.limits.wait("slip-wrong", context.address);
    return refusal(form, filed.problem);
  }
  return redirect(paths.intentDone(place.code, filed.receipt), {
    headers: { "Set-Cookie": await keepDraft(context, { stairwell: place.code, receipt: filed.receipt }) },
  });
}

export default function Intent() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <IntentPage {...loaded} reply={reply} contactSchema={contactStep} />;
}
