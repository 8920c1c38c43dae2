import { planEntries, planPositions } from "#app/domain/plan.ts";
import type { PublicPlan, PublicPlanVersion } from "#app/domain/public-plans.ts";
import { planDesk as words, plans as common } from "#app/i18n/zh-CN/plans.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Actions, Stack, Tiles } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

interface Place {
  code: string;
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

const nameOf = ({ community, building, entrance }: Place) => `${community} ${building}${entrance}`;
const crumbsOf = (place: Place) => [{ label: nameOf(place), href: paths.deskStairwell(place.code) }, { label: words.title, href: paths.deskPlans(place.code) }];

export interface DeskPlansProps {
  place: Place;
  mayAct: boolean;
  plans: readonly (PublicPlan & { by: string })[];
  /** Numbers of the plans that are voted on. */
  voted: readonly number[];
  renewal: string | null;
  mayAdd: boolean;
  done: "saved" | "withdrawn" | null;
}

/** The plans of a stairwell at the desk: each as it is now, and the ways to change it. */
export function DeskPlans({ place, mayAct, plans, voted, renewal, mayAdd, done }: DeskPlansProps) {
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: nameOf(place), href: paths.deskStairwell(place.code) }, { label: words.title }]} title={{ eyebrow: nameOf(place), title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {done && <Notice kind="success" title={words.done[done]} />}
        {renewal && (
          <Notice kind="warning" title={common.renewal}>
            {renewal}
          </Notice>
        )}
        {plans.length === 0 && (
          <Empty level={2} title={words.none}>
            {words.noneLead}
          </Empty>
        )}
        <Tiles>
          {plans.map(({ number, newest, withdrawn, by }) => (
            <Card
              key={number}
              title={common.version(newest)}
              aside={withdrawn ? <Badge>{words.isWithdrawn}</Badge> : voted.includes(number) ? <Badge tone="amber">{words.isVoted}</Badge> : undefined}
              foot={withdrawn ? common.withdrawn(withdrawn.day, withdrawn.reason) : words.by(newest.day, by)}
            >
              <Stack gap="small">
                <PlanFacts plan={newest} />
                {newest.blacklisted && <Notice kind="error" title={`${newest.agent}${common.blacklisted}`} />}
                {mayAct && !withdrawn && !voted.includes(number) && (
                  <Actions>
                    <ButtonLink href={paths.deskPlan(place.code, number)}>{words.change}</ButtonLink>
                    <ButtonLink href={paths.withdrawPlan(place.code, number)} kind="quiet">
                      {words.withdraw}
                    </ButtonLink>
                  </Actions>
                )}
              </Stack>
            </Card>
          ))}
        </Tiles>
        <Actions>
          {mayAct && mayAdd && (
            <ButtonLink href={paths.deskPlan(place.code, "new")} kind="primary">
              {words.add}
            </ButtonLink>
          )}
          <ButtonLink href={paths.plans(place.code)}>{common.link(plans.length)}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}

export interface DeskPlanProps {
  place: Place;
  mayAct: boolean;
  /** The version that is to be followed by a new one; null for a new plan. */
  newest: (PublicPlanVersion & { price: string }) | null;
  firms: readonly { id: number; name: string }[];
  formKey: string;
  reply: Reply | undefined;
}

/** The form of a new plan, or of a new version with what the last one says. */
export function DeskPlan({ place, mayAct, newest, firms, formKey, reply }: DeskPlanProps) {
  const title = newest ? words.changeTitle(newest.number, newest.version + 1) : words.addTitle;
  const before: Record<string, string> = newest
    ? { firm: String(newest.firmId), make: newest.make, model: newest.model, entry: newest.entry, position: newest.position, price: newest.price, months: String(newest.months), about: newest.about ?? "" }
    : {};
  const shared = (name: keyof typeof words.fields & string) => ({
    name, ...(words.fields[name] as { label: string; hint?: string }), defaultValue: reply?.values[name] ?? before[name] ?? "", error: errorAt(reply, name),
  });
  const figures = { inputMode: "decimal" as const, autoComplete: "off", required: true };
  return (
    <PortalPage desk width="narrow" phone={place.phone} crumbs={[...crumbsOf(place), { label: title }]} title={{ eyebrow: nameOf(place), title, lead: words.lead }}>
      {firms.length === 0 ? (
        <Notice kind="warning" title={words.noFirms} />
      ) : (
        mayAct && (
          <PlainForm formKey={formKey} reply={reply} files>
            <input type="hidden" name="seen" value={reply?.values["seen"] ?? String(newest?.version ?? 0)} />
            <Field {...shared("firm")} type="select" placeholder={words.choose} options={firms.map(({ id, name }) => ({ value: String(id), label: name }))} />
            <Field {...shared("make")} inputProps={{ maxLength: 40, required: true }} />
            <Field {...shared("model")} inputProps={{ maxLength: 40, required: true }} />
            <ChoiceField {...shared("entry")} choices={planEntries.map((value) => ({ value, label: common.term.entry({ entry: value }) }))} />
            <Field {...shared("position")} type="select" placeholder={words.choose} options={planPositions.map((value) => ({ value, label: common.term.position({ position: value }) }))} />
            <Field {...shared("price")} size="short" inputProps={{ ...figures, maxLength: 20 }} />
            <Field {...shared("months")} size="short" inputProps={{ ...figures, maxLength: 2 }} />
            <Field {...shared("about")} type="textarea" optional inputProps={{ maxLength: 500 }} />
            {newest && <Field {...shared("changed")} type="textarea" inputProps={{ maxLength: 500, required: true }} />}
            <FileField
              name="drawing"
              label={words.fields.drawing.label}
              hint={`${words.fields.drawing.hint}${newest?.drawing ? words.fields.keep : ""}`}
              takes="photos-and-pdf"
              most={1}
              optional
              error={errorAt(reply, "drawing")}
            />
            <CheckField name="checked" label={words.fields.checked} optional error={errorAt(reply, "checked")} />
            <Button kind="primary" wide>
              {words.save}
            </Button>
          </PlainForm>
        )
      )}
    </PortalPage>
  );
}

export interface WithdrawPlanProps {
  place: Place;
  mayAct: boolean;
  plan: PublicPlanVersion;
  formKey: string;
  reply: Reply | undefined;
}

/** Takes a plan back, with a reason that everybody reads. */
export function WithdrawPlan({ place, mayAct, plan, formKey, reply }: WithdrawPlanProps) {
  const title = words.withdrawTitle(plan.number);
  return (
    <PortalPage desk width="narrow" phone={place.phone} crumbs={[...crumbsOf(place), { label: title }]} title={{ eyebrow: nameOf(place), title, lead: words.withdrawLead }}>
      <Stack>
        <Card title={common.version(plan)}>
          <PlanFacts plan={plan} />
        </Card>
        {mayAct && (
          <PlainForm formKey={formKey} reply={reply}>
            <Field type="textarea" name="reason" label={words.reason} defaultValue={reply?.values["reason"] ?? ""} error={errorAt(reply, "reason")} inputProps={{ maxLength: 500, required: true }} />
            <Button kind="danger" wide>
              {title}
            </Button>
          </PlainForm>
        )}
      </Stack>
    </PortalPage>
  );
}
