import { faultState, MOST_FAULT_PHOTOS, type FaultStep } from "#app/domain/site-fault.ts";
import { dayOf, longMoment, shortDay } from "#app/i18n/zh-CN/dates.ts";
import { faults as words } from "#app/i18n/zh-CN/site-faults.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Photos } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";

interface Pictures {
  photos: readonly { file: string; width: number; height: number }[];
}

export interface ShownFault extends Pictures {
  id: number;
  milestone: string;
  words: string;
  dueOn: string;
  at: string | Date;
  by: string;
  steps: readonly (Pictures & { id: number; kind: FaultStep; words: string | null; at: string | Date; by: string })[];
}

export interface SiteFaultsProps {
  /** Who reads: the committee writes down and checks, the contractor puts right. */
  reader: "desk" | "site";
  /** Where the forms lead, and the way back. */
  action: string;
  back: { label: string; href: string };
  place: { community: string; building: string; entrance: string; phone: string };
  mayAct: boolean;
  /** Of the plan, in order. */
  milestones: readonly { code: string; name: string }[];
  faults: readonly ShownFault[];
  done: boolean;
  formKey: string;
  reply: Reply | undefined;
}

const tones = { found: "brick", rectified: "amber", checked: "jade" } as const;

/** The faults found at a site, newest first, with who did what when, and what this reader can do next. */
export function SiteFaults(props: SiteFaultsProps) {
  const { reader, action, back, place, mayAct, milestones, faults, done, formKey, reply } = props;
  const names = Object.fromEntries(milestones.map(({ code, name }) => [code, name]));
  return (
    <PortalPage
      desk
      phone={place.phone}
      width="narrow"
      crumbs={[back, { label: words.title }]}
      title={{ eyebrow: `${place.community} ${place.building}${place.entrance}`, title: words.title, lead: reader === "desk" ? words.leadDesk : words.leadSite }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done} />}
        {reply && <ErrorSummary errors={reply.errors} />}
        {reader === "desk" && mayAct && milestones.length > 0 && (
          <Card title={words.find}>
            <PlainForm formKey={formKey} action={action} files>
              <Field type="select" name="milestone" label={words.milestone} options={milestones.map(({ code, name }) => ({ value: code, label: name }))} defaultValue={reply?.values["milestone"] ?? ""} />
              <Field type="textarea" name="text" label={words.text} defaultValue={reply?.values["act"] === "found" ? reply.values["text"] : ""} inputProps={{ maxLength: 300, rows: 3, required: true }} />
              <Field type="date" name="dueOn" label={words.dueOn} size="short" defaultValue={reply?.values["dueOn"] ?? ""} inputProps={{ required: true }} />
              <FileField name="photos" label={words.photos} hint={words.photosHint} takes="photos" most={MOST_FAULT_PHOTOS} camera optional />
              <Button kind="primary" name="act" value="found" wide>
                {words.save}
              </Button>
            </PlainForm>
          </Card>
        )}
        {faults.length === 0 && (
          <Empty level={2} title={words.none}>
            {words.noneLead}
          </Empty>
        )}
        {faults.map((fault) => (
          <FaultCard key={fault.id} fault={fault} name={names[fault.milestone] ?? fault.milestone} {...{ reader, action, mayAct, formKey }} />
        ))}
      </Stack>
    </PortalPage>
  );
}

function FaultCard({ fault, name, reader, action, mayAct, formKey }: { fault: ShownFault; name: string } & Pick<SiteFaultsProps, "reader" | "action" | "mayAct" | "formKey">) {
  const state = faultState(fault.steps);
  const within = String(fault.id);
  return (
    <Card
      title={words.head(fault.id, name)}
      tone={state === "checked" ? undefined : tones[state]}
      aside={<Badge tone={tones[state]}>{words.states[state]}</Badge>}
      foot={state === "checked" ? undefined : words.due(shortDay(fault.dueOn))}
    >
      <p>
        <strong>{fault.words}</strong>
      </p>
      <p>{words.found(fault.by, longMoment(fault.at))}</p>
      <Evidence photos={fault.photos} name={name} at={fault.at} />
      {fault.steps.map((step) => (
        <Stack key={step.id} gap="small">
          <p>{words.step(step.kind, step.by, longMoment(step.at))}</p>
          {step.words && <p>{step.words}</p>}
          <Evidence photos={step.photos} name={name} at={step.at} />
        </Stack>
      ))}
      {mayAct && reader === "site" && state === "found" && (
        <PlainForm formKey={`${formKey}-${within}`} action={action} files>
          <input type="hidden" name="fault" value={fault.id} />
          <FileField name="photos" label={words.photos} hint={words.photosHint} takes="photos" most={MOST_FAULT_PHOTOS} within={within} />
          <Field type="textarea" name="text" within={within} label={words.rectifyText} optional inputProps={{ maxLength: 300, rows: 2 }} />
          <Button kind="primary" wide>
            {words.rectify}
          </Button>
        </PlainForm>
      )}
      {mayAct && reader === "desk" && state === "rectified" && (
        <PlainForm formKey={`${formKey}-${within}`} action={action} files>
          <input type="hidden" name="fault" value={fault.id} />
          <Field type="textarea" name="text" within={within} label={words.returnText} optional inputProps={{ maxLength: 300, rows: 2 }} />
          <Button kind="primary" name="act" value="checked" wide>
            {words.check}
          </Button>
          <Button name="act" value="returned" wide>
            {words.return}
          </Button>
        </PlainForm>
      )}
    </Card>
  );
}

function Evidence({ photos, name, at }: Pictures & { name: string; at: string | Date }) {
  if (photos.length === 0) return null;
  return <Photos photos={photos.map((photo) => ({ ...photo, caption: name, day: dayOf(at) }))} />;
}
