import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { unbindForm } from "#app/domain/binding.ts";
import { maskMobile } from "#app/domain/text.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPeople } from "#app/ui/desk-people.tsx";
import { useReply } from "#app/ui/reply.ts";
import { unbind } from "#app/use-cases/binding/unbind.server.ts";
import { listBoundPhones, listTenants } from "#db/queries/bindings.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(binding.people.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const [bound, tenants] = await Promise.all([listBoundPhones(context.db, place.stairwellId), listTenants(context.db, place.stairwellId)]);
  return {
    place,
    bound: bound.map(({ grantedAt, ...row }) => ({ ...row, grantedAt: grantedAt.toISOString(), formKey: newFormKey() })),
    tenants: tenants.map(({ id, room, nameCipher, phoneCipher, notedAt }) => ({
      id, room,
      name: context.vault.open(nameCipher),
      phone: maskMobile(context.vault.open(phoneCipher)),
      notedAt: notedAt.toISOString(),
      formKey: newFormKey(),
    })),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, unbindForm);
  if (!form.ok) return replyTo(form.reply);
  const { what, id, reason = "" } = form.data;
  const ended = await unbind(context, { stairwell, id, accountId: accountOf(context), formKey: form.formKey, ...(what === "binding" ? { what, reason } : { what }) });
  return ended.ok ? redirect(paths.deskPeople(stairwell)) : refusal(form, ended.problem);
}

export default function People() {
  const reply = useReply();
  return <DeskPeople {...useLoaderData<typeof loader>()} reply={reply} />;
}
