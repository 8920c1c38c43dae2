import { courseOf, type Due } from "#app/domain/public-course.ts";
import { startOfDay } from "#app/domain/shanghai-day.ts";
import { stages, type SideState } from "#app/domain/stages.ts";
import { showcase as words } from "#app/i18n/zh-CN/showcase.ts";
import { Board, boardStates, type BoardFloor } from "./board.tsx";
import { buildingOf } from "./building.ts";
import { Card, Section } from "./card.tsx";
import { Elevation, type ElevationProps } from "./elevation.tsx";
import { Funnel } from "./funnel.tsx";
import { Columns, Stack, Tiles } from "./layout.tsx";
import { DoorPoster, SlipSheet } from "./print-sheet.tsx";
import { ResultBar, ResultBars } from "./result-bar.tsx";
import { Skyline } from "./skyline.tsx";
import { StageCourse } from "./stage-course.tsx";

const address = "jiati.example.cn/s/C003-008";
const stops = words.stages.map((label) => ({ label }));
const dated = words.stages.map((label, index) => ({ label, detail: words.dates[index] }));

const even = (floors: number, flats: number) =>
  buildingOf(floors, Object.fromEntries(Array.from({ length: floors }, (_, index) => [index + 1, flats])));

type Sample = Pick<ElevationProps, "at" | "state" | "stateText" | "building" | "entrances" | "description">;
const samples: readonly Sample[] = [
  { at: 0, building: buildingOf(6, { 1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2 }), description: words.elevations.start },
  {
    at: 7,
    state: "paused",
    stateText: words.states.paused,
    building: buildingOf(7, { 2: 4, 3: 4, 4: 4, 5: 4, 6: 4, 7: 4 }),
    description: words.elevations.paused,
  },
  {
    at: 4,
    state: "disputed",
    stateText: words.states.disputed,
    building: even(6, 3),
    description: words.elevations.disputed,
  },
  { at: 4, state: "ended", stateText: words.states.ended, building: even(4, 1), description: words.elevations.ended },
  {
    at: 2,
    state: "not-suitable",
    stateText: words.states.notSuitable,
    building: even(6, 8),
    entrances: 2,
    description: words.elevations.notSuitable,
  },
  {
    at: 9,
    state: "in-use",
    building: buildingOf(5, { 1: 3, 2: 3, 3: 3, 4: 3, 5: 2 }),
    description: words.elevations.inUse,
  },
];

const floors: readonly BoardFloor[] = Array.from({ length: 6 }, (_, row) => ({
  floor: row + 1,
  flats: Array.from({ length: 4 }, (_, column) => {
    if (row === 0 && column === 1) return null;
    const state = boardStates[(row * 5 + column * 3) % boardStates.length] ?? "missing";
    const room = `${row + 1}0${column + 1}`;
    return {
      room,
      state,
      detail: row === 5 ? words.board.owner : undefined,
      href: column < 2 ? `#room-${room}` : undefined,
      button: column === 2 ? { name: "room", value: room } : undefined,
      selected: row === 3 && column === 2,
    };
  }),
}));

const houses = Array.from({ length: 105 }, (_, index) => {
  const turn = (index * 37) % 100;
  return {
    href: `#community-${index + 1}`,
    title: words.skyline.community(index + 1),
    floors: 5 + ((index * 5) % 3),
    car: turn < 28 ? null : Math.min(1, (turn - 28) / 66),
    inUse: turn > 93,
  };
});

function Results() {
  const { yes, no, open, full, none, area } = words.results;
  const share = (have: number, of: number, needNum: number, needDen: number) => ({ have, of, needNum, needDen });
  return (
    <Section title={words.parts.results}>
      <Columns>
        <Card title={words.results.title} foot={words.results.foot}>
          <ResultBars>
            <ResultBar label={yes[0]} value={yes[1]} met="yes" verdict={yes[2]} sum={yes[3]} share={share(20, 24, 2, 3)} />
            <ResultBar label={no[0]} value={no[1]} met="no" verdict={no[2]} sum={no[3]} share={share(14, 20, 3, 4)} />
            <ResultBar label={open[0]} value={open[1]} met="open" verdict={open[2]} share={share(9, 24, 2, 3)} />
            <ResultBar label={full[0]} value={full[1]} met="yes" verdict={full[2]} share={share(24, 24, 3, 4)} />
            <ResultBar label={none[0]} met="yes" verdict={none[1]} />
            <ResultBar label={area[0]} met="no" verdict={area[1]} />
          </ResultBars>
        </Card>
        <Card title={words.funnel.title}>
          <Funnel
            label={words.funnel.title}
            whole={3040}
            rows={words.funnel.rows.map((label, index) => ({
              label,
              count: [1500, 500, 64, 9][index] ?? 0,
              href: index < 2 ? `#funnel-${index}` : undefined,
            }))}
          />
        </Card>
      </Columns>
    </Section>
  );
}

