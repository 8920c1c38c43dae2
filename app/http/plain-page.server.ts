import { frame } from "#app/i18n/zh-CN/frame.ts";
import { http } from "#app/i18n/zh-CN/http.ts";
import { paths } from "#app/paths.ts";
import { FORM_TOKEN } from "./form-token.server.ts";
import type { View } from "./view.server.ts";

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

/** Who is signed in at the desk, and the ways from there. */
export interface DeskFrame {
  name: string;
  home: string;
  links: readonly { href: string; label: string }[];
  /** The token of the session's forms. */
  token: string;
}

/** A page that needs neither Remix nor the database: what happened, what to do, whom to call. */
export function plainPage({ title, text, hotline, reference, view, frame: desk }: {
  title: string;
  text: string;
  hotline: string;
  reference: string | undefined;
  view: View;
  /** For a page of the desk. */
  frame?: DeskFrame | undefined;
}): string {
  const size = view === "elder" ? "24px" : "18px";
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · ${http.brand}</title>
<style>
:root{color-scheme:light dark;--paper:#FAF6EE;--ink:#1E2A2C;--jade:#085A48;--line:#E3DACA}
@media (prefers-color-scheme:dark){:root{--paper:#14201F;--ink:#EFEAE0;--jade:#9BDCC6;--line:#33413F}}
body{margin:0;background:var(--paper);color:var(--ink);font:${size}/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:36rem;margin:0 auto;padding:12vh 20px}
h1{font-size:1.6em;line-height:1.25;margin:0 0 .6em}
a{color:var(--jade);display:inline-block;min-height:48px;line-height:48px}
p.reference{border-top:1px solid var(--line);padding-top:1em}
header{display:flex;flex-wrap:wrap;align-items:center;gap:0 1.2em;padding:8px 20px;border-bottom:1px solid var(--line)}
header>a{color:var(--ink);font-weight:700;text-decoration:none}
nav{display:flex;flex-wrap:wrap;gap:0 1em;margin-right:auto}
form{margin:0}
button{min-height:48px;border:0;background:none;color:var(--jade);font:inherit;text-decoration:underline;cursor:pointer}
</style>
${desk ? deskHead(desk) : ""}<main>
<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p><a href="${desk?.home ?? "/"}">${desk ? http.toDesk : http.toHome}</a>${hotline ? `　<a href="tel:${escape(hotline.replace(/[^\d+]/g, ""))}">${http.call} ${escape(hotline)}</a>` : ""}</p>
${reference ? `<p class="reference">${http.reference}${escape(reference)}</p>` : ""}
</main>
</html>`;
}

function deskHead({ name, home, links, token }: DeskFrame): string {
  return `<header>
<a href="${home}">${http.brand} · ${frame.desk}</a>
<nav aria-label="${frame.nav}">${links.map(({ href, label }) => `<a href="${href}">${label}</a>`).join("")}</nav>
<span>${escape(name)}</span>
<form method="post" action="${paths.signOut()}"><input type="hidden" name="${FORM_TOKEN}" value="${token}"><button>${frame.signOut}</button></form>
</header>
`;
}
