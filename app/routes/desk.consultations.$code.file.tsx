import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { readConsultationFile } from "#db/queries/consultations.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

/** The `jiati-consultation/1` document of a closed consultation, for an independent recount. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const code = params["code"] ?? "";
  const file = await readConsultationFile(context.db, code);
  if (!file) throw new Response(null, { status: 404 });
  await requireLook(request, context, code);
  return new Response(`${JSON.stringify(file, null, 1)}\n`, {
    headers: { "Content-Type": "application/json; charset=utf-8", "Content-Disposition": `attachment; filename="${code}.json"` },
  });
}
