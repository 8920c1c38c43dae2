import type { ExportFormat } from "#app/domain/export.ts";
import { sheetCsv, type Sheet } from "#app/domain/sheet.ts";
import { writeWorkbook } from "#db/export/workbook.server.ts";

const TYPES: Record<ExportFormat, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
};

/** Sheets as a file to keep; CSV holds one sheet, the first. `name` is without its ending and may be in Chinese. */
export async function download(name: string, format: ExportFormat, sheets: readonly [Sheet, ...Sheet[]]): Promise<Response> {
  const body = format === "csv" ? sheetCsv(sheets[0]) : new Uint8Array(await writeWorkbook(sheets));
  const file = `${name}.${format}`;
  return new Response(body, {
    headers: {
      "Content-Type": TYPES[format],
      "Content-Disposition": `attachment; filename="export.${format}"; filename*=UTF-8''${encodeURIComponent(file)}`,
    },
  });
}
