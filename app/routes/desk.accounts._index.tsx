import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { isManaged } from "#app/domain/account.ts";
import { managerOf } from "#app/http/desk.server.ts";
import { shownAccount } from "#app/http/shown-account.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { AccountList } from "#app/ui/accounts-pages.tsx";
import { listStaff } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "accounts" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const manager = managerOf(context);
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 60);
  const found = await listStaff(context.db, manager, q);
  return { accounts: found.filter((account) => isManaged(account, manager)).map(shownAccount), q };
}

export default function Accounts() {
  return <AccountList {...useLoaderData<typeof loader>()} />;
}
