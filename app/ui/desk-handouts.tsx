import { formatArea } from "#app/domain/area.ts";
import { handoutParts, inGroups, QUARTERS, type HandoutConsultation, type HandoutFlat, type PaperReceipt, type ScannedFlat, type SheetKind } from "#app/domain/handouts.ts";
import { shanghaiClock } from "#app/i18n/zh-CN/dates.ts";
import { authorisationHandout, ballotHandout, handouts as words } from "#app/i18n/zh-CN/handouts.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm } from "./checked-form.tsx";
import { ChecksField } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList, WayOn } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { AuthorisationSheet, BallotSheet } from "./handout-sheets.tsx";
import { PortalPage } from "./portal-page.tsx";
import { PrintSheet, QuarterSlips, type QuarterSlip } from "./print-sheet.tsx";
import { Table } from "./table.tsx";

const nameOf = ({ community, place }: HandoutConsultation) => `${community} ${place.building}${place.entrance}`;

interface OfConsultation {
  consultation: HandoutConsultation;
  stairwells: readonly { code: string; name: string; flats: number }[];
}

export interface DeskHandoutsProps extends OfConsultation {
  open: boolean;
  flats: number;
  /** Flats that have a slip. */
  slips: number;
  /** Flats with signs in their owners' names that a PDF cannot show. */
  lacking: readonly { room: string; signs: readonly string[] }[];
  noneChosen: boolean;
  /** What this clerk has asked for, made or in the making. */
  stacks: readonly { id: string; flat: number; flats: number; pages: number | null; expiresAt: string }[];
  /** Whether one was asked for that has expired. */
  gone: boolean;
  formKey: string;
}

/** What can be printed for a consultation, of one stairwell of its roll. */
export function DeskHandouts(props: DeskHandoutsProps) {
  const { consultation, stairwells, open, stacks } = props;
  const { code, place } = consultation;
  const of = stairwells.length > 1 ? place.code : undefined;
  const sheets = open ? (["ballots", "authorisations", "blank", "receipts", "roll"] as const) : (["receipts", "roll"] as const);
  return (
    <PortalPage
      desk
      phone={consultation.phone}
      crumbs={[{ label: nameOf(consultation), href: paths.consultation(code, { stairwell: of ?? "" }) }, { label: words.title }]}
      title={{ eyebrow: `${nameOf(consultation)} · ${code}`, title: words.title, lead: words.lead }}
    >
      <Stack gap="large">
        {!open && <Notice title={words.closed}>{words.closedLead}</Notice>}
        <LinkList
          rows={[
            ...sheets.map((what) => ({ href: paths.handoutSheets(code, what, of), title: words[what].title, detail: words[what].lead })),
            { href: paths.deskSlips(place.code), title: words.slips },
            { href: paths.deskPoster(place.code), title: words.poster },
          ]}
        />
        {stacks.length > 0 && (
          <Card title={words.stack.made}>
            <LinkList
              rows={stacks.map(({ id, flat, flats, pages, expiresAt }) => ({
                href: paths.handoutStack(code, id),
                title: pages === null ? words.stack.making.title : words.stack.ready.title,
                detail: pages === null ? words.stack.making.at(flat, flats) : words.stack.ready.detail(pages, shanghaiClock(expiresAt)),
              }))}
            />
          </Card>
        )}
        {open && <StackCard {...props} />}
        {stairwells.length > 1 && (
          <Card title={words.stairwells}>
            <LinkList rows={stairwells.filter((one) => one.code !== place.code).map((one) => ({ href: paths.handouts(code, one.code), title: one.name, detail: words.flats(one.flats) }))} />
          </Card>
        )}
      </Stack>
    </PortalPage>
  );
}

/** The sheets of all flats as one PDF. */
function StackCard({ consultation, flats, slips, lacking, noneChosen, gone, formKey }: DeskHandoutsProps) {
  const { code, place } = consultation;
  const text = words.stack;
  const most = flats * (handoutParts.length - 1) + slips;
  return (
    <Card title={text.title}>
      <p>{text.lead}</p>
      {noneChosen && <Notice kind="error" title={text.none} />}
      {gone && <Notice title={text.gone} />}
      {lacking.length > 0 && (
        <Notice kind="warning" title={text.missing([...new Set(lacking.flatMap(({ signs }) => signs))].join("、"))}>
          {text.missingLead(lacking.map(({ room }) => room).join("、"))}
        </Notice>
      )}
      {slips === 0 && (
        <Notice title={text.noSlips}>
          <WayOn href={paths.deskSlips(place.code)}>{text.toSlips}</WayOn>
        </Notice>
      )}
      <PlainForm formKey={formKey} action={paths.handoutsPdf(code)}>
        <input type="hidden" name="stairwell" value={place.code} />
        <ChecksField name="slips" label={text.parts} checks={handoutParts.map((part) => ({ name: part, label: text.part[part], defaultChecked: true }))} />
        <p>{text.pages(most)}</p>
        <Actions>
          <Button kind="primary">{text.submit}</Button>
        </Actions>
      </PlainForm>
    </Card>
  );
}

