import { FORM_TOKEN, formTokenOf } from "#app/http/form-token.server.ts";
import { createDice, type Dice } from "./dice.ts";
import type { KnownForm } from "./every-form.ts";
import { formKey } from "./factories.ts";
import { STARTED_ORIGIN } from "./started-portal.ts";

/** A route of the build, and an address of it that is well-formed. */
export interface FuzzedRoute {
  id: string;
  url: string;
}

/** Somebody who sends broken requests; without a session a stranger. */
export interface Fuzzer {
  name: string;
  /** The routes that are mostly for these people. */
  at?: RegExp;
  session?: string;
}

export interface BrokenRequest {
  /** What it is and what is broken about it, to be found again. */
  about: string;
  bytes: Buffer;
  /** Whether the other side would wait for more of it. */
  over: boolean;
}

interface Draft {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: Buffer;
  /** What the head says of the body's length; null: nothing. */
  length: number | null;
  /** How much of it all is sent; the rest never comes. */
  sent: number;
}

/** Read as Latin-1, so that each stands for the bytes that are sent. */
const bytes = (text: string) => Buffer.from(text).toString("latin1");

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

/** Pieces of an address that mean nothing, some of them not even letters. */
const PIECES = [
  "%00", "%FF", "%C0%AF", "%c0%ae%c0%ae/", "..%2f..%2fetc%2fpasswd", "%E2%80%AE", "x".repeat(1_900), "__proto__", "constructor", "toString", "'%20or%201=1", "%25", "%",
  "%zz", "%ED%A0%80", "%F0%9F%8F%A0", "-1", "0", "1e9", "99999999999999999999", "NaN", ".", "..", "%2e%2e", "a;b", "%0d%0aX:%20y", "\\", "{}", "[object%20Object]", "<script>", "\u00e4\u00b8",
];

/** What a field of a form may turn out to hold. */
const VALUES = [
  "", " ", "\u0000", bytes("长").repeat(9_000), bytes("\u202E101"), bytes("\u200B"), "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00ff\u00fe", bytes("🏠").slice(0, 3), "__proto__", "1e309", "-1", "0x10",
  "99999999999999999999", "-2147483649", "NaN", "true", "null", "undefined", "[object Object]", "2026-02-30", "0000-00-00", "99999-01-01", "1'; drop table ballot; --", "<script>alert(1)</script>",
  "../../etc/passwd", "${7*7}", "%s%s%n", bytes("１０１"), "\r\nSet-Cookie: a=b", "0.1", "1,5", "+86 13800000101", "{\"a\":1}", "[]",
];

const NAMES = ["__proto__", "constructor", "toString", "form-key", "form-token", "a[b]", "a[]", "", "\u0000", "surplus", "_method", "x".repeat(5_000), bytes("室号"), "\u00ff"];

const COOKIES = [
  "", "=", ";;;", "__Host-jiati=", `__Host-jiati=${"A".repeat(43)}`, `__Host-jiati=${"A".repeat(9_000)}`, "__Host-jiati=%", "__Host-jiati=\u00ff\u00fe", "jiati=x; jiati=y", "view=elder; view=%00", "view=__proto__",
  "__Host-sign-in=%7B", "__Host-sign-in=e30%3D.xxxx", "__Host-staff-sign-in=eyJhIjoxfQ==.AAAA", "__Host-lost-form=AAAA", `__Host-lost-form=${"_".repeat(4_000)}`, "__Host-intent=bnVsbA==.x", "__Host-binding=\"\"", "a=b".repeat(2_000), "\u0001=\u0002",
];

