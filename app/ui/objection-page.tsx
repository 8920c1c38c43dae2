import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import type { Choice } from "#app/domain/tally.ts";
import { assisted } from "#app/i18n/zh-CN/assisted.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Actions } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";

interface Recorded {
  kind: "intent" | "ballot";
  choice: IntentChoice | Choice;
  worry: Worry | null;
  needsHelp: boolean | null;
}

export type ObjectionPageProps = { reply: Reply | undefined } & (
  | { state: "expired" }
  | { state: "too-often" }
  | {
      state: "open" | "used";
      /** Whether it was used a moment ago, from this page. */
      done: boolean;
      token: string;
      stairwell: string;
      committeePhone: string;
      expiresAt: string;
      at: string;
      recorded: Recorded;
      formKey: string;
    }
);

const words = assisted.object;

/** Behind the link in the message about what was filed for an owner: what was recorded, and one button. */
export function ObjectionPage(props: ObjectionPageProps) {
  if (props.state === "expired" || props.state === "too-often") {
    const [title, lead] = props.state === "expired" ? [words.expired, words.expiredLead] : [words.tooOften, words.tooOftenLead];
    return (
      <PortalPage width="narrow" title={{ title, lead }}>
        <Actions>
          <ButtonLink href={paths.search()}>{intent.slipRefused.find}</ButtonLink>
        </Actions>
      </PortalPage>
    );
  }
  const { state, done, token, stairwell, committeePhone, expiresAt, at, recorded, formKey, reply } = props;
  const { kind, choice, worry, needsHelp } = recorded;
  return (
    <PortalPage width="narrow" phone={committeePhone}>
      <Question title={state === "open" ? words.title : done ? words.done : words.used} lead={state === "open" ? words.at(at) : done ? words.doneLead[kind] : words.usedLead}>
        <Card title={words.kind[kind]}>
          <Facts
            facts={[
              { term: words.what, value: words.choice[choice] },
              ...(worry ? [{ term: words.worry, value: words.worries[worry] }] : []),
              ...(needsHelp === null ? [] : [{ term: words.help, value: words.helps[needsHelp ? "yes" : "no"] }]),
            ]}
          />
        </Card>
        {state === "open" && (
          <>
            <Notice title={words.right} />
            <PlainForm formKey={formKey} reply={reply} action={paths.object(token)}>
              <Button kind="danger" wide>
                {words.button}
              </Button>
              <p>{words.effect[kind]}</p>
              <p>{words.until(shortMoment(expiresAt))}</p>
            </PlainForm>
          </>
        )}
        {state === "used" && (
          <Actions>
            <ButtonLink href={paths.stairwell(stairwell)}>{intent.done.back}</ButtonLink>
          </Actions>
        )}
      </Question>
    </PortalPage>
  );
}
