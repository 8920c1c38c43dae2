import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { demo } from "#app/i18n/zh-CN/demo.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DemoPage } from "#app/ui/demo-pages.tsx";
import { DEMO_PASSWORD, demoAccounts } from "#db/seeds/demo.server.ts";
import { listDemoPhones } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "demo" };

export const meta: MetaFunction = () => [{ title: site.title(demo.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const residents = await listDemoPhones(context.db);
  return {
    accounts: demoAccounts.map(({ login, name, role }) => ({ login, name, role })),
    password: DEMO_PASSWORD,
    residents: residents.map(({ phoneCipher, ...flat }) => ({ ...flat, phone: phoneCipher ? context.vault.open(phoneCipher) : "" })),
  };
}

export default function Demo() {
  return <DemoPage {...useLoaderData<typeof loader>()} />;
}
