/** How long an answer is waited for, in ms; photos take their time over a bad network. */
const PATIENCE = 15_000;
export const PATIENCE_WITH_PHOTOS = 180_000;

export type Asked =
  | { is: "answered"; status: number; body: unknown }
  /** No answer that says what happened: nobody there, or a session that has ended. */
  | { is: "lost"; why: "silent" | "signed-out" };

/** Asks the portal for JSON, or posts a form and gets JSON back. Never throws. */
export async function ask(url: string, form?: FormData, patienceMs = PATIENCE): Promise<Asked> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  try {
    const response = await fetch(url, {
      ...(form && { method: "POST", body: form }),
      headers: { Accept: "application/json" },
      redirect: "manual",
      cache: "no-store",
      signal: patience.signal,
    });
    // Whoever is not signed in any more is sent to the page where that is done.
    if (response.type === "opaqueredirect" || response.status === 403) return { is: "lost", why: "signed-out" };
    if (response.status >= 500) return { is: "lost", why: "silent" };
    return { is: "answered", status: response.status, body: await response.json() };
  } catch {
    return { is: "lost", why: "silent" };
  } finally {
    clearTimeout(timer);
  }
}
