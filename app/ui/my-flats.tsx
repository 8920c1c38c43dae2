import type { Scope } from "#app/domain/consultation.ts";
import type { IntentChoice } from "#app/domain/intent.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Choice } from "#app/domain/tally.ts";
import { dayOf, deadline, longDay } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { reminders } from "#app/i18n/zh-CN/reminders.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { myMoney } from "#app/i18n/zh-CN/money.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Fold, Folds } from "./fold.tsx";
import { SessionToken } from "./form-key.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList, WayOn } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { MyFilings, type MyFiling } from "./my-filings.tsx";
import { Table } from "./table.tsx";

export interface MyFlatsProps {
  name: string;
  /** Whether this phone gets reminders of running consultations. */
  reminded: boolean;
  formKey: string;
  messages: readonly { id: number; kind: string; at: string }[];
  /** The ballots that count for the flats, each with the code that opens it. */
  receipts: readonly { code: string; scope: Scope; entrance: string; unit: string; receipt: string; opening: string }[];
  flats: readonly {
    id: number;
    room: string;
    stairwell: string;
    entrance: string;
    community: string;
    phone: string;
    stage: Stage;
    intent: IntentChoice | "former" | null;
    /** Those that take ballots now. */
    consultations: readonly { code: string; scope: Scope; unit: string; entrance: string; closesAt: string | Date; choice: Choice | null }[];
    /** What was filed for it, the newest first. */
    filings: readonly MyFiling[];
  }[];
}

/** A resident's flats, what runs for each, and the one thing to do. */
export function MyFlats({ name, messages, receipts, flats, reminded, formKey }: MyFlatsProps) {
  return (
    <PortalPage personal width="narrow" phone={flats[0]?.phone} title={{ title: me.title, lead: me.lead(name) }}>
      <Stack>
        {flats.length === 0 && <Empty level={2} title={me.none}>{me.noneLead}</Empty>}
        {flats.map((flat) => (
          <Card key={flat.id} title={me.flat(flat.community, flat.entrance, flat.room)}>
            <Stack>
              {flat.consultations.map(({ code, scope, unit, entrance, closesAt, choice }) => (
                <Stack key={code}>
                  <Notice title={me.until(me.about(scope, entrance), deadline(closesAt))}>{choice ? me.voted : me.notVoted}</Notice>
                  <ButtonLink kind="primary" wide href={paths.myBallot(code, unit)}>
                    {choice ? me.changeVote : me.vote}
                  </ButtonLink>
                </Stack>
              ))}
              <Facts
                facts={[
                  { term: me.stage, value: me.stageNames[flat.stage] },
                  { term: me.intent, value: flat.intent === "former" ? me.formerIntent : flat.intent ? me.intents[flat.intent] : me.noIntent },
                ]}
              />
              {flat.filings.length > 0 && (
                <Fold title={me.filings.title(flat.filings.length)}>
                  <MyFilings stairwell={flat.stairwell} filings={flat.filings} />
                </Fold>
              )}
              <Actions>
                {flat.stage !== "in-use" && <ButtonLink href={paths.ownIntent(flat.stairwell, flat.room)}>{flat.intent ? me.changeIntent : me.fileIntent}</ButtonLink>}
                <ButtonLink href={paths.stairwell(flat.stairwell)}>{me.stairwell}</ButtonLink>
              </Actions>
            </Stack>
          </Card>
        ))}
        {receipts.length > 0 && (
          <Folds>
            <Fold title={me.receipts}>
              <Stack>
                {receipts.map(({ code, scope, entrance, unit, receipt, opening }) => (
                  <div key={receipt}>
                    <p>
                      <b>{me.receiptOf(me.about(scope, entrance), unit)}</b>
                    </p>
                    <Facts
                      facts={[
                        { term: me.receiptNumber, value: receipt },
                        { term: me.ballot.opening.code, value: opening },
                      ]}
                    />
                    <WayOn href={paths.myBallot(code, unit)}>{me.receiptPage}</WayOn>
                  </div>
                ))}
                <p>
                  {me.ballot.opening.how} <a href={paths.verify()}>{me.ballot.opening.verify}</a>
                </p>
              </Stack>
            </Fold>
          </Folds>
        )}
        <LinkList
          rows={[
            ...(flats.length > 0 ? [{ href: paths.myMoney(), title: myMoney.link }] : []),
            { href: paths.myTickets(), title: tickets.mine.title },
            { href: paths.myOpinions(), title: opinionWords.mine.title },
          ]}
        />
        {messages.length > 0 && (
          <Table
            caption={me.messagesTable}
            columns={(["kind", "at"] as const).map((key) => ({ key, label: me.messageColumns[key] }))}
            rows={messages.map(({ id, kind, at }) => ({ key: String(id), cells: { kind: me.messageKinds[kind] ?? me.otherMessage, at: longDay(dayOf(at)) } }))}
          />
        )}
        {flats.length > 0 && (
          <Card title={reminders.mine.title}>
            <PlainForm action={paths.myReminders()} formKey={formKey}>
              <p>{reminded ? reminders.mine.on : reminders.mine.off}</p>
              <Button name="reminders" value={reminded ? "off" : "on"} wide>
                {reminded ? reminders.mine.turnOff : reminders.mine.turnOn}
              </Button>
            </PlainForm>
          </Card>
        )}
        <Card title={me.leave}>
          <Actions>
            <form method="post" action={paths.signOut()}>
              <SessionToken />
              <Button wide>{me.signOut}</Button>
            </form>
            <form method="post" action={paths.signOutEverywhere()}>
              <SessionToken />
              <Button wide>{me.signOutEverywhere}</Button>
            </form>
          </Actions>
        </Card>
      </Stack>
    </PortalPage>
  );
}
