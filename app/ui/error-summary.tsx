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
