import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deskOpinionForm } from "#app/domain/opinion.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { readNotice } from "#app/http/notice.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { TakeOpinion } from "#app/ui/desk-opinion.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordOpinion } from "#app/use-cases/opinion/record-opinion.server.ts";
import { listRooms } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(opinionWords.desk.add) }];

export async function loader({ params, context: { db, now } }: LoaderFunctionArgs) {
  const { id, title, stairwell, stairwellId, community, building, entrance, phone, publishedOn } = await readNotice(db, params, "notice");
  const rooms = await listRooms(db, stairwellId);
  return {
    place: { code: stairwell, community, building, entrance, phone },
    notice: { id, title, publishedOn },
    rooms: rooms.map(({ room }) => room),
    today: shanghaiDay(now),
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const { id, stairwell } = await readNotice(context.db, params, "notice");
  const form = await readForm(request, deskOpinionForm);
  if (!form.ok) return replyTo(form.reply);
  const { kind, channel, room = null, name = null, phone = null, receivedOn = null, text } = form.data;
  const taken = await recordOpinion(context, {
    notice: id, kind, room, text,
    by: { channel, accountId: accountOf(context), name, phone, receivedOn },
    formKey: form.formKey,
  });
  return taken.ok ? redirect(paths.deskNotice(stairwell, id, "taken")) : refusal(form, taken.problem);
}

export default function Opinion() {
  const reply = useReply();
  return <TakeOpinion {...useLoaderData<typeof loader>()} reply={reply} />;
}
