import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey } from "#app/http/forms.server.ts";
import { readHandouts } from "#app/http/handouts.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskHandouts } from "#app/ui/desk-handouts.tsx";
import { signsNotPrinted } from "#app/ui/handouts-pdf.server.ts";
import { listStacks } from "#db/queries/handout-stacks.server.ts";
import { listSlips } from "#db/queries/slips.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(handouts.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { consultation, stairwells, open, flats, stairwellId } = await readHandouts(context, params["code"] ?? "", searchParams.get("stairwell"));
  const lacking = open ? flats.map(({ room, owners }) => ({ room, signs: signsNotPrinted(owners) })).filter(({ signs }) => signs.length > 0) : [];
  const stacks = (await listStacks(context.db, { consultation: consultation.code, stairwell: consultation.place.code, accountId: accountOf(context), now: context.now })).map(
    ({ id, flat, flats: all, pages, expiresAt }) => ({ id, flat, flats: all, pages, expiresAt }),
  );
  const slips = (await listSlips(context.db, stairwellId)).filter(({ number }) => number !== null).length;
  return { consultation, stairwells, open, flats: flats.length, slips, lacking, noneChosen: searchParams.get("parts") === "none", stacks, gone: searchParams.get("stack") === "gone", formKey: newFormKey() };
}

export default function Handouts() {
  return <DeskHandouts {...useLoaderData<typeof loader>()} />;
}
