import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { reasonsSince, rollFileQuery } from "#app/domain/export.ts";
import { rollSheet } from "#app/domain/roll-export.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { download } from "#app/http/download.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { paths } from "#app/paths.ts";
import { hasExportReason, readRegisterFlats } from "#db/queries/rolls.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

/** The owners' roll as it can be imported again; with ID numbers and phones only for whoever has just said why. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, vault, now } = context;
  const asked = rollFileQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const place = await getPlace({ params, context });
  const numbers = asked.data.numbers === "yes";
  if (numbers && !(await hasExportReason(db, place.stairwellId, accountOf(context), reasonsSince(now)))) return redirect(paths.deskRollExport(place.code));
  const flats = await readRegisterFlats(db, vault, place.stairwellId);
  return download(exportWords.roll.file(place.code), asked.data.format, [rollSheet(exportWords.template.sheet, flats, { numbers })]);
}
