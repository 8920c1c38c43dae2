import { siteBoard as words } from "#app/i18n/zh-CN/site-board.ts";
import type { FirmKind } from "#app/domain/firm.ts";
import type { PaperSize } from "#app/domain/handouts.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Actions } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { PrintSheet, SheetAddress } from "./print-sheet.tsx";
import { QrCode } from "./qr-code.tsx";

export interface SiteBoardProps {
  place: { code: string; community: string; building: string; entrance: string; address: string; committee: string; phone: string };
  back: string;
  size: PaperSize;
  /** Null while it is not on record. */
  filing: string | null;
  /** The first and the last planned day of the works. */
  days: { start: string; end: string } | null;
  /** The firms under contract; those that every site has stand on the board even while they are not known. */
  firms: readonly { role: FirmKind; name: string | null; phone: string | null }[];
  office: { name: string; phone: string };
  answerDays: number;
  url: string;
}

/** The board at the site: what is built, by whom, until when, and what to do with a complaint. */
export function SiteBoard({ place, back, size, filing, days, firms, office, answerDays, url }: SiteBoardProps) {
  const where = `${place.building}${place.entrance}`;
  const name = `${place.community} ${where}`;
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: name, href: back }, { label: words.title }]} title={{ eyebrow: name, title: words.title, lead: words.lead[size] }}>
      <Actions>
        <ButtonLink href={paths.siteBoard(place.code, size === "a4" ? "a3" : undefined)}>{words.other[size]}</ButtonLink>
      </Actions>
      <PrintSheet kind="board" size={size}>
        <header className="site-board-head">
          <h2>{words.title}</h2>
          <p>{words.project(place.community, where)}</p>
          <p>{place.address}</p>
        </header>
        <dl className="site-board-facts">
          <Line term={words.terms.filing} said={filing} />
          <Line term={words.terms.days} said={days && words.days(days.start, days.end)} />
          {firms.map(({ role, name: firm, phone }) => (
            <Line key={role} term={words.terms[role]} said={firm} phone={phone ?? ""} />
          ))}
          <Line term={words.terms.committee} said={place.committee} phone={place.phone} />
          <Line term={words.terms.office} said={office.name} phone={office.phone} />
        </dl>
        <div className="site-board-foot">
          <section aria-label={words.complain}>
            <h3>{words.complain}</h3>
            <ol>
              {words.steps(place.committee, answerDays).map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
          <div className="site-board-scan">
            <QrCode value={url} label={words.scanFor(name)} />
            <p>{words.scan}</p>
          </div>
        </div>
        <SheetAddress address={url.replace(/^https?:\/\//, "")} />
      </PrintSheet>
    </PortalPage>
  );
}

/** A line of the board; what is not known is left to be written by hand. */
function Line({ term, said, phone }: { term: string; said: string | null; phone?: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {said === null ? <span className="site-board-blank" /> : <span>{said}</span>}
        {phone !== undefined && (phone === "" ? <span className="site-board-blank">{words.phoneToWrite}</span> : <span>{words.phone(phone)}</span>)}
      </dd>
    </div>
  );
}
