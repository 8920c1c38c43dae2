import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AddPhotosForm, MOST_PHOTOS } from "#app/domain/photo.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { photoDesk } from "#app/i18n/zh-CN/photos.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPhotos } from "#app/ui/desk-photos.tsx";
import { useReply } from "#app/ui/reply.ts";
import { addPhotos } from "#app/use-cases/photo/add-photos.server.ts";
import { listSentPhotos } from "#db/queries/photos.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(photoDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const photos = await listSentPhotos(context.db, place.code);
  const said = new URL(request.url).searchParams.get("done");
  return {
    place,
    mayAct: isOfCommittee(context, place.committeeId),
    photos: photos.map(({ publicSince, at, ...photo }) => ({ ...photo, shown: publicSince !== null, day: shanghaiDay(at) })),
    done: (["added", "show", "remove"] as const).find((known) => known === said) ?? null,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readUploads(request, AddPhotosForm, { photos: { most: MOST_PHOTOS, required: true } });
  if (!form.ok) return replyTo(form.reply, form.status);
  const { caption } = form.data;
  const added = await addPhotos(context, { stairwell, photos: form.files.photos, caption, accountId: accountOf(context), formKey: form.formKey });
  return added.ok ? redirect(paths.deskPhotos(stairwell, "added")) : refusal(form, added.problem);
}

export default function StairwellPhotos() {
  const reply = useReply();
  return <DeskPhotos {...useLoaderData<typeof loader>()} reply={reply} />;
}
