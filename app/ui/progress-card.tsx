import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Stack } from "./layout.tsx";

export interface ProgressCardProps {
  /** What is going on, for whoever hears the bar and does not see it. */
  label: string;
  /** How much of how much; null before it began. */
  done: { of: number; so: number } | null;
  /** The same in words. */
  words: string;
  /** This page, to look again at once. */
  href: string;
  again: string;
  /** That the page looks again by itself. */
  itself: string;
}

/** How far something has come that takes a while: a bar that counts, the same in words, and the way to look again. */
export function ProgressCard({ label, done, words, href, again, itself }: ProgressCardProps) {
  return (
    <Card tone="jade">
      <Stack>
        <p className="progress" role="status">
          <b>{words}</b>
          <progress max={done?.of ?? 1} value={done?.so ?? 0} aria-label={label} />
        </p>
        <ButtonLink href={href} kind="primary" wide>
          {again}
        </ButtonLink>
        <p>{itself}</p>
      </Stack>
    </Card>
  );
}
