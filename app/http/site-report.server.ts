import { json, type ActionFunctionArgs } from "@remix-run/node";
import { MOST_REPORT_PHOTOS, SiteReportForm } from "#app/domain/site-report.ts";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { accountOf } from "./desk.server.ts";
import { refusal } from "./forms.server.ts";
import { readUploads } from "./upload.server.ts";

/** Takes in a report from a site, whether a form or a script sent it; null when it is taken, else the answer to the form. */
export async function takeSiteReport({ params, request, context }: ActionFunctionArgs) {
  const form = await readUploads(request, SiteReportForm, { photos: { most: MOST_REPORT_PHOTOS } });
  if (!form.ok) return json({ reply: form.reply }, { status: form.status });
  const { data, files, formKey } = form;
  const taken = await reportFromSite(context, { ...data, stairwell: params["code"] ?? "", photos: files.photos, accountId: accountOf(context), formKey });
  return taken.ok ? null : refusal(form, taken.problem);
}
