import { Children, isValidElement, type ReactNode } from "react";
import { askedAs } from "#app/i18n/zh-CN/forms.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { fieldId } from "./field.tsx";
import { Sign } from "./sign.tsx";

export interface FieldError {
  /** Name of the field, or none for what concerns the whole form. */
  name?: string;
  message: string;
}

/** All that has to be put right, on top of the form, each with a link to its field. Nothing when there is nothing. */
export function ErrorSummary({ errors, title, within }: { errors: readonly FieldError[]; title?: string; within?: string | undefined }) {
  if (errors.length === 0) return null;
  return (
    <div className="notice" data-tone="brick" role="alert" tabIndex={-1} autoFocus>
      <Sign name="alert" />
      <div className="notice-words">
        <h2>{title ?? ui.errors.title(errors.length)}</h2>
        <ul className="notice-errors">
          {errors.map(({ name, message }) => (
            <li key={`${name ?? ""} ${message}`}>{name ? <a href={`#${fieldId(name, within)}`}>{message}</a> : message}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The errors of a form in the words in which its fields ask, as far as the fields are written out in it. */
export function inTheirWords(errors: readonly FieldError[], form: ReactNode): FieldError[] {
  const labels = new Map<string, string>();
  gather(form, labels);
  return errors.map((error) => {
    const label = error.name === undefined ? undefined : labels.get(error.name);
    return error.name === undefined || label === undefined ? error : { ...error, message: askedAs(error.message, { name: error.name, label }) };
  });
}

function gather(nodes: ReactNode, labels: Map<string, string>): void {
  Children.forEach(nodes, (node) => {
    if (!isValidElement<{ name?: unknown; label?: unknown; children?: ReactNode }>(node)) return;
    const { name, label, children } = node.props;
    if (typeof name === "string" && typeof label === "string") labels.set(name, label);
    if (typeof children !== "function") gather(children, labels);
  });
}
