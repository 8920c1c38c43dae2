import { rolesToGive, type StaffRole } from "#app/domain/account.ts";
import type { Role } from "#app/domain/roles.ts";
import { accounts } from "#app/i18n/zh-CN/accounts.ts";
import { longMoment, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { AccountState, grantText, PlaceField, type Places, type ShownGrant } from "./accounts-pages.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

const words = accounts.one;

export interface AccountPageProps {
  account: {
    accountId: number;
    name: string;
    login: string;
    active: boolean;
    ready: boolean;
    hasPassword: boolean;
    totpConfirmedAt: string | Date | null;
    grants: readonly ShownGrant[];
  };
  events: readonly { id: number; kind: keyof typeof words.event; role: Role | null; place: string | null; by: string | null; at: string | Date }[];
  /** A setup code that can still be used, and whether this person may see it. */
  setup: { expiresAt: string | Date; mine: boolean } | null;
  /** Whether it is the own account, which somebody else looks after. */
  own: boolean;
  isAdmin: boolean;
  /** The role that is about to be added. */
  adding: StaffRole | null;
  places: Places;
  /** One for each form. */
  formKey: string;
  reply: Reply | undefined;
}

/** One account: what it may do, the ways in, and all that was ever changed about it. */
export function AccountPage(props: AccountPageProps) {
  const { account, own, adding, reply } = props;
  const mayChange = !own && account.active;
  // A refused grant is answered at its own form, where that is there.
  const elsewhere = mayChange && adding && reply?.values["role"] === adding ? undefined : reply;
  return (
    <PortalPage
      desk
      crumbs={[{ label: accounts.title, href: paths.accounts() }, { label: account.name }]}
      title={{ eyebrow: account.login, title: account.name }}
    >
      <Stack gap="large">
        {elsewhere && <ErrorSummary errors={elsewhere.errors} />}
        {own && <Notice title={words.own} />}
        <Columns split="main">
          <Stack>
            <Grants {...props} />
            {mayChange && <AddGrant {...props} />}
          </Stack>
          <Stack>
            <Card title={words.facts} aside={<AccountState active={account.active} ready={account.ready} />}>
              <Facts
                facts={[
                  { term: words.password, value: account.hasPassword ? words.passwords.set : words.passwords.missing },
                  { term: words.authenticator, value: account.totpConfirmedAt ? words.since(shortMoment(account.totpConfirmedAt)) : words.notBound },
                ]}
              />
            </Card>
            {mayChange && <SetupCard {...props} />}
            {!own && <SwitchCard {...props} />}
          </Stack>
        </Columns>
        <Events {...props} />
      </Stack>
    </PortalPage>
  );
}

function Grants({ account, own, formKey }: AccountPageProps) {
  const revoke = (grant: ShownGrant) => (
    <PlainForm formKey={`${formKey}-${grant.id}`} action={paths.account(account.accountId)}>
      <input type="hidden" name="grant" value={grant.id} />
      <Actions>
        <Button name="step" value="revoke" aria-label={words.revokeOf(grantText(grant))}>
          {words.revoke}
        </Button>
      </Actions>
    </PlainForm>
  );
  return (
    <Card title={words.grants}>
      {account.grants.length === 0 ? (
        <p>{accounts.noGrants}</p>
      ) : (
        <Facts words facts={account.grants.map((grant) => ({ term: grantText(grant), value: own ? accounts.inForce : revoke(grant) }))} />
      )}
    </Card>
  );
}

function AddGrant({ account, isAdmin, adding, places, formKey, reply }: AccountPageProps) {
  const given = reply?.values["role"] === adding ? reply : undefined;
  return (
    <Card title={words.addGrant} id="grant">
      <Stack>
        <Actions row="choices">
          {rolesToGive({ isAdmin }).map((role) => (
            <ButtonLink key={role} href={`${paths.account(account.accountId, role)}#grant`} kind={role === adding ? "primary" : "secondary"}>
              {accounts.roles[role]}
            </ButtonLink>
          ))}
        </Actions>
        {adding && (
          <PlainForm formKey={`${formKey}-grant`} reply={given} action={paths.account(account.accountId, adding)}>
            <input type="hidden" name="role" value={adding} />
            <PlaceField role={adding} places={places} reply={given} />
            <Actions>
              <Button kind="primary">{words.give}</Button>
            </Actions>
          </PlainForm>
        )}
      </Stack>
    </Card>
  );
}

function SetupCard({ account, setup, formKey }: AccountPageProps) {
  return (
    <Card title={words.setup} tone={account.ready ? undefined : "amber"}>
      <Stack gap="small">
        <p>{words.setupLead}</p>
        {setup && <p>{words.setupOpen(shortMoment(setup.expiresAt))}</p>}
        {setup?.mine && (
          <ButtonLink kind="primary" href={paths.accountSetup(account.accountId)} wide>
            {words.setupShow}
          </ButtonLink>
        )}
        <PlainForm formKey={`${formKey}-setup`} action={paths.account(account.accountId)}>
          <Button name="step" value="setup" wide>
            {setup ? words.setupAgain : words.setupMake}
          </Button>
        </PlainForm>
      </Stack>
    </Card>
  );
}

function SwitchCard({ account, formKey }: AccountPageProps) {
  const { active, accountId } = account;
  return (
    <Card title={active ? words.close : words.open}>
      <Stack gap="small">
        <p>{active ? words.closeLead : words.openLead}</p>
        <PlainForm formKey={`${formKey}-switch`} action={paths.account(accountId)}>
          <Button kind={active ? "danger" : "primary"} name="step" value={active ? "deactivate" : "activate"} wide>
            {active ? words.close : words.open}
          </Button>
        </PlainForm>
      </Stack>
    </Card>
  );
}

function Events({ events }: AccountPageProps) {
  const what = ({ kind, role, place }: AccountPageProps["events"][number]) => {
    const said = words.event[kind];
    return typeof said === "string" ? said : said(`${role ? accounts.roles[role] : ""} · ${place ?? ""}`);
  };
  return (
    <Table
      caption={words.eventsTable}
      columns={(["at", "what", "by"] as const).map((key) => ({ key, label: words.eventColumns[key] }))}
      rows={events.map((event) => ({ key: String(event.id), cells: { at: longMoment(event.at), what: what(event), by: event.by ?? words.commandLine } }))}
    />
  );
}
