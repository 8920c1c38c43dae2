import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { keepDraft } from "#app/http/intent-draft.server.ts";
import { readSlip } from "#app/http/slip.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";

export const handle: RouteHandle = { policy: "public" };

/** From a slip to the first question, the flat already known. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const typed = params["code"] ?? "";
  const slip = await readSlip(context, typed);
  if (typeof slip === "number") return redirect(paths.slip(encodeURIComponent(typed)));
  const draft = await keepDraft(context, { stairwell: slip.stairwell, room: slip.room, slip: slip.code });
  return redirect(paths.intent(slip.stairwell, "choice"), { headers: { "Set-Cookie": draft } });
}
