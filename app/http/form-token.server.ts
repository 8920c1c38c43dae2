import { createHmac } from "node:crypto";

/** The hidden field that shows that a form was made for the session that sends it. */
export const FORM_TOKEN = "form-token";

/** Tells what reads a form which token it has to bring; set by the portal itself on every request, and on none by anybody else. */
const HEADER = "X-Jiati-Form-Token";

/** The token of a session's forms: whoever does not have the session's secret cannot make it, and it tells nothing of it. */
export function formTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("jiati form").digest("base64url").slice(0, 32);
}

/** Says to what reads the form which token it must have; null where nobody is signed in. */
export function demandToken(headers: Headers, token: string | null): void {
  headers.delete(HEADER);
  if (token !== null) headers.set(HEADER, token);
}

export function demandedToken(request: Request): string | null {
  return request.headers.get(HEADER);
}
