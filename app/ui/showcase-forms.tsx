import { showcase } from "#app/i18n/zh-CN/showcase.ts";
import { Button } from "./button.tsx";
import { Section } from "./card.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import type { SignName } from "./sign.tsx";

const words = showcase.form;
const marks: readonly SignName[] = ["yes", "no", "wait"];
const choices = words.choices.map((label, index) => ({
  value: `${index}`,
  label,
  sign: marks[index],
  hint: index === 0 ? words.choiceHint : undefined,
}));

/** Every field: empty, filled, wrong, not to be changed. */
export function ShowcaseForms() {
  return (
    <Section title={showcase.parts.forms}>
      <ErrorSummary errors={[{ name: "wrong-tel", message: words.telWrong }, { message: words.whole }]} />
      <Columns>
        <Stack gap="large">
          <Field name="text" label={words.text} />
          <Field name="tel" type="tel" label={words.tel} hint={words.telHint} defaultValue="13800000000" />
          <Field name="wrong-tel" type="tel" label={words.tel} hint={words.telHint} error={words.telWrong} defaultValue="1380000" />
          <Field name="area" type="number" size="short" label={words.number} inputProps={{ min: 1, step: 0.01 }} />
          <Field name="date" type="date" size="short" label={words.date} />
          <Field name="off" label={words.off} defaultValue="C003" inputProps={{ disabled: true }} />
          <Field
            name="room"
            type="select"
            label={words.select}
            placeholder={words.choose}
            options={words.rooms.map((room) => ({ value: room, label: room }))}
          />
          <Field name="note" type="textarea" label={words.note} optional />
          <FileField name="photos" label={words.photos} takes="photos-and-pdf" most={6} camera />
        </Stack>
        <Stack gap="large">
          <ChoiceField name="choice" label={words.choice} choices={choices} defaultValue="0" />
          <ChoiceField name="wrong-choice" label={words.choice} choices={choices} error={words.choiceWrong} />
          <CheckField name="check" label={words.check} defaultChecked />
          <CheckField name="wrong-check" label={words.check} error={words.checkWrong} />
          <Actions>
            <Button kind="primary" wide>
              {showcase.buttons.primary}
            </Button>
          </Actions>
        </Stack>
      </Columns>
    </Section>
  );
}
