import type { OpinionChannel, OpinionKind } from "#app/domain/opinion.ts";
import type { StageNotice } from "#app/domain/notice.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { CheckField, Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import type { ListedNotice } from "./notices-page.tsx";
import { Photos, type Photo } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt, typedAt } from "./reply.ts";

const words = stageNotices.desk;

export interface NoticePlace {
  code: string;
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

export const placeName = ({ community, building, entrance }: NoticePlace) => `${community} ${building}${entrance}`;

export interface DeskStageNoticesProps {
  place: NoticePlace;
  drafts: readonly { kind: StageNotice; title: string; body: string; seen: string; formKey: string }[];
  published: readonly ListedNotice[];
  mostDrawings: number;
  formKey: string;
  reply: Reply | undefined;
}

/** The notices of a stairwell: drafts of its stages to read and publish, one's own words, and those that were published. */
export function DeskStageNotices({ place, drafts, published, mostDrawings, formKey, reply }: DeskStageNoticesProps) {
  // What a notice's form gets back stands at that form.
  const of = (kind: StageNotice) => {
    const own = reply?.values["kind"] === kind ? reply : undefined;
    return { reply: own, typed: (name: string) => typedAt(own, name) };
  };
  const other = of("other");
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: placeName(place), href: paths.deskStairwell(place.code) }, { label: words.title }]}
      title={{ eyebrow: placeName(place), title: words.title, lead: words.lead }}
    >
      <Stack>
        {drafts.length === 0 && <Empty level={2} title={words.none}>{words.noneLead}</Empty>}
        {drafts.map(({ kind, title, body, seen, formKey: key }) => {
          const { reply: own, typed } = of(kind);
          return (
            <Card key={kind} title={words.draft(notices.kinds[kind])} tone="jade">
              <h3>{title}</h3>
              {body.split("\n").map((paragraph, index) => (
                <p key={index}>{paragraph}</p>
              ))}
              <PlainForm formKey={key} reply={own} within={kind} files>
                <input type="hidden" name="kind" value={kind} />
                <input type="hidden" name="seen" value={seen} />
                {kind === "plan" && (
                  <>
                    <FileField name="drawings" label={words.drawings} hint={words.drawingsHint} takes="photos-and-pdf" most={mostDrawings} error={typed("drawings").error} />
                    <CheckField name="looked" within={kind} label={words.looked} error={typed("looked").error} />
                  </>
                )}
                <Field type="textarea" name="remark" within={kind} label={notices.desk.remark} hint={notices.desk.remarkHint} {...typed("remark")} inputProps={{ maxLength: 500, rows: 2 }} />
                <Button kind="primary" wide>
                  {words.publish}
                </Button>
              </PlainForm>
            </Card>
          );
        })}
        {published.length > 0 && (
          <Section title={words.list}>
            <LinkList
              rows={published.map(({ id, title, stairwell, number, publishedOn, withdrawn }) => ({
                href: paths.deskNotice(place.code, id),
                title,
                detail: `${notices.published(publishedOn)} · ${notices.number(stairwell, number)}`,
                badge: withdrawn ? <Badge>{notices.withdrawn}</Badge> : undefined,
              }))}
            />
          </Section>
        )}
        <Folds>
          <Fold title={words.other} open={other.reply !== undefined}>
            <PlainForm formKey={formKey} reply={other.reply} within="other" files>
              <p>{words.otherLead}</p>
              <input type="hidden" name="kind" value="other" />
              <Field name="heading" within="other" label={words.otherTitle} {...other.typed("heading")} inputProps={{ maxLength: 60 }} />
              <Field type="textarea" name="body" within="other" label={words.otherBody} {...other.typed("body")} inputProps={{ maxLength: 2000, rows: 8 }} />
              <Button kind="primary">{words.publishOther}</Button>
            </PlainForm>
          </Fold>
        </Folds>
      </Stack>
    </PortalPage>
  );
}

export interface OpinionRow {
  id: number;
  kind: OpinionKind;
  channel: OpinionChannel;
  receivedOn: string;
  answered: boolean;
}

export const answeredBadge = ({ answered }: { answered: boolean }) =>
  answered ? <Badge tone="jade" sign="yes">{opinionWords.answered}</Badge> : <Badge tone="amber" sign="alert">{opinionWords.waiting}</Badge>;

export interface DeskNoticeProps {
  place: NoticePlace;
  notice: {
    id: number;
    title: string;
    number: number;
    publishedOn: string;
    postedUntil: string | null;
    endsOn: string | null;
    takesOpinions: boolean;
    over: boolean;
    left: number;
    /** Taken back, or the entry that takes one back: nothing more is done with it. */
    final: boolean;
  };
  drawings: readonly (Photo & { page: number })[];
  posted: readonly (Photo & { page: number; shown: boolean })[];
  opinions: readonly (OpinionRow & { room: string | null })[];
  done: keyof typeof words.saved | null;
  mostPosted: number;
  formKey: string;
  reply: Reply | undefined;
}

