import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { siteTicketForm, whyTicketStepIsRefused } from "#app/domain/ticket.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { readTicket, sideOf } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { SiteTicket } from "#app/ui/site-tickets.tsx";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import { readTicketStanding } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "asked-of-ticket" };

export const meta: MetaFunction = ({ params }) => [{ title: site.title(tickets.title(readRowNumber(params["ticket"]))) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ticket = await readTicket(context, params, "site");
  const side = await sideOf(context, params, ["contractor", "agent"], ticket);
  const may = (step: "answer" | "note") => whyTicketStepIsRefused(ticket, { step, side, channel: ticket.channel }) === null;
  return { ticket, may: { answer: may("answer"), note: may("note") }, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, siteTicketForm);
  if (!form.ok) return replyTo(form.reply);
  const ticketId = readRowNumber(params["ticket"]);
  const taken = await takeTicketStep(context, {
    ticketId, ...form.data,
    side: await sideOf(context, params, ["contractor", "agent"], await readTicketStanding(context.db, ticketId)),
    accountId: accountOf(context),
    formKey: form.formKey,
    message: tickets.message,
  });
  return taken.ok ? redirect(paths.siteTicket(ticketId)) : refusal(form, taken.problem);
}

export default function Ticket() {
  const reply = useReply();
  return <SiteTicket {...useLoaderData<typeof loader>()} reply={reply} />;
}
