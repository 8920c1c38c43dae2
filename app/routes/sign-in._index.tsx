import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readPhone } from "#app/http/code-limit.server.ts";
import { newFormKey, refusal } from "#app/http/forms.server.ts";
import { askedOf, keepSignIn } from "#app/http/sign-in.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { PhonePage } from "#app/ui/sign-in-pages.tsx";
import { sendSignInCode } from "#app/use-cases/account/sign-in-by-phone.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(signIn.title) }];

export function loader({ request }: LoaderFunctionArgs) {
  return { formKey: newFormKey(), ...askedOf(request) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const asked = await readPhone(request, context);
  if (!asked.ok) return asked.answer;
  const { form, phone, browser } = asked;
  const sent = await sendSignInCode(context, { phone, browser, formKey: form.formKey, message: signIn.message });
  if (!sent.ok) return refusal(form, sent.problem);
  const { to } = askedOf(request);
  return redirect(paths.signInCode(), { headers: { "Set-Cookie": await keepSignIn(context, { phone, browser, to }) } });
}

export default function SignIn() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useReply();
  return <PhonePage {...loaded} reply={reply} />;
}
