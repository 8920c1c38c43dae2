import type { ReactNode } from "react";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import type { Tone } from "./badge.tsx";
import { Sign, type SignName } from "./sign.tsx";
import { Steps, type Step } from "./steps.tsx";

const looks = {
  info: { tone: "blue", sign: "info" },
  success: { tone: "jade", sign: "yes" },
  warning: { tone: "amber", sign: "alert" },
  error: { tone: "brick", sign: "no" },
} as const satisfies Record<string, { tone: Tone; sign: SignName }>;

export interface NoticeProps {
  kind?: keyof typeof looks;
  title?: string;
  children?: ReactNode;
}

/** Something to know before going on. */
export function Notice({ kind = "info", title, children }: NoticeProps) {
  const { tone, sign } = looks[kind];
  return (
    <div className="notice" data-tone={tone} role={kind === "error" ? "alert" : "note"}>
      <Sign name={sign} />
      <div className="notice-words">
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}

export interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Level of the heading; two, where no section stands around it. */
  level?: 2 | 3;
}

/** Nothing here yet: a quiet house, and what to do. */
export function Empty({ title, children, action, level = 3 }: EmptyProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="empty">
      <svg viewBox="0 0 128 84" aria-hidden="true" focusable="false">
        <path className="draw-ground" d="M2 76h124v5H2z" />
        <path className="draw-trunk" d="M104 76V58" />
        <circle className="draw-leaf-2" cx="104" cy="52" r="13" />
        <circle className="draw-leaf" cx="100" cy="48" r="7" />
        <path className="draw-wall" d="M34 20h46v56H34z" />
        <path className="draw-roof" d="M30 20l7-9h40l7 9z" />
        <path className="draw-glass" d="M40 27h12v8H40zM62 27h12v8H62zM40 43h12v8H40zM62 43h12v8H62zM40 59h12v8H40z" />
        <path className="draw-door" d="M63 60h10v16H63z" />
        <path className="draw-plan" d="M20 14h14v62H20zM27 14v40M22 56h10v14H22z" />
      </svg>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

export interface ReceiptProps {
  title: string;
  /** Level of the heading; one, unless it stands inside another page. */
  level?: 1 | 2;
  number: string;
  /** What happens next, in order. */
  next: readonly Step[];
  children?: ReactNode;
}

/** Done: the number to keep, and what happens next. */
export function Receipt({ title, level = 1, number, next, children }: ReceiptProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="receipt">
      <div className="receipt-head">
        <Sign name="yes" />
        <Heading>{title}</Heading>
      </div>
      <p className="receipt-number">
        <span>{ui.receipt.number}</span>
        <b>{number}</b>
      </p>
      {children}
      <h2>{ui.receipt.next}</h2>
      <Steps steps={next} />
      <p className="receipt-hint">{ui.receipt.keep}</p>
    </div>
  );
}
