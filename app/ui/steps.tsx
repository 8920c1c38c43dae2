import type { ReactNode } from "react";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { Unseen } from "./layout.tsx";
import { Sign } from "./sign.tsx";

export type Reach = "past" | "here" | "ahead";

/** Where a stop stands, seen from the current one. */
export function reachOf(index: number, at: number): Reach {
  if (index < at) return "past";
  return index === at ? "here" : "ahead";
}

export interface Step {
  title: string;
  detail?: ReactNode;
}

/** Ordered steps; with `at` (index of the current one) it also says what is done and what is ahead. */
export function Steps({ steps, at }: { steps: readonly Step[]; at?: number }) {
  return (
    <ol className="steps">
      {steps.map((step, index) => {
        const reach = at === undefined ? undefined : reachOf(index, at);
        return (
          <li key={`${index} ${step.title}`} data-reach={reach} aria-current={reach === "here" ? "step" : undefined}>
            <span className="steps-mark" aria-hidden="true">
              {reach === "past" && <Sign name="yes" />}
            </span>
            <div className="steps-words">
              <p className="steps-title">
                {step.title}
                {reach && <Unseen>{ui.reach[reach]}</Unseen>}
              </p>
              {step.detail && <div className="steps-detail">{step.detail}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
