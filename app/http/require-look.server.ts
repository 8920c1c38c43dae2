import { redirect } from "@remix-run/node";
import { looksSince } from "#app/domain/ballot-look.ts";
import { paths } from "#app/paths.ts";
import { hasLooked } from "#db/queries/ballot-looks.server.ts";
import type { PortalContext } from "./context.server.ts";
import { accountOf } from "./desk.server.ts";

/**
 * Shows single ballots of a consultation only to somebody who has said why within the last twelve hours.
 *
 * @param page where to go on afterwards; this page unless it is no page
 * @throws Response that leads to the question
 */
export async function requireLook(request: Request, context: PortalContext, consultation: string, page?: string): Promise<void> {
  if (await hasLooked(context.db, consultation, accountOf(context), looksSince(context.now))) return;
  const url = new URL(request.url);
  url.searchParams.delete("_data");
  throw redirect(paths.ballotLook(consultation, page ?? url.pathname + url.search));
}
