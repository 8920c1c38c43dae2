import type { FormEvent } from "react";
import { nextPage, standing, type BoardFlat, type PaperChannel } from "#app/domain/board.ts";
import { choices, type Choice } from "#app/domain/tally.ts";
import { board as words } from "#app/i18n/zh-CN/board.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons } from "./answers.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field, fieldId } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { roomOf, type BoardHands } from "./use-board.ts";

const signs = { agree: "yes", oppose: "no", abstain: "abstain" } as const;
const channels = ["paper", "assisted", "proxy"] as const;
const channelKeys = { paper: "P", assisted: "A", proxy: "X" } as const;

export interface RecordCardProps {
  hands: BoardHands;
  flat: BoardFlat;
  /** The day that stands in the form at first, and the last one that it takes. */
  receivedOn: string;
  today: string;
  /** For a page without scripts: with them each ballot has a key of its own. */
  formKey: string;
  reply: Reply | undefined;
}

/** The ballot of one flat: where it comes from, its choice, and below them, so that nothing moves away, what came of it. */
export function RecordCard({ hands, flat, receivedOn, today, formKey, reply }: RecordCardProps) {
  const { on, work, board } = hands;
  const text = consultationDesk.board;
  const has = standing(flat);
  const errors = work.refused?.unit === flat.unit ? work.refused.errors : on ? [] : (reply?.errors ?? []);
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const record = (event: FormEvent<HTMLFormElement>) => {
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (!on || !(submitter instanceof HTMLButtonElement)) return;
    const choice = submitter.value as Choice;
    // What an owner has said is read back first, on a page of its own.
    if (work.channel === "assisted" && hands.mayRecord(choice)) return;
    event.preventDefault();
    hands.record(choice, event.currentTarget);
  };
  return (
    <Card title={text.record(flat.room)} tone="jade" aside={has ? text.has(text.choices[has.choice], text.allChannels[has.channel]) : text.hasNone}>
      <PlainForm formKey={formKey} reply={on ? undefined : reply} action={paths.consultation(board.code, { room: flat.unit, page: hands.page?.id })} onSubmit={record}>
        <input type="hidden" name="room" value={flat.unit} />
        <input type="hidden" name="seen" value={(on ? work.seen : flat.newest) ?? 0} />
        {hands.page && <input type="hidden" name="page" value={hands.page.id} />}
        <ChannelRow hands={hands} error={errorOf("channel")} />
        <AnswerButtons
          row
          name="choice"
          disabled={work.phase.is === "saving"}
          answers={choices.map((value, index) => ({
            value, label: text.choices[value], sign: signs[value], current: has?.choice === value, ...(on && { shortcut: String(index + 1) }),
          }))}
        />
        <Outcome hands={hands} flat={flat} />
        {has && <Notice kind="warning" title={text.replaces(text.choices[has.choice], text.allChannels[has.channel])} />}
        <details open={work.channel === "proxy" || errors.length > 0}>
          <summary>{text.more}</summary>
          <Stack>
            <Field type="date" name="receivedOn" size="short" label={text.receivedOn} defaultValue={reply?.values["receivedOn"] ?? receivedOn} error={errorOf("receivedOn")} inputProps={{ max: today }} />
            <Field
              key={`${flat.unit} ${work.last?.seq ?? ""}`}
              type="textarea"
              name="authorisation"
              label={text.authorisation}
              hint={text.authorisationHint}
              defaultValue={hands.typedFor(flat.unit) ?? reply?.values["authorisation"]}
              error={errorOf("authorisation")}
              inputProps={{ maxLength: 500, rows: 2, onChange: (event) => hands.type(flat.unit, event.currentTarget.value) }}
            />
            <AuthorisationPage hands={hands} typed={reply?.values["authorisationPage"]} error={errorOf("authorisationPage")} />
          </Stack>
        </details>
      </PlainForm>
      <WayOn href={paths.ballotHistory(board.code, flat.unit)}>{text.history}</WayOn>
    </Card>
  );
}

