import type { FlatSums, ItemSums, LedgerEntry } from "#app/domain/ledger.ts";
import { cost } from "#app/i18n/zh-CN/cost.ts";
import { money as words } from "#app/i18n/zh-CN/money.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface MoneyPlace {
  code: string;
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

/** An entry as it is read: with whether it counts. */
export interface ShownEntry extends LedgerEntry {
  kind: "due" | "paid" | "budget" | "spent";
  item?: string;
  about: string;
  onDay: string;
  counts: boolean;
}

const nameOf = ({ community, building, entrance }: MoneyPlace) => `${community} ${building}${entrance}`;
const crumbsOf = (place: MoneyPlace) => [{ label: nameOf(place) }, { label: words.title, href: paths.money(place.code) }];
const typed = (reply: Reply | undefined, name: string, before = "") => ({ name, defaultValue: reply?.values[name] ?? before, error: errorAt(reply, name) });

/** What is owed and paid, as three sums. */
export function SumsOfFlat({ sums: { dueFen, paidFen, openFen } }: { sums: FlatSums }) {
  return (
    <Facts
      facts={[
        { term: words.sums.due, value: words.yuan(dueFen) },
        { term: words.sums.paid, value: words.yuan(paidFen) },
        { term: words.sums.open, value: words.signed(openFen) },
      ]}
    />
  );
}

/** Budget against spending, item by item, with the sum of all. */
export function SpendingTable({ caption, sums: { items, budgetFen, spentFen } }: { caption: string; sums: { items: readonly ItemSums[]; budgetFen: number; spentFen: number } }) {
  const rows = [...items, { item: words.spending.total, budgetFen, spentFen }];
  return (
    <Table
      caption={caption}
      columns={(["item", "budget", "spent", "left"] as const).map((key) => ({ key, label: words.spending.columns[key], ...(key !== "item" && { align: "end" as const }) }))}
      rows={rows.map((one, index) => ({
        key: String(index),
        cells: { item: one.item, budget: words.yuan(one.budgetFen), spent: words.yuan(one.spentFen), left: words.signed(one.budgetFen - one.spentFen) },
      }))}
    />
  );
}

/** All entries, the newest first; those that were corrected stay and say so. */
export function EntriesTable({ caption, entries, correct }: { caption: string; entries: readonly ShownEntry[]; correct?: (id: number) => string }) {
  const withItem = entries.some(({ item }) => item !== undefined);
  const columns = (["onDay", "kind", "item", "about", "amount", "receipt", "state", "act"] as const).filter((key) => (key !== "item" || withItem) && (key !== "act" || correct));
  return (
    <Table
      caption={caption}
      columns={columns.map((key) => ({ key, label: words.entryColumns[key], ...(key === "amount" && { align: "end" as const }) }))}
      rows={entries.toReversed().map(({ id, kind, item, amountFen, about, receipt, scan, onDay, corrects, counts }) => ({
        key: String(id),
        cells: {
          onDay: words.day(onDay),
          kind: words.kinds[kind],
          item: item ?? "",
          about: corrects === null ? about : words.correcting(about),
          amount: words.yuan(amountFen),
          receipt: scan ? <a href={paths.file(scan, "screen")}>{words.receipt(receipt)}</a> : (receipt ?? ""),
          state: counts ? <Badge tone="jade">{words.states.counts}</Badge> : <Badge>{words.states.corrected}</Badge>,
          act: correct && counts ? <a href={correct(id)}>{words.correct.link}</a> : "",
        },
      }))}
    />
  );
}

export interface MoneyPageProps {
  place: MoneyPlace;
  flats: readonly (FlatSums & { room: string })[];
  total: FlatSums;
  spending: { items: readonly ItemSums[]; budgetFen: number; spentFen: number };
  done: "charged" | null;
}

/** The money of a stairwell at a glance: each flat, and what was spent. */
export function MoneyPage({ place, flats, total, spending, done }: MoneyPageProps) {
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: nameOf(place) }, { label: words.title }]} title={{ eyebrow: nameOf(place), title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {done && <Notice kind="success" title={words.done[done]} />}
        <Columns>
          <Card title={words.flats}>
            <SumsOfFlat sums={total} />
          </Card>
          <Card title={words.spending.title}>
            <Facts
              facts={[
                { term: words.sums.budget, value: words.yuan(spending.budgetFen) },
                { term: words.sums.spent, value: words.yuan(spending.spentFen) },
                { term: words.sums.balance, value: words.signed(total.paidFen - spending.spentFen) },
              ]}
            />
          </Card>
        </Columns>
        <Actions>
          <ButtonLink href={paths.chargeShares(place.code)} kind="primary">
            {words.charge.link}
          </ButtonLink>
          <ButtonLink href={paths.spending(place.code)}>{words.spending.link}</ButtonLink>
          <ButtonLink href={paths.moneyFile(place.code, "payments")}>{words.csv.payments}</ButtonLink>
          <ButtonLink href={paths.moneyFile(place.code, "spending")}>{words.csv.spending}</ButtonLink>
        </Actions>
        <Table
          caption={words.flatsTable}
          columns={(["room", "due", "paid", "open"] as const).map((key) => ({ key, label: words.columns[key], ...(key !== "room" && { align: "end" as const }) }))}
          rows={flats.map(({ room, dueFen, paidFen, openFen }) => ({
            key: room,
            cells: { room: <a href={paths.flatMoney(place.code, room)}>{words.room(room)}</a>, due: words.yuan(dueFen), paid: words.yuan(paidFen), open: words.signed(openFen) },
          }))}
        />
        {spending.items.length > 0 && <SpendingTable caption={words.spending.table} sums={spending} />}
      </Stack>
    </PortalPage>
  );
}

