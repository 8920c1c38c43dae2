import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readAloudForm } from "#app/domain/assisted.ts";
import { assistedDraft } from "#app/http/assisted-draft.server.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { assisted, assistedMessages } from "#app/i18n/zh-CN/assisted.ts";
import { nameHome } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ReadIntent } from "#app/ui/read-aloud.tsx";
import { useReply } from "#app/ui/reply.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { listOwnersOfFlat } from "#db/queries/bindings.server.ts";
import { findFlat } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "committee-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(assisted.read.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const draft = await assistedDraft.read(request, context, place.code);
  const flat = draft && (await findFlat(context.db, place.code, draft.room));
  if (!draft || !flat) throw redirect(paths.deskFile(place.code));
  const owners = (await listOwnersOfFlat(context.db, flat.id)).map(({ id, name }) => ({ id, name }));
  const { room, choice, worry, needsHelp, name } = draft;
  return { place, owners, filing: { room, choice, worry, needsHelp, name }, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const draft = await assistedDraft.read(request, context, stairwell);
  if (!draft) return redirect(paths.deskFile(stairwell));
  const form = await readForm(request, readAloudForm);
  if (!form.ok) return replyTo(form.reply);
  const { room, choice, worry = null, needsHelp, phone = null } = draft;
  const name = form.data.name ?? draft.name ?? null;
  const filed = await fileIntent(context, {
    stairwell, room, choice, worry, name, phone,
    needsHelp: needsHelp === undefined ? null : needsHelp === "yes",
    channel: "assisted",
    slipCode: null,
    ownFlatIds: [],
    accountId: accountOf(context),
    telling: { ownerId: form.data.owner ?? null, name, message: assistedMessages.intent(context.origin), nameHome },
    formKey: form.formKey,
  });
  if (!filed.ok) return refusal(form, filed.problem);
  return redirect(paths.deskFiled(stairwell, { room, receipt: filed.receipt, told: filed.told.length }), {
    headers: { "Set-Cookie": await assistedDraft.drop(context) },
  });
}

export default function Read() {
  const reply = useReply();
  return <ReadIntent {...useLoaderData<typeof loader>()} reply={reply} />;
}
