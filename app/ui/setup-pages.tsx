import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";
import { Steps } from "./steps.tsx";

export interface SetupCodePageProps {
  account: { accountId: number; name: string; login: string };
  /** The code with its end; null where there is none that this person made. */
  setup: { code: string; expiresAt: string | Date } | null;
  /** Where to enter it. */
  address: string;
}

/** A setup code to read out or to print, and what to do with it. */
export function SetupCodePage({ account, setup, address }: SetupCodePageProps) {
  const words = accounts.setup;
  const back = <ButtonLink href={paths.account(account.accountId)}>{words.back}</ButtonLink>;
  return (
    <PortalPage
      desk
      width="narrow"
      crumbs={[{ label: accounts.title, href: paths.accounts() }, { label: account.name, href: paths.account(account.accountId) }, { label: words.title }]}
      title={{ title: words.title, lead: words.lead(account.name) }}
    >
      {setup === null ? (
        <Empty title={words.gone} level={2} action={back}>
          {words.goneLead}
        </Empty>
      ) : (
        <Stack>
          <p className="receipt-number">
            <span>{words.code}</span>
            <b>{setup.code}</b>
          </p>
          <p>{words.until(shortMoment(setup.expiresAt))}</p>
          <Steps steps={words.steps(address, account.login)} />
          <Actions>{back}</Actions>
          <p className="receipt-hint">{words.print}</p>
        </Stack>
      )}
    </PortalPage>
  );
}

/** Staff: a new password, with the setup code that a colleague gave. */
export function SetUpPage({ formKey, reply }: { formKey: string; reply: Reply | undefined }) {
  const words = accounts.start;
  return (
    <PortalPage width="narrow">
      <Question title={words.title} lead={words.lead} back={paths.staffSignIn()}>
        <PlainForm formKey={formKey} reply={reply} action={paths.setUp()}>
          <Field
            name="login"
            label={words.login}
            defaultValue={reply?.values["login"]}
            error={errorAt(reply, "login")}
            inputProps={{ autoComplete: "username", autoCapitalize: "none", maxLength: 60 }}
          />
          <Field
            name="setup"
            label={words.setup}
            hint={words.setupHint}
            defaultValue={reply?.values["setup"]}
            error={errorAt(reply, "setup")}
            inputProps={{ autoComplete: "off", autoCapitalize: "characters", spellCheck: false, maxLength: 40 }}
          />
          <Field
            type="password"
            name="password"
            label={words.password}
            hint={words.passwordHint}
            error={errorAt(reply, "password")}
            inputProps={{ autoComplete: "new-password", maxLength: 200 }}
          />
          <Field type="password" name="repeated" label={words.again} error={errorAt(reply, "repeated")} inputProps={{ autoComplete: "new-password", maxLength: 200 }} />
          <Button kind="primary" wide>
            {words.submit}
          </Button>
        </PlainForm>
      </Question>
    </PortalPage>
  );
}
