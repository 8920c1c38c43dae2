import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { partiesFor, ticketParties, ticketStepForm, whyTicketStepIsRefused, type TicketStep } from "#app/domain/ticket.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { readTicket, sideOf } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { DeskTicket } from "#app/ui/desk-ticket.tsx";
import { useReply } from "#app/ui/reply.ts";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import { readTicketStanding } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "desk-of-ticket" };

export const meta: MetaFunction = ({ params }) => [{ title: site.title(tickets.title(readRowNumber(params["ticket"]))) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ticket = await readTicket(context, params, "desk");
  const side = await sideOf(context, params, ["committee", "office"], ticket);
  const may = (step: TicketStep) => whyTicketStepIsRefused(ticket, { step, side, channel: ticket.channel }) === null;
  return {
    ticket,
    parties: partiesFor(ticket.kind),
    may: {
      accept: may("accepted"), assign: may("assigned"), answer: may("answer"), note: may("note"), solved: may("solved"), notSolved: may("not-solved"),
    },
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, ticketStepForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, text = null, ...asked } = form.data;
  const ticketId = readRowNumber(params["ticket"]);
  const taken = await takeTicketStep(context, {
    ticketId, step, text,
    side: await sideOf(context, params, ["committee", "office"], await readTicketStanding(context.db, ticketId)),
    parties: ticketParties.filter((party) => asked[party] === "yes"),
    accountId: accountOf(context),
    formKey: form.formKey,
    message: tickets.message,
  });
  return taken.ok ? redirect(paths.deskTicket(ticketId)) : refusal(form, taken.problem);
}

export default function Ticket() {
  const reply = useReply();
  return <DeskTicket {...useLoaderData<typeof loader>()} reply={reply} />;
}
