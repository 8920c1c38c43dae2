import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { accountOf } from "#app/http/desk.server.ts";
import { pdfDownload } from "#app/http/download.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { paths } from "#app/paths.ts";
import { placeOfStack } from "#app/use-cases/handout/make-stack.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findSealedStack } from "#db/queries/handout-stacks.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

/** The PDF, for whoever asked for it, until it expires. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code = "", stack: id = "" } = params;
  const found = await findSealedStack(context.db, { consultation: code, id, accountId: accountOf(context), now: context.now });
  const place = found && (await findPlace(context.db, found.stairwell));
  if (!place) return redirect(paths.handoutStack(code, id));
  return pdfDownload(handouts.stack.file(place), context.vault.openBytes(found.sealed, placeOfStack(id)));
}
