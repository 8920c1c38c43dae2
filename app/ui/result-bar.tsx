import { useId, type ReactNode } from "react";
import type { Tone } from "./badge.tsx";
import { Sign, type SignName } from "./sign.tsx";

/** Whole numbers, heads or hundredths of a square metre: `have` of `of`, with the share `needNum`/`needDen` to reach. */
export interface Share {
  have: number;
  of: number;
  needNum: number;
  needDen: number;
}

export interface ResultBarProps {
  label: string;
  met: "yes" | "no" | "open";
  /** What it comes to, in words: how many are needed, and whether they are there. */
  verdict: string;
  /** The figures in words. */
  value?: string;
  /** Draws the bar; without it the test is told in words alone. */
  share?: Share;
  /** The sum written out. */
  sum?: string;
}

/** A part of a whole in per cent for drawing, never outside 0–100; an empty whole draws nothing. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return Math.min(100, Math.max(0, (100 * part) / whole));
}

function Bar({ share, met }: { share: Share; met: ResultBarProps["met"] }) {
  const hatch = useId().replaceAll(":", "");
  const have = `${percentOf(share.have, share.of).toFixed(2)}%`;
  const need = `${percentOf(share.needNum, share.needDen).toFixed(2)}%`;
  return (
    <svg className="result-drawing" aria-hidden="true" focusable="false">
      {met !== "yes" && (
        <pattern id={hatch} width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="result-hatch" width="10" height="10" />
          <path className="result-hatch-line" d="M5 0v10" />
        </pattern>
      )}
      <rect className="result-track" y="5" width="100%" height="18" rx="9" />
      {share.have > 0 && (
        <rect
          className={met === "yes" ? "result-fill" : "result-part"}
          y="5"
          width={have}
          height="18"
          rx="9"
          fill={met === "yes" ? undefined : `url(#${hatch})`}
        />
      )}
      <line className="result-need-halo" x1={need} x2={need} y1="0" y2="28" />
      <line className="result-need" x1={need} x2={need} y1="0" y2="28" />
    </svg>
  );
}

const looks = {
  yes: { tone: "jade", sign: "yes" },
  no: { tone: "amber", sign: "no" },
  open: { tone: "neutral", sign: "wait" },
} as const satisfies Record<ResultBarProps["met"], { tone: Tone; sign: SignName }>;

/** One of the tests of a result: what was needed, what came, whether it is met. The mark on the bar is the threshold. */
export function ResultBar({ label, met, verdict, value, share, sum }: ResultBarProps) {
  const { tone, sign } = looks[met];
  return (
    <div className="result-bar" data-tone={tone}>
      <p className="result-head">
        <span>{label}</span>
        {value && <b>{value}</b>}
      </p>
      {share && <Bar share={share} met={met} />}
      <p className="result-verdict">
        <span>
          <Sign name={sign} />
          {verdict}
        </span>
        {sum && <span className="result-sum">{sum}</span>}
      </p>
    </div>
  );
}

/** The tests of one result below each other. */
export function ResultBars({ children }: { children: ReactNode }) {
  return <div className="result">{children}</div>;
}
