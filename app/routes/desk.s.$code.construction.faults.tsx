import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DeskFaultForm, MOST_FAULT_PHOTOS } from "#app/domain/site-fault.ts";
import { accountOf, checksWorks } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { readFaults } from "#app/http/site-words.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { faults } from "#app/i18n/zh-CN/site-faults.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { useReply } from "#app/ui/reply.ts";
import { SiteFaults } from "#app/ui/site-faults.tsx";
import { recordFault } from "#app/use-cases/works/record-fault.server.ts";
import { takeFaultStep } from "#app/use-cases/works/take-fault-step.server.ts";

export const handle: RouteHandle = { policy: "works-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(faults.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  return {
    place,
    mayAct: checksWorks(context, place),
    ...(await readFaults(context, place.stairwellId)),
    done: new URL(request.url).searchParams.get("done") === "yes",
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await readUploads(request, DeskFaultForm, { photos: { most: MOST_FAULT_PHOTOS } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { data: { act, fault: faultId = 0, milestone = "", text = "", dueOn = "" }, files: { photos }, formKey } = form;
  const base = { stairwell: params["code"] ?? "", photos, accountId: accountOf(context), formKey };
  const done =
    act === "found"
      ? await recordFault(context, { ...base, milestone, text, dueOn })
      : await takeFaultStep(context, { ...base, faultId, step: act, text: text || null });
  return done.ok ? redirect(paths.deskFaults(base.stairwell, "yes")) : refusal(form, done.problem);
}

export default function Faults() {
  const reply = useReply();
  const data = useLoaderData<typeof loader>();
  const { code } = data.place;
  return <SiteFaults {...data} reader="desk" action={paths.deskFaults(code)} back={{ label: worksDesk.title, href: paths.deskWorks(code) }} reply={reply} />;
}
