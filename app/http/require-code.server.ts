import { spendCode } from "#db/authenticator.server.ts";
import { withTransaction } from "#db/client.server.ts";
import type { PortalContext } from "./context.server.ts";
import { accountOf } from "./desk.server.ts";
import { refusal, tooMany } from "./forms.server.ts";
import { countCodeTry, forgiveCodeTries } from "./sign-in.server.ts";

/**
 * Asks for the six digits of the signed-in person's authenticator app again, before something that cannot be undone.
 * Each code is good for one form; the same form, mended and posted again, passes with the code that it has had.
 *
 * @param form as `readForm` gives it; its schema has `code: sixDigits`
 * @returns null when it is right; else the answer to the form: 422, or 429 after too many tries
 */
export async function requireCode(
  context: PortalContext,
  form: { data: { code?: string | undefined }; formKey: string; values: Record<string, string> },
): Promise<Response | null> {
  const accountId = accountOf(context);
  const { code = "" } = form.data;
  const minutes = await countCodeTry(context, accountId);
  if (minutes !== null) return tooMany(form, minutes);
  const { vault, now } = context;
  const verdict = await withTransaction(context.db, (tx) => spendCode(tx, vault, { accountId, code, formKey: form.formKey, now }));
  if (verdict !== "right") return refusal(form, { code: verdict === "missing" ? "authenticator_missing" : "authenticator_wrong", at: "code" });
  await forgiveCodeTries(context, accountId);
  return null;
}
