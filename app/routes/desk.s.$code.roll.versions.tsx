import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { diffRolls } from "#app/domain/roll-versions.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { rollDesk } from "#app/i18n/zh-CN/roll-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { RollVersionsPage } from "#app/ui/roll-versions-page.tsx";
import { listRollVersions, readRollVersions } from "#db/queries/rolls.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(rollDesk.versions.title) }];

const versionQuery = z.object({ number: z.coerce.number().int().min(1).max(2 ** 31 - 1).optional() });

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, vault } = context;
  const asked = versionQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const place = await getPlace({ params, context });
  const versions = await listRollVersions(db, place.stairwellId);
  const { number = versions[0]?.number } = asked.data;
  if (asked.data.number !== undefined && !versions.some((version) => version.number === number)) throw new Response(null, { status: 404 });
  const before = number === undefined ? 0 : number - 1;
  const flats = number !== undefined && before > 0 ? await readRollVersions(db, vault, place.stairwellId, [before, number]) : undefined;
  return {
    place, versions,
    shown: number === undefined || !flats ? null : { from: before, to: number, differences: diffRolls(flats.get(before) ?? [], flats.get(number) ?? []) },
  };
}

export default function RollVersions() {
  return <RollVersionsPage {...useLoaderData<typeof loader>()} />;
}
