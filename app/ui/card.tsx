import { useId, type ReactNode } from "react";
import { inPhrases } from "./layout.tsx";

export interface CardProps {
  title?: ReactNode;
  /** A badge or a short word beside the title. */
  aside?: ReactNode;
  /** Source or time of what the card says. */
  foot?: ReactNode;
  /** Jade: this is where things are; amber: late or waiting; brick: stopped. */
  tone?: "jade" | "amber" | "brick";
  level?: 2 | 3;
  /** Makes the title an anchor target. */
  id?: string;
  children?: ReactNode;
}

/** A surface that holds one thing. */
export function Card({ title, aside, foot, tone, level = 2, id, children }: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="card" data-tone={tone} id={id}>
      {title && (
        <div className="card-head">
          <Heading data-phrases={inPhrases(title)}>{title}</Heading>
          {aside}
        </div>
      )}
      {children}
      {foot && <p className="card-foot">{foot}</p>}
    </div>
  );
}

/** A card that is one big link: a title and what is behind it. */
export function CardLink({ href, title, detail }: { href: string; title: string; detail?: ReactNode }) {
  return (
    <a className="card" href={href}>
      <h2>{title}</h2>
      {detail && <p className="card-foot">{detail}</p>}
    </a>
  );
}

export interface SectionProps {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, lead, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {lead && <p className="section-lead">{lead}</p>}
      {children}
    </section>
  );
}
