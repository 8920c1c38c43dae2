import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportFormats } from "#app/domain/export.ts";
import { download } from "#app/http/download.server.ts";
import { ballotsSheet } from "#app/http/exports.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { listBallotRows } from "#db/queries/exports.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

/** Every ballot of a closed consultation, for whoever has said why. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const format = exportFormats.find((one) => one === params["format"]);
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  if (!format || !consultation?.closedAt) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  return download(exportWords.ballots.file(consultation.code), format, [ballotsSheet(consultation.code, await listBallotRows(context.db, consultation.id))]);
}
