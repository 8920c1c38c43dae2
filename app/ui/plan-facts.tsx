import type { PublicPlanVersion } from "#app/domain/public-plans.ts";
import { plans as words } from "#app/i18n/zh-CN/plans.ts";
import { Facts } from "./facts.tsx";

/** The terms of one version of a plan, one a line. */
export function PlanFacts({ plan }: { plan: Omit<PublicPlanVersion, "firmId" | "changed" | "day" | "blacklisted" | "drawing"> }) {
  return (
    <Facts
      facts={[
        ...(["price", "months", "entry", "position", "lift", "agent"] as const).map((term) => ({ term: words.terms[term], value: words.term[term](plan) })),
        ...(plan.about ? [{ term: words.terms.about, value: plan.about }] : []),
      ]}
    />
  );
}
