import type { ReactNode } from "react";
import type { PublicWorks } from "#app/domain/public-works.ts";
import { stepOwnerNames, stopCauseNames, worksWords as words } from "#app/i18n/zh-CN/construction.ts";
import { longDay, shortDay } from "#app/i18n/zh-CN/dates.ts";
import { Badge, Badges } from "./badge.tsx";
import { Section } from "./card.tsx";
import { Facts, type Fact } from "./facts.tsx";
import { Columns, Stack } from "./layout.tsx";
import { WorksPlan } from "./works-plan.tsx";

/** What goes on at the site now, as a headline. */
export function worksHeadline({ milestones, current, stop }: Pick<PublicWorks, "milestones" | "current" | "stop">): string {
  if (stop) return words.stopped(stopCauseNames[stop.cause]);
  const at = milestones.find(({ code }) => code === current);
  if (!at) return words.allDone;
  return { ahead: words.next(at.name), running: words.running(at.name), reported: words.reported(at.name), confirmed: words.allDone }[at.state];
}

/** What runs or stands still at the site, since when, what comes next, why it is late, and the plan; at the desk beside it, over the ways on. */
export function WorksCard({ works, ways }: { works: PublicWorks; ways?: ReactNode }) {
  const { stop, late, silent } = works;
  const now = (
    <div className="card">
      <p>
        <strong>{worksHeadline(works)}</strong>
      </p>
      <Facts facts={worksFacts(works)} />
    </div>
  );
  return (
    <Section
      title={words.title}
      aside={
        <Badges>
          {stop && (
            <Badge tone="brick" sign="pause">
              {words.stopBadge}
            </Badge>
          )}
          {late > 0 && (
            <Badge tone="amber" sign="alert">
              {words.late(late)}
            </Badge>
          )}
          {silent !== null && (
            <Badge tone="amber" sign="alert">
              {words.silent(silent)}
            </Badge>
          )}
          {!stop && late === 0 && silent === null && <Badge tone="jade">{words.inTime}</Badge>}
        </Badges>
      }
    >
      {ways ? (
        <Columns>
          <Stack>
            {now}
            {ways}
          </Stack>
          <WorksPlan works={works} wide />
        </Columns>
      ) : (
        <Stack>
          {now}
          <WorksPlan works={works} wide />
        </Stack>
      )}
    </Section>
  );
}

function worksFacts({ milestones, current, stop, late, cause, lastReport, changes, firstEnd }: PublicWorks): Fact[] {
  const index = milestones.findIndex(({ code }) => code === current);
  const at = milestones[index];
  const after = milestones[index + 1];
  const since = stop?.since ?? at?.begun;
  const last = milestones.at(-1);
  return [
    ...(since ? [{ term: words.sinceWhen, value: longDay(since) }] : []),
    ...(stop ? [{ term: words.nextStep, value: words.nextBy(stepOwnerNames[stop.owner], shortDay(stop.nextDay)) }] : []),
    ...(!stop && at && after ? [{ term: words.nextStep, value: words.then(after.name, shortDay(after.start)) }] : []),
    ...(late > 0 ? [{ term: words.why, value: cause ? words.lateFor(late, stopCauseNames[cause]) : words.lateUnsaid(late) }] : []),
    ...(last ? [{ term: words.plannedEnd, value: changes > 0 ? words.endMoved(longDay(last.end), changes, longDay(firstEnd)) : longDay(last.end) }] : []),
    ...(lastReport ? [{ term: words.lastReport, value: longDay(lastReport) }] : []),
  ];
}
