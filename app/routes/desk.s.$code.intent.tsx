import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deskIntent } from "#app/domain/intent.ts";
import { assistedDraft } from "#app/http/assisted-draft.server.ts";
import { accountOf, readFiled } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskFile } from "#app/ui/desk-file.tsx";
import { useReply } from "#app/ui/reply.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { findNextFlat } from "#db/queries/desk.server.ts";
import { listRooms } from "#db/queries/flats.server.ts";
import { findFlat } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell", scripts: true };

export const meta: MetaFunction = () => [{ title: site.title(desk.fileTitle("")) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  // From the ground up, as a stack of paper lies, and from left to right on each floor.
  const rooms = (await listRooms(context.db, place.stairwellId)).sort((a, b) => a.floor - b.floor).map(({ room }) => room);
  const url = new URL(request.url);
  // Whoever was read to has said that something is wrong.
  const draft = url.searchParams.has("again") ? await assistedDraft.read(request, context, place.code) : undefined;
  const asked = draft?.room ?? url.searchParams.get("room");
  return { place, rooms, room: rooms.find((room) => room === asked) ?? null, draft: draft ?? null, filed: readFiled(url, "filed"), formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, deskIntent);
  if (!form.ok) return replyTo(form.reply);
  const { room, choice, channel, worry = null, needsHelp, name = null, phone = null } = form.data;
  if (channel === "assisted") {
    if (!(await findFlat(context.db, stairwell, room))) return refusal(form, { code: "flat_unknown", at: "room" });
    const { channel: _, then: __, ...draft } = form.data;
    return redirect(paths.deskRead(stairwell), { headers: { "Set-Cookie": await assistedDraft.keep(context, { stairwell, ...draft }) } });
  }
  const filed = await fileIntent(context, {
    stairwell, room, choice, channel, worry, name, phone,
    needsHelp: needsHelp === undefined ? null : needsHelp === "yes",
    slipCode: null,
    ownFlatIds: [],
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  if (!filed.ok) return refusal(form, filed.problem);
  const { receipt } = filed;
  const next = form.data.then === "next" ? await findNextFlat(context.db, stairwell, room) : undefined;
  return redirect(next ? paths.deskFile(stairwell, next, { filed: room, receipt }) : paths.deskFiled(stairwell, { room, receipt }));
}

export default function File() {
  const reply = useReply();
  return <DeskFile {...useLoaderData<typeof loader>()} reply={reply} schema={deskIntent} />;
}
