import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { readRecountFile } from "#db/queries/record.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

/** The `jiati-recount/1` document of a certified result: its rows with the salts that open the seal, for inspectors and owners. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const code = params["code"] ?? "";
  const file = await readRecountFile(context.db, code);
  if (!file) throw new Response(null, { status: 404 });
  await requireLook(request, context, code, paths.endConsultation(code));
  return new Response(`${JSON.stringify(file, null, 1)}\n`, {
    headers: { "Content-Type": "application/json; charset=utf-8", "Content-Disposition": `attachment; filename="${code}-recount.json"` },
  });
}
