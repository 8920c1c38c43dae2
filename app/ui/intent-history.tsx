import type { IntentChoice } from "#app/domain/intent.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { Table } from "./table.tsx";

export interface Filing {
  id: number;
  room: string;
  choice: IntentChoice;
  channel: "online" | "paper" | "assisted";
  knownBy: "slip" | "phone" | "committee" | "import" | null;
  confirmedBy: "slip" | "phone" | "committee" | null;
  rejectedFor: string | null;
  rejectedWay: string | null;
  filedAt: string | Date;
  receipt: string | null;
  filedBy: string | null;
}

/** Every filing with how it came to count, or why it does not; the newest first. */
export function IntentHistory({ history }: { history: readonly Filing[] }) {
  return (
    <Table
      caption={desk.historyTable}
      columns={(["room", "at", "choice", "how", "state", "receipt"] as const).map((key) => ({ key, label: desk.columns[key] }))}
      rows={history.map((row) => ({
        key: String(row.id),
        cells: {
          room: row.room,
          at: longMoment(row.filedAt),
          choice: desk.choice[row.choice],
          how: [desk.channel[row.channel], row.filedBy].filter(Boolean).join(" · "),
          state: standing(row, history),
          receipt: row.receipt ?? "",
        },
      }))}
    />
  );
}

/** Whether a filing has come to count, though a later one may stand in its place. */
export const isCounted = (filing: Standing) => wayOf(filing) !== null;

type Standing = Pick<Filing, "knownBy" | "confirmedBy" | "rejectedFor">;

/** How a filing came to count; null where it did not. */
const wayOf = ({ knownBy, confirmedBy, rejectedFor }: Standing) => (rejectedFor ? null : (knownBy ?? confirmedBy));

function standing(filing: Filing, history: readonly Filing[]): string {
  const { id, room, rejectedFor, rejectedWay } = filing;
  if (rejectedFor) return rejectedWay === "owner" ? desk.objectedTo(rejectedFor) : desk.rejected(rejectedFor);
  const way = wayOf(filing);
  if (!way) return desk.waits;
  return history.some((later) => later.room === room && later.id > id && wayOf(later)) ? desk.replaced : `${desk.counts}（${desk.knownBy[way]}）`;
}
