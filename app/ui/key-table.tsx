import type { RefObject } from "react";
import { board as words } from "#app/i18n/zh-CN/board.ts";
import { Table } from "./table.tsx";

export interface KeyTableProps {
  /** Each key, and what it does. */
  keys: readonly (readonly [key: string, meaning: string])[];
  /** For the key that opens and folds it. */
  fold: RefObject<HTMLDetailsElement>;
}

/** What each key of a page does; `?` opens and folds it. */
export function KeyTable({ keys, fold }: KeyTableProps) {
  return (
    <details ref={fold}>
      <summary>
        {words.keys} <kbd aria-hidden="true">?</kbd>
      </summary>
      <Table
        caption={words.keys}
        columns={words.keyColumns.map((label, index) => ({ key: String(index), label }))}
        rows={keys.map(([key, meaning]) => ({ key, cells: { 0: <kbd>{key}</kbd>, 1: meaning } }))}
      />
    </details>
  );
}
