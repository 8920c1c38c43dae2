import type { FormEvent, ReactNode } from "react";
import { ErrorSummary, inTheirWords } from "./error-summary.tsx";
import { FormKey } from "./form-key.tsx";

export interface Reply {
  values: Record<string, string>;
  errors: { name?: string; message: string }[];
  formKey: string;
}

export interface PlainFormProps {
  formKey: string;
  reply?: Reply | undefined;
  action?: string;
  /** That of its fields, where the page has several forms of a kind. */
  within?: string;
  /** Whether files go with it. */
  files?: boolean;
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/** A form whose buttons say it all: nothing to check in the browser, so its page carries no schema and no form library. */
export function PlainForm({ formKey, reply, action, within, files, onSubmit, children }: PlainFormProps) {
  return (
    <form method="post" action={action} encType={files ? "multipart/form-data" : undefined} onSubmit={onSubmit} className="form">
      {reply && <ErrorSummary errors={inTheirWords(reply.errors, children)} within={within} />}
      <FormKey value={reply?.formKey ?? formKey} />
      {children}
    </form>
  );
}
