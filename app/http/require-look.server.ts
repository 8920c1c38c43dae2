import { redirect } from "@remix-run/node";
import { looksSince } from "#app/domain/ballot-look.ts";
import { paths } from "#app/paths.ts";
import { hasLooked } from "#db/queries/ballot-looks.server.ts";
import type { PortalContext } from "./context.server.ts";
import { accountOf } from "./desk.server.ts";

/**
 * Lets a loader show single ballots of a consultation only to somebody who has said why within the last twelve hours.
 *
 * @throws Response that leads to the question, and from there back to this page
 */
export async function requireLook(request: Request, context: PortalContext, consultation: string): Promise<void> {
  if (await hasLooked(context.db, consultation, accountOf(context), looksSince(context.now))) return;
  const url = new URL(request.url);
  url.searchParams.delete("_data");
  throw redirect(paths.ballotLook(consultation, url.pathname + url.search));
}
