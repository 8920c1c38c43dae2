import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { MediationRecord, OpinionWords, type OpenedOpinion } from "./desk-opinion.tsx";
import { answeredBadge, type OpinionRow } from "./desk-stage-notices.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

export interface GiveOpinionProps {
  notice: { id: number; title: string; stairwell: string; phone: string; endsOn: string | null };
  /** Whether it takes no opinions now. */
  closed: boolean;
  /** The own flats in the community; who has none writes on paper or calls. */
  rooms: readonly string[];
  formKey: string;
  reply: Reply | undefined;
}

/** What an owner has to say on a plan. */
export function GiveOpinion({ notice, closed, rooms, formKey, reply }: GiveOpinionProps) {
  const words = opinionWords.give;
  return (
    <PortalPage
      personal
      width="narrow"
      phone={notice.phone}
      crumbs={[{ label: notice.title, href: paths.notice(notice.id) }, { label: words.title }]}
      title={{ eyebrow: words.lead(notice.title), title: words.title, ...(!closed && notice.endsOn && { lead: words.until(notice.endsOn) }) }}
    >
      {closed && !reply ? (
        <Empty level={2} title={words.closed}>
          {words.closedLead}
        </Empty>
      ) : rooms.length === 0 && !reply ? (
        <Empty level={2} title={words.notOwner} action={<ButtonLink href={paths.bind(notice.stairwell)} kind="primary">{words.bind}</ButtonLink>}>
          {words.notOwnerLead}
        </Empty>
      ) : (
        <PlainForm formKey={formKey} reply={reply}>
          <ChoiceField
            name="kind"
            label={words.kind}
            choices={(["objection", "suggestion"] as const).map((value) => ({ value, label: opinionWords.kinds[value], hint: words.kindHints[value] }))}
            defaultValue={reply?.values["kind"] ?? ""}
            error={errorAt(reply, "kind")}
          />
          <Field type="textarea" name="text" label={words.text} hint={words.textHint} defaultValue={reply?.values["text"]} error={errorAt(reply, "text")} inputProps={{ rows: 7, maxLength: 1000 }} />
          {rooms.length > 1 && (
            <Field
              type="select"
              name="room"
              size="short"
              label={words.room}
              placeholder={words.noRoom}
              options={rooms.map((room) => ({ value: room, label: room }))}
              defaultValue={reply?.values["room"]}
              error={errorAt(reply, "room")}
            />
          )}
          <Button kind="primary" wide>
            {words.submit}
          </Button>
          <p>{words.privacy}</p>
          <p>{words.instead}</p>
        </PlainForm>
      )}
    </PortalPage>
  );
}

const mine = opinionWords.mine;

/** One's own opinions, the newest first. */
export function MyOpinions({ opinions }: { opinions: readonly (OpinionRow & { title: string })[] }) {
  return (
    <PortalPage personal width="narrow" crumbs={[{ label: me.title, href: paths.me() }, { label: mine.title }]} title={{ title: mine.title, lead: mine.lead }}>
      {opinions.length === 0 ? (
        <Empty level={2} title={mine.none} action={<ButtonLink href={paths.notices()}>{mine.toNotices}</ButtonLink>}>
          {mine.noneLead}
        </Empty>
      ) : (
        <LinkList
          rows={opinions.map((opinion) => ({
            href: paths.myOpinion(opinion.id),
            title: opinion.title,
            detail: `${opinionWords.kinds[opinion.kind]} · ${opinionWords.received(opinion.receivedOn, opinion.channel)}`,
            badge: answeredBadge(opinion),
          }))}
        />
      )}
    </PortalPage>
  );
}

/** One's own opinion with its answer and the mediation. */
export function MyOpinion({ opinion, saved }: { opinion: OpenedOpinion; saved: boolean }) {
  return (
    <PortalPage
      personal
      width="narrow"
      phone={opinion.phone}
      crumbs={[{ label: me.title, href: paths.me() }, { label: mine.title, href: paths.myOpinions() }, { label: longDay(opinion.receivedOn) }]}
      title={{ eyebrow: opinion.title, title: opinionWords.kinds[opinion.kind], lead: mine.privacy }}
    >
      <Stack>
        {saved && <Notice kind="success" title={mine.saved} />}
        <OpinionWords opinion={opinion} />
        {opinion.kind === "objection" && <MediationRecord opinion={opinion} />}
        <ButtonLink href={paths.notice(opinion.notice)} wide>
          {mine.notice}
        </ButtonLink>
      </Stack>
    </PortalPage>
  );
}
