import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { toPublicWorks } from "#app/domain/public-works.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, type FormReply } from "#app/http/forms.server.ts";
import { takeSiteReport } from "#app/http/site-report.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SitePage } from "#app/ui/site-page.tsx";
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

export async function action(args: ActionFunctionArgs) {
  return (await takeSiteReport(args)) ?? redirect(paths.siteOf(args.params["code"] ?? "", "sent"));
}

export default function Site() {
  const reply = (useActionData() as { reply: FormReply } | undefined)?.reply;
  return <SitePage {...useLoaderData<typeof loader>()} reply={reply} />;
}
