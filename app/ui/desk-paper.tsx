import type { AsideReason, PageRole } from "#app/domain/paper.ts";
import type { Choice } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { paper as words } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import type { Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { FormKey } from "./form-key.tsx";
import { Stack, Tiles } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

export interface DeskPaperProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string };
  /** What the last upload brought. */
  sent: { added: number; known: number } | null;
  /** Whether ballots can still be typed, and pages still be sent. */
  open: boolean;
  certified: boolean;
  waiting: readonly { id: number; fileId: string; page: number; pages: number }[];
  waitingCount: number;
  /** The first page of all that wait. */
  first: number | null;
  page: number;
  pages: number;
  aside: readonly { id: number; fileId: string; page: number; aside: AsideReason | null; asideBy: string }[];
  withoutImage: readonly { room: string; choice: Choice; lacks: PageRole | null }[];
  returned: readonly { room: string; seq: number; choice: Choice; note: string | null; checkedBy: string; at: string | Date; pageId: number | null }[];
  toCheck: number;
  /** Stacks that are still being split into pages. */
  unsplit: readonly { id: string; page: number; pages: number | null }[];
  formKey: string;
  reply: Reply | undefined;
}

/** The pages of paper ballots of a consultation: sending them, and what is still to be typed from them. */
export function DeskPaper(props: DeskPaperProps) {
  const { consultation, sent, open, certified, waiting, waitingCount, first, page, pages, aside, withoutImage, returned, toCheck, unsplit, formKey, reply } = props;
  const { code } = consultation;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const { choices } = consultationDesk.board;
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: `${name} ${consultationDesk.numbered(code)}`, href: paths.consultation(code) }, { label: words.title }]}
      title={{ title: words.title, lead: words.lead }}
    >
      <div className="paper-desk">
        <Stack>
          {!certified && (
            <Card title={words.send} tone="jade">
              <form method="post" action={paths.paper(code)} encType="multipart/form-data" className="form">
                {reply && <ErrorSummary errors={reply.errors} />}
                <FormKey value={reply?.formKey ?? formKey} />
                <Field
                  type="file"
                  name="files"
                  label={words.file}
                  hint={words.fileHint}
                  error={errorAt(reply, "files")}
                  inputProps={{ multiple: true, required: true, accept: "image/jpeg,image/png,image/webp,application/pdf" }}
                />
                <Button kind="primary" wide>
                  {words.send}
                </Button>
              </form>
            </Card>
          )}
          {toCheck > 0 && (
            <ButtonLink href={paths.checkBallots(code)} wide>
              {words.toCheck(toCheck)}
            </ButtonLink>
          )}
          <ButtonLink href={paths.consultation(code)} wide>
            {words.toBoard}
          </ButtonLink>
          {withoutImage.length > 0 && (
            <Card title={words.withoutImage}>
              <p>{words.withoutImageLead}</p>
              <ul>
                {withoutImage.map(({ room, choice, lacks }) => (
                  <li key={room}>
                    {words.entry(room, choices[choice])} {lacks && <Badge tone="amber">{words.lacks[lacks]}</Badge>}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {aside.length > 0 && (
            <Folds>
              <Fold title={words.aside(aside.length)}>
                <ul>
                  {aside.map((one) => (
                    <li key={one.id}>
                      <a href={paths.paperPage(code, one.id)}>{one.aside && words.asideBy(words.asideReasons[one.aside], one.asideBy)}</a>
                    </li>
                  ))}
                </ul>
              </Fold>
            </Folds>
          )}
        </Stack>
        <Stack gap="large">
          {sent && (
            <Notice kind={sent.added > 0 ? "success" : "info"} title={sent.added > 0 ? words.sent(sent.added) : words.sentNothing}>
              {sent.added > 0 && sent.known > 0 && words.sentKnown(sent.known)}
            </Notice>
          )}
          {unsplit.length > 0 && (
            <Notice title={words.split.unsplit(unsplit.length)}>
              {unsplit.map((one) => (
                <p key={one.id}>
                  <a href={paths.paperUpload(code, one.id)}>{one.pages === null ? words.split.waiting : words.split.at(one.page, one.pages)}</a>
                </p>
              ))}
            </Notice>
          )}
          {returned.length > 0 && (
            <Section title={words.returned} lead={words.returnedLead}>
              <LinkList
                rows={returned.map((one) => ({
                  href: one.pageId !== null && open ? paths.consultation(code, { page: one.pageId }) : paths.ballotHistory(code, one.room),
                  title: words.entry(one.room, choices[one.choice]),
                  detail: words.returnedBy(one.note ?? "", one.checkedBy, shortMoment(one.at)),
                }))}
              />
            </Section>
          )}
          {waitingCount > 0 ? (
            <Section title={words.waiting(waitingCount)} lead={open ? words.waitingLead : undefined}>
              {open && first !== null && (
                <ButtonLink kind="primary" sign="on" href={paths.consultation(code, { page: first })}>
                  {words.start}
                </ButtonLink>
              )}
              <Tiles size="small">
                {waiting.map((one) => (
                  <div className="paper-thumb" key={one.id}>
                    <img src={paths.file(one.fileId, "thumbnail", one.page)} alt="" loading="lazy" />
                    <span>{words.page(one.page, one.pages)}</span>
                    {open && <a href={paths.consultation(code, { page: one.id })}>{words.record}</a>}
                    <a href={paths.paperPage(code, one.id)}>{words.other}</a>
                  </div>
                ))}
              </Tiles>
              <Pager page={page} pages={pages} hrefOf={(to) => paths.paper(code, { page: to })} />
            </Section>
          ) : (
            <Empty level={2} title={words.noneWaiting}>
              {words.noneWaitingLead}
            </Empty>
          )}
        </Stack>
      </div>
    </PortalPage>
  );
}
