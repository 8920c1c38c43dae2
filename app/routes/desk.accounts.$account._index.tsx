import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountStepForm, grantForm, isSetupOpen, rolesToGive } from "#app/domain/account.ts";
import { readRowNumber } from "#app/domain/row-number.ts";
import { managerOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { shownAccount } from "#app/http/shown-account.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { AccountPage } from "#app/ui/account-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { grantRole } from "#app/use-cases/account/grant-role.server.ts";
import { makeSetupCode } from "#app/use-cases/account/make-setup-code.server.ts";
import { revokeGrant } from "#app/use-cases/account/revoke-grant.server.ts";
import { switchAccount } from "#app/use-cases/account/switch-account.server.ts";
import { listEvents } from "#db/queries/account-events.server.ts";
import { findSetupCode } from "#db/queries/setup-codes.server.ts";
import { findStaff, listPlaces } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "account-in-scope" };

export const meta: MetaFunction = () => [{ title: site.title(accounts.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const manager = managerOf(context);
  const { db, now } = context;
  const accountId = readRowNumber(params["account"]);
  const [account, events, setup, places] = await Promise.all([
    findStaff(db, accountId), listEvents(db, accountId), findSetupCode(db, accountId), listPlaces(db, manager),
  ]);
  if (!account) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("role");
  return {
    account: shownAccount(account),
    events,
    setup: setup && isSetupOpen(setup, now) ? { expiresAt: setup.expiresAt, mine: setup.madeBy === manager.accountId } : null,
    own: accountId === manager.accountId,
    isAdmin: manager.isAdmin,
    adding: rolesToGive(manager).find((role) => role === asked) ?? null,
    places,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const accountId = readRowNumber(params["account"]);
  const manager = managerOf(context);
  // A grant to be given says its role in the URL too, so that the page comes back as it was.
  if (new URL(request.url).searchParams.has("role")) {
    const form = await readForm(request, grantForm);
    if (!form.ok) return replyTo(form.reply);
    const given = await grantRole(context, { ...form.data, accountId, manager, formKey: form.formKey });
    return given.ok ? redirect(paths.account(accountId)) : refusal(form, given.problem);
  }
  const form = await readForm(request, accountStepForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, grant } = form.data;
  const act = { accountId, manager, formKey: form.formKey };
  const steps = {
    revoke: () => revokeGrant(context, { ...act, grantId: grant ?? 0 }),
    deactivate: () => switchAccount(context, { ...act, active: false }),
    activate: () => switchAccount(context, { ...act, active: true }),
    setup: () => makeSetupCode(context, act),
  };
  const done = await steps[step]();
  if (!done.ok) return refusal(form, done.problem);
  return redirect(step === "setup" ? paths.accountSetup(accountId) : paths.account(accountId));
}

export default function Account() {
  const reply = useReply();
  return <AccountPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