/** One published notice at the desk: its clock, proof that it hangs, the opinions on it. */
export function DeskNotice({ place, notice, drawings, posted, opinions, done, mostPosted, formKey, reply }: DeskNoticeProps) {
  const withdrawing = reply?.values["step"] === "withdraw";
  const showing = reply?.values["step"] === "show";
  const hidden = posted.filter(({ shown }) => !shown).length;
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[
        { label: placeName(place), href: paths.deskStairwell(place.code) },
        { label: words.title, href: paths.deskNotices(place.code) },
        { label: notices.number(place.code, notice.number) },
      ]}
      title={{ eyebrow: notices.number(place.code, notice.number), title: notice.title }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.saved[done]} />}
        <Columns>
          <Stack>
            <Card title={words.clock} foot={notice.takesOpinions ? words.clockNote : undefined}>
              <Facts
                facts={[
                  { term: words.published, value: longDay(notice.publishedOn) },
                  ...(notice.postedUntil ? [{ term: words.postedUntil, value: longDay(notice.postedUntil) }] : []),
                  ...(notice.endsOn && notice.takesOpinions
                    ? [{ term: words.endsOn, value: <>{longDay(notice.endsOn)} <Badge tone={notice.over ? "jade" : "amber"}>{notice.over ? words.over : words.daysLeft(notice.left)}</Badge></> }]
                    : []),
                ]}
              />
              <ButtonLink href={paths.notice(notice.id)} wide>
                {words.print}
              </ButtonLink>
            </Card>
            {drawings.length > 0 && (
              <Section title={words.drawings}>
                <Photos photos={drawings} />
              </Section>
            )}
            <Section title={words.proof} lead={posted.length === 0 ? words.noProof : undefined}>
              {posted.length > 0 && <Photos photos={posted.map((photo) => ({ ...photo, badge: photo.shown ? undefined : <Badge tone="amber">{words.hidden}</Badge> }))} />}
              {hidden > 0 && (
                <PlainForm formKey={`${formKey}-v`} reply={showing ? reply : undefined} within="show" files>
                  <p>{words.showLead}</p>
                  <CheckField name="looked" within="show" label={words.photosLooked} error={showing ? errorAt(reply, "looked") : undefined} />
                  <Button name="step" value="show" wide>
                    {words.showPhotos(hidden)}
                  </Button>
                </PlainForm>
              )}
            </Section>
            {!notice.final && (
              <Card title={words.addProof}>
                <PlainForm formKey={formKey} reply={withdrawing || showing ? undefined : reply} files>
                  <p>{words.proofLead}</p>
                  <FileField name="photos" label={words.photos} takes="photos" most={mostPosted} camera error={errorAt(reply, "photos")} />
                  <CheckField name="looked" label={words.photosLooked} hint={words.photosLookedHint} />
                  <Button kind="primary" name="step" value="posted" wide>
                    {words.saveProof}
                  </Button>
                </PlainForm>
              </Card>
            )}
          </Stack>
          <Stack>
            {notice.takesOpinions && (
              <Section title={opinionWords.desk.list(opinions.length)}>
                {opinions.length === 0 ? (
                  <Empty title={opinionWords.desk.none} />
                ) : (
                  <LinkList
                    rows={opinions.map((opinion) => ({
                      href: paths.deskOpinion(place.code, opinion.id),
                      title: `${opinionWords.kinds[opinion.kind]}${opinion.room ? ` · ${opinion.room}` : ""}`,
                      detail: opinionWords.received(opinion.receivedOn, opinion.channel),
                      badge: answeredBadge(opinion),
                    }))}
                  />
                )}
                {!notice.final && (
                  <ButtonLink href={paths.takeOpinion(place.code, notice.id)} kind="primary" wide>
                    {opinionWords.desk.add}
                  </ButtonLink>
                )}
              </Section>
            )}
            {!notice.final && (
              <Folds>
                <Fold title={words.withdraw} open={withdrawing}>
                  <PlainForm formKey={`${formKey}-w`} reply={withdrawing ? reply : undefined} files>
                    <Field type="textarea" name="reason" label={notices.desk.withdrawReason} defaultValue={withdrawing ? reply.values["reason"] : undefined} error={errorAt(reply, "reason")} inputProps={{ maxLength: 500, rows: 2 }} />
                    <Button kind="danger" name="step" value="withdraw">
                      {words.withdraw}
                    </Button>
                  </PlainForm>
                </Fold>
              </Folds>
            )}
          </Stack>
        </Columns>
      </Stack>
    </PortalPage>
  );
}
