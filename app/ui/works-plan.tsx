import type { PublicWorks } from "#app/domain/public-works.ts";
import { addDays, daysBetween } from "#app/domain/shanghai-day.ts";
import { milestoneStates, worksWords as words } from "#app/i18n/zh-CN/construction.ts";
import { longDay, shortDay } from "#app/i18n/zh-CN/dates.ts";
import { Fold, Folds } from "./fold.tsx";
import { Stack, Unseen } from "./layout.tsx";
import { Table } from "./table.tsx";

type Milestone = PublicWorks["milestones"][number];

export interface WorksPlanProps {
  works: Pick<PublicWorks, "milestones" | "current" | "today">;
  /** Where there is room: names, bars and states side by side. */
  wide?: boolean;
}

/** Heights of the two bars of a milestone in the drawing: its plan above, what was real below. */
const ROW = { height: 20, planned: { y: 1, height: 7 }, real: { y: 10, height: 9 } } as const;

/** What a milestone is at, and by how much it is late. */
function stateOf({ state, late }: Milestone): string {
  return late > 0 ? words.stateLate(milestoneStates[state], late) : milestoneStates[state];
}

/** Planned against real days of all milestones, drawn to one scale, with the same as a table behind it. */
export function WorksPlan({ works: { milestones, current, today }, wide }: WorksPlanProps) {
  const days = milestones.flatMap(({ start, end, begun, finished }) => [start, end, ...(begun ? [begun, finished ?? today] : [])]).sort();
  const [first = today, last = today] = [days[0], days.at(-1)];
  const length = daysBetween(first, last) + 1;
  const at = (day: string) => daysBetween(first, day);
  const isNow = today >= first && today <= last;
  return (
    <Stack gap="small">
      <div className="works" data-wide={wide || undefined}>
        <p className="works-ends">
          <span>{longDay(first)}</span>
          <span>{longDay(last)}</span>
        </p>
        <ol>
          {milestones.map((milestone) => (
            <li key={milestone.code} aria-current={milestone.code === current ? "step" : undefined}>
              <span className="works-name">{milestone.name}</span>
              <span className="works-state" data-late={milestone.late > 0 || undefined}>
                <Unseen>{words.colon}</Unseen>
                {stateOf(milestone)}
              </span>
              <svg className="works-bars" viewBox={`0 0 ${length} ${ROW.height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect className="works-planned" x={at(milestone.start)} width={at(milestone.end) + 1 - at(milestone.start)} {...ROW.planned} />
                <RealBar milestone={milestone} at={at} today={today} />
                {isNow && <line className="works-today" x1={at(today) + 0.5} x2={at(today) + 0.5} y1={0} y2={ROW.height} />}
              </svg>
            </li>
          ))}
        </ol>
        <Legend />
      </div>
      <Folds>
        <Fold title={words.asTable}>
          <Table
            caption={words.table}
            columns={[
              { key: "name", label: words.columns.name },
              { key: "planned", label: words.columns.planned },
              { key: "real", label: words.columns.real },
              { key: "state", label: words.columns.state },
            ]}
            rows={milestones.map((milestone) => ({
              key: milestone.code,
              cells: { name: milestone.name, planned: words.span(shortDay(milestone.start), shortDay(milestone.end)), real: realDays(milestone), state: stateOf(milestone) },
            }))}
          />
        </Fold>
      </Folds>
    </Stack>
  );
}

function realDays({ begun, finished }: Milestone): string {
  if (begun === null) return words.notBegun;
  return finished === null ? words.since(shortDay(begun)) : words.span(shortDay(begun), shortDay(finished));
}

/** From the first report to the end, or to today; what lies after the planned end in the colour of what is late. */
function RealBar({ milestone: { begun, finished, end, state }, at, today }: { milestone: Milestone; at: (day: string) => number; today: string }) {
  if (begun === null) return null;
  const until = finished ?? (today < begun ? begun : today);
  const over = until > end ? (begun > end ? begun : addDays(end, 1)) : null;
  return (
    <>
      <rect className="works-real" data-state={state} x={at(begun)} width={at(until) + 1 - at(begun)} {...ROW.real} />
      {over && <rect className="works-over" x={at(over)} width={at(until) + 1 - at(over)} {...ROW.real} />}
    </>
  );
}

function Legend() {
  const entries = [
    { label: words.legend.planned, shape: <rect className="works-planned" x="1" y="2" width="26" height="9" /> },
    { label: words.legend.confirmed, shape: <rect className="works-real" x="1" y="2" width="26" height="9" /> },
    { label: words.legend.running, shape: <rect className="works-real" data-state="running" x="1" y="2" width="26" height="9" /> },
    { label: words.legend.reported, shape: <rect className="works-real" data-state="reported" x="1" y="2" width="26" height="9" /> },
    { label: words.legend.over, shape: <rect className="works-over" x="1" y="2" width="26" height="9" /> },
    { label: words.legend.today, shape: <line className="works-today" x1="14" x2="14" y1="0" y2="13" /> },
  ];
  return (
    <p className="works-legend">
      {entries.map(({ label, shape }) => (
        <span key={label}>
          <svg className="works-key" viewBox="0 0 28 13" aria-hidden="true" focusable="false">
            {shape}
          </svg>
          {label}
        </span>
      ))}
    </p>
  );
}
