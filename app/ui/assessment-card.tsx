import type { PublicAssessment } from "#app/domain/public-view.ts";
import { assessmentWords as words, gradeWords, hindrance } from "#app/i18n/zh-CN/assessment.ts";
import { paths } from "#app/paths.ts";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";

/** The grade of a stairwell with its reasons, and what could be done by whom. */
export function AssessmentCard({ code, assessment, mayAsk }: { code: string; assessment: PublicAssessment; mayAsk: boolean }) {
  const { grade, issuedOn, reasons, remedies } = assessment;
  const lines = (list: readonly string[]) => (
    <Stack gap="small">
      {list.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Stack>
  );
  return (
    <Card title={words.title} aside={<GradeBadge grade={grade} />} foot={words.foot(issuedOn)}>
      <p>
        <strong>{gradeWords[grade]}</strong>
      </p>
      {reasons.length === 0 && <p>{words.nothing}</p>}
      <Facts
        facts={[
          ...(reasons.length > 0 ? [{ term: words.reasons, value: lines(reasons.map(({ factor, finding, measured }) => words.reason(factor, hindrance[finding], measured))) }] : []),
          ...(remedies.length > 0 ? [{ term: words.remedies, value: lines(remedies.map(({ what, who }) => words.remedy(what, who))) }] : []),
        ]}
      />
      {mayAsk && (
        <WayOn href={paths.askTicket(code, { kind: "reassessment" })}>{words.askAgain}</WayOn>
      )}
    </Card>
  );
}
