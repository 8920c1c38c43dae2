import { useId, type ReactNode } from "react";

export interface Column {
  key: string;
  label: string;
  /** Figures stand at the end. */
  align?: "start" | "end";
}

export interface TableRow {
  key: string;
  cells: Readonly<Record<string, ReactNode>>;
}

export interface TableProps {
  caption: string;
  columns: readonly Column[];
  rows: readonly TableRow[];
  /** On a phone: each row a small card, or sideways scrolling inside the table's own frame. */
  narrow?: "cards" | "scroll";
}

/** A table whose first column names its row. Roles are written out, since browsers drop them when rows become cards. */
export function Table({ caption, columns, rows, narrow = "cards" }: TableProps) {
  const id = useId();
  return (
    <div className="table" data-narrow={narrow} role="region" aria-labelledby={id} tabIndex={0}>
      <table role="table">
        <caption id={id}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} scope="col" role="columnheader" data-align={column.align}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} role="row">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" role="rowheader" data-align={column.align}>
                    {row.cells[column.key]}
                  </th>
                ) : (
                  <td key={column.key} role="cell" data-label={column.label} data-align={column.align}>
                    {row.cells[column.key]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
