import type { Scope } from "#app/domain/consultation.ts";
import type { PublicConsultation, PublicResult } from "#app/domain/public-consultation.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Fold } from "./fold.tsx";
import { Whole } from "./layout.tsx";
import { ResultTests } from "./result-tests.tsx";

const words = publicWords.stairwell.consultation;

/**
 * A consultation as the public sees it: open without any counter, then being checked, then its result.
 * `asked` where the page asks for the vote already.
 */
export function ConsultationCard({ consultation, asked = false }: { consultation: PublicConsultation; asked?: boolean }) {
  const { scope, state, closesOn, closesAt, extendedFrom, plan, result } = consultation;
  if (result) return <ResultCard consultation={consultation} result={result} />;
  if (state === "counting") {
    return (
      <Card title={<Until day={words.counting.until(closesOn)} />} aside={<ScopeBadge scope={scope} />}>
        <p>{words.counting.text}</p>
      </Card>
    );
  }
  return (
    <Card title={<Until day={words.open.until(closesOn, closesAt)} />} aside={<ScopeBadge scope={scope} />}>
      {extendedFrom && <p>{words.extended(extendedFrom)}</p>}
      {plan && <p>{plans.voted(plan)}</p>}
      {scope === "community" && <p>{words.community}</p>}
      <p>{words.open.how}</p>
      <p>{words.open.quiet}</p>
      {!asked && (
        <ButtonLink href={paths.me()} kind="primary" wide>
          {words.open.online}
        </ButtonLink>
      )}
    </Card>
  );
}

function Until({ day }: { day: string }) {
  return (
    <>
      {words.title} <Whole>{day}</Whole>
    </>
  );
}

function ScopeBadge({ scope }: { scope: Scope }) {
  return <Badge sign="info">{words.scopes[scope]}</Badge>;
}

function ResultCard({ consultation, result }: { consultation: PublicConsultation; result: PublicResult }) {
  const { ruleset, heads, tests, passed, publishedOn } = result;
  const { scope, extendedFrom, plan } = consultation;
  return (
    <Card title={words.result(passed)} aside={<ScopeBadge scope={scope} />} foot={words.dates(consultation.openedOn, consultation.closesOn, publishedOn)}>
      <p>
        <strong>{words.heads(scope, heads.roll, heads.participated, heads.agree)}</strong>
      </p>
      {extendedFrom && <p>{words.extended(extendedFrom)}</p>}
      {plan && <p>{plans.voted(plan)}</p>}
      <ResultTests tests={tests} />
      <Fold title={words.how}>
        <p>{words.headsNote}</p>
        {tests.some(({ figures }) => figures === null) && <p>{words.privacy}</p>}
        <p>{words.rule(ruleset.source, ruleset.effectiveFrom, ruleset.effectiveUntil)}</p>
      </Fold>
    </Card>
  );
}
