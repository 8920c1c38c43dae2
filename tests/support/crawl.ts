import { STARTED_ORIGIN } from "./started-portal.ts";

/** One answer of a crawl, as text; what is no text is read as bytes that may spell something. */
export interface Seen {
  method: "GET" | "POST";
  url: string;
  status: number;
  headers: Headers;
  /** Headers and body. */
  text: string;
}

export interface Crawler {
  /** Every answer so far. */
  seen: Seen[];
  ask(url: string, form?: Record<string, string>): Promise<Seen>;
  /** Goes on from these addresses along every link, source and form, until nothing new comes up, or until so many were asked for. */
  follow(urls: readonly string[], most?: number): Promise<void>;
}

const decoded = (text: string) => text.replaceAll("&amp;", "&").replace(/&#x?27;|&#39;/g, "'").replaceAll("&quot;", '"');

/** Links that change what the visitor sees and lead back. */
const AROUND = /^\/(view|sign-out)\b/;

/** The same for everybody: a stranger comes to all of it. */
const OF_ALL = /^\/(assets|help)\//;

/** A visitor of a running portal, with the cookies of a session or none, who keeps all that is answered. */
export function createCrawler(url: string, { token, address }: { token?: string; address: string }): Crawler {
  const seen: Seen[] = [];
  const known = new Set<string>();
  const ask: Crawler["ask"] = async (path, form) => {
    const headers: Record<string, string> = { "X-Forwarded-For": address, ...(token && { Cookie: `__Host-jiati=${token}` }) };
    if (form) Object.assign(headers, { Origin: STARTED_ORIGIN, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" });
    const response = await fetch(new URL(path, url), {
      method: form ? "POST" : "GET",
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    const isStream = response.headers.get("Content-Type") === "text/event-stream";
    // Pictures that come with the build are the same for everybody, and their bytes may spell anything.
    const isOfBuild = response.headers.get("Content-Type") === "image/webp";
    if (isStream || isOfBuild) await response.body?.cancel();
    const body = isStream || isOfBuild ? "" : Buffer.from(await response.arrayBuffer()).toString();
    const said = [...response.headers].map(([name, value]) => `${name}: ${decodeURIComponentOrNot(value)}`).join("\n");
    const answer: Seen = { method: form ? "POST" : "GET", url: path, status: response.status, headers: response.headers, text: `${said}\n\n${decoded(body)}` };
    seen.push(answer);
    return answer;
  };
  return {
    seen,
    ask,
    async follow(urls, most = Infinity) {
      const waiting: { path: string; form?: Record<string, string> }[] = [];
      const add = (path: string, form?: Record<string, string>) => {
        const key = `${form ? "POST" : "GET"} ${path}`;
        if (known.has(key) || known.size >= most || AROUND.test(path) || (token && OF_ALL.test(path))) return;
        known.add(key);
        waiting.push({ path, ...(form && { form }) });
      };
      for (const one of urls) add(one);
      const work = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { text, headers } = await ask(next.path, next.form);
          const to = headers.get("Location");
          if (to) add(ownPath(to, next.path) ?? "/");
          for (const { path, posts } of linksOf(text, next.path)) {
            if (posts) add(path, { "form-key": "a-key-that-a-crawler-made-up", code: "0000", q: "1" });
            else add(path);
          }
        }
      };
      // Whoever runs out of work looks again while another may still find some.
      for (; waiting.length > 0; ) await Promise.all([work(), work(), work(), work()]);
    },
  };
}

function decodeURIComponentOrNot(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path of the portal itself; undefined for anything else. */
function ownPath(link: string, from: string): string | undefined {
  if (/^(tel|mailto|data|javascript):/.test(link)) return undefined;
  const { origin, pathname, search } = new URL(link, new URL(from, STARTED_ORIGIN));
  return origin === STARTED_ORIGIN ? pathname + search : undefined;
}

/** Links, sources and targets of forms in a page, in its data and in its scripts' names. */
function linksOf(text: string, from: string): { path: string; posts: boolean }[] {
  const found: { path: string; posts: boolean }[] = [];
  const add = (link: string, posts = false) => {
    const path = ownPath(link, from);
    if (path) found.push({ path, posts });
  };
  for (const [, link = ""] of text.matchAll(/\b(?:href|src)="([^"]*)"/g)) if (link !== "") add(link);
  for (const [form] of text.matchAll(/<form\b[^>]*>/g)) {
    const action = /\baction="([^"]*)"/.exec(form)?.[1] ?? from;
    if (/method="post"/i.test(form)) add(action, true);
    else add(`${action.split("?")[0]}?q=1`);
  }
  return found;
}