const HEADERS: readonly (readonly [string, string])[] = [
  ["X-Long", "x".repeat(64 * 1024)], ["Accept-Encoding", "gzip;q=nan, br;q=\u00ff"], ["Accept", "\u00ff/*"], ["Accept-Language", "x".repeat(7_000)], ["Range", "bytes=0-1,5-3,-"], ["If-None-Match", "\"\u00ff"],
  ["If-Modified-Since", "never"], ["X-Forwarded-For", "\u00ff\u00fe, ::::, 999.999.999.999"], ["X-Forwarded-For", "x".repeat(7_000)], ["X-Forwarded-Host", "evil.example"], ["X-Forwarded-Proto", "gopher"],
  ["Origin", "null"], ["Origin", "https://evil.example"], ["Sec-Fetch-Site", "cross-site"], ["Sec-Fetch-Site", "\u00ff"], ["Host", "evil.example"], ["Host", "a b"], ["Host", ""], ["Expect", "100-continue"], ["Expect", "200-maybe"],
  ["Content-Encoding", "gzip"], ["Transfer-Encoding", "chunked"], ["Transfer-Encoding", "identity, chunked, x"], ["Content-Length", "5"], ["Content-Length", "-1"], ["Content-Length", "1e3"], ["Upgrade", "websocket"], ["Connection", "Upgrade, HTTP2-Settings"],
  ["X-Remix-Revalidate", "yes"], ["X-Remix-Request", "yes"], ["X-Jiati-Form-Token", "x"], ["X-HTTP-Method-Override", "DELETE"], ["Content-Type", "application/json"], ["Content-Type", "text/x-\u00ff"], ["Referer", "javascript:alert(1)"], ["Purpose", "prefetch"],
  ["Bad Name", "x"], ["", "x"], ["X-Null", "a\u0000b"], ["X-Fold", "a\r\n b"],
];

const TYPES = [
  "application/json", "text/plain", "application/xml", "", "multipart/form-data", "multipart/form-data; boundary=", `multipart/form-data; boundary=${"b".repeat(300)}`, "multipart/form-data; boundary=\"", "application/x-www-form-urlencoded; charset=utf-16",
  "multipart/mixed; boundary=b", "application/octet-stream",
];

const FILES = [
  "", "no picture", "\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF", "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "GIF89a", "%PDF-1.7\n1 0 obj<</Pages 1 0 R>>", "PK\u0003\u0004\u0014", "<svg xmlns='http://www.w3.org/2000/svg'/>",
  bytes("室号,建筑面积,产权人\n101,,\n"), "\u0000".repeat(4_000), "RIFF\u00ff\u00ff\u00ff\u00ffWEBPVP8 ",
];

const FILE_NAMES = ["a.jpg", "", "../../a.jpg", "a\u0000.jpg", "x".repeat(400), bytes("照片.jpg"), "\u00ff", "a\"; name=\"form-key"];

const encoded = (fields: readonly (readonly [string, string])[]) =>
  fields.map(([name, value]) => `${escape(name)}=${escape(value)}`).join("&");
const escape = (text: string) => text.replace(/[^\w-]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);

