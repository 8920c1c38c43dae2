import { json, redirect, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { PaperUploadPage } from "#app/ui/paper-upload-page.tsx";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findUpload } from "#db/queries/paper-uploads.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(paper.split.title) }];

/** In seconds: without scripts the browser asks again by itself. */
const AGAIN = 5;

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code = "", upload: id = "" } = params;
  const consultation = await findConsultation(context.db, code);
  const upload = consultation && (await findUpload(context.db, code, id));
  if (!upload) throw new Response(null, { status: 404 });
  const { page, pages, added, known, refused } = upload;
  if (added !== null) return redirect(paths.paper(code, { added, known: known ?? 0 }));
  const { community, building, entrance, committeePhone } = consultation;
  const shown = {
    consultation: { code, community, building, entrance, committeePhone },
    upload: id,
    done: pages === null ? null : { page, pages },
    refused: refused && problemText(refused),
  };
  return json(shown, refused ? {} : { headers: { Refresh: String(AGAIN) } });
}

export default function Sent() {
  return <PaperUploadPage {...useLoaderData<typeof loader>()} />;
}
