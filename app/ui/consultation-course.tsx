import type { ReactNode } from "react";
import type { z } from "zod";
import { course } from "#app/i18n/zh-CN/consultation-course.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { CheckedForm, PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { typedAt } from "./reply.ts";

/** A consultation as the pages about its way name it. */
export interface CourseOf {
  code: string;
  stairwell: string;
  community: string;
  building: string;
  entrance: string;
  committeePhone: string;
}

/** The frame of a page about one step on a consultation's way. */
export function CoursePage({ consultation, title, lead, children }: { consultation: CourseOf; title: string; lead?: ReactNode; children: ReactNode }) {
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={consultation.committeePhone}
      crumbs={[
        { label: name, href: paths.deskStairwell(consultation.stairwell) },
        { label: consultationDesk.numbered(consultation.code), href: paths.consultation(consultation.code) },
        { label: title },
      ]}
      title={{ title, lead }}
    >
      <Stack>{children}</Stack>
    </PortalPage>
  );
}

export interface ExtendConsultationProps {
  consultation: CourseOf & { closesAt: string | Date };
  open: boolean;
  /** The first day that is later, and one that is likely meant. */
  first: string;
  suggested: string;
  formKey: string;
  reply: Reply | undefined;
  schema: z.ZodObject;
}

/** Moves the deadline to a later day, with the reason. */
export function ExtendConsultation({ consultation, open, first, suggested, formKey, reply, schema }: ExtendConsultationProps) {
  const words = course.extend;
  return (
    <CoursePage consultation={consultation} title={words.title} lead={words.lead}>
      <Notice title={words.now(deadline(consultation.closesAt))} />
      {open && (
        <CheckedForm schema={schema} formKey={formKey} reply={reply}>
          {({ register, valueOf, errorOf }) => (
            <>
              <Field
                type="date"
                name="closesOn"
                size="short"
                label={words.closesOn}
                hint={words.closesOnHint}
                defaultValue={valueOf("closesOn") ?? suggested}
                error={errorOf("closesOn")}
                inputProps={{ ...register("closesOn"), min: first }}
              />
              <Field
                type="textarea"
                name="reason"
                label={words.reason}
                hint={words.reasonHint}
                defaultValue={valueOf("reason")}
                error={errorOf("reason")}
                inputProps={{ ...register("reason"), maxLength: 500, rows: 3 }}
              />
              <Button kind="primary" wide>
                {words.submit}
              </Button>
            </>
          )}
        </CheckedForm>
      )}
    </CoursePage>
  );
}

export interface WithdrawConsultationProps {
  consultation: CourseOf;
  possible: boolean;
  formKey: string;
  reply: Reply | undefined;
}

/** Takes back what was opened by mistake, before anybody has voted. */
export function WithdrawConsultation({ consultation, possible, formKey, reply }: WithdrawConsultationProps) {
  const words = course.withdraw;
  const typed = (name: string) => typedAt(reply, name);
  return (
    <CoursePage consultation={consultation} title={words.title} lead={words.lead}>
      {possible || reply ? (
        <PlainForm formKey={formKey} reply={reply}>
          <Field type="textarea" name="reason" label={words.reason} hint={words.reasonHint} {...typed("reason")} inputProps={{ maxLength: 500, rows: 3 }} />
          <CodeField from="authenticator" {...typed("code")} />
          <Button kind="danger" wide>
            {words.submit}
          </Button>
        </PlainForm>
      ) : (
        <Notice kind="warning" title={words.voted} />
      )}
    </CoursePage>
  );
}
