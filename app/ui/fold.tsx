import type { ReactNode } from "react";
import { Sign } from "./sign.tsx";

export interface FoldProps {
  /** Makes the question an anchor target; a link to it opens the answer where the browser can. */
  id?: string;
  title: ReactNode;
  /** Whether it stands open from the start, as with a form that was refused. */
  open?: boolean | undefined;
  children: ReactNode;
}

/** A question that opens its answer, without scripts. */
export function Fold({ id, title, open, children }: FoldProps) {
  return (
    <details className="fold" id={id} open={open}>
      <summary>
        <span>{title}</span>
        <Sign name="on" />
      </summary>
      <div className="fold-answer">{children}</div>
    </details>
  );
}

/** Questions below each other in one frame. */
export function Folds({ children }: { children: ReactNode }) {
  return <div className="folds">{children}</div>;
}
