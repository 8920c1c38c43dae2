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
  return asFile(body, TYPES[format], name, format);
}

/** A PDF to keep. */
export function pdfDownload(name: string, body: Uint8Array<ArrayBuffer>): Response {
  return asFile(body, "application/pdf", name, "pdf");
}

function asFile(body: BodyInit, type: string, name: string, ending: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="export.${ending}"; filename*=UTF-8''${encodeURIComponent(`${name}.${ending}`)}`,
    },
  });
}
