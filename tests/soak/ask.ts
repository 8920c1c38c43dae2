/** What the portal said to one request, asked again until it said something. */
export interface Said {
  status: number;
  location: string | null;
  body: string;
}

/** How often the portal was away, and what it must never say. */
export interface Weather {
  away: number;
  failed: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks as a browser does, with patience: no answer, and 503, mean to send the same again. Anything else is an answer. */
export async function ask(url: string, cookie: string, weather: Weather, body?: () => URLSearchParams | FormData): Promise<Said> {
  for (;;) {
    try {
      const sent = body?.();
      const response = await fetch(url, {
        method: sent ? "POST" : "GET",
        ...(sent && { body: sent }),
        redirect: "manual",
        headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin", Origin: new URL(url).origin },
        signal: AbortSignal.timeout(20_000),
      });
      const said = { status: response.status, location: response.headers.get("Location"), body: await response.text() };
      if (said.status < 500) return said;
      if (said.status !== 503) weather.failed++;
    } catch {
      // Nobody there, or gone in the middle of the answer.
    }
    weather.away++;
    await pause(150);
  }
}

/** The hidden fields of the page's form that has a field of this name; null where the page has no such form. */
export function hiddenFields(html: string, name: string): Record<string, string> | null {
  for (const [form = ""] of html.matchAll(/<form[^>]*>.*?<\/form>/gs)) {
    if (!form.includes(`name="${name}"`)) continue;
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [attribute(input, "name"), attribute(input, "value")] as const);
    return Object.fromEntries(hidden);
  }
  return null;
}

function attribute(input: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1] ?? "";
}
