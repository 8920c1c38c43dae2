import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { slipLayouts } from "#app/domain/handouts.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskSlips } from "#app/ui/desk-prints.tsx";
import { useReply } from "#app/ui/reply.ts";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { listSlips } from "#db/queries/slips.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(desk.slipsTitle) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const slips = (await listSlips(context.db, place.stairwellId)).flatMap(({ flatId, room, number }) => {
    if (number === null) return [];
    const code = slipCode(context.vault, flatId, number);
    return [{ room, code, url: context.origin + paths.slip(code) }];
  });
  const layout = slipLayouts.find((one) => one === new URL(request.url).searchParams.get("layout")) ?? "letter";
  return { place, slips, layout, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, z.object({ renew: z.enum(["yes", "no"], { error: "missing" }) }));
  if (!form.ok) return replyTo(form.reply);
  const issued = await issueSlips(context, { stairwell, renew: form.data.renew === "yes", accountId: accountOf(context), formKey: form.formKey });
  return issued.ok ? redirect(paths.deskSlips(stairwell)) : refusal(form, issued.problem);
}

export default function Slips() {
  const reply = useReply();
  return <DeskSlips {...useLoaderData<typeof loader>()} reply={reply} />;
}
