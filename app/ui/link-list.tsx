import type { ReactNode } from "react";
import { Sign } from "./sign.tsx";

export interface LinkRow {
  href: string;
  title: string;
  detail?: ReactNode;
  badge?: ReactNode;
  /** A file, not a page. */
  download?: boolean;
}

/** Big rows to go on from: title, a line of detail, a badge; `wide` ones stand two beside each other on an office screen. */
export function LinkList({ rows, wide }: { rows: readonly LinkRow[]; wide?: boolean }) {
  return (
    <ul className="link-list" data-wide={wide || undefined}>
      {rows.map((row) => (
        <li key={row.href}>
          <a href={row.href} download={row.download}>
            <span className="link-list-words">
              <span className="link-list-text">
                <span className="link-list-title">{row.title}</span>
                {row.detail && <span className="link-list-detail">{row.detail}</span>}
              </span>
              {row.badge}
            </span>
            <Sign name={row.download ? "down" : "on"} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A link that stands by itself, as high as a finger needs. */
export function WayOn({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="way-on">
      <a href={href}>{children}</a>
    </p>
  );
}
