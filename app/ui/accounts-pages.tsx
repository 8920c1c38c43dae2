import { rolesToGive, type StaffRole } from "#app/domain/account.ts";
import { accounts as words } from "#app/i18n/zh-CN/accounts.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question, SearchBox } from "./question.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface ShownGrant {
  id: number;
  role: StaffRole;
  place: string | null;
  stairwell: string | null;
}

export const grantText = ({ role, place, stairwell }: Omit<ShownGrant, "id">) => words.grant(role, place, stairwell);

/** In use, waiting for its person to set it up, or closed. */
export function AccountState({ active, ready }: { active: boolean; ready: boolean }) {
  if (!active) return <Badge tone="neutral">{words.states.closed}</Badge>;
  return ready ? <Badge tone="jade">{words.states.active}</Badge> : <Badge tone="amber">{words.states.waiting}</Badge>;
}

export interface AccountListProps {
  accounts: readonly { accountId: number; name: string; login: string; active: boolean; ready: boolean; grants: readonly ShownGrant[] }[];
  q: string;
}

/** The accounts that the office or the admin looks after. */
export function AccountList({ accounts, q }: AccountListProps) {
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      <Stack>
        <Actions>
          <ButtonLink kind="primary" href={paths.newAccount()}>
            {words.add}
          </ButtonLink>
        </Actions>
        <SearchBox action={paths.accounts()} label={words.find} defaultValue={q} />
        {accounts.length === 0 ? (
          <Empty title={words.none} level={2}>
            {words.noneLead}
          </Empty>
        ) : (
          <Table
            caption={words.table(accounts.length)}
            columns={(["name", "login", "grants", "state"] as const).map((key) => ({ key, label: words.columns[key] }))}
            rows={accounts.map(({ accountId, name, login, active, ready, grants }) => ({
              key: login,
              cells: {
                name: <a href={paths.account(accountId)}>{name}</a>,
                login,
                grants: grants.length === 0 ? words.noGrants : grants.map((grant) => <div key={grant.id}>{grantText(grant)}</div>),
                state: <AccountState active={active} ready={ready} />,
              },
            }))}
          />
        )}
      </Stack>
    </PortalPage>
  );
}

/** Where a role may be given to hold. */
export interface Places {
  committees: readonly { id: number; name: string }[];
  subdistricts: readonly { id: number; name: string }[];
}

/** The field in which to say where a role holds; an admin's holds everywhere. */
export function PlaceField({ role, places, reply }: { role: StaffRole; places: Places; reply: Reply | undefined }) {
  const typed = (name: string) => ({ name, defaultValue: reply?.values[name], error: errorAt(reply, name) });
  const options = (list: Places["committees"]) => list.map(({ id, name }) => ({ value: String(id), label: name }));
  if (role === "admin") return null;
  if (role === "committee") {
    return <Field type="select" label={words.new.committee} options={options(places.committees)} placeholder={words.new.choose} {...typed("committee")} />;
  }
  if (role === "office") return <Field type="select" label={words.new.subdistrict} options={options(places.subdistricts)} {...typed("subdistrict")} />;
  return (
    <Field
      type="textarea"
      label={words.new.stairwells}
      hint={words.new.stairwellsHint}
      {...typed("stairwells")}
      inputProps={{ rows: 2, maxLength: 1_000, autoCapitalize: "characters", spellCheck: false }}
    />
  );
}

export interface NewAccountProps {
  /** The role that was chosen on the page before. */
  role: StaffRole | null;
  isAdmin: boolean;
  places: Places;
  formKey: string;
  reply: Reply | undefined;
}

/** A new account: first for which role, then for whom. */
export function NewAccount({ role, isAdmin, places, formKey, reply }: NewAccountProps) {
  const typed = (name: string) => ({ name, defaultValue: reply?.values[name], error: errorAt(reply, name) });
  const crumbs = [{ label: words.title, href: paths.accounts() }, { label: words.new.title }];
  if (role === null) {
    return (
      <PortalPage desk width="narrow" crumbs={crumbs}>
        <Question title={words.new.rolesTitle} lead={words.new.rolesLead}>
          <LinkList rows={rolesToGive({ isAdmin }).map((one) => ({ href: paths.newAccount(one), title: words.roles[one], detail: words.new.roleHints[one] }))} />
        </Question>
      </PortalPage>
    );
  }
  return (
    <PortalPage desk width="narrow" crumbs={crumbs}>
      <Question title={`${words.new.title}：${words.roles[role]}`} lead={words.new.roleHints[role]} back={paths.newAccount()}>
        <PlainForm formKey={formKey} reply={reply} action={paths.newAccount(role)}>
          <input type="hidden" name="role" value={role} />
          <Field label={words.new.name} {...typed("name")} inputProps={{ maxLength: 60, autoComplete: "off" }} />
          <Field label={words.new.login} hint={words.new.loginHint} {...typed("login")} inputProps={{ maxLength: 32, autoComplete: "off", autoCapitalize: "none", spellCheck: false }} />
          <PlaceField role={role} places={places} reply={reply} />
          <Button kind="primary" wide>
            {words.new.submit}
          </Button>
        </PlainForm>
      </Question>
    </PortalPage>
  );
}
