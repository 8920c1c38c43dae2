import type { Grade } from "#app/domain/assessment.ts";
import { gradeNames } from "#app/i18n/zh-CN/assessment.ts";
import { Badge, type BadgeProps } from "./badge.tsx";

const looks = {
  A: { tone: "jade", sign: "yes" },
  B: { tone: "blue", sign: "alert" },
  C: { tone: "brick", sign: "no" },
} as const satisfies Record<Grade, Omit<BadgeProps, "children">>;

/** The grade of an assessment: a letter, a word, a sign and a colour. */
export function GradeBadge({ grade }: { grade: Grade }) {
  return <Badge {...looks[grade]}>{gradeNames[grade]}</Badge>;
}