export interface ChargePageProps {
  place: MoneyPlace;
  schemes: readonly { id: string; name: string; source: string }[];
  today: string;
  formKey: string;
  reply: Reply | undefined;
}

/** The form that shares an amount out over the flats. */
export function ChargePage({ place, schemes, today, formKey, reply }: ChargePageProps) {
  const { charge } = words;
  return (
    <PortalPage desk width="narrow" phone={place.phone} crumbs={[...crumbsOf(place), { label: charge.title }]} title={{ eyebrow: nameOf(place), title: charge.title, lead: charge.lead }}>
      <PlainForm formKey={formKey} reply={reply}>
        <Field {...typed(reply, "purpose")} label={charge.purpose} hint={charge.purposeHint} inputProps={{ maxLength: 60, required: true }} />
        <Field {...typed(reply, "amount")} label={charge.amount} size="short" inputProps={{ inputMode: "decimal", maxLength: 20, required: true, autoComplete: "off" }} />
        <Field
          {...typed(reply, "scheme", schemes[0]?.id)}
          type="select"
          label={charge.scheme}
          options={[...schemes.map(({ id, name, source }) => ({ value: id, label: cost.scheme(name, source) })), { value: cost.own.id, label: cost.own.name }]}
        />
        <Field {...typed(reply, "percents")} label={charge.percents} hint={charge.percentsHint} optional inputProps={{ maxLength: 400, autoComplete: "off" }} />
        <Field {...typed(reply, "within", "equal")} type="select" label={charge.within} options={Object.entries(cost.withinOptions).map(([value, label]) => ({ value, label }))} />
        <Field {...typed(reply, "onDay", today)} type="date" size="short" label={charge.onDay} hint={charge.onDayHint} inputProps={{ max: today, required: true }} />
        <Button kind="primary" wide>
          {charge.submit}
        </Button>
      </PlainForm>
    </PortalPage>
  );
}

interface EntryFormProps {
  today: string;
  formKey: string;
  reply: Reply | undefined;
}

/** The receipt itself, as a photo or PDF. */
function ReceiptField({ reply, hint }: { reply: Reply | undefined; hint?: string | undefined }) {
  return <FileField name="scan" label={words.pay.scan} hint={hint} takes="photos-and-pdf" most={1} camera optional error={errorAt(reply, "scan")} />;
}

/** The form that puts another entry in the place of one. */
function CorrectionForm({ entry, back, today, formKey, reply }: EntryFormProps & { entry: ShownEntry; back: string }) {
  const { correct, pay } = words;
  return (
    <Card title={correct.title(entry.about, words.yuan(entry.amountFen))}>
      <p>{correct.lead}</p>
      <PlainForm formKey={formKey} reply={reply} files>
        <input type="hidden" name="step" value="correct" />
        <input type="hidden" name="corrects" value={entry.id} />
        {entry.item !== undefined && <input type="hidden" name="item" value={entry.item} />}
        <Field {...typed(reply, "amount")} label={pay.amount} size="short" inputProps={{ inputMode: "decimal", maxLength: 20, required: true, autoComplete: "off" }} />
        {entry.receipt !== null && (
          <>
            <Field {...typed(reply, "voucher", entry.receipt)} label={pay.receipt} inputProps={{ maxLength: 40, required: true }} />
            <ReceiptField reply={reply} hint={entry.scan ? pay.keepsScan : undefined} />
          </>
        )}
        <Field {...typed(reply, "purpose")} label={correct.purpose} inputProps={{ maxLength: 60, required: true }} />
        <Field {...typed(reply, "onDay", today)} type="date" size="short" label={pay.onDay} inputProps={{ max: today, required: true }} />
        <Button kind="primary" wide>
          {correct.submit}
        </Button>
      </PlainForm>
      <ButtonLink href={back} kind="quiet">
        {correct.back}
      </ButtonLink>
    </Card>
  );
}

