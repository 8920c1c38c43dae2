import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { linesText, maskMobile, optional } from "#app/domain/text.ts";
import { accountOf, deskScope } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskIntents } from "#app/ui/desk-intents.tsx";
import { useReply } from "#app/ui/reply.ts";
import { decideIntent } from "#app/use-cases/intent/decide-intent.server.ts";
import { listIntentsToConfirm } from "#db/queries/intents.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(desk.confirmTitle) }];

const decisionForm = z.object({
  intent: z.coerce.number({ error: "missing" }).int({ error: "unknown" }).positive({ error: "unknown" }).max(2_147_483_647, { error: "unknown" }),
  decision: z.enum(["confirm", "reject"], { error: "missing" }),
  reason: optional(linesText(500)),
});

export async function loader({ context }: LoaderFunctionArgs) {
  const scope = deskScope(context);
  const mayDecide = scope.committeeIds.length > 0;
  const rows = await listIntentsToConfirm(context.db, mayDecide ? { ...scope, subdistrictIds: [] } : scope);
  return {
    mayDecide,
    // The office sees that something waits, not who filed what.
    waiting: rows.map(({ filerPhoneCipher, filerName, filerNameCipher, choice, worry, ...row }) => ({
      ...row,
      filedAt: row.filedAt.toISOString(),
      ...(mayDecide
        ? { name: filerNameCipher ? context.vault.open(filerNameCipher) : filerName, phone: filerPhoneCipher ? context.vault.open(filerPhoneCipher) : null, choice, worry }
        : { name: null, phone: filerPhoneCipher ? maskMobile(context.vault.open(filerPhoneCipher)) : null, choice: null, worry: null }),
      formKey: newFormKey(),
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { committeeIds } = deskScope(context);
  const form = await readForm(request, decisionForm);
  if (!form.ok) return replyTo(form.reply);
  const { intent, decision, reason } = form.data;
  if (decision === "reject" && !reason) return refusal(form, { code: "reject_reason_missing", at: "reason" });
  const decided = await decideIntent(context, {
    intentId: intent,
    accountId: accountOf(context),
    committeeIds,
    formKey: form.formKey,
    ...(decision === "confirm" ? { decision } : { decision, reason: reason ?? "" }),
  });
  return decided.ok ? redirect(paths.deskIntents()) : refusal(form, decided.problem);
}

export default function Intents() {
  const reply = useReply();
  return <DeskIntents {...useLoaderData<typeof loader>()} reply={reply} />;
}
