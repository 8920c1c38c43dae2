import { averageLate, firmStanding } from "#app/domain/firm.ts";
import { worksOf } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Firm, FirmProject } from "#db/queries/firms.server.ts";

/** A firm of the register with its standing today, its projects, and how late each is. */
export function shownFirm({ blockedAt, ...firm }: Firm, all: readonly FirmProject[], now: Date) {
  const today = shanghaiDay(now);
  const projects = all
    .filter(({ firmId }) => firmId === firm.id)
    .map(({ role, code, community, entrance, stage, works }) => ({ role, code, community, entrance, stage, late: works && worksOf(works.plan, works.reports, today).late }));
  return {
    ...firm,
    blockedOn: blockedAt && shanghaiDay(blockedAt),
    standing: firmStanding(firm, today),
    projects,
    late: averageLate(projects.map(({ late }) => late)),
  };
}
