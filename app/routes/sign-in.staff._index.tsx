import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { passwordForm } from "#app/domain/sign-in.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { askedOf, keepStaffSignIn } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { PasswordPage } from "#app/ui/staff-sign-in-pages.tsx";
import { checkPassword } from "#app/use-cases/account/check-password.server.ts";
import { newSecret } from "#db/authenticator.server.ts";

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
  const checked = await checkPassword(context, { login, password });
  if (!checked.ok) return refusal(form, checked.problem);
  await context.limits.forgive("password-address-login", here);
  const { accountId, proof, enrolled } = checked;
  const pending = { accountId, proof, to: askedOf(request).to, secret: enrolled ? undefined : newSecret() };
  return redirect(enrolled ? paths.staffCode() : paths.staffEnrol(), { headers: { "Set-Cookie": await keepStaffSignIn(context, pending) } });
}

export default function StaffSignIn() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <PasswordPage {...loaded} reply={reply} />;
}
