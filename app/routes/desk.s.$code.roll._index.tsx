import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { hideNumbers, MOST_REMARKS } from "#app/domain/roll-remarks.ts";
import { ROLL_LIMITS } from "#app/domain/roll.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { readUpload } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { rollDesk } from "#app/i18n/zh-CN/roll-desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskRoll, type DeskRollProps } from "#app/ui/desk-roll.tsx";
import { draftRoll } from "#app/use-cases/roll/draft-roll.server.ts";
import { summariseRoll } from "#db/queries/owners.server.ts";
import { findRunning } from "#db/queries/register.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(rollDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const [register, running] = await Promise.all([summariseRoll(context.db, { stairwellId: place.stairwellId }), findRunning(context.db, place.stairwellId)]);
  return { place, register, running, gone: new URL(request.url).searchParams.get("draft") === "gone", formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const upload = await readUpload(request, "roll", ROLL_LIMITS.fileBytes);
  if (!upload.ok) return json({ reply: upload.reply, refused: undefined }, { status: upload.status });
  const drafted = await draftRoll(context, { stairwell, bytes: upload.bytes, accountId: accountOf(context), formKey: upload.formKey });
  if (drafted.ok) return redirect(paths.deskRollDraft(stairwell, drafted.draft));
  const { source, faults } = drafted.reading;
  const shown = faults.slice(0, MOST_REMARKS).map(hideNumbers);
  const refused: DeskRollProps["refused"] = { problem: problemText(drafted.problem), source, faults: { all: faults.length, shown } };
  return json({ reply: undefined, refused }, { status: 422 });
}

export default function Roll() {
  const answer = useActionData() as Pick<DeskRollProps, "reply" | "refused"> | undefined;
  return <DeskRoll {...useLoaderData<typeof loader>()} reply={answer?.reply} refused={answer?.refused} />;
}
