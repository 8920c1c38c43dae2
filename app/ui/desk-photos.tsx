import { MOST_PHOTOS } from "#app/domain/photo.ts";
import { photoDesk as words } from "#app/i18n/zh-CN/photos.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { CheckField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { FormKey } from "./form-key.tsx";
import { Columns, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { LargePhoto, Photos, type Photo } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

interface Place {
  code: string;
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

/** A photo as the desk sees it: who sent it, and whether everybody sees it. */
type SentPhoto = Photo & { by: string; shown: boolean };

const nameOf = ({ community, building, entrance }: Place) => `${community} ${building}${entrance}`;
const stateOf = ({ shown }: { shown: boolean }) => <Badge tone={shown ? "jade" : "amber"}>{shown ? words.isShown : words.isHidden}</Badge>;

export interface DeskPhotosProps {
  place: Place;
  mayAct: boolean;
  photos: readonly SentPhoto[];
  formKey: string;
  done: "added" | "show" | "remove" | null;
  reply: Reply | undefined;
}

/** The photos of a stairwell: a form for new ones, and those that are there, each leading to the page where it is looked at. */
export function DeskPhotos({ place, mayAct, photos, formKey, done, reply }: DeskPhotosProps) {
  const [waiting, shown] = [photos.filter((photo) => !photo.shown), photos.filter((photo) => photo.shown)];
  const linked = (photo: SentPhoto) => ({ ...photo, href: paths.deskPhoto(place.code, photo.file), badge: stateOf(photo) });
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: nameOf(place), href: paths.deskStairwell(place.code) }, { label: words.title }]}
      title={{ eyebrow: nameOf(place), title: words.title, lead: words.lead }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        <Columns>
          {mayAct && (
            <Card title={words.add}>
              <form method="post" action={paths.deskPhotos(place.code)} encType="multipart/form-data" className="form">
                {reply && <ErrorSummary errors={reply.errors} />}
                <FormKey value={reply?.formKey ?? formKey} />
                <FileField name="photos" label={words.photos} hint={words.hint} takes="photos" most={MOST_PHOTOS} camera required error={errorAt(reply, "photos")} />
                <Field
                  name="caption"
                  label={words.caption}
                  hint={words.captionHint}
                  defaultValue={reply?.values["caption"] ?? ""}
                  error={errorAt(reply, "caption")}
                  inputProps={{ maxLength: 60, required: true }}
                />
                <Button kind="primary" wide>
                  {words.save}
                </Button>
              </form>
            </Card>
          )}
          {photos.length === 0 ? (
            <Empty level={2} title={words.none}>
              {words.noneLead}
            </Empty>
          ) : (
            <Stack gap="large">
              {waiting.length > 0 && (
                <Section title={words.waiting(waiting.length)} lead={mayAct ? words.waitingLead : undefined}>
                  <Photos photos={waiting.map(linked)} />
                </Section>
              )}
              {shown.length > 0 && (
                <Section title={words.all(shown.length)} lead={words.shownMost}>
                  <Photos photos={shown.map(linked)} />
                </Section>
              )}
            </Stack>
          )}
        </Columns>
      </Stack>
    </PortalPage>
  );
}

export interface DeskPhotoProps {
  place: Place;
  mayAct: boolean;
  photo: SentPhoto;
  formKey: string;
  reply: Reply | undefined;
}

/** One photo, large enough to see whether anybody is on it; shown to everybody from here, or removed. */
export function DeskPhoto({ place, mayAct, photo, formKey, reply }: DeskPhotoProps) {
  const action = paths.deskPhoto(place.code, photo.file);
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[
        { label: nameOf(place), href: paths.deskStairwell(place.code) },
        { label: words.title, href: paths.deskPhotos(place.code) },
        { label: photo.caption },
      ]}
      title={{ eyebrow: nameOf(place), title: photo.caption, badges: [{ tone: photo.shown ? "jade" : "amber", children: photo.shown ? words.isShown : words.isHidden }] }}
    >
      <Columns split="main">
        <Stack gap="small">
          <LargePhoto photo={photo} />
          <p>{words.sent(longDay(photo.day), photo.by)}</p>
        </Stack>
        {mayAct && (
          <Stack>
            {reply && <ErrorSummary errors={reply.errors} />}
            {!photo.shown && (
              <Card title={words.show}>
                <PlainForm formKey={formKey} action={action}>
                  <CheckField name="looked" label={words.looked} inputProps={{ required: true }} error={errorAt(reply, "looked")} />
                  <Button kind="primary" name="decision" value="show" wide>
                    {words.show}
                  </Button>
                </PlainForm>
              </Card>
            )}
            <Card title={words.remove}>
              <PlainForm formKey={`${formKey}-r`} action={action}>
                <Field name="reason" label={words.reason} hint={words.reasonHint} inputProps={{ maxLength: 200, required: true }} error={errorAt(reply, "reason")} />
                <Button kind="danger" name="decision" value="remove" wide>
                  {words.remove}
                </Button>
              </PlainForm>
            </Card>
          </Stack>
        )}
      </Columns>
    </PortalPage>
  );
}
