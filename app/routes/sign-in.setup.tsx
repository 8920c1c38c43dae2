import { redirect, type ActionFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { setupForm } from "#app/domain/account.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import { keepStaffSignIn } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { SetUpPage } from "#app/ui/setup-pages.tsx";
import { setUpAccount } from "#app/use-cases/account/set-up-account.server.ts";
import { newSecret } from "#db/authenticator.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.start.title) }];

export function loader() {
  return { formKey: newFormKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, setupForm);
  if (!form.ok) return replyTo(form.reply);
  const { login, setup, password } = form.data;
  const minutes =
    (await context.limits.wait("try-address", context.address)) ??
    (await context.limits.wait("setup-address-login", `${login} ${context.address}`)) ??
    (await context.limits.wait("setup-login", login));
  if (minutes !== null) return tooMany(form, minutes);
  const done = await setUpAccount(context, { login, setup, password, formKey: form.formKey });
  if (!done.ok) return refusal(form, done.problem);
  const { accountId, proof } = done;
  return redirect(paths.staffEnrol(), { headers: { "Set-Cookie": await keepStaffSignIn(context, { accountId, proof, to: undefined, secret: newSecret() }) } });
}

export default function SetUp() {
  const reply = useReply();
  return <SetUpPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