export interface HandoutSheetsProps extends OfConsultation {
  what: SheetKind;
  flats: readonly ScannedFlat[];
  heads: number;
  receipts: readonly PaperReceipt[];
  /** Where a receipt is looked up. */
  verify: string;
}

/** The sheets themselves, one after the other. */
export function HandoutSheets({ consultation, stairwells, what, flats, heads, receipts, verify }: HandoutSheetsProps) {
  const { code, place } = consultation;
  const of = stairwells.length > 1 ? place.code : undefined;
  const { title } = words[what];
  const quarters = inGroups(receipts, QUARTERS);
  const leads = { roll: words.roll.lead, blank: words.printHint(1), receipts: words.printHint(quarters.length) };
  return (
    <PortalPage
      desk
      phone={consultation.phone}
      crumbs={[{ label: nameOf(consultation), href: paths.consultation(code, { stairwell: of ?? "" }) }, { label: words.title, href: paths.handouts(code, of) }, { label: title }]}
      title={{ eyebrow: `${nameOf(consultation)} · ${code}`, title, lead: what === "ballots" || what === "authorisations" ? words.printHint(flats.length) : leads[what] }}
    >
      <Stack>
        {what === "ballots" && flats.map((flat) => <BallotSheet key={flat.unit} handout={ballotHandout(consultation, flat)} flat={flat} url={flat.url} />)}
        {what === "authorisations" && flats.map((flat) => <AuthorisationSheet key={flat.unit} handout={authorisationHandout(consultation, flat)} flat={flat} />)}
        {what === "blank" && <AuthorisationSheet handout={authorisationHandout(consultation, null)} flat={null} />}
        {what === "receipts" && receipts.length === 0 && <Empty level={2} title={words.receipts.none} />}
        {quarters.map((four) => (
          <QuarterSlips key={four[0]?.unit} slips={four.map((receipt) => receiptSlip(consultation, receipt, verify))} />
        ))}
        {what === "roll" && <RollSheet consultation={consultation} flats={flats} heads={heads} />}
      </Stack>
    </PortalPage>
  );
}

/** What a household keeps of its ballot on paper, with the way to look it up. */
function receiptSlip(consultation: HandoutConsultation, { room, receipt, castAt }: PaperReceipt, verify: string): QuarterSlip {
  const { committee, phone } = consultation;
  const { slip } = words.receipts;
  return {
    sender: committee, place: nameOf(consultation), room: slip.room(room), text: slip.text(castAt), url: verify, address: verify.replace(/^https?:\/\//, ""),
    code: receipt, codeLabel: slip.number, codeNote: slip.note, phone: { number: phone, label: slip.call },
  };
}

function RollSheet({ consultation, flats, heads }: { consultation: HandoutConsultation; flats: readonly HandoutFlat[]; heads: number }) {
  const { title, frozen, total, columns, none, note } = words.rollSheet;
  const area = flats.reduce((sum, flat) => sum + flat.area, 0);
  return (
    <PrintSheet kind="handout">
      <h2>
        {nameOf(consultation)} {title}
      </h2>
      <p>
        {consultation.committee} · {consultation.code} · {frozen(consultation.openedAt)}
      </p>
      <p>
        <b>{total(flats.length, heads, area)}</b>
      </p>
      <p>{note}</p>
      <Table
        caption={title}
        narrow="scroll"
        columns={[
          { key: "room", label: columns.room },
          { key: "owners", label: columns.owners },
          { key: "area", label: columns.area, align: "end" },
        ]}
        rows={flats.map(({ unit, room, owners, area: own }) => ({ key: unit, cells: { room, owners: owners.join("、") || none, area: formatArea(own) } }))}
      />
    </PrintSheet>
  );
}
