import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { bindingDecisionForm, evidenceKinds } from "#app/domain/binding.ts";
import { maskMobile } from "#app/domain/text.ts";
import { accountOf, deskScope } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { binding, nameHome } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskBindings } from "#app/ui/desk-bindings.tsx";
import { useReply } from "#app/ui/reply.ts";
import { decideBinding } from "#app/use-cases/binding/decide-binding.server.ts";
import { listBindingRequests, listOwnersOfFlats } from "#db/queries/bindings.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(binding.desk.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = deskScope(context);
  const mayDecide = scope.committeeIds.length > 0;
  const rows = await listBindingRequests(context.db, mayDecide ? { ...scope, subdistrictIds: [] } : scope);
  // The office sees that something waits, not who asked.
  const owners = mayDecide ? await listOwnersOfFlats(context.db, rows.map(({ flatId }) => flatId)) : [];
  const decided = new URL(request.url).searchParams.get("decided");
  return {
    mayDecide,
    decided: decided === "approved" ? ("approved" as const) : decided === "refused" ? ("refused" as const) : null,
    requests: rows.map(({ id, flatId, side, requestedAt, nameCipher, phoneCipher, room, entrance, building, community }) => {
      const name = context.vault.open(nameCipher);
      const phone = context.vault.open(phoneCipher);
      return {
        id, side, room, entrance, building, community,
        requestedAt: requestedAt.toISOString(),
        name: mayDecide ? name : null,
        phone: mayDecide ? phone : maskMobile(phone),
        owners: owners
          .filter((owner) => owner.flatId === flatId)
          .map((owner) => ({
            id: owner.id,
            name: owner.name,
            phone: owner.phoneCipher ? maskMobile(context.vault.open(owner.phoneCipher)) : null,
            sameName: owner.name === name,
          })),
        formKey: newFormKey(),
      };
    }),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, bindingDecisionForm);
  if (!form.ok) return replyTo(form.reply);
  const { request: requestId, verdict, owner, note } = form.data;
  const decided = await decideBinding(context, {
    requestId,
    accountId: accountOf(context),
    committeeIds: deskScope(context).committeeIds,
    messages: binding.messages,
    nameHome,
    formKey: form.formKey,
    ...(verdict === "approved"
      ? { verdict, ownerId: owner ?? null, evidence: evidenceKinds.filter((kind) => form.data[kind] === "yes"), note: note ?? null }
      : { verdict, note: note ?? "" }),
  });
  return decided.ok ? redirect(paths.deskBindings(verdict)) : refusal(form, decided.problem);
}

export default function Bindings() {
  const reply = useReply();
  return <DeskBindings {...useLoaderData<typeof loader>()} reply={reply} />;
}
