import type { ComponentPropsWithRef, ReactNode } from "react";
import { askedAs } from "#app/i18n/zh-CN/forms.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { Unseen } from "./layout.tsx";
import { Sign, type SignName } from "./sign.tsx";

/** The id of a field's control: what a summary of errors links to. */
export function fieldId(name: string, within?: string): string {
  return within ? `field-${name}-${within}` : `field-${name}`;
}

interface Asked {
  name: string;
  label: string;
  hint?: ReactNode;
  /** What is wrong with what was typed; shown at the field. */
  error?: string | undefined;
  optional?: boolean;
  /** Tells the forms of a page apart where several have a field of this name. */
  within?: string | undefined;
}

type Bare<Tag extends "input" | "textarea" | "select"> = Omit<ComponentPropsWithRef<Tag>, "className" | "style" | "id">;

interface InputField {
  type?: "text" | "tel" | "number" | "date" | "datetime-local" | "email" | "password" | "file";
  /** Everything else for the control, `register(name)` of react-hook-form included. */
  inputProps?: Bare<"input">;
}
interface TextareaField {
  type: "textarea";
  inputProps?: Bare<"textarea">;
}
interface SelectField {
  type: "select";
  options: readonly { value: string; label: string }[];
  /** First, empty entry: "please choose". */
  placeholder?: string;
  inputProps?: Bare<"select">;
}

export type FieldProps = Asked & {
  defaultValue?: string | undefined;
  /** For codes, dates and figures: no wider than what goes in. */
  size?: "full" | "short";
} & (InputField | TextareaField | SelectField);

function describedBy({ name, within, hint, error }: Asked): string | undefined {
  const id = fieldId(name, within);
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

function Hint({ name, within, hint }: Asked) {
  if (!hint) return null;
  return (
    <p className="field-hint" id={`${fieldId(name, within)}-hint`}>
      {hint}
    </p>
  );
}

function Wrong({ name, label, within, error }: Asked) {
  if (!error) return null;
  return (
    <p className="field-error" id={`${fieldId(name, within)}-error`}>
      <Sign name="alert" />
      <span>
        <Unseen>{ui.field.wrong}</Unseen>
        {askedAs(error, { name, label })}
      </span>
    </p>
  );
}

function Optional({ optional }: Asked) {
  return optional ? <span className="field-optional"> {ui.field.optional}</span> : null;
}

function Control(props: FieldProps) {
  const wiring = {
    name: props.name,
    id: fieldId(props.name, props.within),
    "aria-describedby": describedBy(props),
    "aria-invalid": props.error ? true : undefined,
    defaultValue: props.defaultValue,
  };
  if (props.type === "textarea") return <textarea rows={4} {...props.inputProps} {...wiring} />;
  if (props.type === "select") {
    return (
      <select {...props.inputProps} {...wiring}>
        {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  return <input type={props.type ?? "text"} {...props.inputProps} {...wiring} />;
}

/** One question with its control. `defaultValue` refills what was typed: `register()` renders no value on the server. */
export function Field(props: FieldProps) {
  return (
    <div className="field" data-size={props.size} data-wrong={props.error ? true : undefined}>
      <label htmlFor={fieldId(props.name, props.within)}>
        {props.label}
        <Optional {...props} />
      </label>
      <Hint {...props} />
      <Wrong {...props} />
      <Control {...props} />
    </div>
  );
}

export interface Choice {
  value: string;
  label: string;
  hint?: ReactNode;
  sign?: SignName;
}

export type ChoiceFieldProps = Asked & {
  choices: readonly Choice[];
  defaultValue?: string;
  /** Makes it a list of which any number can be ticked, and says which are. */
  ticked?: readonly string[];
  /** The page's own title asks the question: keep the legend for screen readers only. */
  legendUnseen?: boolean;
  /** At the desk, few short answers beside each other; below each other on a phone. */
  row?: boolean;
  inputProps?: Bare<"input">;
};

/** One of a few answers, or any number of many, each a big card. The summary's link leads to the first. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { name, within, label, choices, defaultValue, ticked, legendUnseen, row, inputProps, error } = props;
  return (
    <fieldset className="choice" data-wrong={error ? true : undefined} aria-describedby={describedBy(props)}>
      <legend>
        {legendUnseen ? <Unseen>{label}</Unseen> : label}
        <Optional {...props} />
      </legend>
      <Hint {...props} />
      <Wrong {...props} />
      <div className="choice-options" data-row={row || undefined}>
        {choices.map((choice, index) => (
          <label className="choice-option" key={choice.value}>
            <input
              {...inputProps}
              type={ticked ? "checkbox" : "radio"}
              name={name}
              value={choice.value}
              id={index === 0 ? fieldId(name, within) : undefined}
              defaultChecked={ticked ? ticked.includes(choice.value) : choice.value === defaultValue}
            />
            <span>
              <b>{choice.label}</b>
              {choice.hint && <span className="field-hint">{choice.hint}</span>}
            </span>
            {choice.sign && <Sign name={choice.sign} />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export type CheckFieldProps = Asked & {
  /** What travels when it is ticked. */
  value?: string;
  defaultChecked?: boolean;
  inputProps?: Bare<"input">;
};

/** Something to tick. */
export function CheckField(props: CheckFieldProps) {
  const { name, within, label, value = "yes", defaultChecked, inputProps, error } = props;
  return (
    <div className="choice" data-wrong={error ? true : undefined}>
      <Wrong {...props} />
      <label className="choice-option">
        <input
          {...inputProps}
          type="checkbox"
          name={name}
          value={value}
          id={fieldId(name, within)}
          aria-describedby={describedBy(props)}
          aria-invalid={error ? true : undefined}
          defaultChecked={defaultChecked}
        />
        <b>
          {label}
          <Optional {...props} />
        </b>
      </label>
      <Hint {...props} />
    </div>
  );
}

export type ChecksFieldProps = Asked & {
  /** Each travels under a name of its own. */
  checks: readonly { name: string; label: string; defaultChecked: boolean }[];
};

/** Any of a few, to be ticked together. The summary's link leads to the first. */
export function ChecksField(props: ChecksFieldProps) {
  const { name, within, label, checks, error } = props;
  return (
    <fieldset className="choice" data-wrong={error ? true : undefined} aria-describedby={describedBy(props)}>
      <legend>{label}</legend>
      <Hint {...props} />
      <Wrong {...props} />
      <div className="choice-options">
        {checks.map((check, index) => (
          <label className="choice-option" key={check.name}>
            <input type="checkbox" name={check.name} value="yes" id={index === 0 ? fieldId(name, within) : undefined} defaultChecked={check.defaultChecked} />
            <b>{check.label}</b>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
