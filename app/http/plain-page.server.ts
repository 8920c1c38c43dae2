import { frame } from "#app/i18n/zh-CN/frame.ts";
import { http } from "#app/i18n/zh-CN/http.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { FORM_TOKEN } from "./form-token.server.ts";
import type { View } from "./view.server.ts";

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

/** The portal's mark, as on every other page. */
const MARK = '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M16 25V7.5M9.5 14L16 7.5 22.5 14"/></svg>';

/** Who is signed in at the desk, and the ways from there. */
export interface DeskFrame {
  name: string;
  home: string;
  links: readonly { href: string; label: string }[];
  /** The token of the session's forms. */
  token: string;
}

/** A page that needs neither Remix nor the database: what happened, what to do, whom to call. */
export function plainPage({ title, text, hotline, reference, view, demo, frame: desk }: {
  title: string;
  text: string;
  hotline: string;
  reference: string | undefined;
  view: View;
  demo: boolean;
  /** For a page of the desk. */
  frame?: DeskFrame | undefined;
}): string {
  return `<!doctype html>
<html lang="zh-CN" data-view="${view}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · ${http.brand}</title>
<style>
:root{--text:18px;--target:48px;color-scheme:light dark;--paper:#FAF6EE;--card:#FFFFFF;--ink:#1E2A2C;--jade:#085A48;--on-jade:#FFFFFF;--line:#E3DACA}
html[data-view=elder]{--text:24px;--target:60px}
@media (prefers-color-scheme:dark){:root{--paper:#191815;--card:#22211D;--ink:#F1ECE2;--jade:#8AD8BD;--on-jade:#08241C;--line:#403C34}}
body{margin:0;background:var(--paper);color:var(--ink);font:var(--text)/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{display:flex;flex-wrap:wrap;align-items:center;gap:0 1.2em;padding:10px 20px;border-bottom:1px solid var(--line)}
header>a,nav a,button{display:inline-flex;align-items:center;min-width:var(--target);min-height:var(--target)}
header>a{gap:.55em;color:var(--ink);font-weight:700;text-decoration:none}
header svg{width:1.8em;height:1.8em}
header rect{fill:var(--jade)}
header path{fill:none;stroke:var(--on-jade);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
aside{margin:0;padding:.5em 20px;text-align:center;font-weight:700;border-bottom:1px solid var(--line)}
nav{display:flex;flex-wrap:wrap;gap:0 1em;margin-right:auto}
a,button{color:var(--jade);text-underline-offset:.22em}
form{margin:0}
button{border:0;background:none;font:inherit;text-decoration:underline;cursor:pointer}
main{max-width:36rem;margin:0 auto;padding:8vh 20px}
h1{font-size:1.6em;line-height:1.25;margin:0 0 .6em}
.ways{display:flex;flex-wrap:wrap;gap:.7em}
.ways a{flex:1 1 11em;display:flex;align-items:center;justify-content:center;min-height:var(--target);padding:.3em 1em;border:1.5px solid var(--jade);border-radius:14px;background:var(--card);font-weight:700;text-align:center;text-decoration:none}
.ways a:first-child{background:var(--jade);color:var(--on-jade)}
p.reference{border-top:1px solid var(--line);padding-top:1em}
</style>
${demo ? `<aside>${site.demoNotice}</aside>\n` : ""}${desk ? deskHead(desk) : `<header><a href="/">${MARK}${http.brand}</a></header>\n`}<main>
<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p class="ways"><a href="${desk?.home ?? "/"}">${desk ? http.toDesk : http.toHome}</a>${hotline ? `<a href="tel:${escape(hotline.replace(/[^\d+]/g, ""))}">${http.call} ${escape(hotline)}</a>` : ""}</p>
${reference ? `<p class="reference">${http.reference}${escape(reference)}</p>` : ""}
</main>
</html>`;
}

function deskHead({ name, home, links, token }: DeskFrame): string {
  return `<header>
<a href="${home}">${MARK}${http.brand} · ${frame.desk}</a>
<nav aria-label="${frame.nav}">${links.map(({ href, label }) => `<a href="${href}">${label}</a>`).join("")}</nav>
<span>${escape(name)}</span>
<form method="post" action="${paths.signOut()}"><input type="hidden" name="${FORM_TOKEN}" value="${token}"><button>${frame.signOut}</button></form>
</header>
`;
}
