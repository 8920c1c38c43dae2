import { json, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { receiptForm } from "#app/domain/receipt.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany, type FormReply } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { verify } from "#app/i18n/zh-CN/verify.ts";
import { VerifyPage, type VerifyPageProps } from "#app/ui/verify-page.tsx";
import { verifyReceipt } from "#app/use-cases/consultation/verify-receipt.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(verify.title) }];

export function loader({ context }: LoaderFunctionArgs) {
  return { publicKey: context.vault.publicKey.toString("hex"), formKey: newFormKey() };
}

/** Posted, so that a receipt stands in no address and in no log; it changes nothing. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, receiptForm);
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("verify-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const verified = await verifyReceipt(context, form.data);
  return verified.ok ? json({ verified: verified.verified }) : refusal(form, verified.problem);
}

export default function Verify() {
  const answer = useActionData() as { reply?: FormReply; verified?: VerifyPageProps["verified"] } | undefined;
  return <VerifyPage {...useLoaderData<typeof loader>()} reply={answer?.reply} verified={answer?.verified} />;
}
