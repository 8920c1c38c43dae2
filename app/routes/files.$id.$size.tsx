import type { LoaderFunctionArgs } from "@remix-run/node";
import { fileSizes } from "#app/domain/files.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { StorageError } from "#app/integrations/storage.server.ts";
import { log } from "#app/log.server.ts";
import { readFile } from "#app/use-cases/file/read-file.server.ts";

export const handle: RouteHandle = { policy: "file" };

/** One page of a file as a picture. It never changes, so that a browser that has it asks no more. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const fileId = params["id"] ?? "";
  const size = fileSizes.find((known) => known === params["size"]);
  const asked = new URL(request.url).searchParams.get("page") ?? "1";
  if (!size || !/^[1-9]\d{0,2}$/.test(asked)) throw new Response(null, { status: 404 });
  try {
    const page = await readFile(context, { fileId, page: Number(asked), size });
    if (!page) throw new Response(null, { status: 404 });
    return new Response(page.bytes, {
      headers: {
        "Content-Type": "image/jpeg",
        "Content-Disposition": `inline; filename="${fileId}-${asked}.jpg"`,
        // A browser that shows it alone puts a page of its own around it, with styles.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        "Cache-Control": page.isPublic ? "public, max-age=604800, immutable" : "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.error({ reference: context.reference, error: error.code }, "file store away");
    throw new Response(null, { status: 503, headers: { "Retry-After": "60" } });
  }
}
