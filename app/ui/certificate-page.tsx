import type { Scope } from "#app/domain/consultation.ts";
import type { ShownTest } from "#app/domain/public-consultation.ts";
import type { TallyResult } from "#app/domain/tally.ts";
import { certificateWords as words } from "#app/i18n/zh-CN/certificate.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline, longDay, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { Facts } from "./facts.tsx";
import { PortalPage } from "./portal-page.tsx";
import { PrintSheet } from "./print-sheet.tsx";
import { Table } from "./table.tsx";

type Moment = string | Date;

export interface CertificatePageProps {
  consultation: {
    code: string;
    scope: Scope;
    stairwell: string;
    community: string;
    building: string;
    entrance: string;
    committee: string;
    committeePhone: string;
    openedAt: Moment;
    openedBy: string | null;
    closesAt: Moment;
    closedAt: Moment | null;
    closedBy: string | null;
    closeReason: string | null;
  };
  ruleset: { title: string; source: string; effectiveFrom: string | null };
  extensions: readonly { closesAtBefore: Moment; closesAt: Moment; reason: string }[];
  /** The version of a plan that was voted on. */
  plan: Parameters<typeof plans.line>[0] | null;
  result: Pick<TallyResult, "roll" | "participated" | "agree" | "oppose" | "abstain" | "passed">;
  tests: readonly ShownTest[];
  certifiedAt: Moment;
  certifiedBy: string | null;
  imported: boolean;
}

/** The result of a consultation on one printed page: rule, roll, the sums written out, verdict, who closed and who certified. */
export function CertificatePage(props: CertificatePageProps) {
  const { consultation, ruleset, extensions, plan, result, tests, certifiedAt, certifiedBy, imported } = props;
  const end = consultationDesk.end;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const amount = ({ heads, area }: { heads: number; area: string }) => end.amount(heads, area);
  const by = (who: string | null) => (imported ? end.imported : (who ?? end.byItself));
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: paths.deskStairwell(consultation.stairwell) }, { label: end.title, href: paths.endConsultation(consultation.code) }, { label: words.title }]}
      title={{ title: words.title, lead: words.hint }}
    >
      <PrintSheet kind="certificate">
        <h2>{words.head(consultation.scope)}</h2>
        <Facts
          facts={[
            { term: words.place, value: `${name}（${consultation.committee}）` },
            { term: words.number, value: consultation.code },
            ...(plan ? [{ term: plans.votedTitle, value: plans.line(plan) }] : []),
            { term: words.rule, value: `${ruleset.title}。${ruleset.source}${ruleset.effectiveFrom ? `；${longDay(ruleset.effectiveFrom)}起施行` : ""}` },
            { term: words.period, value: words.periodOf(longMoment(consultation.openedAt), deadline(consultation.closesAt)) },
            ...extensions.map(({ closesAtBefore, closesAt, reason }, index) => ({
              term: words.period + String(index + 2),
              value: words.extended(index + 1, deadline(closesAtBefore), deadline(closesAt), reason),
            })),
            { term: end.roll, value: end.rollText(result.roll.heads, result.roll.units, result.roll.area) },
            { term: end.participated, value: amount(result.participated) },
            { term: end.agree, value: amount(result.agree) },
            { term: end.oppose, value: amount(result.oppose) },
            { term: end.abstain, value: amount(result.abstain) },
          ]}
        />
        <h3>{words.sums}</h3>
        <Table
          caption={words.sums}
          columns={(["test", "need", "sum", "met"] as const).map((key) => ({ key, label: words.columns[key] }))}
          rows={tests.map(({ test, need, strict, met, figures }) => ({
            key: test,
            cells: {
              test: publicWords.stairwell.consultation.test(test),
              need: publicWords.stairwell.consultation.need(need, strict),
              sum: figures.sum,
              met: met ? words.met.yes : words.met.no,
            },
          }))}
        />
        <h2>{result.passed ? words.verdict.yes : words.verdict.no}</h2>
        <p>{words.heads}</p>
        <Facts
          facts={[
            { term: words.closed, value: consultation.closedAt ? end.who(longMoment(consultation.closedAt), by(consultation.closedBy)) : "—" },
            ...(consultation.closeReason ? [{ term: end.reason, value: consultation.closeReason }] : []),
            { term: words.certified, value: end.who(longMoment(certifiedAt), by(certifiedBy)) },
          ]}
        />
        <p className="slip-lines">
          {words.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </p>
      </PrintSheet>
    </PortalPage>
  );
}
