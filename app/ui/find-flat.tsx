import type { FormEvent } from "react";
import type { Board } from "#app/domain/board.ts";
import { board as words } from "#app/i18n/zh-CN/board.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Fold, Folds } from "./fold.tsx";
import { LinkList } from "./link-list.tsx";
import { Notice } from "./notice.tsx";

export interface FindFlatProps {
  code: string;
  /** Looked at first, where there are several. */
  stairwell: string | undefined;
  /** The page of paper that is being typed. */
  page: number | undefined;
  found: { typed: string; flats: readonly { unit: string; stairwell: string }[] } | null;
  /** Whether the keys work. */
  keys: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** The small field for a room: Enter leads to its flat, in whatever stairwell it lies. A plain GET form. */
export function FindFlat({ code, stairwell, page, found, keys, onSubmit }: FindFlatProps) {
  return (
    <>
      <form className="find-flat" role="search" action={paths.consultation(code)} onSubmit={onSubmit}>
        {stairwell && <input type="hidden" name="stairwell" value={stairwell} />}
        {page && <input type="hidden" name="page" value={page} />}
        <label htmlFor="find-flat">
          {words.find} {keys && <kbd aria-hidden="true">G</kbd>}
        </label>
        <input id="find-flat" name="find" defaultValue={found?.typed} placeholder={words.findHint} autoComplete="off" maxLength={20} aria-keyshortcuts={keys ? "G" : undefined} />
        <Button>{words.go}</Button>
      </form>
      {found && found.flats.length === 0 && <Notice kind="warning" title={words.notFound(found.typed)} />}
      {found && found.flats.length > 0 && (
        <>
          <p>{words.found(found.typed)}</p>
          <LinkList rows={found.flats.map(({ unit, stairwell: place }) => ({ href: paths.consultation(code, { room: unit, page }), title: unit, detail: place }))} />
        </>
      )}
    </>
  );
}

/** The stairwells of a consultation of several: which one is shown, and what is still missing in each. */
export function StairwellList({ board }: { board: Board }) {
  const shown = board.stairwells.find(({ code }) => code === board.shown);
  const next = shown && shown.returned === shown.flats ? board.stairwells.find(({ returned, flats }) => returned < flats) : undefined;
  return (
    <>
      <Folds>
        <Fold title={words.stairwells(shown ? words.stairwell(shown.name, shown.returned, shown.flats) : "", board.stairwells.length)}>
          <ul className="stairwell-list">
            {board.stairwells.map(({ code, name, returned, flats }) => (
              <li key={code}>
                <a href={paths.consultation(board.code, { stairwell: code })} aria-current={code === board.shown ? "true" : undefined}>
                  <span>{name}</span>
                  <Badge tone={returned === flats ? "jade" : "neutral"} sign={returned === flats ? "yes" : "none"}>{`${returned}／${flats}`}</Badge>
                </a>
              </li>
            ))}
          </ul>
        </Fold>
      </Folds>
      {shown && next && (
        <Notice kind="success" title={words.stairwellDone(shown.name)}>
          <a href={paths.consultation(board.code, { stairwell: next.code })}>{words.nextStairwell(next.name)}</a>
        </Notice>
      )}
    </>
  );
}
