import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { passwordForm } from "#app/domain/sign-in.ts";
import { landingOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany, type FormReply } from "#app/http/forms.server.ts";
import { askedOf, enter, newSession } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { PasswordPage } from "#app/ui/sign-in-pages.tsx";
import { signInByPassword } from "#app/use-cases/account/sign-in-by-password.server.ts";
import { listGrants } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(signIn.staffTitle) }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return { formKey: newFormKey(), demo: context.demo, ...askedOf(request) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, passwordForm);
  if (!form.ok) return replyTo(form.reply);
  const { login, password } = form.data;
  const here = `${login} ${context.address}`;
  const minutes =
    (await context.limits.wait("try-address", context.address)) ??
    (await context.limits.wait("password-address-login", here)) ??
    (await context.limits.wait("password-login", login));
  if (minutes !== null) return tooMany(form, minutes);
  const session = newSession(context.now);
  const done = await signInByPassword(context, { login, password, session });
  if (!done.ok) return refusal(form, done.problem);
  await context.limits.forgive("password-address-login", here);
  return enter(context, session.token, askedOf(request).to, landingOf(await listGrants(context.db, done.accountId)));
}

export default function StaffSignIn() {
  const loaded = useLoaderData<typeof loader>();
  const reply = (useActionData() as { reply: FormReply } | undefined)?.reply;
  return <PasswordPage {...loaded} reply={reply} />;
}
