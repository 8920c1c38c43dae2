import type { ReactNode } from "react";

/**
 * Whether a heading breaks at its commas alone, so that no word is torn: not one without a comma, whose line would end
 * anywhere, nor one with figures, which have spaces around them.
 */
export function inPhrases(title: ReactNode): true | undefined {
  return typeof title === "string" && /[，、：]/.test(title) && !/\d/.test(title) ? true : undefined;
}
