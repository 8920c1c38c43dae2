import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Consent } from "./consent.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { PhoneField } from "./phone-field.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

interface SignInPage {
  formKey: string;
  reply: Reply | undefined;
}


/** Residents: the phone that stands on the roll. */
export function PhonePage({ formKey, to, lost, reply }: SignInPage & { to?: string | undefined; lost: boolean }) {
  return (
    <PortalPage width="narrow">
      <Question title={signIn.title} lead={signIn.lead}>
        {lost && <Notice kind="warning" title={signIn.lost} />}
        <PlainForm formKey={formKey} reply={reply} action={paths.signIn(to)}>
          <PhoneField reply={reply} />
          <Button kind="primary" wide>
            {signIn.send}
          </Button>
        </PlainForm>
        <WayOn href={paths.search()}>{signIn.changed}</WayOn>
        <p>{signIn.noPhone}</p>
        <Consent />
        <WayOn href={paths.staffSignIn()}>{signIn.staffWay}</WayOn>
      </Question>
    </PortalPage>
  );
}

/** Residents: the code that was sent. */
export function CodePage({ formKey, phone, reply }: SignInPage & { phone: string }) {
  return (
    <PortalPage width="narrow">
      <Question title={signIn.codeTitle} lead={signIn.codeLead(phone)} back={paths.signIn()}>
        <PlainForm formKey={formKey} reply={reply} action={paths.signInCode()}>
          <CodeField from="message" error={errorAt(reply, "code")} />
          <Button kind="primary" wide>
            {signIn.enter}
          </Button>
        </PlainForm>
        <ButtonLink href={paths.signIn()} wide>
          {signIn.again}
        </ButtonLink>
        <WayOn href={paths.search()}>{signIn.changed}</WayOn>
        <p>{signIn.noPhone}</p>
      </Question>
    </PortalPage>
  );
}
