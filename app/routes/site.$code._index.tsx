import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { toPublicWorks } from "#app/domain/public-works.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { MOST_REPORT_PHOTOS, SiteReportForm } from "#app/domain/site-report.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, type FormReply } from "#app/http/forms.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SitePage } from "#app/ui/site-page.tsx";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listReports, readProject, readWorks } from "#db/queries/works.server.ts";

export const handle: RouteHandle = { policy: "site-of-stairwell", scripts: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data ? siteWords.pageTitle(data.place.community, data.place.entrance) : "") }];

/** Reports of the last weeks, as many as a phone shows at once. */
const MOST_SHOWN = 8;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await findPlace(db, params["code"] ?? "");
  if (!place) throw new Response(null, { status: 404 });
  const [facts, project, reports] = await Promise.all([
    readWorks(db, place.stairwellId), readProject(db, place.stairwellId), listReports(db, place.stairwellId, MOST_SHOWN),
  ]);
  return {
    place,
    works: facts && toPublicWorks(facts, project, now),
    halted: project.sideState !== null,
    reports: reports.map(({ id, milestone, kind, onDay, verdict, reason, photos }) => ({ id, milestone, kind, onDay, verdict, reason, photos })),
    account: String(accountOf(context)),
    today: shanghaiDay(now),
    done: new URL(request.url).searchParams.get("done") === "sent",
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readUploads(request, SiteReportForm, { photos: { most: MOST_REPORT_PHOTOS } });
  if (!form.ok) return json({ reply: form.reply }, { status: form.status });
  const { data, files, formKey } = form;
  const stairwell = params["code"] ?? "";
  const taken = await reportFromSite(context, { ...data, stairwell, photos: files.photos, accountId: accountOf(context), formKey });
  return taken.ok ? redirect(paths.siteOf(stairwell, "sent")) : refusal(form, taken.problem);
}

export default function Site() {
  const reply = (useActionData() as { reply: FormReply } | undefined)?.reply;
  return <SitePage {...useLoaderData<typeof loader>()} reply={reply} />;
}
