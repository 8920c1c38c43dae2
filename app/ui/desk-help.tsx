import { faqDesk as words } from "#app/i18n/zh-CN/faq.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { CheckField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

export interface DeskHelpProps {
  groups: readonly { title: string; questions: readonly { topic: string; question: string; editedOn: string | null; hidden: boolean; helped: number; not: number }[] }[];
  misses: readonly { id: number; text: string; day: string; formKey: string }[];
  reply: Reply | undefined;
}

/** The answers at the desk: what readers say of each, and what found none. */
export function DeskHelp({ groups, misses, reply }: DeskHelpProps) {
  return (
    <PortalPage desk width="narrow" title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {reply && <ErrorSummary errors={reply.errors.map(({ message }) => ({ message }))} />}
        {misses.length > 0 && (
          <Section title={words.misses(misses.length)} lead={words.missesLead}>
            <Stack gap="small">
              {misses.map(({ id, text, day, formKey }) => (
                <Card key={id} title={text} level={3} foot={words.asked(day)}>
                  <PlainForm formKey={formKey}>
                    <Button name="miss" value={String(id)}>
                      {words.settle}
                    </Button>
                  </PlainForm>
                </Card>
              ))}
            </Stack>
          </Section>
        )}
        <ButtonLink href={paths.deskHelpTopic("new")} kind="primary" wide>
          {words.add}
        </ButtonLink>
        {groups.map(({ title, questions }) => (
          <Section key={title} title={title}>
            <LinkList
              rows={questions.map(({ topic, question, editedOn, hidden, helped, not }) => ({
                href: paths.deskHelpTopic(topic),
                title: question,
                detail: `${editedOn ? words.editedOn(editedOn) : words.given} · ${words.words(helped, not)}`,
                badge: hidden ? <Badge>{words.hidden}</Badge> : undefined,
              }))}
            />
          </Section>
        ))}
      </Stack>
    </PortalPage>
  );
}

export interface EditAnswerProps {
  answer: { heading: string; question: string; answer: string; source: string; hidden: boolean } | null;
  headings: readonly string[];
  formKey: string;
  reply: Reply | undefined;
}

/** One answer to edit, or a new one. */
export function EditAnswer({ answer, headings, formKey, reply }: EditAnswerProps) {
  const title = answer ? words.edit : words.add;
  const typed = (name: string, before = "") => ({ defaultValue: reply?.values[name] ?? before, error: errorAt(reply, name) });
  return (
    <PortalPage desk width="narrow" crumbs={[{ label: words.title, href: paths.deskHelp() }, { label: title }]} title={{ title, lead: words.lead }}>
      <PlainForm formKey={formKey} reply={reply}>
        <Field name="section" label={words.heading} hint={words.headingHint(headings)} {...typed("section", answer?.heading)} inputProps={{ maxLength: 20 }} />
        <Field name="question" label={words.question} {...typed("question", answer?.question)} inputProps={{ maxLength: 60 }} />
        <Field type="textarea" name="answer" label={words.answer} hint={words.answerHint} {...typed("answer", answer?.answer)} inputProps={{ rows: 5, maxLength: 600 }} />
        <Field name="source" label={words.source} {...typed("source", answer?.source)} inputProps={{ maxLength: 120 }} />
        <CheckField name="hidden" label={words.hide} defaultChecked={reply ? reply.values["hidden"] === "yes" : (answer?.hidden ?? false)} />
        <Button kind="primary" wide>
          {words.save}
        </Button>
      </PlainForm>
    </PortalPage>
  );
}
