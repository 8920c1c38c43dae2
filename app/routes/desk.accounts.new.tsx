import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { newAccountForm, rolesToGive } from "#app/domain/account.ts";
import { managerOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { NewAccount } from "#app/ui/accounts-pages.tsx";
import { useReply } from "#app/ui/reply.ts";
import { addAccount } from "#app/use-cases/account/add-account.server.ts";
import { listPlaces } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "accounts" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.new.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const manager = managerOf(context);
  const asked = new URL(request.url).searchParams.get("role");
  const role = rolesToGive(manager).find((one) => one === asked) ?? null;
  return { role, isAdmin: manager.isAdmin, places: await listPlaces(context.db, manager), formKey: newFormKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, newAccountForm);
  if (!form.ok) return replyTo(form.reply);
  const added = await addAccount(context, form.data, { manager: managerOf(context), formKey: form.formKey });
  return added.ok ? redirect(paths.accountSetup(added.accountId)) : refusal(form, added.problem);
}

export default function New() {
  const reply = useReply();
  return <NewAccount {...useLoaderData<typeof loader>()} reply={reply} />;
}
