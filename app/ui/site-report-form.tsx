import { useCallback, useState, type FormEvent } from "react";
import { reportKinds, stepOwners, stopCauses, type ReportKind } from "#app/domain/milestones.ts";
import { MOST_REPORT_PHOTOS } from "#app/domain/site-report.ts";
import { constructionProblems, siteWords as words, stepOwnerNames, stopCauseNames } from "#app/i18n/zh-CN/construction.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { KeptList } from "./kept-list.tsx";
import { Stack, Thumb } from "./layout.tsx";
import { errorAt } from "./reply.ts";
import type { SignName } from "./sign.tsx";
import { useKeptReports } from "./use-kept-reports.ts";

export interface SiteReportFormProps {
  stairwell: string;
  /** Those that are not confirmed yet. */
  milestones: readonly { code: string; name: string }[];
  current: string;
  /** Days behind the plan: a late site is asked why. */
  late: number;
  account: string;
  today: string;
  formKey: string;
  reply: Reply | undefined;
}

const signs: Record<ReportKind, SignName> = { working: "on", done: "yes", stopped: "pause" };

/** A key of a form that the page itself begins anew. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * How far the works are today: a choice, photos, sent. With scripts a report is kept on the phone until it is taken in;
 * without them it is a plain form.
 */
export function SiteReportForm({ stairwell, milestones, current, late, account, today, formKey, reply }: SiteReportFormProps) {
  const [key, setKey] = useState(formKey);
  const [here, setHere] = useState<Reply | undefined>(reply);
  const [kind, setKind] = useState<string | undefined>(reply?.values["kind"]);
  const onSent = useCallback(() => location.assign(paths.siteOf(stairwell, "sent")), [stairwell]);
  const reports = useKeptReports({ url: paths.siteReport(stairwell), stairwell, account, onSent });
  const stops = kind === "stopped";

  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (!reports.ready) return;
    event.preventDefault();
    const form = event.currentTarget;
    if (kind === "done" && ![...new FormData(form).getAll("photos")].some((photo) => photo instanceof File && photo.size > 0)) {
      setHere({ values: {}, formKey: key, errors: [{ name: "photos", message: constructionProblems.report_photo_missing }] });
      return;
    }
    void reports.send(form).then((outcome) => {
      if (outcome === "native") form.submit();
      else if (outcome === "kept") {
        form.reset();
        setKind(undefined);
        setHere(undefined);
        setKey(newKey());
      } else setHere({ ...outcome, formKey: key });
    });
  };

  const valueOf = (name: string) => reply?.values[name] ?? "";
  const cause = (
    <div className="works-cause" data-late={late > 0 || undefined}>
      <Field
        type="select"
        name="cause"
        label={late > 0 ? words.causeLate(late) : words.cause}
        placeholder={words.choose}
        options={stopCauses.map((value) => ({ value, label: stopCauseNames[value] }))}
        defaultValue={valueOf("cause")}
        inputProps={{ required: stops }}
        error={errorAt(here, "cause")}
      />
    </div>
  );
  return (
    <Stack>
      <KeptList reports={reports} words={words} />
      <PlainForm formKey={key} reply={here && { ...here, formKey: key }} action={paths.siteOf(stairwell)} files onSubmit={submit}>
        <input type="hidden" name="onDay" value={today} />
        <ChoiceField
          name="kind"
          label={words.ask}
          legendUnseen
          choices={reportKinds.map((value) => ({ value, label: words.kinds[value], hint: words.kindHints[value], sign: signs[value] }))}
          defaultValue={valueOf("kind")}
          inputProps={{ required: true, onChange: (event) => setKind(event.currentTarget.value) }}
          error={errorAt(here, "kind")}
        />
        <div className="works-stop">
          <Field
            type="select"
            name="nextOwner"
            label={words.nextOwner}
            placeholder={words.choose}
            options={stepOwners.map((value) => ({ value, label: stepOwnerNames[value] }))}
            defaultValue={valueOf("nextOwner")}
            inputProps={{ required: stops }}
            error={errorAt(here, "nextOwner")}
          />
          <Field type="date" name="nextDay" label={words.nextDay} size="short" defaultValue={valueOf("nextDay")} inputProps={{ required: stops }} error={errorAt(here, "nextDay")} />
        </div>
        {stops && cause}
        <FileField name="photos" label={words.photos} hint={words.photosHint} takes="photos" most={MOST_REPORT_PHOTOS} camera error={errorAt(here, "photos")} />
        {!stops && cause}
        <Field
          type="select"
          name="milestone"
          label={words.milestone}
          options={milestones.map(({ code, name }) => ({ value: code, label: name }))}
          defaultValue={valueOf("milestone") || current}
          error={errorAt(here, "milestone")}
        />
        <Folds>
          <Fold title={words.daily}>
            <Stack>
              <Field type="number" name="people" label={words.people} optional size="short" defaultValue={valueOf("people")} inputProps={{ min: 0, max: 999, inputMode: "numeric" }} error={errorAt(here, "people")} />
              {(["work", "problems", "tomorrow"] as const).map((name) => (
                <Field key={name} type="textarea" name={name} label={words.dailyFields[name]} optional defaultValue={valueOf(name)} inputProps={{ maxLength: 500, rows: 3 }} error={errorAt(here, name)} />
              ))}
            </Stack>
          </Fold>
        </Folds>
        {reports.ready && <p className="field-hint">{words.keeps}</p>}
        <Thumb>
          <Button kind="primary" wide disabled={reports.sending}>
            {reports.sending ? words.sending : words.send}
          </Button>
        </Thumb>
      </PlainForm>
    </Stack>
  );
}
