import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { demo } from "#app/i18n/zh-CN/demo.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DemoMessages } from "#app/ui/demo-pages.tsx";
import { listMessages } from "#db/queries/outbox.server.ts";

export const handle: RouteHandle = { policy: "demo" };

export const meta: MetaFunction = () => [{ title: site.title(demo.messages) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const messages = await listMessages(context.db);
  return {
    messages: messages.map(({ id, phoneCipher, textCipher, createdAt }) => ({
      id,
      phone: context.vault.open(phoneCipher),
      text: context.vault.open(textCipher),
      at: createdAt.toISOString(),
    })),
  };
}

export default function Messages() {
  return <DemoMessages {...useLoaderData<typeof loader>()} />;
}
