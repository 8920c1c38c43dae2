import type { ReactNode } from "react";
import { Sign, type SignName } from "./sign.tsx";

export interface Answer {
  value: string;
  label: string;
  hint?: ReactNode;
  sign?: SignName;
  /** What was answered before, when somebody comes back. */
  current?: boolean;
  /** The key that does the same, at the desk. */
  shortcut?: string;
}

/** The answers to one question, each a button that goes on: one tap a question; at the desk in a row. Stands inside a form. */
export function AnswerButtons({ name, answers, row, disabled }: { name: string; answers: readonly Answer[]; row?: boolean; disabled?: boolean }) {
  return (
    <div className="answers" data-row={row || undefined}>
      {answers.map(({ value, label, hint, sign, current, shortcut }) => (
        <button key={value} className="answer" type="submit" name={name} value={value} data-current={current || undefined} disabled={disabled} aria-keyshortcuts={shortcut}>
          {sign && <Sign name={sign} />}
          <span>
            <b>{label}</b>
            {hint && <span className="field-hint">{hint}</span>}
          </span>
          {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
          {!row && <Sign name="on" />}
        </button>
      ))}
    </div>
  );
}

export interface AnswerLink {
  href: string;
  label: string;
  hint?: ReactNode;
  sign: SignName;
  current?: boolean;
  shortcut?: string | undefined;
}

/** Answers that ask on before anything is sent: look like the others, and lead to the next question. */
export function AnswerLinks({ answers }: { answers: readonly AnswerLink[] }) {
  return (
    <div className="answers">
      {answers.map(({ href, label, hint, sign, current, shortcut }) => (
        <a key={href} className="answer" href={href} data-current={current || undefined} aria-keyshortcuts={shortcut}>
          <Sign name={sign} />
          <span>
            <b>{label}</b>
            {hint && <span className="field-hint">{hint}</span>}
          </span>
          {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
          <Sign name="on" />
        </a>
      ))}
    </div>
  );
}

/** The flats of a stairwell from the top floor down, as they stand; each a button that goes on. Stands inside a form. */
export function RoomPicker({ floors, current }: { floors: readonly { label: string; rooms: readonly string[] }[]; current?: string | undefined }) {
  return (
    <div className="rooms">
      {floors.map(({ label, rooms }) => (
        <div className="rooms-floor" key={label} role="group" aria-label={label}>
          <span className="rooms-label">{label}</span>
          <div className="rooms-row">
            {rooms.map((room) => (
              <button key={room} type="submit" name="room" value={room} data-current={room === current || undefined}>
                {room}
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
