import { ui } from "#app/i18n/zh-CN/ui.ts";
import { ButtonLink } from "./button.tsx";

export interface PagerProps {
  /** Counted from one. */
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
}

/** Earlier and later pages of a list; nothing when there is only one. */
export function Pager({ page, pages, hrefOf }: PagerProps) {
  if (pages <= 1) return null;
  return (
    <nav className="pager" aria-label={ui.pager.label}>
      <span>{ui.pager.place(page, pages)}</span>
      {page > 1 && (
        <ButtonLink href={hrefOf(page - 1)} sign="back">
          {ui.pager.previous}
        </ButtonLink>
      )}
      {page < pages && (
        <ButtonLink href={hrefOf(page + 1)} sign="on">
          {ui.pager.next}
        </ButtonLink>
      )}
    </nav>
  );
}
