import { Children, isValidElement, type ReactNode } from "react";
import { askedAs } from "#app/i18n/zh-CN/forms.ts";
import type { FieldError } from "./error-summary.tsx";

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