export interface FlatMoneyProps extends EntryFormProps {
  place: MoneyPlace;
  room: string;
  entries: readonly ShownEntry[];
  sums: FlatSums;
  /** The entry that is about to be corrected. */
  correcting: ShownEntry | null;
  done: "paid" | "corrected" | null;
}

/** The ledger of one flat, and the form for a payment. */
export function FlatMoney({ place, room, entries, sums, correcting, done, ...form }: FlatMoneyProps) {
  const { pay } = words;
  const { reply, today, formKey } = form;
  return (
    <PortalPage desk phone={place.phone} crumbs={[...crumbsOf(place), { label: words.room(room) }]} title={{ eyebrow: nameOf(place), title: words.room(room), lead: words.lead }}>
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        <Columns>
          <Card title={words.flats}>
            <SumsOfFlat sums={sums} />
          </Card>
          {correcting ? (
            <CorrectionForm entry={correcting} back={paths.flatMoney(place.code, room)} {...form} />
          ) : (
            <Card title={pay.title}>
              <PlainForm formKey={formKey} reply={reply} files>
                <input type="hidden" name="step" value="pay" />
                <Field {...typed(reply, "purpose")} label={pay.purpose} hint={pay.purposeHint} inputProps={{ maxLength: 60, required: true }} />
                <Field {...typed(reply, "amount")} label={pay.amount} size="short" inputProps={{ inputMode: "decimal", maxLength: 20, required: true, autoComplete: "off" }} />
                <Field {...typed(reply, "voucher")} label={pay.receipt} inputProps={{ maxLength: 40, required: true, autoComplete: "off" }} />
                <ReceiptField reply={reply} />
                <Field {...typed(reply, "onDay", today)} type="date" size="short" label={pay.onDay} inputProps={{ max: today, required: true }} />
                <Button kind="primary" wide>
                  {pay.submit}
                </Button>
              </PlainForm>
            </Card>
          )}
        </Columns>
        <Section title={words.entries}>
          {entries.length === 0 ? <p>{words.none}</p> : <EntriesTable caption={words.entriesTable} entries={entries} correct={(id) => paths.flatMoney(place.code, room, { corrects: id })} />}
        </Section>
      </Stack>
    </PortalPage>
  );
}

export interface SpendingPageProps extends EntryFormProps {
  place: MoneyPlace;
  entries: readonly ShownEntry[];
  sums: { items: readonly ItemSums[]; budgetFen: number; spentFen: number };
  correcting: ShownEntry | null;
  done: "spent" | "corrected" | null;
}

/** Budget and spending, and the form for either. */
export function SpendingPage({ place, entries, sums, correcting, done, ...form }: SpendingPageProps) {
  const { spending, pay } = words;
  const { reply, today, formKey } = form;
  return (
    <PortalPage desk phone={place.phone} crumbs={[...crumbsOf(place), { label: spending.title }]} title={{ eyebrow: nameOf(place), title: spending.title, lead: spending.lead }}>
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        <Columns>
          {sums.items.length > 0 ? <SpendingTable caption={spending.table} sums={sums} /> : <p>{words.none}</p>}
          {correcting ? (
            <CorrectionForm entry={correcting} back={paths.spending(place.code)} {...form} />
          ) : (
            <Card title={spending.add}>
              <PlainForm formKey={formKey} reply={reply} files>
                <Field {...typed(reply, "step", "spent")} type="select" label={spending.step} options={(["spent", "budget"] as const).map((value) => ({ value, label: words.kinds[value] }))} />
                <Field {...typed(reply, "item")} label={spending.item} hint={spending.itemHint} inputProps={{ maxLength: 40, required: true }} />
                <Field {...typed(reply, "purpose")} label={pay.purpose} inputProps={{ maxLength: 60, required: true }} />
                <Field {...typed(reply, "amount")} label={pay.amount} size="short" inputProps={{ inputMode: "decimal", maxLength: 20, required: true, autoComplete: "off" }} />
                <Field {...typed(reply, "voucher")} label={pay.receipt} hint={spending.receiptHint} optional inputProps={{ maxLength: 40, autoComplete: "off" }} />
                <ReceiptField reply={reply} hint={spending.scanHint} />
                <Field {...typed(reply, "onDay", today)} type="date" size="short" label={words.charge.onDay} inputProps={{ max: today, required: true }} />
                <Button kind="primary" wide>
                  {pay.submit}
                </Button>
              </PlainForm>
            </Card>
          )}
        </Columns>
        {entries.length > 0 && (
          <Section title={words.entries}>
            <EntriesTable caption={words.entriesTable} entries={entries} correct={(id) => paths.spending(place.code, { corrects: id })} />
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}
