import { zodResolver } from "@hookform/resolvers/zod";
import { useRef, type ReactNode, type SyntheticEvent } from "react";
import { useForm, type FieldValues, type UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import { fieldError } from "#app/i18n/zh-CN/forms.ts";
import { ErrorSummary, inTheirWords } from "./error-summary.tsx";
import { FormKey } from "./form-key.tsx";
import type { Reply } from "./plain-form.tsx";
import { errorAt } from "./reply.ts";

export { PlainForm, type PlainFormProps, type Reply } from "./plain-form.tsx";

export interface FormParts {
  /** For a control's `inputProps`: lets the browser check with the same schema as the server. */
  register: UseFormRegister<FieldValues>;
  /** What to refill after a refusal. */
  valueOf: (name: string) => string | undefined;
  errorOf: (name: string) => string | undefined;
}

export interface CheckedFormProps {
  schema: z.ZodObject;
  formKey: string;
  /** The server's answer to a form that it refused. */
  reply?: Reply | undefined;
  action?: string;
  children: (parts: FormParts) => ReactNode;
}

/**
 * A form that works without scripts. With them, the browser checks with the same schema first; what travels is the
 * browser's own form data either way.
 */
export function CheckedForm({ schema, formKey, reply, action, children }: CheckedFormProps) {
  const { register, trigger, formState } = useForm<FieldValues>({
    resolver: zodResolver(schema),
    ...(reply && { defaultValues: reply.values }),
  });
  const passed = useRef(false);
  const check = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>) => {
    if (passed.current) return;
    event.preventDefault();
    const form = event.currentTarget;
    const submitter = event.nativeEvent.submitter;
    void trigger(undefined, { shouldFocus: true }).then((fits) => {
      if (!fits) return;
      passed.current = true;
      // Not before this submission has been called off: the browser ignores one within another.
      setTimeout(() => form.requestSubmit(submitter));
    });
  };
  const errorOf = (name: string) => {
    const here = formState.errors[name]?.message;
    if (typeof here === "string") return fieldError(here, name);
    return formState.isSubmitted ? undefined : errorAt(reply, name);
  };
  const fields = children({ register, valueOf: (name) => reply?.values[name], errorOf });
  return (
    <form method="post" action={action} onSubmit={check} noValidate className="form">
      {reply && <ErrorSummary errors={inTheirWords(reply.errors, fields)} />}
      <FormKey value={reply?.formKey ?? formKey} />
      {fields}
    </form>
  );
}
