import type { Scope } from "#app/domain/consultation.ts";
import type { PlanVersion } from "#app/domain/plan.ts";
import type { Choice } from "#app/domain/tally.ts";
import { deadline, shanghaiClock, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Notice, Receipt } from "./notice.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { Table } from "./table.tsx";

export interface MyBallotProps {
  consultation: { code: string; scope: Scope; community: string; building: string; entrance: string; committeePhone: string; rule: string; source: string; closesAt: string | Date };
  open: boolean;
  rooms: readonly string[];
  room: string;
  chosen: Choice | null;
  /** The code of the stairwell, where an objection goes. */
  stairwell: string;
  /** The version of a plan that is voted on. */
  plan: Pick<PlanVersion, "number" | "version" | "agent" | "make" | "model" | "entry" | "position" | "priceFen" | "months" | "about"> | null;
  /** The number of the flat's newest ballot, of whomever. */
  newest: number;
  /** Whether a ballot from before the person came to the flat counts. */
  former: boolean;
  /** What has just become of taking a ballot back. */
  undone: "undone" | "late" | null;
  history: readonly {
    seq: number;
    choice: Choice;
    channel: "online" | "paper" | "assisted" | "proxy";
    castAt: string | Date;
    receipt: string | null;
    end: "void" | "undone" | "disagreed" | "unchecked" | null;
    counts: boolean;
    /** The person, another owner's phone with its middle hidden, or staff. */
    by: "me" | (string & {}) | null;
    /** Until when the person may take it back. */
    undoUntil: string | Date | null;
  }[];
  formKey: string;
  reply: Reply | undefined;
}

const words = me.ballot;

/** The online ballot of one flat: choose, check, confirm; then the receipt and all that was ever recorded. */
export function MyBallot(props: MyBallotProps) {
  const { consultation, open, rooms, room, chosen, history, former, undone, stairwell, plan, formKey, reply } = props;
  const current = history.find((ballot) => ballot.counts);
  const here = (choice?: Choice) => `${paths.myBallot(consultation.code, room)}${choice ? `&choice=${choice}` : ""}`;
  return (
    <PortalPage personal width="narrow" phone={consultation.committeePhone} crumbs={[{ label: me.title, href: paths.me() }, { label: words.title }]}>
      <Stack gap="large">
        {reply && <ErrorSummary errors={reply.errors} />}
        {!open && <Notice title={words.closed}>{words.closedLead}</Notice>}
        {undone && <Notice kind={undone === "undone" ? "success" : "warning"} title={words.undo[undone]} />}
        {former && !chosen && <Notice title={words.former} />}
        {open && chosen && <Check {...props} chosen={chosen} back={here()} />}
        {open && !chosen && current && (
          <div id="receipt">
            <Receipt
              title={words.recorded(words.choices[current.choice])}
              number={current.receipt ?? String(current.seq)}
              next={[{ title: words.until(deadline(consultation.closesAt)), detail: words.notMine }]}
            >
              <p>{words.recordedAt(shortMoment(current.castAt), words.channels[current.channel])}</p>
              <p>{words.by(current.by)}</p>
            </Receipt>
            {current.undoUntil && (
              <PlainForm formKey={`${formKey}-undo`} action={paths.undoMyBallot(consultation.code)}>
                <input type="hidden" name="seq" value={current.seq} />
                <Button kind="danger" wide>
                  {words.undo.button(shanghaiClock(current.undoUntil))}
                </Button>
              </PlainForm>
            )}
          </div>
        )}
        {open && !chosen && (
          <Question title={current ? words.change : words.question(consultation.scope, room, consultation.entrance)} lead={words.until(deadline(consultation.closesAt))}>
            <LinkList
              rows={(["agree", "oppose", "abstain"] as const).map((choice) => ({
                href: here(choice),
                title: words.choices[choice],
                detail: words.hints[choice] || undefined,
                badge: current?.choice === choice ? <Badge tone="jade">{words.counts}</Badge> : undefined,
              }))}
            />
            <p>{words.secret}</p>
            <p>{words.rule(consultation.rule, consultation.source)}</p>
          </Question>
        )}
        {plan && !chosen && (
          <Card title={plans.votedTitle} aside={plans.version(plan)}>
            <Stack gap="small">
              <PlanFacts plan={plan} />
              <ButtonLink href={paths.plans(stairwell)}>{plans.seeAll}</ButtonLink>
            </Stack>
          </Card>
        )}
        {rooms.length > 1 && !chosen && (
          <Actions>
            {rooms
              .filter((other) => other !== room)
              .map((other) => (
                <ButtonLink key={other} href={paths.myBallot(consultation.code, other)}>
                  {`${words.other}：${other}`}
                </ButtonLink>
              ))}
          </Actions>
        )}
        {history.length > 0 && !chosen && (
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
                  by: words.by(ballot.by),
                  object: ballot.by === "me" ? "" : <a href={paths.askTicket(stairwell, { ballot: `${consultation.code}.${ballot.seq}` })}>{words.objectTo}</a>,
                  state: ballot.end ? words.ends[ballot.end] : ballot.counts ? words.counts : words.replaced,
                  receipt: ballot.receipt ?? "",
                },
              }))}
            />
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}

function Check({ consultation, room, plan, chosen, newest, formKey, reply, back }: MyBallotProps & { chosen: Choice; back: string }) {
  return (
    <Question title={words.check(room, words.choices[chosen])} lead={words.checkLead}>
      <Card>
        <p>{`${consultation.community} ${consultation.building}${consultation.entrance}`}</p>
        {plan && <p>{plans.line(plan)}</p>}
        <p>{words.rule(consultation.rule, consultation.source)}</p>
      </Card>
      <PlainForm formKey={reply?.formKey ?? formKey} action={back}>
        <input type="hidden" name="room" value={room} />
        <input type="hidden" name="choice" value={chosen} />
        <input type="hidden" name="seen" value={newest} />
        <Button kind="primary" wide>
          {words.confirm}
        </Button>
        <ButtonLink href={back} wide>
          {words.back}
        </ButtonLink>
      </PlainForm>
    </Question>
  );
}
