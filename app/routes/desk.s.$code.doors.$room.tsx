import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { visitForm } from "#app/domain/visit.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { readDone, readDoors } from "#app/http/doors.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { doors } from "#app/i18n/zh-CN/doors.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DoorCard } from "#app/ui/door-card.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordVisit } from "#app/use-cases/visit/record-visit.server.ts";
import { listOwnersToCall } from "#db/queries/visits.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = ({ params }) => [{ title: site.title(doors.flat(params["room"] ?? "")) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, vault } = context;
  const { place, all, visits, next } = await readDoors(context, params["code"] ?? "");
  const door = all.find(({ room }) => room === params["room"]);
  if (!door) throw new Response(null, { status: 404 });
  const owners = await listOwnersToCall(db, door.flatId);
  return {
    place, door,
    open: door.open,
    owners: owners.map(({ name, phoneCipher }) => ({ name, phone: phoneCipher && vault.open(phoneCipher) })),
    visits: visits
      .filter(({ flatId }) => flatId === door.flatId)
      .map(({ id, outcome, at, by, textCipher }) => ({ id, outcome, at, by, note: textCipher && vault.open(textCipher) })),
    next: next(door.room),
    done: await readDone(context, request, place.stairwellId),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const [stairwell, room] = [params["code"] ?? "", params["room"] ?? ""];
  const form = await readForm(request, visitForm);
  if (!form.ok) return replyTo(form.reply);
  const { outcome, note = null } = form.data;
  const recorded = await recordVisit(context, { stairwell, room, outcome, note, accountId: accountOf(context), formKey: form.formKey });
  if (!recorded.ok) return refusal(form, recorded.problem);
  const next = (await readDoors(context, stairwell)).next(room);
  return redirect(next ? paths.door(stairwell, next, recorded.visitId) : paths.doors(stairwell, recorded.visitId));
}

export default function Door() {
  const reply = useReply();
  return <DoorCard {...useLoaderData<typeof loader>()} reply={reply} />;
}
