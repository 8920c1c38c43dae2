import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { isSetupOpen } from "#app/domain/account.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { managerOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SetupCodePage } from "#app/ui/setup-pages.tsx";
import { setupCode } from "#app/use-cases/account/make-setup-code.server.ts";
import { findSetupCode } from "#db/queries/setup-codes.server.ts";
import { findStaff } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "account-in-scope" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.setup.title) }];

/** The code is shown to whoever made it, until it is used; nobody sees one for the own account. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { db, vault, now, origin } = context;
  const accountId = readRowNumber(params["account"]);
  const [account, found] = await Promise.all([findStaff(db, accountId), findSetupCode(db, accountId)]);
  if (!account) throw new Response(null, { status: 404 });
  const open = found && found.madeBy === managerOf(context).accountId && isSetupOpen(found, now);
  return {
    account: { accountId, name: account.name, login: account.login },
    setup: open ? { code: setupCode(vault, accountId, found.number), expiresAt: found.expiresAt } : null,
    address: `${new URL(origin).host}${paths.setUp()}`,
  };
}

export default function SetupCode() {
  return <SetupCodePage {...useLoaderData<typeof loader>()} />;
}