/** On which page the written authorisation is: on the ballot itself, or, unless another is chosen, on the one after it. */
function AuthorisationPage({ hands: { board, page }, typed, error }: { hands: BoardHands; typed: string | undefined; error: string | undefined }) {
  const others = board.paper.pages.filter(({ id }) => id !== page?.id);
  const following = page ? nextPage(others, page.id) : undefined;
  if (!page && others.length === 0) {
    return (
      <p>
        {paper.authorisationNone} <a href={paths.paper(board.code)}>{paper.check.upload}</a>
      </p>
    );
  }
  return (
    <Field
      key={page?.id}
      type="select"
      name="authorisationPage"
      label={paper.authorisationPage}
      placeholder={paper.authorisationPick}
      options={[
        ...(page ? [{ value: String(page.id), label: paper.authorisationHere }] : []),
        ...others.map((one, index) => ({ value: String(one.id), label: paper.authorisationOther(index + 1, one.page, one.pages) })),
      ]}
      defaultValue={typed ?? following?.id.toString()}
      error={error}
    />
  );
}

/** The field that a proxy's ballot cannot do without. */
export function authorisationField(host: HTMLElement | null): HTMLElement | null {
  return host?.querySelector<HTMLElement>(`#${fieldId("authorisation")}`) ?? null;
}

function ChannelRow({ hands: { on, work, switchTo }, error }: { hands: BoardHands; error: string | undefined }) {
  const text = consultationDesk.board;
  return (
    <fieldset className="choice" data-wrong={error ? true : undefined}>
      <legend>{text.channel}</legend>
      {error && <p className="field-error">{error}</p>}
      <div className="choice-options" data-row>
        {channels.map((value) => (
          <label className="choice-option" key={value}>
            <input
              type="radio"
              name="channel"
              value={value}
              aria-keyshortcuts={on ? channelKeys[value] : undefined}
              {...(on ? { checked: work.channel === value, onChange: () => switchTo(value as PaperChannel) } : { defaultChecked: work.channel === value })}
            />
            <b>{text.channels[value]}</b>
            {on && <kbd aria-hidden="true">{channelKeys[value]}</kbd>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What came of the last ballot: said aloud, with its receipt and the way back; refused or unsaved, at the flat itself. */
function Outcome({ hands, flat }: { hands: BoardHands; flat: BoardFlat }) {
  const { on, work, said, board } = hands;
  const { phase, last, refused } = work;
  return (
    <div className="board-outcome">
      <p role="status" data-tone={said.tone}>
        {said.text}
      </p>
      {on && phase.is === "ready" && last && (
        <Actions>
          <span>{words.receipt(last.receipt)}</span>
          <Button type="button" kind="quiet" onClick={hands.undo} aria-keyshortcuts="U">
            {words.undo} <kbd aria-hidden="true">U</kbd>
          </Button>
        </Actions>
      )}
      {refused?.unit === flat.unit && (
        <Notice kind="error" title={words.refused(flat.room)}>
          {refused.errors.map(({ message }) => message).join("")}
        </Notice>
      )}
      {phase.is === "unsaved" && (
        <Notice kind="error" title={words.unsaved(roomOf(board, phase.entry.unit), consultationDesk.board.choices[phase.entry.choice])}>
          {words.why[phase.why]}
          <Actions>
            <Button type="button" kind="primary" onClick={hands.again} aria-keyshortcuts="R">
              {words.again} <kbd aria-hidden="true">R</kbd>
            </Button>
            <Button type="button" onClick={hands.drop}>
              {words.drop}
            </Button>
            {phase.why === "signed-out" && (
              <a href={paths.staffSignIn(paths.consultation(board.code))} target="_blank" rel="noreferrer">
                {words.signIn}
              </a>
            )}
          </Actions>
        </Notice>
      )}
    </div>
  );
}
