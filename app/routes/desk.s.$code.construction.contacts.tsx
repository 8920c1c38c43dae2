import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SiteContactForm } from "#app/domain/site-report.ts";
import { maskMobile } from "#app/domain/text.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskSiteContacts } from "#app/ui/desk-site-contacts.tsx";
import { useReply } from "#app/ui/reply.ts";
import { setSiteContact } from "#app/use-cases/works/set-site-contact.server.ts";
import { findSiteContact } from "#db/queries/site-silence.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(worksDesk.contacts.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const contact = await findSiteContact(context.db, place.stairwellId);
  const masked = (phone: Buffer | null | undefined) => (phone ? maskMobile(context.vault.open(phone)) : null);
  return { place, committee: masked(contact?.committeePhoneCipher), agent: masked(contact?.agentPhoneCipher), formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readForm(request, SiteContactForm);
  if (!form.ok) return replyTo(form.reply);
  const { data: { committeePhone: committee = null, agentPhone: agent = null }, formKey } = form;
  const stairwell = params["code"] ?? "";
  const set = await setSiteContact(context, { stairwell, committee, agent, accountId: accountOf(context), formKey });
  return set.ok ? redirect(paths.deskWorks(stairwell, "contacts")) : refusal(form, set.problem);
}

export default function Contacts() {
  const reply = useReply();
  return <DeskSiteContacts {...useLoaderData<typeof loader>()} reply={reply} />;
}
