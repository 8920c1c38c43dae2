import { forms } from "#app/i18n/zh-CN/forms.ts";
import { guideWords } from "#app/i18n/zh-CN/guide.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { WayOn } from "./link-list.tsx";
import { Actions, Prose, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";
import { errorAt } from "./reply.ts";

export interface ShownAnswer {
  topic: string;
  question: string;
  answer: string;
  source: string;
  editedOn: string | null;
}

export interface HelpPageProps {
  hotline: string;
  groups: readonly { title: string; questions: readonly ShownAnswer[] }[];
  typed: string;
  /** Whether a question was just handed to the desk. */
  sent: boolean;
  /** How long to wait, after too many searches. */
  minutes: number | null;
  /** Null before anything was typed. */
  found: readonly ShownAnswer[] | null;
  formKey: string;
  reply: Reply | undefined;
}

function Answered({ topic, answer, source, editedOn }: ShownAnswer) {
  return (
    <>
      <p>{answer}</p>
      <p>{[help.source(source), ...(editedOn ? [help.editedOn(editedOn)] : [])].join(" · ")}</p>
      {topic === "cost" && <WayOn href={paths.cost()}>{help.calculator}</WayOn>}
    </>
  );
}

/** Answers that open, each with the way to its own page, where one can say whether it helped. */
function Answers({ answers, open = false }: { answers: readonly ShownAnswer[]; open?: boolean }) {
  return (
    <Folds>
      {answers.map((answer, index) => (
        <Fold key={answer.topic} id={answer.topic} title={answer.question} open={open && index === 0}>
          <Answered {...answer} />
          <WayOn href={paths.helpAnswer(answer.topic)}>{help.helped}</WayOn>
        </Fold>
      ))}
    </Folds>
  );
}

/** Questions that residents ask, a search among them, and how a stairwell is found suitable. */
export function HelpPage({ hotline, groups, typed, sent, minutes, found, formKey, reply }: HelpPageProps) {
  const { conditions, still } = help;
  const asked = reply?.values["asked"] ?? typed;
  return (
    <PortalPage width="narrow" title={{ title: help.title, lead: help.lead }}>
      <Stack gap="large">
        {sent && <Notice kind="success" title={help.sent}>{help.sentLead}</Notice>}
        <SearchBox action={paths.help()} label={help.search} hint={help.searchHint} defaultValue={typed} />
        {minutes !== null && <Notice kind="warning" title={forms.tooMany(minutes)} />}
        {found && found.length > 0 && (
          <Section title={help.found(typed)} lead={help.count(found.length)}>
            <Answers answers={found} open />
          </Section>
        )}
        {found?.length === 0 && <Empty level={2} title={help.nothing(typed)} />}
        {((found && found.length < 3) || reply) && (
          <Card title={help.send}>
            <PlainForm formKey={formKey} reply={reply} action={paths.help(typed)}>
              <p>{help.nothingLead}</p>
              <Field name="asked" label={help.asked} defaultValue={asked} error={errorAt(reply, "asked")} inputProps={{ maxLength: 100 }} />
              <Button wide>{help.send}</Button>
            </PlainForm>
          </Card>
        )}
        {found ? (
          <ButtonLink href={paths.help()} wide>
            {help.all}
          </ButtonLink>
        ) : (
          groups.map((group) => (
            <Section key={group.title} title={group.title}>
              <Answers answers={group.questions} />
            </Section>
          ))
        )}
        <LinkList rows={[{ href: paths.guides(), title: guideWords.title, detail: guideWords.lead }]} />
        <Card id="conditions" title={conditions.title} foot={conditions.source}>
          <p>{conditions.lead}</p>
          <Facts facts={conditions.grades.map(({ grade, text }) => ({ term: grade, value: text }))} />
          <h3>{conditions.factorsTitle}</h3>
          <Prose>
            <ul>
              {conditions.factors.map((factor) => (
                <li key={factor}>{factor}</li>
              ))}
            </ul>
          </Prose>
          <p>{conditions.car}</p>
        </Card>
        <Card title={still.title}>
          <p>{still.text}</p>
          {hotline && (
            <ButtonLink href={paths.call(hotline)} sign="phone" wide>
              {still.call(hotline)}
            </ButtonLink>
          )}
        </Card>
      </Stack>
    </PortalPage>
  );
}

export interface AnswerPageProps {
  answer: ShownAnswer;
  hotline: string;
  /** Whether the reader has just said whether it helped. */
  said: boolean;
  formKey: string;
  reply: Reply | undefined;
}

/** One answer alone, and whether it helped. */
export function AnswerPage({ answer, said, formKey, reply }: AnswerPageProps) {
  return (
    <PortalPage width="narrow" crumbs={[{ label: help.title, href: paths.help() }, { label: answer.question }]} title={{ title: answer.question }}>
      <Stack gap="large">
        <Card>
          <Answered {...answer} />
        </Card>
        {said ? (
          <Notice kind="success" title={help.thanks} />
        ) : (
          <Card title={help.helped} foot={help.privacy}>
            <PlainForm formKey={formKey} reply={reply}>
              <Actions>
                <Button name="helped" value="yes">
                  {help.yes}
                </Button>
                <Button name="helped" value="no">
                  {help.no}
                </Button>
              </Actions>
            </PlainForm>
          </Card>
        )}
        <ButtonLink href={paths.help()} wide>
          {help.others}
        </ButtonLink>
      </Stack>
    </PortalPage>
  );
}
