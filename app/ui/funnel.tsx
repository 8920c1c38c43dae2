import { percentOf } from "./result-bar.tsx";

export interface FunnelRow {
  label: string;
  count: number;
  /** The count in words, where it needs a unit. */
  text?: string;
  href?: string;
}

export interface FunnelProps {
  /** What is counted. */
  label: string;
  /** What a full row stands for. */
  whole: number;
  rows: readonly FunnelRow[];
}

/** How many came how far: a table of two columns whose rows are bars. */
export function Funnel({ label, whole, rows }: FunnelProps) {
  return (
    <div className="funnel" role="table" aria-label={label}>
      {rows.map((row) => {
        return (
          <div className="funnel-row" role="row" key={row.label}>
            <svg className="funnel-bar" aria-hidden="true" focusable="false">
              <rect className="funnel-fill" width={`${percentOf(row.count, whole).toFixed(2)}%`} height="100%" />
            </svg>
            <span role="rowheader">{row.href ? <a href={row.href}>{row.label}</a> : row.label}</span>
            <span className="funnel-number" role="cell">
              {row.text ?? row.count}
            </span>
          </div>
        );
      })}
    </div>
  );
}
