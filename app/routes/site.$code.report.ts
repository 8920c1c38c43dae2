import { json, type ActionFunctionArgs } from "@remix-run/node";
import { MOST_REPORT_PHOTOS, SiteReportForm } from "#app/domain/site-report.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { refusal, replyTo } from "#app/http/forms.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";

export const handle: RouteHandle = { policy: "site-of-stairwell" };

/** Takes in a report that a phone has kept until it had a network: answered with data, where the page answers with a page. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readUploads(request, SiteReportForm, { photos: { most: MOST_REPORT_PHOTOS } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { data, files, formKey } = form;
  const taken = await reportFromSite(context, { ...data, stairwell: params["code"] ?? "", photos: files.photos, accountId: accountOf(context), formKey });
  return taken.ok ? json({ sent: true }) : refusal(form, taken.problem);
}