const days = ["2026-01-12", "2026-02-20", "2026-03-16", "2026-05-08", "2026-06-02", "2026-07-20", "2026-08-10", "2026-10-26", "2026-11-16"];
const walked = stages.slice(1).map((to, index) => ({ from: stages[index] ?? to, to, at: startOfDay(days[index] ?? "") }));
const back = { from: "consultation" as const, to: "assessment" as const, at: startOfDay("2026-05-20") };

/** Ways of projects: their moves, how they stand still since a day, and what is known of the next step. */
const courses: readonly { moves: typeof walked; side?: [state: SideState, since: string]; due?: Due }[] = [
  { moves: walked.slice(0, 2) },
  { moves: walked },
  { moves: [...walked.slice(0, 3), back] },
  { moves: walked.slice(0, 7), side: ["paused", "2026-10-12"], due: { kind: "promised", by: "2026-11-02", owner: words.owner } },
  { moves: walked.slice(0, 4), side: ["disputed", "2026-08-01"] },
  { moves: walked.slice(0, 5), side: ["ended", "2026-09-01"] },
  { moves: walked.slice(0, 7), due: { kind: "works", by: "2027-01-20", owner: null } },
];

function Courses() {
  return (
    <Section title={words.parts.course}>
      {courses.map(({ moves, side, due }, index) => {
        const course = courseOf(
          { stage: moves.at(-1)?.to ?? "intent", stageSince: startOfDay("2026-01-12"), sideState: side?.[0] ?? null, moves, stops: side ? [{ to: side[0], at: startOfDay(side[1]) }] : [] },
          due ?? null,
          startOfDay("2026-11-21"),
        );
        return <Card key={index}>{course && <StageCourse course={course} />}</Card>;
      })}
    </Section>
  );
}

/** Everything that is drawn, and the printed sheets. */
export function ShowcaseDrawings() {
  const { sheets } = words;
  const phone = { label: sheets.phoneLabel, number: sheets.phone };
  return (
    <>
      <Results />
      <Section title={words.parts.elevation}>
        <Elevation stops={dated} at={7} building={even(6, 2)} title={words.name} description={words.elevations.moving} />
        <Tiles>
          {samples.map((sample) => (
            <Card key={sample.description} title={words.name} level={3}>
              <Elevation {...sample} stops={stops} title={words.name} />
            </Card>
          ))}
        </Tiles>
      </Section>
      <Courses />
      <Section title={words.parts.board}>
        <form>
          <Board caption={words.board.caption} floors={floors} car={{ have: 17, of: 23 }} />
        </form>
      </Section>
      <Section title={words.parts.skyline}>
        <Skyline houses={houses} caption={words.skyline.caption} all={{ href: "#all", label: words.skyline.all }} />
      </Section>
      <Section title={words.parts.sheets}>
        <Stack>
          <DoorPoster
            place={words.eyebrow}
            stairwell={sheets.stairwell}
            url={`https://${address}`}
            address={address}
            sentences={sheets.sentences}
            phone={phone}
          />
          <SlipSheet
            recipient={sheets.recipient}
            sender={sheets.sender}
            title={words.question.title}
            paragraphs={sheets.letter}
            url={`https://${address}`}
            address={address}
            code={sheets.code}
            codeNote={sheets.codeNote}
            phone={phone}
            reply={{ title: sheets.reply[0], choices: sheets.reply.slice(1), lines: sheets.lines }}
          />
        </Stack>
      </Section>
    </>
  );
}
