import sharp from "sharp";
import type { Choice } from "#app/domain/tally.ts";

/** Strokes of a hand that writes figures into a field of 10 by 16. */
const FIGURES: Readonly<Record<string, string>> = {
  0: "M5 1C1 1 1 15 5 15S9 1 5 1",
  1: "M2 5 6 1 6 15",
  2: "M1 4C2-1 9 0 9 5 9 9 3 12 1 15L9 15",
  3: "M1 2C5-1 9 2 8 5 7 7 4 7 4 7 8 7 10 10 8 13 6 16 2 15 1 13",
  4: "M7 15 7 1 1 10 10 10",
  5: "M9 1 2 1 1 7C4 5 9 6 9 10 9 15 3 16 1 13",
  6: "M8 1C3 2 1 8 1 11 1 16 9 16 9 11 9 7 3 7 1 10",
  7: "M1 1 9 1 4 15",
  8: "M5 7C1 5 2 1 5 1S9 5 5 7 1 15 5 15 10 9 5 7",
  9: "M9 5C9 0 1 0 1 5S9 9 9 5 8 12 5 15",
};

const ROWS: Readonly<Record<Choice, number>> = { agree: 0, oppose: 1, abstain: 2 };

/**
 * A made-up paper ballot as a scanner sees it: printed lines, a room and a tick by hand, a signature. Drawn without any
 * font, for the machine may have none.
 *
 * @param room null where it is not to be read
 */
export function drawBallot({ room, choice, turn }: { room: string | null; choice: Choice; turn: number }): Promise<Buffer> {
  const printed = (x: number, y: number, width: number, height = 14) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="#4a4a4a"/>`;
  const signs = ['<path d="M8 26 20 38 44 10"/>', '<path d="M10 10 42 42M42 10 10 42"/>', '<circle cx="26" cy="26" r="18"/>'];
  const rows = signs.map((sign, row) => {
    const y = 640 + row * 150;
    return `<rect x="200" y="${y}" width="90" height="90" fill="none" stroke="#4a4a4a" stroke-width="5"/>
      <g transform="translate(340 ${y + 20})" fill="none" stroke="#4a4a4a" stroke-width="7">${sign}</g>${printed(430, y + 36, 150, 20)}`;
  });
  const figures = room === null ? '<path d="M0 9C3 3 5 14 9 8S14 3 18 9 24 12 28 7"/>' : [...room].map((figure, i) => `<path transform="translate(${i * 13} ${(i * 3) % 2})" d="${FIGURES[figure] ?? ""}"/>`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1414" viewBox="0 0 1000 1414">
    <rect width="1000" height="1414" fill="#fbfaf5"/>
    <g transform="rotate(${turn} 500 700)">
      ${printed(310, 130, 380, 34)}${printed(200, 250, 600)}${printed(200, 285, 600)}${printed(200, 320, 420)}
      ${printed(200, 470, 110, 20)}<path d="M340 500H640" stroke="#4a4a4a" stroke-width="4"/>
      ${rows.join("")}
      ${printed(200, 1150, 130, 20)}<path d="M360 1180H760" stroke="#4a4a4a" stroke-width="4"/>
      <g fill="none" stroke="#1b3a8a" stroke-linecap="round" stroke-linejoin="round">
        <g transform="translate(370 430) scale(4.4)" stroke-width="1.3">${figures}</g>
        <path d="M214 ${680 + ROWS[choice] * 150}l30 36 66-88" stroke-width="9"/>
        <path d="M390 1160c40-70 60 30 90-10s40-60 50 0 60-50 80-10 40-30 70-20" stroke-width="6"/>
      </g>
    </g>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer();
}
