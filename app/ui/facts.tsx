import type { ReactNode } from "react";

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Terms and their values, one a line; `words` where the values are sentences. */
export function Facts({ facts, words }: { facts: readonly Fact[]; words?: boolean }) {
  return (
    <dl className="facts" data-words={words || undefined}>
      {facts.map((fact) => (
        <div key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