/** Broken requests without end, the same for the same seed: first each route with each method, then whatever comes. */
export function breakRequests(seed: number, { routes, forms, people }: { routes: readonly FuzzedRoute[]; forms: readonly KnownForm[]; people: readonly Fuzzer[] }): (index: number) => BrokenRequest {
  const dice = createDice(seed);
  const known = new Map(routes.map(({ id }) => [id, forms.filter(({ route }) => `routes/${route}` === id)]));

  const form = (by: Fuzzer, one: KnownForm | undefined, draft: Draft): void => {
    if (one) draft.url = one.url;
    const fields: [string, string][] = Object.entries(one?.good ?? { a: "1" }).map(([name, value]) => [name, bytes(value)]);
    fields.push(["form-key", dice.chance(0.9) ? formKey() : dice.one(VALUES)]);
    if (by.session) fields.push([FORM_TOKEN, dice.chance(0.9) ? formTokenOf(by.session) : dice.one(VALUES)]);
    for (let breaks = dice.below(3) + 1; breaks > 0; breaks--) {
      const at = dice.below(fields.length);
      const [name, value] = fields[at] ?? ["", ""];
      const broken: (() => void)[] = [
        () => fields.splice(at, 1, [name, dice.one(VALUES)]),
        () => fields.splice(at, 1, [name, dice.one(VALUES)]),
        () => fields.push([name, dice.one([value, ...VALUES])]),
        () => fields.push([dice.one(NAMES), dice.one(VALUES)]),
        () => fields.splice(at, 1),
        () => fields.push(...Array.from({ length: 600 }, (): [string, string] => [name, "1"])),
      ];
      if (fields.length > 0) dice.one(broken)();
    }
    const upload = one?.upload === true ? dice.chance(0.8) : dice.chance(0.15);
    const body = upload ? parts(fields, draft) : Buffer.from(dice.chance(0.05) ? fields.map((pair) => pair.join("=")).join("&") : encoded(fields), "latin1");
    if (!upload) draft.headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
    draft.body = body;
    draft.length = body.length;
  };

  /** Mostly somebody who may, so that what is behind the door is tried as well. */
  const whoSends = (id: string, one: KnownForm | undefined): Fuzzer => {
    if (/sign-out/.test(id)) return { name: "stranger" };
    const session = one?.who.cookies.get("jiati");
    if (one && dice.chance(0.8)) return session ? { name: "who may", session } : { name: "stranger" };
    const near = people.filter(({ at }) => at?.test(id) ?? false);
    return near.length > 0 && dice.chance(0.7) ? dice.one(near) : dice.one(people);
  };

  const parts = (fields: readonly (readonly [string, string])[], draft: Draft): Buffer => {
    const boundary = "----a-boundary";
    draft.headers.push(["Content-Type", `multipart/form-data; boundary=${boundary}`]);
    const disposition = (name: string, more = "") => `Content-Disposition: form-data; name="${name}"${more}`;
    const file = dice.one(["files", "file", "photos", "drawings", "page", "roll", "photo"]);
    const written = [
      ...fields.map(([name, value]) => `--${boundary}\r\n${disposition(name)}\r\n\r\n${value}\r\n`),
      `--${boundary}\r\n${disposition(file, `; filename="${dice.one(FILE_NAMES)}"`)}\r\nContent-Type: ${dice.one(["image/jpeg", "", "\u00ff", "application/pdf"])}\r\n\r\n${dice.one(FILES)}\r\n`,
      ...(dice.chance(0.1) ? [`--${boundary}\r\nContent-Disposition: attachment\r\n\r\n\r\n`] : []),
      ...(dice.chance(0.1) ? [`--${boundary}\r\n\r\n`] : []),
    ];
    const end = dice.chance(0.85) ? `--${boundary}--\r\n` : dice.one(["", `--${boundary}`, "\r\n", "--"]);
    return Buffer.from(written.join("") + end, "latin1");
  };

  const breaking: Record<string, (draft: Draft, route: FuzzedRoute) => void> = {
    path: (draft) => {
      const [path = "", query] = draft.url.split("?");
      const steps = path.split("/");
      steps[1 + dice.below(Math.max(1, steps.length - 1))] = dice.one(PIECES);
      draft.url = [steps.join("/"), ...(query === undefined ? [] : [query])].join("?");
    },
    query: (draft) => {
      const name = dice.one(["page", "q", "to", "step", "room", "stage", "of", "kind", "show", "back", "community", "lost", "role", ...NAMES.slice(0, 4)]);
      for (let times = dice.one([1, 1, 2, 40]); times > 0; times--) draft.url += `${draft.url.includes("?") ? "&" : "?"}${name}=${dice.one(PIECES)}`;
    },
    data: (draft, { id }) => {
      const asked = dice.one([id, id, dice.one(routes).id, "root", "routes/nothing", "", "__proto__", "%00", "routes%2F_index"]);
      draft.url += `${draft.url.includes("?") ? "&" : "?"}_data=${dice.chance(0.5) ? encodeURIComponent(asked) : asked}`;
    },
    header: (draft) => {
      const [name, value] = dice.one(HEADERS);
      if (dice.chance(0.5)) draft.headers = draft.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase());
      if (/^content-length$/i.test(name)) draft.length = null;
      draft.headers.push([name, value]);
    },
    headers: (draft) => {
      for (let no = dice.one([3, 200, 2_500]); no > 0; no--) draft.headers.push([`X-${no}`, "x"]);
    },
    cookie: (draft) => {
      if (dice.chance(0.7)) draft.headers = draft.headers.filter(([name]) => name !== "Cookie");
      draft.headers.push(["Cookie", dice.one(COOKIES)]);
    },
    type: (draft) => {
      draft.headers = draft.headers.filter(([name]) => name !== "Content-Type");
      draft.headers.push(["Content-Type", dice.one(TYPES)]);
      if (draft.length === null && draft.method !== "GET") draft.length = draft.body.length;
    },
    body: (draft) => {
      draft.body = Buffer.from(dice.one(["", "%", "%zz=1", "a=1&a=1&&&==", "\u00ff\u00fe\u0000", "{\"a\":", "x".repeat(100_000), "&".repeat(3_000), "a=".repeat(2_000), `{"__proto__":{"a":1}}`]), "latin1");
      draft.length = draft.body.length;
    },
    length: (draft) => {
      draft.length = dice.one([0, 1, draft.body.length + 100, 500_000_000, null]);
    },
    half: (draft) => {
      draft.sent = dice.below(100) / 100;
    },
  };
  // What Node itself refuses says nothing of the portal behind it, and comes up less often.
  const kinds = [...Object.keys(breaking), "path", "query", "data", "header", "cookie", "type", "path", "query", "data", "header", "cookie"];

  return (index) => {
    const inOrder = index < routes.length * METHODS.length;
    const route = inOrder ? (routes[index % routes.length] as FuzzedRoute) : dice.one(routes);
    const method = inOrder ? (METHODS[Math.floor(index / routes.length)] ?? "GET") : dice.one(["POST", "POST", "POST", "POST", "POST", "POST", "GET", "GET", "GET", "PROPFIND", "FOO", ...METHODS]);
    const found = method === "POST" ? (known.get(route.id) ?? []) : [];
    const one = found.length > 0 ? dice.one(found) : undefined;
    const by = whoSends(route.id, one);
    const draft: Draft = { method, url: route.url, headers: [], body: Buffer.alloc(0), length: null, sent: 1 };
    draft.headers.push(["Host", "portal.test"], ["X-Forwarded-For", `10.${dice.below(250)}.${dice.below(250)}.${dice.below(250)}`]);
    if (by.session) draft.headers.push(["Cookie", `__Host-jiati=${by.session}`]);
    if (draft.method !== "GET" && draft.method !== "HEAD") draft.headers.push(["Sec-Fetch-Site", "same-origin"], ["Origin", STARTED_ORIGIN]);
    if (draft.method === "POST") form(by, one, draft);
    const broken = draft.method === "POST" && dice.chance(0.75) ? [] : Array.from({ length: 1 + dice.below(2) }, () => dice.one(kinds));
    for (const kind of broken) breaking[kind]?.(draft, route);
    const about = `#${index} ${by.name} ${draft.method} ${draft.url.slice(0, 150)} [${broken.join(" ") || "fields"}]`;
    return { about, bytes: written(draft, dice), over: draft.sent < 1 || (draft.length ?? 0) > draft.body.length || draft.headers.some(([name]) => name === "Content-Length") };
  };
}

function written({ method, url, headers, body, length, sent }: Draft, dice: Dice): Buffer {
  const lines = [`${method} ${url} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), ...(length === null ? [] : [`Content-Length: ${length}`]), "Connection: close"];
  const whole = Buffer.concat([Buffer.from(`${lines.join(dice.chance(0.99) ? "\r\n" : "\n")}\r\n\r\n`, "latin1"), body]);
  return sent < 1 ? whole.subarray(0, Math.floor(whole.length * sent)) : whole;
}
