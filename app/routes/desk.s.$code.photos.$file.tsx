import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DecidePhotoForm } from "#app/domain/photo.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { photoDesk } from "#app/i18n/zh-CN/photos.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPhoto } from "#app/ui/desk-photos.tsx";
import { useReply } from "#app/ui/reply.ts";
import { decidePhoto } from "#app/use-cases/photo/decide-photo.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listSentPhotos } from "#db/queries/photos.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(photoDesk.title) }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const place = await findPlace(context.db, params["code"] ?? "");
  const found = place && (await listSentPhotos(context.db, place.code)).find(({ file }) => file === params["file"]);
  if (!found) throw new Response(null, { status: 404 });
  const { publicSince, at, ...photo } = found;
  return {
    place,
    mayAct: isOfCommittee(context, place.committeeId),
    photo: { ...photo, shown: publicSince !== null, day: shanghaiDay(at) },
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const [stairwell, fileId] = [params["code"] ?? "", params["file"] ?? ""];
  const form = await readForm(request, DecidePhotoForm);
  if (!form.ok) return replyTo(form.reply);
  const { decision, looked, reason } = form.data;
  const decided = await decidePhoto(context, { stairwell, fileId, decision, looked, reason, accountId: accountOf(context), formKey: form.formKey });
  return decided.ok ? redirect(paths.deskPhotos(stairwell, decision)) : refusal(form, decided.problem);
}

export default function StairwellPhoto() {
  const reply = useReply();
  return <DeskPhoto {...useLoaderData<typeof loader>()} reply={reply} />;
}
