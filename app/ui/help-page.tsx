import { help } from "#app/i18n/zh-CN/help.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Prose, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";

/** Questions that residents ask, and how a stairwell is found suitable. */
export function HelpPage({ hotline }: { hotline: string }) {
  const { conditions, still } = help;
  return (
    <PortalPage width="narrow" title={{ title: help.title, lead: help.lead }}>
      <Stack gap="large">
        {help.groups.map((group) => (
          <Section key={group.title} title={group.title}>
            <Folds>
              {group.questions.map(({ id, question, answer, source }) => (
                <Fold key={id} id={id} title={question}>
                  <p>{answer}</p>
                  <p>{help.source(source)}</p>
                  {id === "cost" && <a href={paths.cost()}>{help.calculator}</a>}
                </Fold>
              ))}
            </Folds>
          </Section>
        ))}
        <Card id="conditions" title={conditions.title} foot={conditions.source}>
          <p>{conditions.lead}</p>
          <Facts facts={conditions.grades.map(({ grade, text }) => ({ term: grade, value: text }))} />
          <h3>{conditions.factorsTitle}</h3>
          <Prose>
            <ul>
              {conditions.factors.map((factor) => (
                <li key={factor}>{factor}</li>
              ))}
            </ul>
          </Prose>
          <p>{conditions.car}</p>
        </Card>
        <Card title={still.title}>
          <p>{still.text}</p>
          {hotline && (
            <ButtonLink href={paths.call(hotline)} sign="phone" wide>
              {still.call(hotline)}
            </ButtonLink>
          )}
        </Card>
      </Stack>
    </PortalPage>
  );
}
