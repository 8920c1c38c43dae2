import type { ReactNode } from "react";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { inPhrases } from "./layout.tsx";
import { Sign } from "./sign.tsx";

export interface QuestionProps {
  /** The question itself: the heading of the page. */
  title: string;
  lead?: ReactNode;
  /** Level of the heading; one, unless it stands inside another page. */
  level?: 1 | 3;
  /** Where the visitor is, counted from one. */
  step?: { at: number; of: number };
  /** The page before this one. */
  back?: string;
  /** Summary of errors, stands over the question. */
  errors?: ReactNode;
  /** The form. */
  children: ReactNode;
}

/** A page that asks one thing. The form goes inside; its parts keep their distance by themselves. */
export function Question({ title, lead, level = 1, step, back, errors, children }: QuestionProps) {
  const Heading = level === 1 ? "h1" : "h3";
  return (
    <div className="question">
      {errors}
      <div className="question-head">
        {(step || back) && (
          <div className="question-place">
            {back && (
              <a href={back}>
                <Sign name="back" />
                {ui.question.back}
              </a>
            )}
            {step && <span>{ui.question.progress(step.at, step.of)}</span>}
          </div>
        )}
        {step && <Progress {...step} />}
        <Heading className="question-title" data-phrases={inPhrases(title)}>{title}</Heading>
        {lead && <div className="question-lead">{lead}</div>}
      </div>
      {children}
    </div>
  );
}

function Progress({ at, of }: { at: number; of: number }) {
  const done = Math.min(100, (100 * at) / of);
  return (
    <svg className="question-progress" aria-hidden="true" focusable="false">
      <rect className="question-rail" width="100%" height="12" rx="6" />
      <rect className="question-done" width={`${done}%`} height="12" rx="6" />
    </svg>
  );
}

export interface SearchBoxProps {
  action: string;
  label: string;
  name?: string;
  defaultValue?: string;
  placeholder?: string;
  button?: string;
  hint?: ReactNode;
}

/** The big box that finds a stairwell. A plain GET form. */
export function SearchBox({ action, label, name = "q", defaultValue, placeholder, button, hint }: SearchBoxProps) {
  const id = `search-${name}`;
  return (
    <form className="search" role="search" action={action}>
      <label htmlFor={id}>{label}</label>
      <div className="search-row">
        <input
          id={id}
          name={name}
          type="search"
          defaultValue={defaultValue}
          placeholder={placeholder}
          autoComplete="off"
          enterKeyHint="search"
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        <button className="button" data-kind="primary" type="submit">
          <Sign name="search" />
          {button ?? ui.search.button}
        </button>
      </div>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </form>
  );
}
