import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readCode, RECEIPT_LENGTH } from "#app/domain/codes.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { BindDone } from "#app/ui/bind-page.tsx";
import { findBindingByReceipt } from "#db/queries/bindings.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(binding.request.title) }];

/** Whoever has the receipt sees how far the request has come; never the flat or who asked. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const receipt = readCode(params["receipt"] ?? "", RECEIPT_LENGTH);
  const place = await findPlace(context.db, params["code"] ?? "");
  const request = place && receipt ? await findBindingByReceipt(context.db, place.stairwellId, receipt) : undefined;
  if (!place || !receipt || !request) throw new Response(null, { status: 404 });
  const { side, requestedAt, verdict, noteCipher } = request;
  return {
    place, receipt, side,
    requestedAt: requestedAt.toISOString(),
    state: verdict ?? ("waiting" as const),
    reason: verdict === "refused" && noteCipher ? context.vault.open(noteCipher) : null,
  };
}

export default function Done() {
  return <BindDone {...useLoaderData<typeof loader>()} />;
}
