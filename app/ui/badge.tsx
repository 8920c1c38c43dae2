import type { ReactNode } from "react";
import { Sign, type SignName } from "./sign.tsx";

export type Tone = "jade" | "amber" | "brick" | "blue" | "neutral";

/** The sign that stands for a tone where nobody chose another. */
const signOfTone: Readonly<Record<Tone, SignName>> = {
  jade: "yes",
  amber: "wait",
  brick: "no",
  blue: "abstain",
  neutral: "dot",
};

export interface BadgeProps {
  tone?: Tone;
  sign?: SignName;
  children: ReactNode;
}

/** A state in a few words; always a sign and words, never colour alone. */
export function Badge({ tone = "neutral", sign = signOfTone[tone], children }: BadgeProps) {
  return (
    <span className="badge" data-tone={tone}>
      <Sign name={sign} />
      <span>{children}</span>
    </span>
  );
}

/** A few badges in a row. */
export function Badges({ children }: { children: ReactNode }) {
  return <div className="badges">{children}</div>;
}
