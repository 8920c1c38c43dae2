import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { linkState } from "#app/domain/assisted.ts";
import { newFormKey, readForm, refusal, replyTo, tooMany } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { assisted, objectionReason } from "#app/i18n/zh-CN/assisted.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ObjectionPage } from "#app/ui/objection-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { objectToFiling } from "#app/use-cases/assisted/object.server.ts";
import { findLinkedFiling } from "#db/queries/assisted.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = ({ error }) => [{ title: error ? site.errorTitle(assisted.object.title) : site.title(assisted.object.title) }];

const TOKEN = /^[\w-]{22}$/;

/** Whoever has the link sees what was recorded, never for which flat. Opening it changes nothing: phones open links by themselves. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, vault, now, limits, address } = context;
  const token = params["token"] ?? "";
  const minutes = await limits.over("objection-address", address);
  const filing = minutes === null && TOKEN.test(token) ? await findLinkedFiling(db, vault.hash("objection", token)) : undefined;
  if (minutes === null && !filing) await limits.wait("objection-address", address);
  if (minutes !== null) return json({ state: "too-often" as const }, { status: 429 });
  if (!filing) return json({ state: "expired" as const }, { status: 404 });
  const { stairwell, committeePhone, expiresAt, at, intent, ballot } = filing;
  const state = linkState(filing, now);
  if (state === "expired") return json({ state }, { status: 410 });
  return json({
    state,
    done: new URL(request.url).searchParams.has("done"),
    token, stairwell, committeePhone,
    expiresAt: expiresAt.toISOString(),
    at: at.toISOString(),
    recorded: intent
      ? { kind: "intent" as const, choice: intent.choice, worry: intent.worry, needsHelp: intent.needsHelp }
      : { kind: "ballot" as const, choice: ballot?.choice ?? "abstain", worry: null, needsHelp: null },
    formKey: newFormKey(),
  });
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const token = params["token"] ?? "";
  const form = await readForm(request, z.object({}));
  if (!form.ok) return replyTo(form.reply);
  const minutes = await context.limits.wait("objection-address", context.address);
  if (minutes !== null) return tooMany(form, minutes);
  const objected = await objectToFiling(context, { token, reason: objectionReason, formKey: form.formKey });
  return objected.ok ? redirect(`${paths.object(encodeURIComponent(token))}?done=yes`) : refusal(form, objected.problem);
}

export default function Objection() {
  const reply = useReply();
  return <ObjectionPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
