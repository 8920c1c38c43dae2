import { useEffect, useRef, useState, type RefObject } from "react";
import { mismatches, type PageRole } from "#app/domain/paper.ts";
import type { Choice } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { longDay, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { mismatchWords, paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons, AnswerLinks } from "./answers.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { KeyTable } from "./key-table.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PaperImage } from "./paper-image.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Sign } from "./sign.tsx";

const words = paper.check;

const looks = { agree: { sign: "yes", tone: "jade" }, oppose: { sign: "no", tone: "brick" }, abstain: { sign: "abstain", tone: "blue" } } as const;

/** A key pressed for the entry before must not answer for this one. */
const UNSEEN_MS = 600;

export interface EntryShown {
  seq: number;
  room: string;
  choice: Choice;
  channel: "online" | "paper" | "assisted" | "proxy";
  receivedOn: string | null;
  authorisation: string | null;
  castAt: string | Date;
  recordedBy: string | null;
  images: readonly { role: PageRole; fileId: string; page: number; width: number; height: number }[];
  /** The image without which it cannot be confirmed. */
  lacks: PageRole | null;
}

export interface CheckBallotsProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string };
  closed: boolean;
  entry: EntryShown | null;
  /** How many wait for this person, and how many this person has recorded. */
  waiting: { mine: number; own: number };
  /** The room that was answered for last. */
  done: string | null;
  /** Whether the person is asked what is wrong. */
  wrong: boolean;
  formKey: string;
  reply: Reply | undefined;
}

/** The second person's page: the image on one side, the entry on the other, and two answers; one after the other. */
export function CheckBallots(props: CheckBallotsProps) {
  const { consultation, closed, entry, waiting, done, wrong } = props;
  const { code } = consultation;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const host = useRef<HTMLDivElement>(null);
  const help = useRef<HTMLDetailsElement>(null);
  const keys = useAnswerKeys(host, help);
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: `${name} ${consultationDesk.numbered(code)}`, href: paths.consultation(code) }, { label: words.title }]}
      title={{ title: words.title, lead: entry ? words.lead : undefined }}
    >
      <Stack>
        {done && <Notice kind="success" title={words.done(done)} />}
        {closed && entry && <Notice kind="warning" title={words.closed} />}
        {entry ? (
          <div className="paper-sides" ref={host}>
            <Images entry={entry} code={code} />
            <Stack>
              <Entry entry={entry} />
              {wrong ? <WhatIsWrong {...props} entry={entry} keys={keys} /> : <TwoAnswers {...props} entry={entry} keys={keys} />}
              <p>{words.left(waiting.mine)}</p>
              {waiting.own > 0 && <p>{words.own(waiting.own)}</p>}
              {keys && <KeyTable keys={wrong ? words.keyListWrong : words.keyList} fold={help} />}
            </Stack>
          </div>
        ) : (
          <Empty
            level={2}
            title={words.none}
            action={
              <ButtonLink href={paths.consultation(code)} kind="primary">
                {paper.toBoard}
              </ButtonLink>
            }
          >
            {waiting.own > 0 ? words.own(waiting.own) : words.noneLead}
          </Empty>
        )}
      </Stack>
    </PortalPage>
  );
}

function Images({ entry, code }: { entry: EntryShown; code: string }) {
  return (
    <Stack>
      {entry.lacks && (
        <Notice kind="warning" title={entry.lacks === "ballot" ? words.noImage : words.noAuthorisation}>
          {words.noImageLead} <a href={paths.paper(code)}>{words.upload}</a>
        </Notice>
      )}
      {entry.images.map(({ role, ...image }) => (
        <PaperImage key={`${role} ${image.fileId} ${image.page}`} {...image} alt={role === "ballot" ? paper.alt : paper.altAuthorisation} />
      ))}
    </Stack>
  );
}

function Entry({ entry }: { entry: EntryShown }) {
  const { sign, tone } = looks[entry.choice];
  const { choices } = consultationDesk.board;
  const history = consultationDesk.history;
  return (
    <Card tone="jade">
      <p className="paper-said">
        <span>{words.room(entry.room)}</span>
        <span data-tone={tone}>
          <Sign name={sign} /> {choices[entry.choice]}
        </span>
      </p>
      <Facts
        facts={[
          { term: history.channel, value: history.channels[entry.channel] },
          ...(entry.receivedOn ? [{ term: history.receivedOn, value: longDay(entry.receivedOn) }] : []),
          ...(entry.authorisation ? [{ term: words.authorisation, value: entry.authorisation }] : []),
          { term: history.recordedBy, value: [entry.recordedBy, shortMoment(entry.castAt)].filter(Boolean).join("　") },
        ]}
      />
    </Card>
  );
}

type Asked = CheckBallotsProps & { entry: EntryShown; keys: boolean };

function TwoAnswers({ consultation: { code }, entry, waiting, keys, formKey, reply }: Asked) {
  return (
    <PlainForm formKey={formKey} reply={reply} action={paths.checkBallots(code, { seq: entry.seq })}>
      <input type="hidden" name="seq" value={entry.seq} />
      {!entry.lacks && <AnswerButtons name="verdict" answers={[{ value: "confirmed", label: words.same, sign: "yes", ...(keys && { shortcut: "1" }) }]} />}
      <AnswerLinks answers={[{ href: paths.checkBallots(code, { seq: entry.seq, wrong: "yes" }), label: words.different, sign: "no", shortcut: keys ? "2" : undefined }]} />
      {waiting.mine > 1 && (
        <WayOn href={paths.checkBallots(code, { seq: entry.seq + 1 })}>{words.skip}</WayOn>
      )}
    </PlainForm>
  );
}

function WhatIsWrong({ consultation: { code }, entry, keys, formKey, reply }: Asked) {
  return (
    <Card title={words.differentTitle} tone="brick">
      <p>{words.differentLead}</p>
      <PlainForm formKey={formKey} reply={reply} action={paths.checkBallots(code, { seq: entry.seq, wrong: "yes" })}>
        <input type="hidden" name="seq" value={entry.seq} />
        <input type="hidden" name="verdict" value="disagreed" />
        <AnswerButtons name="wrong" answers={mismatches.map((value, index) => ({ value, label: mismatchWords[value], ...(keys && { shortcut: String(index + 1) }) }))} />
        <Field
          name="note"
          optional
          label={words.note}
          hint={words.noteHint}
          defaultValue={reply?.values["note"]}
          error={errorAt(reply, "note")}
          inputProps={{ maxLength: 400 }}
        />
        <WayOn href={paths.checkBallots(code, { seq: entry.seq })}>{words.back}</WayOn>
      </PlainForm>
    </Card>
  );
}

/** A key does what the answer does that shows it, not before the entry and its image have been there to be seen; `?` says which there are. */
function useAnswerKeys(host: RefObject<HTMLElement>, help: RefObject<HTMLDetailsElement>): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => setOn(true), []);
  useEffect(() => {
    const since = performance.now();
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || target.matches("input:not([type=hidden]), textarea, select")) return;
      if (event.key === "?" && help.current) {
        help.current.open = !help.current.open;
        return;
      }
      const answer = host.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
      const seen = [...(host.current?.querySelectorAll("img") ?? [])].every((image) => image.complete);
      if (!answer || !seen || performance.now() - since < UNSEEN_MS) return;
      event.preventDefault();
      answer.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [host, help]);
  return on;
}
