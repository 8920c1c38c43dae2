import type { BindingWay } from "#app/domain/binding.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { dayOf, longDay } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface DeskPeopleProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  bound: readonly { id: number; room: string; phone: string; way: BindingWay | null; owner: string | null; grantedAt: string; formKey: string }[];
  tenants: readonly { id: number; room: string; name: string; phone: string; notedAt: string; formKey: string }[];
  reply: Reply | undefined;
}

const words = binding.people;

/** Whose phones are bound to the flats of a stairwell, and who is noted as a tenant. */
export function DeskPeople({ place, bound, tenants, reply }: DeskPeopleProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.title }]}
      title={{ title: words.title, lead: words.lead }}
    >
      <Stack gap="large">
        {reply && <ErrorSummary errors={reply.errors} />}
        {bound.length === 0 && <Empty level={2} title={words.none} />}
        <Stack>
          {bound.map(({ id, room, phone, way, owner, grantedAt, formKey }) => (
            <Card key={id} title={words.room(room)} aside={way && <Badge>{words.ways[way]}</Badge>}>
              <Facts facts={[{ term: phone, value: [words.since(longDay(dayOf(grantedAt))), owner && words.forOwner(owner)].filter(Boolean).join("，") }]} />
              <details>
                <summary>{words.revoke}</summary>
                <PlainForm formKey={formKey}>
                  <input type="hidden" name="what" value="binding" />
                  <input type="hidden" name="id" value={id} />
                  {way === "roll" && <p>{words.rollNote}</p>}
                  {way === "slip" && <p>{words.slipNote}</p>}
                  <Field name="reason" within={String(id)} label={words.reason} hint={words.reasonHint} inputProps={{ maxLength: 200 }} />
                  <Actions>
                    <Button kind="danger">{words.revoke}</Button>
                  </Actions>
                </PlainForm>
              </details>
            </Card>
          ))}
        </Stack>
        {tenants.length > 0 && (
          <Section title={words.tenants}>
            <Stack>
              {tenants.map(({ id, room, name: who, phone, notedAt, formKey }) => (
                <Card key={id} level={3} title={words.room(room)} aside={<Badge tone="neutral">{words.tenantNote}</Badge>}>
                  <Facts facts={[{ term: who, value: `${phone}，${words.since(longDay(dayOf(notedAt)))}` }]} />
                  <PlainForm formKey={formKey}>
                    <input type="hidden" name="what" value="tenant" />
                    <input type="hidden" name="id" value={id} />
                    <Actions>
                      <Button>{words.endTenant}</Button>
                    </Actions>
                  </PlainForm>
                </Card>
              ))}
            </Stack>
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}
