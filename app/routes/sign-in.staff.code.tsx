import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { codeForm } from "#app/domain/sign-in.ts";
import { landingOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { readSessionToken } from "#app/http/session.server.ts";
import { countCodeTry, enter, forgiveCodeTries, newSession, readStaffSignIn, startStaffAgain } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { authenticator } from "#app/i18n/zh-CN/authenticator.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { useReply } from "#app/ui/reply.ts";
import { StaffCodePage } from "#app/ui/staff-sign-in-pages.tsx";
import { signInByCode } from "#app/use-cases/account/sign-in-by-code.server.ts";
import { listGrants } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(authenticator.codeTitle) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const pending = await readStaffSignIn(request, context);
  if (!pending || pending.secret) throw startStaffAgain();
  return { formKey: newFormKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const pending = await readStaffSignIn(request, context);
  if (!pending || pending.secret) throw startStaffAgain();
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await countCodeTry(context, pending.accountId);
  if (minutes !== null) return tooMany(form, minutes);
  const session = newSession(context.now, readSessionToken(request, context.secureCookies));
  const done = await signInByCode(context, { ...pending, code: form.data.code, formKey: form.formKey, session });
  if (!done.ok) return refusal(form, done.problem);
  await forgiveCodeTries(context, pending.accountId);
  return enter(context, session.token, pending.to, landingOf(await listGrants(context.db, pending.accountId)));
}

export default function StaffCode() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <StaffCodePage {...loaded} reply={reply} />;
}
