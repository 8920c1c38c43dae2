import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { toPublicWorks } from "#app/domain/public-works.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { MOST_REPORT_PHOTOS, SiteReportForm } from "#app/domain/site-report.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { SitePage } from "#app/ui/site-page.tsx";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { listReports, readProject, readWorks } from "#db/queries/works.server.ts";

export const handle: RouteHandle = { policy: "site-of-stairwell", scripts: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data ? siteWords.pageTitle(data.place.community, data.place.entrance) : "") }];

/** Reports of the last weeks, as many as a phone shows at once. */
const MOST_SHOWN = 8;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const place = await getPlace({ params, context });
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
  if (!form.ok) return replyTo(form.reply, form.status);
  const { data, files, formKey } = form;
  const stairwell = params["code"] ?? "";
  const taken = await reportFromSite(context, { ...data, stairwell, photos: files.photos, accountId: accountOf(context), formKey });
  return taken.ok ? redirect(paths.siteOf(stairwell, "sent")) : refusal(form, taken.problem);
}

export default function Site() {
  const reply = useReply();
  return <SitePage {...useLoaderData<typeof loader>()} reply={reply} />;
}
