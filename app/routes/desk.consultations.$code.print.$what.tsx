import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { sheetKinds } from "#app/domain/handouts.ts";
import { readHandouts } from "#app/http/handouts.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { HandoutSheets } from "#app/ui/desk-handouts.tsx";
import { listPaperReceipts } from "#db/queries/handouts.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data ? handouts[data.what].title : handouts.title) }];

/** Sheets to print. Ballots and authorisations only as long as ballots are taken in; receipts and the roll after that too. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const what = sheetKinds.find((kind) => kind === params["what"]);
  const { consultation, consultationId, stairwells, open, heads, flats } = await readHandouts(context, params["code"] ?? "", new URL(request.url).searchParams.get("stairwell"));
  if (!what || (what !== "roll" && what !== "receipts" && !open)) throw new Response(null, { status: 404 });
  const receipts = what === "receipts" ? await listPaperReceipts(context.db, consultationId, consultation.place.code) : [];
  return { what, consultation, stairwells, heads, flats, receipts, verify: context.origin + paths.verify() };
}

export default function Sheets() {
  return <HandoutSheets {...useLoaderData<typeof loader>()} />;
}
