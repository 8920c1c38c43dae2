import type { PlannedMilestone } from "#app/domain/milestones.ts";
import { worksDesk as words } from "#app/i18n/zh-CN/construction.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

export interface DeskWorksPlanProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** The first day that the dates below were counted from. */
  start: string;
  isFirst: boolean;
  plan: readonly PlannedMilestone[];
  formKey: string;
  reply: Reply | undefined;
}

/** The planned days of all milestones: counted from a first day by the template, then set one by one. */
export function DeskWorksPlan({ place, start, isFirst, plan, formKey, reply }: DeskWorksPlanProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const typed = (field: "start" | "end", index: number) => reply?.values[field]?.split(",")[index];
  const reason = errorAt(reply, "reason");
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.title, href: paths.deskWorks(place.code) }, { label: words.planTitle }]}
      title={{ eyebrow: name, title: words.planTitle, lead: isFirst ? words.planLead : words.replanLead }}
    >
      <Stack gap="large">
        {isFirst && (
          <Card title={words.fromDay}>
            <form method="get" action={paths.deskWorksPlan(place.code)} className="form">
              <Field type="date" name="start" within="from" label={words.firstDay} size="short" defaultValue={start} />
              <Actions>
                <Button>{words.count}</Button>
              </Actions>
            </form>
          </Card>
        )}
        <PlainForm formKey={formKey} reply={reply} action={paths.deskWorksPlan(place.code)}>
          <ol className="works-dates">
            {plan.map((milestone, index) => (
              <li key={milestone.code}>
                <fieldset>
                  <legend>{words.numbered(index + 1, milestone.name)}</legend>
                  {(["start", "end"] as const).map((field) => (
                    <Field
                      key={field}
                      type="date"
                      name={field}
                      within={index === 0 ? undefined : String(index)}
                      label={words.days[field]}
                      size="short"
                      defaultValue={typed(field, index) ?? milestone[field]}
                      inputProps={{ required: true }}
                    />
                  ))}
                </fieldset>
              </li>
            ))}
          </ol>
          {!isFirst && (
            <Field
              type="textarea"
              name="reason"
              label={words.reason}
              hint={words.reasonHint}
              defaultValue={reply?.values["reason"] ?? ""}
              inputProps={{ maxLength: 200, rows: 2, required: true }}
              {...(reason && { error: reason })}
            />
          )}
          <Actions>
            <Button kind="primary">{isFirst ? words.setPlan : words.changePlan}</Button>
          </Actions>
        </PlainForm>
      </Stack>
    </PortalPage>
  );
}
