import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { paths } from "#app/paths.ts";
import { isCounted, type Filing } from "./intent-history.tsx";
import { Table } from "./table.tsx";

/** A filing as its household sees it: staff without their names. */
export type MyFiling = Omit<Filing, "filedBy">;

const words = me.filings;

/** What was filed for one's own flat, by whom and how, each with the way to say that it is not one's own. */
export function MyFilings({ stairwell, filings }: { stairwell: string; filings: readonly MyFiling[] }) {
  const counting = filings.find(isCounted)?.id;
  return (
    <Table
      caption={words.table}
      columns={(["choice", "at", "by", "state", "object"] as const).map((key) => ({ key, label: words.columns[key] }))}
      rows={filings.map((filing) => ({
        key: String(filing.id),
        cells: {
          choice: me.intents[filing.choice],
          at: shortMoment(filing.filedAt),
          by: byOf(filing),
          state: stateOf(filing, filing.id === counting),
          object: filing.rejectedFor ? "" : <a href={paths.askTicket(stairwell, { intent: filing.id })}>{words.object}</a>,
        },
      }))}
    />
  );
}

function byOf({ channel, knownBy, confirmedBy }: MyFiling): string {
  if (knownBy === "import") return words.by.import;
  if (channel !== "online") return words.by[channel];
  return words.by[knownBy ?? confirmedBy ?? "nobody"];
}

function stateOf(filing: MyFiling, counts: boolean): string {
  if (filing.rejectedFor) return filing.rejectedWay === "owner" ? words.objected : words.rejected;
  return counts ? words.counts : isCounted(filing) ? words.replaced : words.waits;
}
