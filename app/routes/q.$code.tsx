import { json, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { readCode, SLIP_CODE_LENGTH } from "#app/domain/codes.ts";
import { keepDraft } from "#app/http/intent-draft.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SlipUnknown } from "#app/ui/slip-unknown.tsx";
import { findSlip } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.errorTitle(intent.slipUnknown.title) }];

/** The QR of a flat's slip: leads to the first question, the flat already known. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const minutes = await context.limits.over("slip-wrong", context.address);
  const code = readCode(params["code"] ?? "", SLIP_CODE_LENGTH);
  const slip = code && minutes === null ? await findSlip(context.db, context.vault.hash("slip", code)) : undefined;
  if (minutes === null && !slip) await context.limits.wait("slip-wrong", context.address);
  if (!code || !slip) return json(null, { status: minutes === null ? 404 : 429 });
  return redirect(paths.intent(slip.stairwell, "choice"), {
    headers: { "Set-Cookie": await keepDraft(context, { stairwell: slip.stairwell, room: slip.room, slip: code }) },
  });
}

export default function Slip() {
  return <SlipUnknown />;
}
