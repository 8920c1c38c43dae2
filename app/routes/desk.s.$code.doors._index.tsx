import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { visitUndoForm } from "#app/domain/visit.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readDone, readDoors } from "#app/http/doors.server.ts";
import { readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { doors } from "#app/i18n/zh-CN/doors.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskDoors } from "#app/ui/desk-doors.tsx";
import { useReply } from "#app/ui/reply.ts";
import { undoVisit } from "#app/use-cases/visit/undo-visit.server.ts";
import { findBallotDeadline } from "#db/queries/visits.server.ts";

/** Whether a flat returned its ballot is the committee's to know. */
export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(doors.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { place, purpose, all, doors, next } = await readDoors(context, params["code"] ?? "");
  return {
    place, purpose, doors,
    flats: all.length,
    first: next(""),
    closesAt: purpose === "ballot" ? await findBallotDeadline(context.db, place.stairwellId, context.now) : null,
    done: await readDone(context, request, place.stairwellId),
    now: context.now.toISOString(),
  };
}

/** Takes back a visit that was tapped by mistake. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, visitUndoForm);
  if (!form.ok) return replyTo(form.reply);
  const undone = await undoVisit(context, { stairwell, visitId: form.data.visit, accountId: accountOf(context), formKey: form.formKey });
  return undone.ok ? redirect(paths.door(stairwell, undone.room)) : refusal(form, undone.problem);
}

export default function Doors() {
  const reply = useReply();
  return <DeskDoors {...useLoaderData<typeof loader>()} reply={reply} />;
}
