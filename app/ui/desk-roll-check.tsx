import { answerField } from "#app/domain/roll-answers.ts";
import type { RollSummary } from "#app/domain/roll-plan.ts";
import type { PreviewFlat } from "#app/domain/roll-preview.ts";
import type { RollQuestion, RollReading, RollWarning } from "#app/domain/roll.ts";
import { formatArea } from "#app/i18n/zh-CN/areas.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { rollDesk as words } from "#app/i18n/zh-CN/roll-desk.ts";
import { roll } from "#app/i18n/zh-CN/roll.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { RemarkTable, type Remarks } from "./desk-roll.tsx";
import { Facts } from "./facts.tsx";
import { ChoiceField } from "./field.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface DeskRollCheckProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string; floors: number };
  source: RollReading["source"];
  totals: RollReading["totals"];
  /** Owners of one name whom the clerk is to tell apart, the first of them. */
  pairs: readonly { name: string; rooms: readonly [string, string] }[];
  /** Stands for these pairs when they are answered. */
  asked: string;
  /** What is stored as it was read, but should be looked at. */
  checks: readonly RollQuestion[];
  warnings: Remarks<RollWarning>;
  flats: readonly PreviewFlat[];
  summary: RollSummary;
  /** Storeys of the stairwell afterwards. */
  floors: number;
  running: string | null;
  /** Why it cannot be stored. */
  problem: string | null;
  formKey: string;
  reply: Reply | undefined;
}

/** The second step: what was read beside what is known, and what storing it changes. */
export function DeskRollCheck(props: DeskRollCheckProps) {
  const { place, source, totals, checks, warnings, flats, summary, problem, formKey, reply } = props;
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: words.title, href: paths.deskRoll(place.code) }, { label: words.checkTitle }]}
      title={{ eyebrow: title, title: words.checkTitle, lead: words.checkLead }}
    >
      <Stack gap="large">
        <Notices {...props} />
        <Columns>
          <Card title={words.readFrom} foot={source && roll.source(source)}>
            <Facts
              facts={[
                { term: words.units, value: words.households(totals.units) },
                { term: words.heads, value: `${words.people(summary.heads)}（${words.headsHint}）` },
                { term: words.area, value: words.squareMetres(formatArea(totals.area)) },
              ]}
            />
          </Card>
          <Card title={words.changes}>
            <Facts
              facts={[
                { term: words.flatsAdded, value: words.households(summary.flatsAdded) },
                { term: words.flatsChanged, value: words.households(summary.flatsChanged) },
                { term: words.ownersJoined, value: words.times(summary.ownersJoined) },
                { term: words.ownersLeft, value: words.times(summary.ownersLeft) },
              ]}
            />
          </Card>
        </Columns>
        <FlatTable flats={flats} />
        {checks.length > 0 && (
          <Section title={words.questions(checks.length)}>
            <Table
              caption={words.questionsCaption}
              columns={[
                { key: "question", label: words.what },
                { key: "todo", label: words.todo },
              ]}
              rows={checks.map((question, i) => ({ key: String(i), cells: { question: roll.question(question), todo: words.advice(question.code) } }))}
            />
          </Section>
        )}
        {warnings.all > 0 && (
          <Section title={words.warnings(warnings.all)}>
            <RemarkTable caption={words.warningsCaption} remarks={warnings} sentence={roll.warning} />
          </Section>
        )}
        <PlainForm formKey={formKey} reply={reply}>
          {problem === null && <Pairs {...props} />}
          <Actions>
            {problem === null && <Button kind="primary">{words.confirm}</Button>}
            <ButtonLink href={paths.deskRoll(place.code)}>{words.again}</ButtonLink>
          </Actions>
        </PlainForm>
      </Stack>
    </PortalPage>
  );
}

function Notices({ place, summary, floors, running, problem }: DeskRollCheckProps) {
  return (
    <>
      {problem && <Notice kind="error" title={problem} />}
      {!problem && !summary.changed && <Notice title={words.unchanged} />}
      {running && <Notice kind="warning" title={words.running(running)} />}
      {floors > place.floors && <Notice kind="warning" title={words.higher(place.floors, floors)} />}
      {summary.phonesKept.length > 0 && <Notice kind="warning" title={words.phonesKept(summary.phonesKept.join("、"))} />}
    </>
  );
}

/** The questions that can be answered with the roll: owners of one name. */
function Pairs({ pairs, asked, summary, reply }: DeskRollCheckProps) {
  if (pairs.length === 0) return null;
  return (
    <Section title={words.questions(summary.openQuestions)} lead={words.pairsLead}>
      <input type="hidden" name="asked" value={asked} />
      <Stack>
        {pairs.map(({ name, rooms: [a, b] }, index) => (
          <ChoiceField
            key={answerField(index)}
            name={answerField(index)}
            label={desk.question(name, a, b)}
            row
            choices={[{ value: "same", label: desk.same }, { value: "different", label: desk.different }, { value: "", label: words.later }]}
            defaultValue={reply?.values[answerField(index)] ?? ""}
            error={errorAt(reply, answerField(index))}
          />
        ))}
      </Stack>
      {summary.openQuestions > pairs.length && <p>{words.more(summary.openQuestions - pairs.length)}</p>}
    </Section>
  );
}

const marks = { new: { tone: "blue", sign: "up" }, changed: { tone: "amber", sign: "alert" }, same: { tone: "neutral", sign: "dot" } } as const;

function FlatTable({ flats }: { flats: readonly PreviewFlat[] }) {
  return (
    <Table
      caption={words.caption}
      columns={(["room", "state", "floor", "area", "owners", "phone", "before"] as const).map((key) => ({ key, label: words.columns[key] }))}
      rows={flats.map(({ room, state, floor, area, areaSource, owners, before }) => ({
        key: room,
        cells: {
          room,
          state: <Badge {...marks[state]}>{words.states[state]}</Badge>,
          floor: floor === null ? words.unknown : words.floorOf(floor),
          area: words.areaOf(formatArea(area), areaSource),
          owners: owners.map(({ name, toldBy }) => words.owner(name, toldBy)).join("、"),
          phone: owners.map(({ phone }) => phone ?? words.noPhone).join("、"),
          before: before ? words.before(before.floor, words.areaOf(formatArea(before.area), before.areaSource), before.owners.join("、") || words.none) : words.notRegistered,
        },
      }))}
    />
  );
}
