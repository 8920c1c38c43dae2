import type { Scope } from "#app/domain/consultation.ts";
import type { PlanVersion } from "#app/domain/plan.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { reading as words } from "#app/i18n/zh-CN/reading.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";
import { PlanFacts } from "./plan-facts.tsx";

export interface BallotMatter {
  scope: Scope;
  community: string;
  entrance: string;
  /** When it passes, in one sentence, and by which law. */
  passes: string;
  source: string;
  closesAt: string | Date;
  /** The version of a plan that is voted on. */
  plan: Pick<PlanVersion, "number" | "version" | "agent" | "make" | "model" | "entry" | "position" | "priceFen" | "months" | "about"> | null;
  /** The opening notice, where it is published. */
  notice: { id: number; title: string } | null;
}

/** What is decided, when it passes, until when: to be read before choosing. */
export function Matter({ matter, stairwell }: { matter: BallotMatter; stairwell: string }) {
  const { scope, community, entrance, passes, source, closesAt, plan, notice } = matter;
  return (
    <Stack>
      <Card title={words.what} foot={words.law(source)}>
        <Stack>
          <p>
            <b>{words.matter(scope, community, entrance)}</b>
          </p>
          <div>
            <h3>{words.passes}</h3>
            <p>{passes}</p>
          </div>
          <Facts
            facts={[
              { term: words.until, value: words.untilText(deadline(closesAt)) },
              ...(notice ? [{ term: words.notice, value: <a href={paths.notice(notice.id)}>{notice.title}</a> }] : []),
            ]}
          />
          <p>{words.free}</p>
        </Stack>
      </Card>
      {plan && (
        <Card title={plans.votedTitle} aside={plans.version(plan)}>
          <Stack gap="small">
            <PlanFacts plan={plan} />
            <ButtonLink href={paths.plans(stairwell)}>{plans.seeAll}</ButtonLink>
          </Stack>
        </Card>
      )}
    </Stack>
  );
}
