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
import { EnrolPage } from "#app/ui/staff-sign-in-pages.tsx";
import { enrolAuthenticator } from "#app/use-cases/account/sign-in-by-code.server.ts";
import { keyUri, unusedCode } from "#db/authenticator.server.ts";
import { findLogin, listGrants } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(authenticator.enrolTitle) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const pending = await readStaffSignIn(request, context);
  if (!pending?.secret) throw startStaffAgain();
  const { secret, accountId } = pending;
  const login = (await findLogin(context.db, accountId)) ?? "";
  return {
    formKey: newFormKey(), secret,
    uri: keyUri(secret, { issuer: site.brand, login }),
    standIn: context.demo ? unusedCode(secret, [], context.now) : null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const pending = await readStaffSignIn(request, context);
  if (!pending?.secret) throw startStaffAgain();
  const { secret, accountId } = pending;
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await countCodeTry(context, accountId);
  if (minutes !== null) return tooMany(form, minutes);
  const session = newSession(context.now, readSessionToken(request, context.secureCookies));
  const done = await enrolAuthenticator(context, { ...pending, secret, code: form.data.code, formKey: form.formKey, session });
  if (!done.ok) return refusal(form, done.problem);
  await forgiveCodeTries(context, accountId);
  return enter(context, session.token, pending.to, landingOf(await listGrants(context.db, accountId)));
}

export default function Enrol() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <EnrolPage {...loaded} reply={reply} />;
}
