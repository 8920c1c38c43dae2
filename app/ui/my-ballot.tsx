import type { Choice } from "#app/domain/tally.ts";
import { deadline, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { reading } from "#app/i18n/zh-CN/reading.ts";
import { paths } from "#app/paths.ts";
import { Matter, type BallotMatter } from "./ballot-matter.tsx";
import { BallotReceipt, type CurrentBallot } from "./ballot-receipt.tsx";
import { AnswerLinks } from "./answers.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";
import { SignaturePad } from "./signature-pad.tsx";
import { Table } from "./table.tsx";

export interface MyBallotProps {
  consultation: { code: string; committeePhone: string; closesAt: string | Date };
  matter: BallotMatter;
  open: boolean;
  rooms: readonly string[];
  room: string;
  /** How far the person has come who has no ballot yet: what is decided has been read, a choice was made. */
  read: boolean;
  chosen: Choice | null;
  /** The code of the stairwell, where an objection goes. */
  stairwell: string;
  /** The number of the flat's newest ballot, of whomever. */
  newest: number;
  /** Whether a ballot from before the person came to the flat counts. */
  former: boolean;
  /** What has just become of taking a ballot back. */
  undone: "undone" | "late" | null;
  history: readonly (CurrentBallot & {
    end: "void" | "undone" | "disagreed" | "unchecked" | null;
    counts: boolean;
    /** Whether a second person has confirmed it. */
    checked: boolean;
  })[];
  /** The code that opens the ballot that counts. */
  opening: string | null;
  formKey: string;
  reply: Reply | undefined;
}

const words = me.ballot;

/** What is decided, the choice, and to read it once more. */
const STEPS = 3;

/** The online ballot of one flat: read, choose, check and confirm; then the receipt and all that was ever recorded. */
export function MyBallot(props: MyBallotProps) {
  const { consultation, matter, open, rooms, room, read, chosen, stairwell, history, former, undone, opening, formKey, reply } = props;
  const current = history.find((ballot) => ballot.counts);
  const { code } = consultation;
  const reads = open && !chosen && !current && !read;
  return (
    <PortalPage personal width="narrow" phone={consultation.committeePhone} crumbs={[{ label: me.title, href: paths.me() }, { label: words.title }]}>
      <Stack gap="large">
        {reply && <ErrorSummary errors={reply.errors} />}
        {!open && <Notice title={words.closed}>{words.closedLead}</Notice>}
        {undone && <Notice kind={undone === "undone" ? "success" : "warning"} title={words.undo[undone]} />}
        {former && !chosen && <Notice title={words.former} />}
        {open && chosen && <Check {...props} chosen={chosen} first={!current} already={current?.by === "me" && current.choice === chosen} />}
        {!chosen && current && <BallotReceipt consultation={consultation} open={open} ballot={current} opening={opening} formKey={formKey} />}
        {reads && (
          <Question title={reading.title(room)} lead={reading.lead} step={{ at: 1, of: STEPS }}>
            <Matter matter={matter} stairwell={stairwell} />
            <ButtonLink kind="primary" wide href={paths.myBallot(code, room, { step: "choose" })}>
              {reading.on}
            </ButtonLink>
          </Question>
        )}
        {open && !chosen && !reads && <Choose {...props} current={current?.choice} />}
        {rooms.length > 1 && !chosen && (
          <Actions>
            {rooms
              .filter((other) => other !== room)
              .map((other) => (
                <ButtonLink key={other} href={paths.myBallot(code, other)}>
                  {`${words.other}：${other}`}
                </ButtonLink>
              ))}
          </Actions>
        )}
        {history.length > 0 && !chosen && <History {...props} />}
      </Stack>
    </PortalPage>
  );
}

function Choose({ consultation: { code, closesAt }, matter, stairwell, room, current }: MyBallotProps & { current: Choice | undefined }) {
  return (
    <Question
      title={current ? words.change : words.question(matter.scope, room, matter.entrance)}
      lead={words.until(deadline(closesAt))}
      {...(!current && { step: { at: 2, of: STEPS }, back: paths.myBallot(code, room) })}
    >
      <AnswerLinks
        answers={([["agree", "yes"], ["oppose", "no"], ["abstain", "abstain"]] as const).map(([choice, sign]) => ({
          href: paths.myBallot(code, room, { choice }),
          label: words.choices[choice],
          hint: [words.hints[choice], current === choice && words.current].filter(Boolean).join(" · "),
          sign,
          current: current === choice,
        }))}
      />
      <p>{words.secret}</p>
      {current && (
        <Folds>
          <Fold title={reading.again}>
            <Matter matter={matter} stairwell={stairwell} />
          </Fold>
        </Folds>
      )}
    </Question>
  );
}

/** Read once more before it is cast. Whoever comes back to this page after that, reads that it is done: another ballot would have another receipt. */
function Check({ consultation: { code }, matter, room, chosen, first, already, newest, formKey, reply }: MyBallotProps & { chosen: Choice; first: boolean; already: boolean }) {
  return (
    <Question title={words.check(room, words.choices[chosen])} lead={!already && words.checkLead} {...(first && { step: { at: 3, of: STEPS } })}>
      {already && (
        <Notice kind="success" title={words.already(words.choices[chosen])}>
          <a href={`${paths.myBallot(code, room)}#receipt`}>{words.mine}</a>
        </Notice>
      )}
      <p>{reading.matter(matter.scope, matter.community, matter.entrance)}</p>
      {matter.plan && <p>{plans.line(matter.plan)}</p>}
      <PlainForm formKey={reply?.formKey ?? formKey} action={paths.myBallot(code, room, { choice: chosen })}>
        <input type="hidden" name="room" value={room} />
        <input type="hidden" name="choice" value={chosen} />
        <input type="hidden" name="seen" value={newest} />
        <SignaturePad error={errorAt(reply, "signature")} />
        <Button kind={already ? "secondary" : "primary"} wide>
          {already ? words.castAgain : words.confirm}
        </Button>
        <ButtonLink href={paths.myBallot(code, room, { step: "choose" })} wide>
          {words.back}
        </ButtonLink>
      </PlainForm>
    </Question>
  );
}

function History({ consultation: { code }, stairwell, history }: MyBallotProps) {
  return (
    <Section title={words.history}>
      <Table
        caption={words.historyTable}
        columns={(["choice", "at", "channel", "by", "state", "receipt", "object"] as const).map((key) => ({ key, label: words.columns[key] }))}
        rows={history.map((ballot) => ({
          key: String(ballot.seq),
          cells: {
            choice: words.choices[ballot.choice],
            at: shortMoment(ballot.castAt),
            channel: words.channels[ballot.channel],
            by: [words.by(ballot.by), ballot.checked && words.checked, ballot.signed && words.signature.with].filter(Boolean).join("；"),
            object: ballot.by === "me" ? "" : <a href={paths.askTicket(stairwell, { ballot: `${code}.${ballot.seq}` })}>{words.objectTo}</a>,
            state: ballot.end === "void" ? `${words.ends.void}：${words.voided}` : ballot.end ? words.ends[ballot.end] : ballot.counts ? words.counts : words.replaced,
            receipt: ballot.receipt ?? "",
          },
        }))}
      />
    </Section>
  );
}
