import type { ConsultationNotice } from "#app/domain/notice.ts";
import { notices as words } from "#app/i18n/zh-CN/notices.ts";
import { Button } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CoursePage, type CourseOf } from "./consultation-course.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Empty } from "./notice.tsx";
import { NoticeList, type ListedNotice } from "./notices-page.tsx";
import { errorAt } from "./reply.ts";

export interface DeskNoticesProps {
  consultation: CourseOf;
  /** What the drafts speak of. */
  seen: string;
  drafts: readonly { kind: ConsultationNotice; title: string; body: string; formKey: string }[];
  published: readonly (ListedNotice & { final: boolean; formKey: string })[];
  reply: Reply | undefined;
}

/** The notices of a consultation: drafts to read and publish, and those that were published. */
export function DeskNotices({ consultation, seen, drafts, published, reply }: DeskNoticesProps) {
  const { desk } = words;
  const open = published.filter(({ final }) => !final);
  return (
    <CoursePage consultation={consultation} title={desk.title} lead={desk.lead}>
      {reply && <ErrorSummary errors={reply.errors.map(({ message }) => ({ message }))} />}
      {drafts.length === 0 && published.length === 0 && <Empty title={desk.none} />}
      {drafts.map(({ kind, title, body, formKey }) => (
        <Card key={kind} title={desk.draft(words.kinds[kind])} tone="jade">
          <h3>{title}</h3>
          {body.split("\n").map((paragraph, index) => (
            <p key={index}>{paragraph}</p>
          ))}
          <PlainForm formKey={formKey}>
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="seen" value={seen} />
            <Field
              type="textarea"
              name="remark"
              within={kind}
              label={desk.remark}
              hint={desk.remarkHint}
              defaultValue={reply?.values["kind"] === kind ? reply.values["remark"] : undefined}
              error={reply?.values["kind"] === kind ? errorAt(reply, "remark") : undefined}
              inputProps={{ maxLength: 500, rows: 2 }}
            />
            <Button kind="primary" name="step" value="publish" wide>
              {desk.publish}
            </Button>
          </PlainForm>
        </Card>
      ))}
      {published.length > 0 && (
        <Section title={desk.list}>
          <NoticeList notices={published} />
        </Section>
      )}
      {open.length > 0 && (
        <Folds>
          {open.map(({ id, title, formKey }) => (
            <Fold key={id} title={words.withdrawalTitle(title)}>
              <PlainForm formKey={formKey}>
                <input type="hidden" name="notice" value={id} />
                <Field type="textarea" name="reason" within={String(id)} label={desk.withdrawReason} inputProps={{ maxLength: 500, rows: 2 }} />
                <Button kind="danger" name="step" value="withdraw">
                  {desk.withdraw}
                </Button>
              </PlainForm>
            </Fold>
          ))}
        </Folds>
      )}
    </CoursePage>
  );
}
