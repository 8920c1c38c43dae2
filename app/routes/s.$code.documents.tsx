import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { missingDocuments, publicDocuments } from "#app/domain/public-documents.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { documentWords } from "#app/i18n/zh-CN/documents.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DocumentsPage } from "#app/ui/documents-page.tsx";
import { listDocuments } from "#db/queries/evidence.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(documentWords.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  context.keep([`stairwell:${place.stairwellId}`]);
  const { code, community, entrance, phone } = place;
  const evidence = await listDocuments(context.db, place.stairwellId);
  return { place: { code, community, entrance, phone }, documents: publicDocuments(evidence), missing: missingDocuments(evidence) };
}

export default function Documents() {
  return <DocumentsPage {...useLoaderData<typeof loader>()} />;
}
