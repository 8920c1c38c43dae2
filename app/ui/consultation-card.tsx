import type { PublicConsultation, PublicResult } from "#app/domain/public-view.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { ResultTests } from "./result-tests.tsx";

const words = publicWords.stairwell.consultation;

/** A consultation as the public sees it: open without any counter, then being checked, then its result. */
export function ConsultationCard({ consultation }: { consultation: PublicConsultation }) {
  const { state, closesOn, closesAt, result } = consultation;
  if (result) return <ResultCard consultation={consultation} result={result} />;
  if (state === "counting") {
    return (
      <Card title={words.counting.title}>
        <p>{words.counting.text(closesOn)}</p>
      </Card>
    );
  }
  return (
    <Card title={words.open.title}>
      <p>
        <strong>{words.open.until(closesOn, closesAt)}</strong>
      </p>
      <p>{words.open.how}</p>
      <p>{words.open.quiet}</p>
      <ButtonLink href={paths.me()} kind="primary" wide>
        {words.open.online}
      </ButtonLink>
    </Card>
  );
}

function ResultCard({ consultation, result }: { consultation: PublicConsultation; result: PublicResult }) {
  const { ruleset, heads, tests, passed, publishedOn } = result;
  return (
    <Card title={words.result(passed)} foot={words.dates(consultation.openedOn, consultation.closesOn, publishedOn)}>
      <p>
        <strong>{words.heads(heads.roll, heads.participated, heads.agree)}</strong>
      </p>
      <ResultTests tests={tests} />
      <p>{words.headsNote}</p>
      {tests.some(({ figures }) => figures === null) && <p>{words.privacy}</p>}
      <p>{words.rule(ruleset.source, ruleset.effectiveFrom, ruleset.effectiveUntil)}</p>
    </Card>
  );
}
