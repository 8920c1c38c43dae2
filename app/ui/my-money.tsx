import type { FlatSums, ItemSums } from "#app/domain/ledger.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { myMoney as words } from "#app/i18n/zh-CN/money.ts";
import { paths } from "#app/paths.ts";
import { Section } from "./card.tsx";
import { Stack } from "./layout.tsx";
import { EntriesTable, SpendingTable, SumsOfFlat, type ShownEntry } from "./money-pages.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface MyMoneyProps {
  flats: readonly {
    id: number;
    room: string;
    entrance: string;
    community: string;
    sums: FlatSums;
    entries: readonly ShownEntry[];
    /** What the money of all went into; null for who has paid nothing. */
    spending: { items: readonly ItemSums[]; budgetFen: number; spentFen: number; entries: readonly ShownEntry[] } | null;
  }[];
}

/** What the person's own flats owe and have paid, and for whoever has paid what the money went into. */
export function MyMoney({ flats }: MyMoneyProps) {
  return (
    <PortalPage personal crumbs={[{ label: me.title, href: paths.me() }, { label: words.title }]} title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {flats.length === 0 && (
          <Empty level={2} title={words.none}>
            {words.noneLead}
          </Empty>
        )}
        {flats.map(({ id, room, entrance, community, sums, entries, spending }) => (
          <Section key={id} title={words.flat(community, entrance, room)}>
            <Stack>
              <SumsOfFlat sums={sums} />
              <EntriesTable caption={words.table(room)} entries={entries} />
              {spending && (
                <Stack>
                  <p>{words.spendingLead}</p>
                  <SpendingTable caption={words.spending(entrance)} sums={spending} />
                  {spending.entries.length > 0 && <EntriesTable caption={words.receipts(entrance)} entries={spending.entries} />}
                </Stack>
              )}
            </Stack>
          </Section>
        ))}
      </Stack>
    </PortalPage>
  );
}
