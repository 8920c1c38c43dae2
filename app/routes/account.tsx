import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { newFormKey, readForm, replyTo } from "#app/http/forms.server.ts";
import { endedSessionCookie } from "#app/http/session.server.ts";
import { shownGrants } from "#app/http/shown-account.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { MyAccount } from "#app/ui/my-account.tsx";
import { signOutEverywhere } from "#app/use-cases/account/sign-out.server.ts";
import { countSessions } from "#db/queries/sessions.server.ts";
import { findStaff } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.mine.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { actor, db, now } = context;
  const account = actor && (await findStaff(db, actor.accountId));
  if (!account) throw new Response(null, { status: 404 });
  const { accountId, name, isStaff, login, totpConfirmedAt, grants } = account;
  return { name, login: isStaff ? login : null, totpConfirmedAt, grants: shownGrants(grants), sessions: await countSessions(db, accountId, now), formKey: newFormKey() };
}

/** Ends every session of the account on the server, the one of this browser included. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = context;
  if (!actor) throw new Response(null, { status: 403 });
  const form = await readForm(request, z.object({}));
  if (!form.ok) return replyTo(form.reply);
  await signOutEverywhere(context, actor);
  return redirect(paths.home(), { headers: { "Set-Cookie": endedSessionCookie(context.secureCookies) } });
}

export default function Account() {
  return <MyAccount {...useLoaderData<typeof loader>()} />;
}
