import type { PublicTest } from "#app/domain/public-view.ts";
import type { Choice, Outlook } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { dayOf as shanghaiDayOf, deadline } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons } from "./answers.tsx";
import { Badge, Badges } from "./badge.tsx";
import { Board, type BoardState } from "./board.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ResultTests } from "./result-tests.tsx";

type Channel = "paper" | "assisted" | "proxy";

interface BoardRow {
  room: string;
  floor: number;
  choice: Choice | null;
  channel: "online" | Channel | null;
  /** Recorded, and waiting for the second person. */
  waitingChoice: Choice | null;
  waitingChannel: "online" | Channel | null;
  /** The number of its newest ballot. */
  newest: number | null;
  pendingVoid: boolean;
}

export interface ConsultationBoardProps {
  consultation: {
    code: string;
    stairwell: string;
    community: string;
    building: string;
    entrance: string;
    committeePhone: string;
    closesAt: string | Date;
    closedAt: string | Date | null;
    publishedAt: string | Date | null;
    certified: boolean;
  };
  roll: readonly BoardRow[];
  tests: readonly PublicTest[];
  result: {
    passed: boolean;
    outlook: Outlook;
    toPass: { heads: number | null; area: string | null };
    participated: { heads: number };
    roll: { heads: number };
  };
  pending: readonly string[];
  selected: string | null;
  saved: string | null;
  channel: Channel;
  today: string;
  due: boolean;
  formKey: string;
  reply: Reply | undefined;
}

const stateOf = ({ choice, waitingChoice, pendingVoid }: BoardRow): BoardState =>
  pendingVoid || waitingChoice ? "waiting" : (choice ?? "missing");

function textOf({ waitingChoice, pendingVoid }: BoardRow): string | undefined {
  const words = consultationDesk.board;
  if (pendingVoid) return words.voidPending;
  return waitingChoice ? words.unchecked(words.choices[waitingChoice]) : undefined;
}

/** What was recorded last for a flat and stands, whether it counts yet or not. */
const standing = ({ choice, channel, waitingChoice, waitingChannel }: BoardRow) =>
  waitingChoice && waitingChannel ? { choice: waitingChoice, channel: waitingChannel } : choice && channel ? { choice, channel } : null;

const signs = { agree: "yes", oppose: "no", abstain: "abstain" } as const;

/** The clerk's screen: the building with a cell for each flat, the ballot of the chosen flat, and how it stands. */
export function ConsultationBoard(props: ConsultationBoardProps) {
  const { consultation, roll, result, tests, pending, selected, saved, channel, due } = props;
  const words = consultationDesk.board;
  const open = consultation.closedAt === null;
  const savedFlat = roll.find(({ room }) => room === saved);
  const savedBallot = savedFlat && standing(savedFlat);
  const missing = roll.filter((flat) => standing(flat) === null);
  const unchecked = roll.filter(({ waitingChoice }) => waitingChoice !== null).map(({ room }) => room);
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const state = consultation.publishedAt ? "published" : consultation.certified ? "certified" : !open ? "closed" : due ? "due" : "open";
  const floors = [...new Set(roll.map((flat) => flat.floor))].map((floor) => ({
    floor,
    flats: roll
      .filter((flat) => flat.floor === floor)
      .map((flat) => ({
        room: flat.room,
        state: stateOf(flat),
        text: textOf(flat),
        href: open ? `${paths.consultation(consultation.code, flat.room)}&channel=${channel}` : paths.ballotHistory(consultation.code, flat.room),
        selected: flat.room === selected,
      })),
  }));
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: paths.deskStairwell(consultation.stairwell) }, { label: consultationDesk.title }]}
      title={{
        eyebrow: `${name} · ${consultation.code}`,
        title: consultationDesk.title,
        badges: [
          { tone: state === "open" ? "blue" : "amber", children: consultationDesk.states[state] },
          { tone: "neutral", children: consultationDesk.closes(deadline(consultation.closesAt)) },
        ],
      }}
    >
      <Columns split="main">
        <Stack>
          {savedFlat && savedBallot && <Notice kind="success" title={words.saved(savedFlat.room, words.choices[savedBallot.choice])} />}
          <Board caption={words.caption} floors={floors} legend={words.legend} car={{ have: result.participated.heads, of: result.roll.heads }} />
          <p>{open ? words.note : words.finished}</p>
          {open && <p>{missing.length > 0 ? words.notReturned(missing.map(({ room }) => room).join("、")) : words.allReturned}</p>}
        </Stack>
        <Stack>
          {open && <RecordCard {...props} />}
          <Card title={open ? words.now : words.result} aside={words.returned(result.participated.heads, result.roll.heads)}>
            <Stack>
              <Badges>
                {open && <Badge tone={result.passed ? "jade" : "amber"}>{words.outlooks[result.outlook]}</Badge>}
                {open && result.toPass.heads !== null && result.toPass.heads > 0 && <Badge tone="amber">{words.missing(result.toPass.heads)}</Badge>}
                {open && result.toPass.area !== null && result.toPass.area !== "0.00" && <Badge tone="amber">{words.missingArea(result.toPass.area)}</Badge>}
              </Badges>
              <ResultTests tests={tests} />
            </Stack>
          </Card>
          {unchecked.length > 0 && <Notice kind="warning" title={words.uncheckedRooms(unchecked.join("、"))} />}
          {pending.length > 0 && <Notice kind="warning" title={words.pending(pending.join("、"))} />}
          <ButtonLink href={paths.endConsultation(consultation.code)} kind={due || !open ? "primary" : "secondary"} wide>
            {open ? words.end : words.seeResult}
          </ButtonLink>
          {!open && (
            <ButtonLink href={paths.consultationFile(consultation.code)} wide download>
              {words.file}
            </ButtonLink>
          )}
        </Stack>
      </Columns>
    </PortalPage>
  );
}

