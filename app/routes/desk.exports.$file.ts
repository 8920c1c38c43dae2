import type { LoaderFunctionArgs } from "@remix-run/node";
import { readExportFile } from "#app/domain/export.ts";
import { rollTemplate } from "#app/domain/roll-export.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { deskScope } from "#app/http/desk.server.ts";
import { download } from "#app/http/download.server.ts";
import { progressSheet, resultsSheet } from "#app/http/exports.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { listProgressRows, listResultRows } from "#db/queries/exports.server.ts";

export const handle: RouteHandle = { policy: "staff" };

/** Files about all that the clerk or the office answers for. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const asked = readExportFile(params["file"] ?? "");
  if (!asked) throw new Response(null, { status: 404 });
  const { file, format } = asked;
  const { template, progress, results } = exportWords;
  if (file === "roll-template") return download(template.file, format, [rollTemplate(template.sheet, template.example)]);
  const day = shanghaiDay(context.now);
  const scope = deskScope(context);
  return file === "progress"
    ? download(`${progress.file} ${day}`, format, [progressSheet(await listProgressRows(context.db, scope))])
    : download(`${results.file} ${day}`, format, [resultsSheet(await listResultRows(context.db, scope))]);
}
