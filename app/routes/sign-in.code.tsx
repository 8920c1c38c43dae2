import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { codeForm } from "#app/domain/sign-in.ts";
import { maskMobile } from "#app/domain/text.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { readSessionToken } from "#app/http/session.server.ts";
import { enter, newSession, readSignIn, startAgain } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { CodePage } from "#app/ui/sign-in-pages.tsx";
import { signInByPhone } from "#app/use-cases/account/sign-in-by-phone.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(signIn.codeTitle) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const pending = await readSignIn(request, context);
  if (!pending) throw startAgain();
  return { formKey: newFormKey(), phone: maskMobile(pending.phone) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const pending = await readSignIn(request, context);
  if (!pending) throw startAgain();
  const form = await readForm(request, codeForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("try-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const session = newSession(context.now, readSessionToken(request, context.secureCookies));
  const done = await signInByPhone(context, { phone: pending.phone, browser: pending.browser, code: form.data.code, session });
  return done.ok ? enter(context, session.token, pending.to, paths.me()) : refusal(form, done.problem);
}

export default function Code() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <CodePage {...loaded} reply={reply} />;
}
