import type { PublicWorks } from "#app/domain/public-works.ts";
import type { ReportKind } from "#app/domain/milestones.ts";
import { milestoneStates, reportKindNames, siteWords as words, worksWords } from "#app/i18n/zh-CN/construction.ts";
import { shortDay } from "#app/i18n/zh-CN/dates.ts";
import { faults } from "#app/i18n/zh-CN/site-faults.ts";
import { siteBoard } from "#app/i18n/zh-CN/site-board.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import type { Reply } from "./checked-form.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SiteReportForm } from "./site-report-form.tsx";
import { worksHeadline } from "./works-card.tsx";
import { WorksPlan } from "./works-plan.tsx";

export interface SitePageProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** Null where no plan is set yet. */
  works: PublicWorks | null;
  /** Whether the project was paused, disputed or ended. */
  halted: boolean;
  reports: readonly SentReport[];
  account: string;
  today: string;
  done: boolean;
  formKey: string;
  reply: Reply | undefined;
}

interface SentReport {
  id: number;
  milestone: string;
  kind: ReportKind;
  onDay: string;
  verdict: "confirmed" | "returned" | null;
  /** Why it was sent back. */
  reason: string | null;
  photos: readonly { file: string }[];
}

/** A site on the contractor's phone: how far the works are today, in a few taps, and what became of the last reports. */
export function SitePage({ place, works, halted, reports, done, ...form }: SitePageProps) {
  const open = works?.milestones.filter(({ state }) => state !== "confirmed") ?? [];
  return (
    <PortalPage
      desk
      phone={place.phone}
      width="narrow"
      crumbs={[{ label: words.sites, href: paths.site() }, { label: `${place.community} ${place.building}${place.entrance}` }]}
      title={{
        ...(works && { eyebrow: worksHeadline(works) }),
        title: words.ask,
        badges: [
          ...(works && works.late > 0 ? [{ tone: "amber" as const, sign: "alert" as const, children: worksWords.late(works.late) }] : []),
          ...(works && works.silent !== null ? [{ tone: "amber" as const, sign: "alert" as const, children: worksWords.silent(works.silent) }] : []),
        ],
      }}
    >
      <Stack>
        {done && !form.reply && <Notice kind="success" title={words.sent} />}
        {!works && <Empty level={2} title={words.noPlan}>{words.noPlanLead}</Empty>}
        {works && halted && <Notice kind="warning" title={words.halted} />}
        {works && !halted && open.length > 0 && <SiteReportForm stairwell={place.code} milestones={open} current={works.current ?? ""} late={works.late} {...form} />}
        {reports.length > 0 && works && (
          <Section title={words.lastReports}>
            <ReportList reports={reports} names={Object.fromEntries(works.milestones.map(({ code, name }) => [code, name]))} />
          </Section>
        )}
        {works && (
          <Section title={worksWords.title}>
            <WorksPlan works={works} />
          </Section>
        )}
        <Actions>
          <ButtonLink href={paths.siteFaults(place.code)}>{faults.title}</ButtonLink>
          <ButtonLink href={paths.siteBoard(place.code)}>{siteBoard.link}</ButtonLink>
          <ButtonLink href={paths.deskStage(place.code)}>{stageDesk.link}</ButtonLink>
          <ButtonLink href={paths.stairwell(place.code)}>{words.publicPage}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}

/** What was sent, newest first, and what became of it. */
function ReportList({ reports, names }: { reports: readonly SentReport[]; names: Record<string, string> }) {
  return (
    <ul className="link-list">
      {reports.map(({ id, milestone, kind, onDay, verdict, reason, photos }) => (
        <li key={id} className="works-sent">
          <span className="link-list-title">{words.sentLine(shortDay(onDay), names[milestone] ?? milestone, reportKindNames[kind])}</span>
          <span className="link-list-detail">{words.photosSent(photos.length)}</span>
          {kind === "done" && verdict === null && <Badge tone="amber">{milestoneStates.reported}</Badge>}
          {verdict === "confirmed" && <Badge tone="jade">{milestoneStates.confirmed}</Badge>}
          {verdict === "returned" && <Notice kind="warning" title={words.returned(reason ?? "")} />}
        </li>
      ))}
    </ul>
  );
}
