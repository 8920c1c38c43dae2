import { asideReasons, type AsideReason, type PageRole } from "#app/domain/paper.ts";
import type { Choice } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper as words } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PaperImage } from "./paper-image.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

export interface DeskPaperPageProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string };
  open: boolean;
  certified: boolean;
  page: {
    id: number;
    fileId: string;
    page: number;
    pages: number;
    waiting: boolean;
    aside: AsideReason | null;
    typed: readonly { room: string; seq: number; choice: Choice; role: PageRole; end: "void" | "undone" | "disagreed" | "unchecked" | null; note: string | null }[];
  };
  /** Ballots that are recorded and lack an image. */
  withoutImage: readonly { room: string; seq: number | null; choice: Choice; lacks: PageRole | null }[];
  formKey: string;
  reply: Reply | undefined;
}

/** One page of paper: what was typed from it, and what else can become of it. */
export function DeskPaperPage({ consultation, open, certified, page, withoutImage, formKey, reply }: DeskPaperPageProps) {
  const { code } = consultation;
  const { choices } = consultationDesk.board;
  const { ends } = consultationDesk.history;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const key = (step: string) => `${formKey}-${step}`;
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[
        { label: `${name} ${consultationDesk.numbered(code)}`, href: paths.consultation(code) },
        { label: words.title, href: paths.paper(code) },
        { label: words.one.title },
      ]}
      title={{ ...(page.pages > 1 && { eyebrow: words.page(page.page, page.pages) }), title: words.one.title }}
    >
      <div className="paper-sides">
        <PaperImage fileId={page.fileId} page={page.page} alt={words.alt} />
        <Stack>
          {reply && <ErrorSummary errors={reply.errors} />}
          {page.aside && <Notice title={words.one.isAside(words.asideReasons[page.aside])} />}
          {page.waiting && open && (
            <ButtonLink kind="primary" wide href={paths.consultation(code, { page: page.id })}>
              {words.record}
            </ButtonLink>
          )}
          {page.typed.length > 0 && (
            <Card title={words.one.typed}>
              <LinkList
                rows={page.typed.map((one) => ({
                  href: paths.ballotHistory(code, one.room),
                  title: words.entry(one.room, choices[one.choice]),
                  detail: [words.one.roles[one.role], one.note].filter(Boolean).join("，"),
                  badge: one.end ? <Badge tone={one.end === "unchecked" ? "amber" : "neutral"}>{ends[one.end]}</Badge> : undefined,
                }))}
              />
            </Card>
          )}
          {page.waiting && !certified && withoutImage.length > 0 && (
            <Card title={words.one.attach}>
              <p>{words.one.attachLead}</p>
              <PlainForm formKey={key("attach")}>
                <Field
                  type="select"
                  name="seq"
                  label={words.one.attach}
                  placeholder={words.one.attachPick}
                  options={withoutImage.map(({ room, seq, choice, lacks }) => ({
                    value: String(seq), label: [words.entry(room, choices[choice]), lacks && words.lacks[lacks]].filter(Boolean).join("，"),
                  }))}
                  error={errorAt(reply, "seq")}
                />
                <Button name="step" value="attach" wide>
                  {words.one.attachSave}
                </Button>
              </PlainForm>
            </Card>
          )}
          {page.waiting && !certified && (
            <Card title={words.one.aside}>
              <PlainForm formKey={key("aside")}>
                <ChoiceField
                  name="reason"
                  label={words.one.reason}
                  choices={asideReasons.map((value) => ({ value, label: words.asideReasons[value] }))}
                  error={errorAt(reply, "reason")}
                />
                <Button name="step" value="aside" wide>
                  {words.one.asideSave}
                </Button>
              </PlainForm>
            </Card>
          )}
          {page.aside && !certified && (
            <PlainForm formKey={key("back")}>
              <Button name="step" value="back" wide>
                {words.one.back}
              </Button>
            </PlainForm>
          )}
          <ButtonLink href={paths.paper(code)} wide>
            {words.one.all}
          </ButtonLink>
        </Stack>
      </div>
    </PortalPage>
  );
}
