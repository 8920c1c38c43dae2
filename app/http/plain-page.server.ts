import { http } from "#app/i18n/zh-CN/http.ts";
import type { View } from "./view.server.ts";

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

/** A page that needs neither Remix nor the database: what happened, what to do, whom to call. */
export function plainPage({ title, text, hotline, reference, view }: {
  title: string;
  text: string;
  hotline: string;
  reference: string | undefined;
  view: View;
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
</style>
<main>
<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p><a href="/">${http.toHome}</a>${hotline ? `　<a href="tel:${escape(hotline.replace(/[^\d+]/g, ""))}">${http.call} ${escape(hotline)}</a>` : ""}</p>
${reference ? `<p class="reference">${http.reference}${escape(reference)}</p>` : ""}
</main>
</html>`;
}
