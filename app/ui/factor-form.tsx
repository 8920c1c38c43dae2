import { useState, type FormEvent } from "react";
import { findings } from "#app/domain/assessment.ts";
import type { Factor } from "#app/domain/assessment-form.ts";
import { assessments as words } from "#app/i18n/zh-CN/assessment.ts";
import { findingNames } from "#app/i18n/zh-CN/assessment.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Thumb } from "./layout.tsx";
import { Photos, type Photo } from "./photos.tsx";
import { errorAt } from "./reply.ts";
import type { KeptReports } from "./use-kept-reports.ts";

export interface FoundFactor {
  factor: string;
  finding: (typeof findings)[number];
  measured: string | null;
  note: string | null;
  remedy: string | null;
  remedyBy: string | null;
}

export interface FactorFormProps {
  assessment: number;
  factor: Factor;
  found: FoundFactor | undefined;
  photos: readonly Omit<Photo, "caption">[];
  /** The most photos that one save takes. */
  most: number;
  formKey: string;
  reply: Reply | undefined;
  reports: KeptReports;
  /** Told before it is kept and sent. */
  onSend: () => void;
  onKept: () => void;
}

/** What was found of one factor, saved by itself: with scripts it is kept on the phone until it is taken in. */
export function FactorForm({ assessment, factor, found, photos, most, formKey, reply, reports, onSend, onKept }: FactorFormProps) {
  const [here, setHere] = useState(reply);
  const { id, name, limit, remedy, informative } = factor;
  const fields = words.fields;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (!reports.ready) return;
    event.preventDefault();
    onSend();
    const form = event.currentTarget;
    void reports.send(form).then((outcome) => {
      if (outcome === "native") form.submit();
      else if (outcome === "kept") onKept();
      else setHere(outcome);
    });
  };
  const typed = (field: "measured" | "note" | "remedy" | "remedyBy", otherwise = "") => ({
    name: field, within: id, defaultValue: reply?.values[field] ?? (found ? (found[field] ?? "") : otherwise), error: errorAt(here, field),
  });
  return (
    <PlainForm formKey={formKey} reply={here && { ...here, formKey }} action={paths.assessment(assessment)} within={id} files onSubmit={submit}>
      <input type="hidden" name="factor" value={id} />
      {informative ? (
        <CheckField name="finding" within={id} value="none" label={fields.seen} defaultChecked={found?.finding === "none"} inputProps={{ required: true }} error={errorAt(here, "finding")} />
      ) : (
        <ChoiceField
          name="finding"
          within={id}
          label={fields.finding}
          choices={findings.map((value) => ({ value, label: findingNames[value], hint: fields.findings[value] }))}
          defaultValue={reply?.values["finding"] ?? found?.finding ?? ""}
          inputProps={{ required: true }}
          error={errorAt(here, "finding")}
        />
      )}
      {limit && <Field {...typed("measured")} size="short" label={fields.measured(limit.unit)} hint={fields.measuredHint(limit.least, limit.unit)} inputProps={{ inputMode: "decimal", maxLength: 7, autoComplete: "off" }} />}
      <Field type="textarea" {...typed("note")} label={fields.note} hint={fields.noteHint} optional={!informative} inputProps={{ maxLength: 500, rows: 3 }} />
      {!informative && (
        <>
          <Field {...typed("remedy", "")} label={fields.remedy} hint={[remedy, fields.remedyHint].filter(Boolean).join("。")} optional inputProps={{ maxLength: 120 }} />
          <Field {...typed("remedyBy")} label={fields.remedyBy} hint={fields.remedyByHint} optional inputProps={{ maxLength: 60 }} />
        </>
      )}
      {photos.length > 0 && <Photos photos={photos.map((photo) => ({ ...photo, caption: name }))} />}
      <FileField name="photos" within={id} label={fields.photos} hint={fields.photosHint} takes="photos" most={most} camera optional error={errorAt(here, "photos")} />
      <Thumb>
        <Button kind="primary" wide disabled={reports.sending}>
          {reports.sending ? words.sending : words.save}
        </Button>
      </Thumb>
    </PlainForm>
  );
}
