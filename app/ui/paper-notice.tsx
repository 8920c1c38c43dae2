import { createContext, useContext } from "react";

/** What stands on every sheet that this visitor prints; null where there is nothing to say. */
export const OnPaper = createContext<string | null>(null);

/** The notice on a sheet that is cut to its own measure. Pages that flow have theirs from the frame. */
export function PaperNotice() {
  const notice = useContext(OnPaper);
  return notice === null ? null : <p className="sheet-notice">{notice}</p>;
}
