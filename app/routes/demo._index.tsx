import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DRIFT, stepAt } from "#app/domain/totp.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { demo } from "#app/i18n/zh-CN/demo.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DemoPage } from "#app/ui/demo-pages.tsx";
import { DEMO_PASSWORD } from "#db/seeds/demo.server.ts";
import { unusedCode } from "#db/authenticator.server.ts";
import { listDemoPhones } from "#db/queries/accounts.server.ts";
import { listStandIns } from "#db/queries/authenticators.server.ts";
import { listStaff } from "#db/queries/staff.server.ts";

export const handle: RouteHandle = { policy: "demo" };

export const meta: MetaFunction = () => [{ title: site.title(demo.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { db, vault, now } = context;
  const [residents, staff, standIns] = await Promise.all([
    listDemoPhones(db), listStaff(db, { accountId: 0, isAdmin: true, subdistrictIds: [] }, ""), listStandIns(db, stepAt(now) - DRIFT),
  ]);
  const codes = new Map(standIns.map(({ login, totpCipher, usedSteps }) => [login, unusedCode(vault.open(totpCipher), usedSteps, now)]));
  const ready = staff.filter(({ active, login }) => active && codes.has(login)).sort((a, b) => a.accountId - b.accountId);
  return {
    accounts: ready.map(({ login, name, grants }) => ({ login, name, roles: [...new Set(grants.map(({ role }) => role))], code: codes.get(login) ?? null })),
    password: DEMO_PASSWORD,
    residents: residents.map(({ phoneCipher, ...flat }) => ({ ...flat, phone: phoneCipher ? vault.open(phoneCipher) : "" })),
  };
}

export default function Demo() {
  return <DemoPage {...useLoaderData<typeof loader>()} />;
}