function RecordCard({ consultation, roll, selected, channel, today, formKey, reply }: ConsultationBoardProps) {
  const words = consultationDesk.board;
  const flat = roll.find(({ room }) => room === (reply?.values["room"] ?? selected));
  if (!flat) return <Notice title={words.pick} />;
  // What came in up to the deadline is recorded after it too.
  const last = shanghaiDayOf(consultation.closesAt);
  const latest = today < last ? today : last;
  const chosen = (reply?.values["channel"] ?? channel) as Channel;
  const errorOf = (name: string) => reply?.errors.find((e) => e.name === name)?.message;
  const has = standing(flat);
  return (
    <Card title={words.record(flat.room)} tone="jade" aside={has ? words.has(words.choices[has.choice], words.allChannels[has.channel]) : undefined}>
      {has && <Notice kind="warning" title={words.replaces(words.choices[has.choice], words.allChannels[has.channel])} />}
      <PlainForm formKey={formKey} reply={reply} action={paths.consultation(consultation.code, flat.room)}>
        <input type="hidden" name="room" value={flat.room} />
        <input type="hidden" name="seen" value={flat.newest ?? 0} />
        <Field
          type="select"
          name="channel"
          label={words.channel}
          options={(["paper", "assisted", "proxy"] as const).map((value) => ({ value, label: words.channels[value] }))}
          defaultValue={chosen}
          error={errorOf("channel")}
        />
        <AnswerButtons
          row
          name="choice"
          answers={(["agree", "oppose", "abstain"] as const).map((value) => ({ value, label: words.choices[value], sign: signs[value], current: has?.choice === value }))}
        />
        <details open={chosen === "proxy" || reply !== undefined}>
          <summary>{words.more}</summary>
          <Stack>
            <Field type="date" name="receivedOn" size="short" label={words.receivedOn} defaultValue={reply?.values["receivedOn"] ?? latest} error={errorOf("receivedOn")} inputProps={{ max: today }} />
            <Field type="textarea" name="authorisation" label={words.authorisation} hint={words.authorisationHint} defaultValue={reply?.values["authorisation"]} error={errorOf("authorisation")} inputProps={{ maxLength: 500, rows: 2 }} />
          </Stack>
        </details>
      </PlainForm>
      <p>
        <a href={paths.ballotHistory(consultation.code, flat.room)}>{words.history}</a>
      </p>
    </Card>
  );
}
