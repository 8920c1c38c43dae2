import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { ticketWordForm, whyTicketStepIsRefused } from "#app/domain/ticket.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { readTicket } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { MyTicket } from "#app/ui/my-tickets.tsx";
import { useReply } from "#app/ui/reply.ts";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";

export const handle: RouteHandle = { policy: "opener-of-ticket" };

export const meta: MetaFunction = ({ params }) => [{ title: site.title(tickets.title(readRowNumber(params["ticket"]))) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ticket = await readTicket(context, params, "opener");
  const may = (step: "solved" | "not-solved") => whyTicketStepIsRefused(ticket, { step, side: "resident", channel: ticket.channel }) === null;
  return { ticket, may: { solved: may("solved"), notSolved: may("not-solved") }, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, ticketWordForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, still: text = null } = form.data;
  const ticketId = readRowNumber(params["ticket"]);
  const taken = await takeTicketStep(context, {
    ticketId, step, text, side: "resident", accountId: accountOf(context), formKey: form.formKey, message: tickets.message,
  });
  return taken.ok ? redirect(paths.myTicket(ticketId)) : refusal(form, taken.problem);
}

export default function Ticket() {
  const reply = useReply();
  return <MyTicket {...useLoaderData<typeof loader>()} reply={reply} />;
}
