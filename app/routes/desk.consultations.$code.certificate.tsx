import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shownTests } from "#app/domain/public-consultation.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { certificateWords } from "#app/i18n/zh-CN/certificate.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { CertificatePage } from "#app/ui/certificate-page.tsx";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import { listExtensions } from "#db/queries/extensions.server.ts";

export const handle: RouteHandle = { policy: "staff-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(certificateWords.title) }];

/** The certificate of a certified result; 404 before that. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const found = await findConsultation(context.db, params["code"] ?? "");
  const certificate = found?.certificate;
  if (!found || !certificate) throw new Response(null, { status: 404 });
  const { code, scope, stairwell, community, building, entrance, committee, committeePhone, ruleset, openedAt, openedBy, closesAt, closedAt, closedBy, closeReason } = found;
  return {
    consultation: { code, scope, stairwell, community, building, entrance, committee, committeePhone, openedAt, openedBy, closesAt, closedAt, closedBy, closeReason },
    ruleset: { title: ruleset.title, source: ruleset.source, effectiveFrom: ruleset.effectiveFrom },
    extensions: await listExtensions(context.db, found.id),
    plan: (await findPlanOf(context.db, found.id)) ?? null,
    result: certificate.result,
    tests: shownTests(certificate.result),
    certifiedAt: certificate.certifiedAt,
    certifiedBy: certificate.certifiedBy,
    imported: certificate.source === "import",
  };
}

export default function Certificate() {
  return <CertificatePage {...useLoaderData<typeof loader>()} />;
}
