import type { z } from "zod";
import type { Scope } from "#app/domain/consultation.ts";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import { formatArea } from "#app/i18n/zh-CN/areas.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { planDesk, plans } from "#app/i18n/zh-CN/plans.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { CheckedForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { RulesetField } from "./ruleset-field.tsx";

export interface OpenConsultationProps {
  /** Whether the stairwell votes, or the community whose land its lift would stand on. */
  scope: Scope;
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  rulesets: readonly NamedRuleset[];
  roll: { flats: number; area: number; withoutOwner: readonly string[]; openQuestions: number };
  /** Those that may be put to the vote. */
  plans: readonly Parameters<typeof plans.line>[0][];
  today: string;
  suggested: string;
  formKey: string;
  reply: Reply | undefined;
  schema: z.ZodObject;
}

/** Freezes the roll and opens the ballot. */
export function OpenConsultation({ place, scope, rulesets, roll, plans: choices, today, suggested, formKey, reply, schema }: OpenConsultationProps) {
  const words = consultationDesk.open;
  const name = `${place.community} ${place.building}${place.entrance}`;
  const [withoutOwner, more] = [roll.withoutOwner.slice(0, 20), roll.withoutOwner.length - 20];
  const openQuestions =
    roll.openQuestions === 0 ? words.none : scope === "community" ? String(roll.openQuestions) : <a href={paths.deskQuestions(place.code)}>{roll.openQuestions}</a>;
  return (
    <PortalPage desk width="narrow" phone={place.phone} crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.titles[scope] }]} title={{ eyebrow: name, title: words.titles[scope], lead: words.lead }}>
      <Stack>
        {scope === "community" && <Notice title={words.community(place.community)}>{words.communityLead}</Notice>}
        <Card title={words.roll}>
          <Facts
            facts={[
              { term: words.flats, value: words.households(roll.flats) },
              { term: words.area, value: words.squareMetres(formatArea(roll.area)) },
              { term: words.withoutOwner, value: withoutOwner.length > 0 ? words.rooms(withoutOwner.join("、"), Math.max(0, more)) : words.none },
              { term: words.openQuestions, value: openQuestions },
            ]}
          />
        </Card>
        <CheckedForm schema={schema} formKey={formKey} reply={reply}>
          {({ register, valueOf, errorOf }) => (
            <>
              <RulesetField rulesets={rulesets} chosen={valueOf("ruleset")} error={errorOf("ruleset")} inputProps={register("ruleset")} />
              {choices.length === 0 ? (
                <Notice title={planDesk.open.none} />
              ) : (
                <ChoiceField
                  name="plan"
                  label={planDesk.open.label}
                  hint={planDesk.open.hint}
                  choices={choices.map((plan) => ({ value: `${plan.number}.${plan.version}`, label: plans.version(plan), hint: plans.summary(plan) }))}
                  defaultValue={valueOf("plan") ?? (choices.length === 1 ? `${choices[0]?.number}.${choices[0]?.version}` : "")}
                  error={errorOf("plan")}
                  inputProps={register("plan")}
                />
              )}
              <Field type="date" name="closesOn" size="short" label={words.closesOn} hint={words.closesOnHint} defaultValue={valueOf("closesOn") ?? suggested} error={errorOf("closesOn")} inputProps={{ ...register("closesOn"), min: today }} />
              <Button kind="primary" wide>
                {words.submit}
              </Button>
            </>
          )}
        </CheckedForm>
      </Stack>
    </PortalPage>
  );
}
