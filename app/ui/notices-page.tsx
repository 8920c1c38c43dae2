import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { notices as words } from "#app/i18n/zh-CN/notices.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { record } from "#app/i18n/zh-CN/record.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Stack, Whole } from "./layout.tsx";
import { LinkList, WayOn } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { LargePhoto, Photos, type Photo } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { PrintSheet, SheetAddress } from "./print-sheet.tsx";
import { QrCode } from "./qr-code.tsx";

const pageWords = stageNotices.page;

/** A phone number within a text, as committees write them. */
const PHONE = /(\d{3,4}-\d{4} ?\d{4})/;

export interface ListedNotice {
  id: number;
  title: string;
  stairwell: string;
  number: number;
  publishedOn: string;
  withdrawn: boolean;
}

/** Published notices as rows, the newest first. */
export function NoticeList({ notices }: { notices: readonly ListedNotice[] }) {
  return (
    <LinkList
      rows={notices.map(({ id, title, stairwell, number, publishedOn, withdrawn }) => ({
        href: paths.notice(id),
        title,
        detail: `${words.published(publishedOn)} · ${words.number(stairwell, number)}`,
        badge: withdrawn ? <Badge>{words.withdrawn}</Badge> : undefined,
      }))}
    />
  );
}

/** All notices by date. */
export function NoticesPage({ notices, page, pages }: { notices: readonly ListedNotice[]; page: number; pages: number }) {
  return (
    <PortalPage width="narrow" title={{ title: words.title, lead: words.lead }}>
      {notices.length === 0 ? (
        <Empty level={2} title={words.none}>
          {words.noneLead}
        </Empty>
      ) : (
        <Stack>
          <NoticeList notices={notices} />
          <Pager page={page} pages={pages} hrefOf={(to) => paths.notices(to)} />
        </Stack>
      )}
    </PortalPage>
  );
}

export interface NoticePageProps {
  notice: {
    id: number;
    title: string;
    body: readonly string[];
    remark: string | null;
    endsOn: string | null;
    /** Whether its text tells both of its periods, for the posting and for opinions. */
    hasClock: boolean;
    withdraws: number | null;
    withdrawnBy: number | null;
    stairwell: string;
    community: string;
    entrance: string;
    committee: string;
    phone: string;
    number: number;
    publishedOn: string;
  };
  url: string;
  /** By which paper the sealed result is checked; null where it has none. */
  seal: { head: string; key: string } | null;
  /** Whether owners can say something on it now. */
  takesOpinions: boolean;
  /** What everybody learns of the opinions, once the period is over. */
  opinions: { opinions: number; objections: number | null; allAnswered: boolean } | null;
  drawings: readonly (Photo & { page: number })[];
  /** Photos of the paper on the door. */
  posted: readonly (Photo & { page: number })[];
}

/**
 * One notice, as it was published, with what was posted and what came of it. It prints on one sheet with its QR code, whom
 * to call, and room for a seal; each drawing on a sheet of its own.
 */
export function NoticePage({ notice, url, seal, takesOpinions, opinions, drawings, posted }: NoticePageProps) {
  const name = stairwellName(notice.community, notice.entrance);
  return (
    <PortalPage
      phone={notice.phone}
      crumbs={[{ label: name, href: paths.stairwell(notice.stairwell) }, { label: words.title, href: paths.notices() }]}
      title={{ eyebrow: words.number(notice.stairwell, notice.number), title: notice.title, lead: `${words.published(notice.publishedOn)}。${words.print}` }}
    >
      {notice.withdrawnBy !== null && (
        <Notice kind="warning" title={words.withdrawn}>
          <WayOn href={paths.notice(notice.withdrawnBy)}>{words.withdrawalTitle(notice.title)}</WayOn>
        </Notice>
      )}
      {notice.withdraws !== null && (
        <Notice title={words.withdraws}>
          <WayOn href={paths.notice(notice.withdraws)}>{notice.title}</WayOn>
        </Notice>
      )}
      {takesOpinions && notice.endsOn && (
        <Notice title={pageWords.giveLead(notice.endsOn)}>
          <ButtonLink href={paths.giveOpinion(notice.id)} kind="primary">
            {pageWords.give}
          </ButtonLink>
        </Notice>
      )}
      {opinions && (
        <Notice kind={opinions.allAnswered ? "success" : "info"} title={pageWords.count(opinions.opinions)}>
          {[
            ...(opinions.objections === null ? [] : [pageWords.objections(opinions.objections)]),
            ...(opinions.opinions === 0 ? [] : [opinions.allAnswered ? pageWords.allAnswered : pageWords.answering, pageWords.privacy]),
          ].join("")}
        </Notice>
      )}
      <PrintSheet>
        <header className="sheet-title">
          <p>{notice.committee}</p>
          <h2>{notice.title}</h2>
          <p>{words.number(notice.stairwell, notice.number)}</p>
        </header>
        {notice.withdrawnBy !== null && (
          <p>
            <b>{words.withdrawn}</b>
          </p>
        )}
        <div className="sheet-words">
          {notice.body.map((paragraph, index) => (
            <p key={index}>{paragraph.split(PHONE).map((part, turn) => (turn % 2 === 1 ? <Whole key={turn}>{part}</Whole> : part))}</p>
          ))}
          {notice.remark && <p>{`${words.remark}：${notice.remark}`}</p>}
          {notice.endsOn && !notice.hasClock && <p>{words.until(notice.endsOn)}</p>}
          <p className="sheet-day">{longDay(notice.publishedOn)}</p>
        </div>
        {seal && (
          <div className="sheet-seal">
            <p>{words.sealLead}</p>
            <p>
              {record.seal.head} <b className="sheet-address">{seal.head}</b>
            </p>
            <p>
              {record.seal.key} <span className="sheet-address">{seal.key}</span>
            </p>
          </div>
        )}
        <div className="slip-code">
          <QrCode value={url} label={ui.sheet.scanFor(notice.title)} />
          <div>
            <p>{ui.sheet.scan}</p>
            <SheetAddress address={url.replace(/^https?:\/\//, "")} />
            <p>
              {site.callCommittee} <b>{notice.phone}</b>
            </p>
          </div>
        </div>
        <p className="slip-lines">
          {words.seal.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </p>
      </PrintSheet>
      {drawings.map((drawing) => (
        <PrintSheet key={`${drawing.file} ${drawing.page}`}>
          <h2>{pageWords.drawings}</h2>
          <LargePhoto photo={drawing} />
        </PrintSheet>
      ))}
      {posted.length > 0 && (
        <Section title={pageWords.posted}>
          <Photos photos={posted} />
        </Section>
      )}
    </PortalPage>
  );
}
