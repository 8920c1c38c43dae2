import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { grantText, type ShownGrant } from "./accounts-pages.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface MyAccountProps {
  name: string;
  /** null for a resident, who signs in by phone. */
  login: string | null;
  totpConfirmedAt: string | Date | null;
  grants: readonly ShownGrant[];
  sessions: number;
  formKey: string;
}

/** The own account: what it may do, and the way out on every device. */
export function MyAccount({ name, login, totpConfirmedAt, grants, sessions, formKey }: MyAccountProps) {
  const { mine, one } = accounts;
  return (
    <PortalPage desk={login !== null} personal width="narrow" title={{ title: mine.title, ...(login && { eyebrow: name }) }}>
      <Stack>
        <Card>
          <Facts
            facts={
              login === null
                ? [{ term: mine.phone, value: name }]
                : [
                    { term: one.login, value: login },
                    { term: one.authenticator, value: totpConfirmedAt ? one.since(longMoment(totpConfirmedAt)) : one.notBound },
                    { term: mine.grants, value: grants.length === 0 ? accounts.noGrants : grants.map((grant) => <div key={grant.id}>{grantText(grant)}</div>) },
                  ]
            }
          />
        </Card>
        <Card title={mine.sessions(sessions)}>
          <Stack gap="small">
            <p>{mine.sessionsLead}</p>
            <PlainForm formKey={formKey} action={paths.myAccount()}>
              <Button kind="danger" wide>
                {mine.everywhere}
              </Button>
            </PlainForm>
          </Stack>
        </Card>
      </Stack>
    </PortalPage>
  );
}
