import type { FeedEntry } from "#app/domain/public-feed.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { paths } from "#app/paths.ts";

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML has it; what XML cannot hold is left out. */
const escape = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? "");

/** A day in Shanghai as a moment; what is told to the day has no hour. */
const moment = (day: string) => `${day}T00:00:00+08:00`;

interface Feed {
  origin: string;
  /** Paths of the feed and of the page that it follows. */
  self: string;
  page: string;
  title: string;
  entries: readonly FeedEntry[];
  /** Whether entries name their stairwell. */
  named: boolean;
}

/** A feed as Atom (RFC 4287), by which a place can be followed without an account. */
export function atomResponse({ origin, self, page, title, entries, named }: Feed): Response {
  const url = (path: string) => escape(origin + path);
  const shown = entries.map((entry) => {
    const href = entry.notice === null ? paths.stairwell(entry.stairwell) : paths.notice(entry.notice);
    return `<entry><id>${url(`${paths.stairwell(entry.stairwell)}#${entry.key}`)}</id><title>${escape(feedWords.entry(entry, named))}</title><updated>${moment(entry.day)}</updated><link rel="alternate" type="text/html" href="${url(href)}"/></entry>`;
  });
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `<id>${url(self)}</id><title>${escape(title)}</title><subtitle>${feedWords.subtitle}</subtitle><author><name>${feedWords.author}</name></author>`,
    `<updated>${moment(entries[0]?.day ?? "2021-01-01")}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${url(self)}"/><link rel="alternate" type="text/html" href="${url(page)}"/>`,
    ...shown,
    "</feed>\n",
  ].join("\n");
  return new Response(body, { headers: { "Content-Type": "application/atom+xml; charset=utf-8" } });
}
