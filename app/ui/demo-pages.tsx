import type { Role } from "#app/domain/roles.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { demo } from "#app/i18n/zh-CN/demo.ts";
import { roleNames } from "#app/i18n/zh-CN/roles.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

export interface DemoPageProps {
  /** `code` is what an authenticator app would show; null where all of this minute are used. */
  accounts: readonly { login: string; name: string; roles: readonly Role[]; code: string | null }[];
  password: string;
  residents: readonly { stairwell: string; community: string; entrance: string; room: string; phone: string }[];
}

/** How to sign in as each role, in the demo. */
export function DemoPage({ accounts, password, residents }: DemoPageProps) {
  return (
    <PortalPage title={{ title: demo.title, lead: demo.lead }}>
      <Stack gap="large">
        <Section title={demo.staff} lead={demo.password(password)}>
          <Table
            caption={demo.staffTable}
            columns={(["login", "name", "role", "code"] as const).map((key) => ({ key, label: demo.columns[key] }))}
            rows={accounts.map(({ login, name, roles, code }) => ({
              key: login, cells: { login, name, role: roles.map((role) => roleNames[role]).join("、"), code: code === null ? demo.wait : <b>{code}</b> },
            }))}
          />
          <p>{demo.standIn}</p>
          <Actions>
            <ButtonLink href={paths.demo()}>{demo.refresh}</ButtonLink>
            <ButtonLink kind="primary" href={paths.staffSignIn()}>
              {demo.staffSignIn}
            </ButtonLink>
          </Actions>
        </Section>
        {residents.length > 0 && (
          <Section title={demo.residents}>
            <Table
              caption={demo.residentsTable}
              columns={(["phone", "place", "room"] as const).map((key) => ({ key, label: demo.columns[key] }))}
              rows={residents.map(({ community, entrance, room, phone }) => ({ key: phone, cells: { phone, room, place: `${community} ${entrance}` } }))}
            />
            <Actions>
              <ButtonLink kind="primary" href={paths.signIn()}>
                {demo.residentSignIn}
              </ButtonLink>
              <ButtonLink href={paths.demoMessages()}>{demo.messages}</ButtonLink>
            </Actions>
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}

/** What would have been sent by SMS. */
export function DemoMessages({ messages }: { messages: readonly { id: number; phone: string; text: string; at: string }[] }) {
  return (
    <PortalPage width="narrow" title={{ title: demo.messages, lead: demo.messagesLead }}>
      <Stack>
        {messages.length === 0 && <Empty title={demo.noMessages}>{demo.noMessagesLead}</Empty>}
        {messages.map(({ id, phone, text, at }) => (
          <Card key={id} title={demo.to(phone)} aside={shortMoment(at)}>
            <p>{text}</p>
          </Card>
        ))}
      </Stack>
    </PortalPage>
  );
}
