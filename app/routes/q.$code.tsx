import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { readCode, SLIP_CODE_LENGTH } from "#app/domain/codes.ts";
import { keepDraft } from "#app/http/intent-draft.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { findSlip } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** The QR of a flat's slip: leads to the first question, the flat already known. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const minutes = await context.limits.wait("slip", context.address);
  const code = readCode(params["code"] ?? "", SLIP_CODE_LENGTH);
  const slip = code && minutes === null ? await findSlip(context.db, context.vault.hash("slip", code)) : undefined;
  if (!code || !slip) throw new Response(null, { status: minutes === null ? 404 : 429 });
  return redirect(paths.intent(slip.stairwell, "choice"), {
    headers: { "Set-Cookie": await keepDraft(context, { stairwell: slip.stairwell, room: slip.room, slip: code }) },
  });
}
