/** The marks that stand beside every colour, so that nothing is said by colour alone. */
export const signs = {
  yes: "M4 13l5.5 5.5L20 6.5",
  no: "M5.5 5.5l13 13M18.5 5.5l-13 13",
  abstain: "M12 4.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15",
  wait: "M5 12h.01M12 12h.01M19 12h.01",
  none: "M6 12h12",
  dot: "M12 12h.01",
  void: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M6.5 17.5l11-11",
  pause: "M8.5 6v12M15.5 6v12",
  alert: "M12 4.5v9M12 19h.01",
  info: "M12 5h.01M12 11v8",
  flag: "M6 21V4h12l-3 4 3 4H6",
  up: "M12 20V5M5.5 11L12 4.5l6.5 6.5",
  on: "M9 5l7 7-7 7",
  down: "M12 4v12M6.5 11L12 16.5l5.5-5.5M5 20.5h14",
  back: "M15 5l-7 7 7 7",
  phone:
    "M7 3.5l3 4.5-2 2.5a13 13 0 0 0 5.5 5.5l2.5-2 4.5 3c0 2-1.5 3.5-3.5 3.5C10 20.5 3.5 14 3.5 7c0-2 1.5-3.5 3.5-3.5z",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L20.5 20.5",
} as const;

export type SignName = keyof typeof signs;

/** Marks made of dots need a broader pen. */
const strokes: Partial<Record<SignName, number>> = { wait: 4.2, dot: 7 };

/** A mark in the colour and the size of the text around it; the words beside it carry the meaning. */
export function Sign({ name }: { name: SignName }) {
  return (
    <svg className="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={signs[name]} strokeWidth={strokes[name]} />
    </svg>
  );
}
