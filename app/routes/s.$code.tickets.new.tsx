import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { codeForm } from "#app/domain/sign-in.ts";
import { maskMobile } from "#app/domain/text.ts";
import { askedKinds, isObjection, MOST_TICKET_PHOTOS, objectionForm, readBallotNamed, ticketForm, type TicketKind } from "#app/domain/ticket.ts";
import { readPhone } from "#app/http/code-limit.server.ts";
import type { PortalContext } from "#app/http/context.server.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { enter, keepSignIn, newSession, readSignIn } from "#app/http/sign-in.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { AskTicket } from "#app/ui/ask-ticket.tsx";
import { useReply } from "#app/ui/reply.ts";
import { sendSignInCode, signInByPhone } from "#app/use-cases/account/sign-in-by-phone.server.ts";
import { sendTicket } from "#app/use-cases/ticket/send-ticket.server.ts";
import { listRooms, type Place } from "#db/queries/flats.server.ts";
import { findOwnBallot, findOwnIntent } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(tickets.ask.title) }];

/** What the address says: what it is about, and how far somebody without an account has come. */
async function find({ request, params, context }: Pick<LoaderFunctionArgs, "request" | "params" | "context">) {
  const place = await getPlace({ params, context });
  const { searchParams } = new URL(request.url);
  const ballot = readBallotNamed(searchParams.get("ballot"));
  const intent = ballot ? null : readRowNumber(searchParams.get("intent")) || null;
  const kind: TicketKind | null = ballot ? "ballot-not-mine" : intent ? "intent-not-mine" : (askedKinds.find((one) => one === searchParams.get("kind")) ?? null);
  const here = ballot ? { ballot: `${ballot.consultation}.${ballot.seq}` } : intent ? { intent } : kind ? { kind } : {};
  const pending = kind && !context.actor && searchParams.get("step") === "code" ? await readSignIn(request, context) : null;
  const step = !kind ? ("kind" as const) : context.actor ? ("text" as const) : pending ? ("code" as const) : ("phone" as const);
  return { place, kind, ballot, intent, here, step, pending };
}

/** The own flats in this stairwell, from the top floor down. */
async function ownRooms({ db, actor }: PortalContext, { stairwellId }: Place): Promise<string[]> {
  const mine = actor ? flatsOf(actor) : [];
  return mine.length === 0 ? [] : (await listRooms(db, stairwellId)).filter(({ id }) => mine.includes(id)).map(({ room }) => room);
}

export async function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  const { place, kind, ballot, intent, here, step, pending } = await find(args);
  const mine = context.actor ? flatsOf(context.actor) : [];
  const objects = context.actor !== undefined && (ballot ?? intent) !== null;
  const objected = !objects ? null : ballot ? await findOwnBallot(context.db, ballot, mine) : await findOwnIntent(context.db, intent ?? 0, mine);
  if (objects && !objected) throw new Response(null, { status: 404 });
  return {
    place, kind, here, step,
    rooms: step === "text" && !objects ? await ownRooms(context, place) : [],
    objectedRoom: objected?.room ?? null,
    phone: pending && maskMobile(pending.phone),
    formKey: newFormKey(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { place, kind, ballot, intent, here, step, pending } = await find(args);
  if (!kind) throw new Response(null, { status: 400 });

  if (step === "phone") {
    const asked = await readPhone(request, context);
    if (!asked.ok) return asked.answer;
    const { form, phone, browser } = asked;
    const sent = await sendSignInCode(context, { phone, browser, formKey: form.formKey, message: signIn.message, visiting: place.subdistrictId });
    if (!sent.ok) return refusal(form, sent.problem);
    const to = paths.askTicket(place.code, here);
    return redirect(paths.askTicket(place.code, { ...here, step: "code" }), { headers: { "Set-Cookie": await keepSignIn(context, { phone, browser, to }) } });
  }
  if (step === "code") {
    const form = await readForm(request, codeForm);
    if (!form.ok) return replyTo(form.reply);
    const minutes = await context.limits.wait("try-address", context.address);
    if (minutes !== null) return tooMany(form, minutes);
    const session = newSession(context.now);
    const done = await signInByPhone(context, { phone: pending?.phone ?? "", browser: pending?.browser ?? "", code: form.data.code, session, visiting: place.subdistrictId });
    return done.ok ? enter(context, session.token, paths.askTicket(place.code, here), paths.me()) : refusal(form, done.problem);
  }

  const form = isObjection(kind) ? { ...(await readForm(request, objectionForm)), files: { photos: [] } } : await readUploads(request, ticketForm, { photos: { most: MOST_TICKET_PHOTOS } });
  if (!form.ok) return replyTo(form.reply, "status" in form ? form.status : 422);
  const accountId = accountOf(context);
  const minutes = await context.limits.wait("ticket-account", String(accountId));
  if (minutes !== null) return tooMany(form, minutes);
  const opened = await sendTicket(context, {
    stairwell: place.code,
    room: form.data.room ?? null,
    kind, ballot, intent,
    text: form.data.text ?? null,
    by: { channel: "online", accountId, flatIds: context.actor ? flatsOf(context.actor) : [] },
    photos: form.files.photos,
    formKey: form.formKey,
  });
  return opened.ok ? redirect(paths.myTicket(opened.ticketId)) : refusal(form, opened.problem);
}

export default function NewTicket() {
  const reply = useReply();
  return <AskTicket {...useLoaderData<typeof loader>()} mostPhotos={MOST_TICKET_PHOTOS} reply={reply} />;
}
