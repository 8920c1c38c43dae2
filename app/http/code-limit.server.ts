import { phoneForm } from "#app/domain/sign-in.ts";
import type { PortalContext } from "./context.server.ts";
import { readForm, replyTo, tooMany } from "./forms.server.ts";
import { browserOf } from "./sign-in.server.ts";

/** Counts a code asked for, to this phone from this address; the minutes to wait when there were too many, else null. */
export async function waitForCode({ limits, address }: PortalContext, phone: string): Promise<number | null> {
  return (
    (await limits.wait("code-address", address)) ??
    (await limits.wait("code-phone-address", `${phone} ${address}`)) ??
    (await limits.wait("code-phone", phone))
  );
}

/**
 * Reads the form that asks for a code to a phone, and counts it: the phone and the browser that asks, or the answer to a
 * form that is wrong or comes too often.
 */
export async function readPhone(request: Request, context: PortalContext) {
  const form = await readForm(request, phoneForm);
  if (!form.ok) return { ok: false as const, answer: replyTo(form.reply) };
  const { phone } = form.data;
  const minutes = await waitForCode(context, phone);
  if (minutes !== null) return { ok: false as const, answer: tooMany(form, minutes) };
  return { ok: true as const, form, phone, browser: browserOf(context, form.formKey) };
}
