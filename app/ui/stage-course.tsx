import { useId, type ReactNode } from "react";
import type { PublicCourse, Stay } from "#app/domain/public-course.ts";
import { daysBetween } from "#app/domain/shanghai-day.ts";
import { sideStates } from "#app/domain/stages.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { courseWords as words } from "#app/i18n/zh-CN/stage-course.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { Unseen } from "./layout.tsx";

/** The scale of the drawing: a day as per cent of its width. */
interface Scale {
  first: string;
  length: number;
}

const HEIGHT = 14;
/** Width of a day on which something only happened. */
const MARK = 9;

const percent = (days: number, { length }: Scale) => `${((100 * days) / length).toFixed(2)}%`;

/** From the beginning of a day to the beginning of another. */
function span(from: string, until: string, scale: Scale) {
  if (until <= from) return mark(from, scale);
  return { x: percent(daysBetween(scale.first, from), scale), width: percent(daysBetween(from, until), scale) };
}

/** What takes no time is seen all the same. */
function mark(day: string, { first, length }: Scale) {
  const after = daysBetween(first, day);
  return { x: percent(after, { first, length }), width: MARK, ...(after === length && { transform: `translate(${-MARK})` }) };
}

/** How long a project has been at each stage, drawn to one scale: where it stood still or is late by pattern and in words. */
export function StageCourse({ course }: { course: PublicCourse }) {
  const id = useId().replaceAll(":", "");
  const { stays, next, last, today } = course;
  const first = stays[0]?.from ?? today;
  const until = [last, next?.due?.by ?? last].sort().at(-1) ?? last;
  const scale = { first, length: Math.max(1, daysBetween(first, until)) };
  const todayLine = last === today && <line className="course-today" x1={percent(daysBetween(first, today), scale)} x2={percent(daysBetween(first, today), scale)} y1="0" y2="100%" />;
  return (
    <div className="course">
      <p>{words.lead(course)}</p>
      <Patterns id={id} />
      <ol>
        {stays.map((stay, index) => (
          <li key={`${index} ${stay.stage}`} aria-current={stay.until === null ? "step" : undefined}>
            <span className="course-name">{stay.back ? words.back(stageNames[stay.stage]) : stageNames[stay.stage]}</span>
            <Said>{stayWords(stay)}</Said>
            <svg className="course-bar" aria-hidden="true" focusable="false">
              <rect className={isHere(stay) ? "course-here" : "course-past"} {...span(stay.from, stay.until ?? last, scale)} height={HEIGHT} y="2" />
              {stay.halts.map((halt, turn) => (
                <rect key={turn} className="course-halt" data-state={halt.state} fill={`url(#${id}${halt.state})`} {...span(halt.from, halt.until ?? last, scale)} height={HEIGHT} y="2" />
              ))}
              {todayLine}
            </svg>
          </li>
        ))}
        {next && (
          <li data-ahead>
            <span className="course-name">{words.next(words.nextOf(next))}</span>
            <Said late={next.daysLate > 0}>{[words.due(next)]}</Said>
            <svg className="course-bar" aria-hidden="true" focusable="false">
              {next.due && next.due.by > today && <rect className="course-ahead" {...span(today, next.due.by, scale)} height={HEIGHT} y="2" />}
              {next.due && next.daysLate > 0 && <rect className="course-late" fill={`url(#${id}late)`} {...span(next.due.by > first ? next.due.by : first, today, scale)} height={HEIGHT} y="2" />}
              {todayLine}
            </svg>
          </li>
        )}
      </ol>
      <p className="course-ends">
        <span>{longDay(first)}</span>
        <span>{longDay(until)}</span>
      </p>
      <Legend course={course} id={id} />
    </div>
  );
}

function Said({ late, children }: { late?: boolean; children: readonly string[] }) {
  return (
    <span className="course-said" data-late={late || undefined}>
      <Unseen>{words.colon}</Unseen>
      {children.map((sentence) => (
        <span key={sentence}>
          {sentence}
          <Unseen>{words.stop}</Unseen>
        </span>
      ))}
    </span>
  );
}

/** The stay in words, with what stopped it. */
function stayWords(stay: Stay): string[] {
  const { stage, from, until, days, halts } = stay;
  const said = stage === "in-use" && until === null ? words.arrived(from) : isHere(stay) ? words.staying(from, days) : words.stay(from, days);
  return [said, ...halts.map(words.halt)];
}

/** Whether the project is there now, and not at its end. */
const isHere = ({ stage, until, halts }: Stay) => until === null && stage !== "in-use" && !halts.some(({ state }) => state === "ended");

/** Stripes for a pause, dots for a dispute, a grid for an end, stripes the other way for what is late: alike in no print. */
function Patterns({ id }: { id: string }) {
  const pattern = (name: string, turn: number, marks: ReactNode) => (
    <pattern id={`${id}${name}`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform={`rotate(${turn})`}>
      <rect className="course-ground" data-state={name} width="8" height="8" />
      {marks}
    </pattern>
  );
  return (
    <svg className="course-patterns" aria-hidden="true" focusable="false">
      {pattern("paused", 45, <path className="course-mark" data-state="paused" d="M4 0v8" />)}
      {pattern("disputed", 0, <circle className="course-dot" data-state="disputed" cx="4" cy="4" r="2" />)}
      {pattern("ended", 0, <path className="course-mark" data-state="ended" d="M4 0v8M0 4h8" />)}
      {pattern("not-suitable", 45, <path className="course-mark" data-state="not-suitable" d="M4 0v8M0 4h8" />)}
      {pattern("late", -45, <path className="course-mark" data-state="late" d="M4 0v8" />)}
    </svg>
  );
}

/** Of all signs those that are on the drawing. */
function Legend({ course: { stays, next, last, today }, id }: { course: PublicCourse; id: string }) {
  const halts = stays.flatMap((stay) => stay.halts.map(({ state }) => state));
  const box = { x: "1", y: "2", width: "26", height: "10" };
  const entries = [
    { label: words.legend.past, shape: <rect className="course-past" {...box} />, shown: !stays.every(isHere) },
    { label: words.legend.here, shape: <rect className="course-here" {...box} />, shown: stays.some(isHere) },
    ...sideStates.map((state) => ({ label: words.legend[state], shape: <rect className="course-halt" data-state={state} fill={`url(#${id}${state})`} {...box} />, shown: halts.includes(state) })),
    { label: words.legend.ahead, shape: <rect className="course-ahead" {...box} />, shown: (next?.due?.by ?? today) > today },
    { label: words.legend.late, shape: <rect className="course-late" fill={`url(#${id}late)`} {...box} />, shown: (next?.daysLate ?? 0) > 0 },
    { label: words.legend.today, shape: <line className="course-today" x1="14" x2="14" y1="0" y2="14" />, shown: last === today },
  ];
  return (
    <p className="course-legend">
      {entries
        .filter(({ shown }) => shown)
        .map(({ label, shape }) => (
          <span key={label}>
            <svg viewBox="0 0 28 14" aria-hidden="true" focusable="false">
              {shape}
            </svg>
            {label}
          </span>
        ))}
    </p>
  );
}
