import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { typedAt } from "./reply.ts";

export interface DeskSiteContactsProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** Masked; null for none. */
  committee: string | null;
  agent: string | null;
  formKey: string;
  reply: Reply | undefined;
}

const words = worksDesk.contacts;

/** The phones that hear of a site from which nobody has reported for fourteen days. */
export function DeskSiteContacts({ place, committee, agent, formKey, reply }: DeskSiteContactsProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      phone={place.phone}
      width="narrow"
      crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: worksDesk.title, href: paths.deskWorks(place.code) }, { label: words.title }]}
      title={{ eyebrow: name, title: words.title, lead: words.lead }}
    >
      <Stack>
        <Facts
          facts={[
            { term: words.committeeNow, value: committee ?? words.none },
            { term: words.agentNow, value: agent ?? words.none },
          ]}
        />
        <PlainForm formKey={formKey} reply={reply} action={paths.deskSiteContacts(place.code)}>
          {(["committeePhone", "agentPhone"] as const).map((field) => (
            <Field
              key={field}
              type="tel"
              name={field}
              label={words[field]}
              optional
              size="short"
              {...typedAt(reply, field)}
              inputProps={{ inputMode: "tel", autoComplete: "off", maxLength: 20 }}
            />
          ))}
          <Actions>
            <Button kind="primary">{words.save}</Button>
          </Actions>
        </PlainForm>
      </Stack>
    </PortalPage>
  );
}
