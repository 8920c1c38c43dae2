import type { ReactNode } from "react";

/** Blocks below each other with an even gap. */
export function Stack({ gap = "normal", children }: { gap?: "small" | "normal" | "large"; children: ReactNode }) {
  return (
    <div className="stack" data-gap={gap}>
      {children}
    </div>
  );
}

/** Side by side on an office screen, below each other on a phone; `main` gives the first column twice the room. */
export function Columns({ split = "even", children }: { split?: "even" | "main"; children: ReactNode }) {
  return (
    <div className="columns" data-split={split}>
      {children}
    </div>
  );
}

/** Blocks of any height in order: two even columns where there is room, below each other on a phone. */
export function Flow({ children }: { children: ReactNode }) {
  return <div className="flow">{children}</div>;
}

/** Cards of equal width, as many in a row as fit; small ones stand two in a row on a phone, at most three. */
export function Tiles({ size = "big", children }: { size?: "big" | "small"; children: ReactNode }) {
  return (
    <div className="tiles" data-size={size}>
      {children}
    </div>
  );
}

/** A row of buttons, full width below each other on a phone; small choices and filters stay a row there too. Not printed. */
export function Actions({ row, children }: { row?: "choices" | "filters"; children: ReactNode }) {
  return (
    <div className="actions" data-row={row}>
      {children}
    </div>
  );
}

/** What the thumb of one hand presses, always in its reach: it stays at the bottom of the window until its own place is there. */
export function Thumb({ children }: { children: ReactNode }) {
  return <div className="thumb">{children}</div>;
}

/** Running text in a comfortable measure. */
export function Prose({ children }: { children: ReactNode }) {
  return <div className="prose">{children}</div>;
}

/**
 * Whether a heading breaks at its commas alone, so that no word is torn: not one without a comma, whose line would end
 * anywhere, nor one with figures, which have spaces around them.
 */
export function inPhrases(title: ReactNode): true | undefined {
  return typeof title === "string" && /[，、：]/.test(title) && !/\d/.test(title) ? true : undefined;
}

/** Text for screen readers only. */
export function Unseen({ children }: { children: ReactNode }) {
  return <span className="unseen">{children}</span>;
}

/** What is not to be broken over two lines, as a phone number. */
export function Whole({ children }: { children: ReactNode }) {
  return <span className="whole">{children}</span>;
}

export interface HeroProps {
  title: string;
  lead: string;
  /** Level of the heading; one, unless it stands inside another page. */
  level?: 1 | 3;
  /** What stands below the words: usually the search box. */
  children?: ReactNode;
  /** What stands beside them on a wide screen: usually the funnel. */
  side?: ReactNode;
}

/** Opening of the first page. */
export function Hero({ title, lead, level = 1, children, side }: HeroProps) {
  const Heading = level === 1 ? "h1" : "h3";
  return (
    <div className="hero">
      <div className="hero-words">
        <Heading className="hero-title">{title}</Heading>
        <p className="hero-lead">{lead}</p>
        {children}
      </div>
      {side}
    </div>
  );
}
