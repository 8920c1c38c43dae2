import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { typedSearch } from "#app/domain/search.ts";
import { deskTicketForm } from "#app/domain/ticket.ts";
import { accountOf, deskScope } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { TakeTicket } from "#app/ui/take-ticket.tsx";
import { openTicket } from "#app/use-cases/ticket/open-ticket.server.ts";
import { findDeskStairwell, searchDesk } from "#db/queries/desk.server.ts";

export const handle: RouteHandle = { policy: "staff", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(tickets.take.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const scope = deskScope(context);
  const { typed, tooLong } = typedSearch(searchParams.get("q"));
  const [place, found] = await Promise.all([
    findDeskStairwell(context.db, scope, searchParams.get("stairwell") ?? ""),
    typed === "" || tooLong ? null : searchDesk(context.db, scope, typed),
  ]);
  return { place: place ?? null, typed, found, formKey: newFormKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, deskTicketForm);
  if (!form.ok) return replyTo(form.reply);
  const { stairwell, room = null, kind, channel, name = null, phone = null, text } = form.data;
  const opened = await openTicket(context, {
    stairwell, room, kind, text,
    by: { channel, accountId: accountOf(context), name, phone, scope: deskScope(context) },
    formKey: form.formKey,
  });
  return opened.ok ? redirect(paths.deskTicket(opened.ticketId)) : refusal(form, opened.problem);
}

export default function Take() {
  const reply = useReply();
  return <TakeTicket {...useLoaderData<typeof loader>()} reply={reply} schema={deskTicketForm} />;
}
