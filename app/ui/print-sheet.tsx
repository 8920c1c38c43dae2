import type { ReactNode } from "react";
import type { PaperSize } from "#app/domain/handouts.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { BrandMark } from "./brand-mark.tsx";
import { PaperNotice } from "./paper-notice.tsx";
import { QrCode } from "./qr-code.tsx";
import type { PlacedHouse } from "./skyline-streets.ts";
import { StreetHouse, StreetShapes } from "./street-house.tsx";

interface PrintSheetProps {
  kind?: "plain" | "poster" | "slip" | "quarters" | "certificate" | "handout" | "board";
  size?: PaperSize;
  children: ReactNode;
}

/** What goes on over as many pages as its words need; all others fill exactly one side. */
const FLOWING = ["plain", "certificate", "handout"];

/** One side of paper, A4 unless told, or as many as a text needs. Each sheet starts a page of its own. */
export function PrintSheet({ kind = "plain", size = "a4", children }: PrintSheetProps) {
  const flows = FLOWING.includes(kind);
  return (
    <article className="sheet" data-kind={kind} data-size={size === "a4" ? undefined : size} data-flow={flows || undefined}>
      {!flows && kind !== "quarters" && <PaperNotice />}
      {children}
    </article>
  );
}

/** An address to be typed: it breaks before its last part, never in it. */
export function SheetAddress({ address }: { address: string }) {
  const last = address.lastIndexOf("/") + 1;
  return (
    <p className="sheet-address">
      {address.slice(0, last)}
      <wbr />
      <span>{address.slice(last)}</span>
    </p>
  );
}

export interface DoorPosterProps {
  /** Line over the name: community, committee. */
  place: string;
  stairwell: string;
  /** Address that the code leads to; also printed to be typed. */
  url: string;
  address: string;
  /** Three short sentences. */
  sentences: readonly [string, string, string];
  phone: { number: string; label: string };
  size?: PaperSize;
}

/** An invented street, with lifts on their way: decoration. */
const ornament: readonly PlacedHouse[] = (
  [
    [6, 27, 5, null, "tree"],
    [60, 31, 6, 0.3, "bush"],
    [122, 35, 6, 0.75, null],
    [176, 27, 7, 1, "tree"],
    [240, 31, 5, null, "bush"],
    [290, 27, 6, 0.5, null],
    [338, 35, 6, 0.1, "tree"],
  ] as const
).map(([x, width, floors, car, plant]) => ({
  house: { href: `#${x}`, title: "", floors, car, inUse: car === 1 },
  x,
  y: 92,
  width,
  floors,
  pitched: width !== 35,
  plant,
}));

function Street() {
  return (
    <svg className="poster-street" viewBox="0 0 400 104" aria-hidden="true" focusable="false">
      <StreetShapes placed={ornament} name="poster" />
      <path className="skyline-ground" d="M0 90h400v14H0z" />
      {ornament.map((placed) => (
        <StreetHouse key={placed.x} placed={placed} name="poster" />
      ))}
    </svg>
  );
}

/** The notice for the door of a stairwell: scan, or call. */
export function DoorPoster({ place, stairwell, url, address, sentences, phone, size = "a4" }: DoorPosterProps) {
  return (
    <PrintSheet kind="poster" size={size}>
      <header className="poster-head">
        <p className="poster-place">{place}</p>
        <h2>{stairwell}</h2>
      </header>
      <div className="poster-scan">
        <QrCode value={url} label={ui.sheet.scanFor(stairwell)} />
        <p>{ui.sheet.scan}</p>
        <SheetAddress address={address} />
      </div>
      <ol className="poster-sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p className="poster-phone">
        {phone.label} <b>{phone.number}</b>
      </p>
      <Street />
    </PrintSheet>
  );
}

export interface SlipSheetProps {
  /** Lines in the window of the envelope: to whom, which flat, where. */
  recipient: readonly string[];
  sender: string;
  title: string;
  /** The letter, a paragraph each. */
  paragraphs: readonly string[];
  url: string;
  address: string;
  /** The code of this flat, to be typed; grouped for the eye. */
  code: string;
  codeNote: string;
  phone: { number: string; label: string };
  /** The part to cut off and hand in on paper: boxes to tick, lines to fill in. */
  reply?: { title: string; choices: readonly string[]; lines: readonly string[] };
}

/** The letter to one flat, folded for a window envelope (DL), with the code that proves an intent is from this flat. */
export function SlipSheet(props: SlipSheetProps) {
  const { recipient, sender, title, paragraphs, url, address, code, codeNote, phone, reply } = props;
  return (
    <PrintSheet kind="slip">
      <p className="slip-sender">
        <BrandMark />
        {sender}
      </p>
      <address className="slip-window">
        {recipient.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </address>
      <div className="slip-letter">
        <h2>{title}</h2>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className="slip-code">
        <QrCode value={url} label={ui.sheet.scanFor(recipient.join(" "))} />
        <div>
          <p>{ui.sheet.scanOrType}</p>
          <SheetAddress address={address} />
          <p>{ui.sheet.code}</p>
          <p className="slip-number">{code}</p>
          <p>{codeNote}</p>
        </div>
      </div>
      <p>
        {phone.label} <b>{phone.number}</b>
      </p>
      {reply && (
        <div className="slip-reply">
          <h2>{reply.title}</h2>
          <ul className="slip-choices">
            {reply.choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
          <p className="slip-lines">
            {reply.lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
        </div>
      )}
    </PrintSheet>
  );
}

export type QuarterSlip = Pick<SlipSheetProps, "sender" | "url" | "address" | "code" | "codeNote" | "phone"> & {
  room: string;
  place: string;
  text: string;
  /** What the code is; that of a slip unless told. */
  codeLabel?: string;
};

/** Short letters, four to a page, to be cut apart. */
export function QuarterSlips({ slips }: { slips: readonly QuarterSlip[] }) {
  return (
    <PrintSheet kind="quarters">
      {slips.map(({ sender, room, place, text, url, address, code, codeLabel = ui.sheet.code, codeNote, phone }) => (
        <section className="quarter" key={code} aria-label={room}>
          <p>{sender}</p>
          <p>{place}</p>
          <div className="quarter-room">
            <h2>{room}</h2>
            <PaperNotice />
          </div>
          <div className="quarter-scan">
            <QrCode value={url} label={ui.sheet.scanFor(`${place} ${room}`)} />
            <div>
              <p>{text}</p>
              <p>{codeLabel}</p>
            </div>
          </div>
          <p className="slip-number">{code}</p>
          <SheetAddress address={address} />
          <p>{codeNote}</p>
          <p>
            {phone.label} <b>{phone.number}</b>
          </p>
        </section>
      ))}
    </PrintSheet>
  );
}
