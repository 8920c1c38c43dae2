import { authenticator } from "#app/i18n/zh-CN/authenticator.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Field } from "./field.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { QrCode } from "./qr-code.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";
import { Steps } from "./steps.tsx";

interface SignInPage {
  formKey: string;
  reply: Reply | undefined;
}


/** Staff: account and password. */
export function PasswordPage({ formKey, demo, to, lost, late, reply }: SignInPage & { demo: boolean; to?: string | undefined; lost: boolean; late: boolean }) {
  return (
    <PortalPage width="narrow">
      <Question title={signIn.staffTitle} lead={signIn.staffLead}>
        {lost && <Notice kind="warning" title={signIn.lost} />}
        {late && <Notice kind="warning" title={authenticator.late} />}
        <PlainForm formKey={formKey} reply={reply} action={paths.staffSignIn(to)}>
          {demo && (
            <WayOn href={paths.demo()}>{signIn.demoAccounts}</WayOn>
          )}
          <Field
            name="login"
            label={signIn.login}
            defaultValue={reply?.values["login"]}
            error={errorAt(reply, "login")}
            inputProps={{ autoComplete: "username", autoCapitalize: "none", maxLength: 60 }}
          />
          <Field
            type="password"
            name="password"
            label={signIn.password}
            error={errorAt(reply, "password")}
            inputProps={{ autoComplete: "current-password", maxLength: 200 }}
          />
          <Button kind="primary" wide>
            {signIn.next}
          </Button>
        </PlainForm>
        <WayOn href={paths.setUp()}>{authenticator.haveSetup}</WayOn>
        <WayOn href={paths.signIn()}>{signIn.residentWay}</WayOn>
      </Question>
    </PortalPage>
  );
}

/** Staff: the code of the authenticator app. */
export function StaffCodePage({ formKey, reply }: SignInPage) {
  return (
    <PortalPage width="narrow">
      <Question title={authenticator.codeTitle} lead={authenticator.codeLead} back={paths.staffSignIn()}>
        <PlainForm formKey={formKey} reply={reply} action={paths.staffCode()}>
          <CodeField from="authenticator" error={errorAt(reply, "code")} />
          <Button kind="primary" wide>
            {signIn.enter}
          </Button>
        </PlainForm>
        <p>{authenticator.lost}</p>
        <WayOn href={paths.setUp()}>{authenticator.haveSetup}</WayOn>
      </Question>
    </PortalPage>
  );
}

export interface EnrolPageProps extends SignInPage {
  secret: string;
  /** What the QR code says. */
  uri: string;
  /** In the demo, the code that an app would show. */
  standIn: string | null;
}

/** Staff: binding the authenticator app, once. */
export function EnrolPage({ formKey, secret, uri, standIn, reply }: EnrolPageProps) {
  const { install, scan, code } = authenticator.steps;
  return (
    <PortalPage width="narrow">
      <Question title={authenticator.enrolTitle} lead={authenticator.enrolLead} back={paths.staffSignIn()}>
        <Steps
          steps={[
            { title: install.title, detail: install.text },
            {
              title: scan.title,
              detail: (
                <>
                  <QrCode value={uri} label={authenticator.qr} />
                  <p>{scan.text}</p>
                  <p className="receipt-number">
                    <span>{authenticator.secret}</span>
                    <b>{secret.replace(/(.{4})(?=.)/g, "$1 ")}</b>
                  </p>
                </>
              ),
            },
            { title: code.title, detail: code.text },
          ]}
        />
        {standIn && <Notice title={authenticator.standInShows(standIn)} />}
        <PlainForm formKey={formKey} reply={reply} action={paths.staffEnrol()}>
          <CodeField from="authenticator" standIn={false} error={errorAt(reply, "code")} />
          <Button kind="primary" wide>
            {authenticator.enrol}
          </Button>
        </PlainForm>
      </Question>
    </PortalPage>
  );
}
