import type { NamedRuleset } from "#app/domain/ruleset.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { consultationList } from "#app/i18n/zh-CN/today.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Fold } from "./fold.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { RulesetField } from "./ruleset-field.tsx";
import { Table } from "./table.tsx";

export interface OpenSeveralProps {
  stairwells: readonly { code: string; community: string; building: string; entrance: string; flats: number; whyNot: string | null }[];
  /** What became of the form that was posted before. */
  done?: { opened: readonly { stairwell: string; consultation: string }[]; refused: readonly { stairwell: string; why: string }[] } | undefined;
  rulesets: readonly NamedRuleset[];
  today: string;
  suggested: string;
  formKey: string;
  reply: Reply | undefined;
}

const words = consultationDesk.several;

/** Opens consultations for several stairwells at once; says which were opened, and of the others why not. */
export function OpenSeveral({ stairwells, done, rulesets, today, suggested, formKey, reply }: OpenSeveralProps) {
  const nameOf = (code: string) => {
    const found = stairwells.find((one) => one.code === code);
    return found ? `${found.community} ${found.building}${found.entrance}` : code;
  };
  const ready = stairwells.filter(({ whyNot }) => whyNot === null);
  const others = stairwells.flatMap(({ code, whyNot }) => (whyNot === null ? [] : [{ code, whyNot }]));
  return (
    <PortalPage desk width="narrow" crumbs={[{ label: consultationList.title, href: paths.consultations() }, { label: words.title }]} title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {done && <Done {...done} nameOf={nameOf} />}
        {ready.length === 0 ? (
          <Empty title={words.none}>{words.noneLead}</Empty>
        ) : (
          <PlainForm formKey={formKey} reply={reply}>
            <ChoiceField
              name="stairwell"
              label={words.stairwells}
              choices={ready.map(({ code, flats }) => ({ value: code, label: nameOf(code), hint: words.flats(flats) }))}
              ticked={reply?.values["stairwell"]?.split(",") ?? []}
              error={errorAt(reply, "stairwell")}
            />
            <RulesetField rulesets={rulesets} chosen={reply?.values["ruleset"]} error={errorAt(reply, "ruleset")} />
            <Field
              type="date"
              name="closesOn"
              size="short"
              label={consultationDesk.open.closesOn}
              hint={consultationDesk.open.closesOnHint}
              defaultValue={reply?.values["closesOn"] ?? suggested}
              error={errorAt(reply, "closesOn")}
              inputProps={{ min: today }}
            />
            <Button kind="primary" wide>
              {words.submit}
            </Button>
          </PlainForm>
        )}
        {others.length > 0 && (
          <Fold title={words.others(others.length)}>
            <Table
              caption={words.othersTable}
              columns={[{ key: "stairwell", label: words.stairwell }, { key: "why", label: words.why }]}
              rows={others.map(({ code, whyNot }) => ({
                key: code,
                cells: { stairwell: <a href={paths.deskStairwell(code)}>{nameOf(code)}</a>, why: whyNot },
              }))}
            />
          </Fold>
        )}
      </Stack>
    </PortalPage>
  );
}

function Done({ opened, refused, nameOf }: NonNullable<OpenSeveralProps["done"]> & { nameOf: (code: string) => string }) {
  return (
    <>
      {opened.length > 0 && (
        <Section title={words.opened(opened.length)}>
          <LinkList
            rows={opened.map(({ stairwell, consultation }) => ({
              href: paths.consultation(consultation),
              title: nameOf(stairwell),
              detail: consultation,
              badge: <Badge tone="blue">{consultationDesk.states.open}</Badge>,
            }))}
          />
        </Section>
      )}
      {refused.map(({ stairwell, why }) => (
        <Notice key={stairwell} kind="warning" title={words.refused(nameOf(stairwell))}>
          {why}
        </Notice>
      ))}
    </>
  );
}
