import sharp from "sharp";

/** What stands beside the house on the demo's photos, from the first day at the site to the last. */
type Site = "pit" | "frame" | "shaft";

export interface DemoPhoto {
  site: Site;
  caption: string;
  daysAgo: number;
  /** Whether somebody has looked at it and shown it. */
  shown: boolean;
}

/** What the demo's stairwells have of photos, by how far they have come. */
export const demoPhotos: Readonly<Partial<Record<string, readonly DemoPhoto[]>>> = {
  construction: [
    { site: "pit", caption: "电梯基础开挖完成", daysAgo: 24, shown: true },
    { site: "frame", caption: "钢结构井道装到三楼", daysAgo: 9, shown: true },
    { site: "frame", caption: "三楼钢架焊接完成", daysAgo: 1, shown: false },
  ],
  "in-use": [
    { site: "frame", caption: "钢结构井道封顶", daysAgo: 60, shown: true },
    { site: "shaft", caption: "电梯投用第一天", daysAgo: 12, shown: true },
  ],
};

/** Draws a photo of the demo: invented like all of it, and without anybody on it. */
export function drawPhoto(site: Site): Promise<Buffer> {
  const windows = [0, 1, 2, 3, 4, 5].flatMap((floor) =>
    [0, 1, 2, 3].map((at) => `<rect x="${190 + at * 190}" y="${170 + floor * 150}" width="110" height="84" fill="#9fb8c4" stroke="#efe9dd" stroke-width="10"/>`),
  );
  const svg = `
    <svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
      <defs>
        <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#8fb6d6"/><stop offset="1" stop-color="#e9eef0"/></linearGradient>
        <linearGradient id="wall" x2="1"><stop stop-color="#d9c4a2"/><stop offset="1" stop-color="#c6ab84"/></linearGradient>
        <linearGradient id="glass" x2="1"><stop stop-color="#cfe6e4"/><stop offset=".5" stop-color="#8fbab9"/><stop offset="1" stop-color="#b9d8d6"/></linearGradient>
      </defs>
      <rect width="1600" height="1200" fill="url(#sky)"/>
      <path d="M0 940q400-130 800-60t800-40v360H0z" fill="#8da487"/>
      <rect x="120" y="110" width="840" height="960" fill="url(#wall)"/>
      <rect x="100" y="90" width="880" height="34" fill="#8d5a47"/>
      ${windows.join("")}
      <rect y="1060" width="1600" height="140" fill="#a9a18f"/>
      ${DRAWN[site]}
    </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/** Draws a receipt of the demo: lines where words would be, and a seal of nobody. */
export function drawReceipt(): Promise<Buffer> {
  const line = (x: number, y: number, width: number, height = 10) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="#5a6470"/>`;
  const svg = `
    <svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700">
      <rect width="1200" height="700" fill="#cfc6b4"/><rect x="40" y="40" width="1120" height="620" fill="#fdfcf7"/>
      ${line(420, 90, 360, 26)}${line(90, 160, 260)}${line(850, 160, 260)}
      <g fill="none" stroke="#8a8f96" stroke-width="3"><path d="M90 200h1020v350H90zM90 270h1020M90 340h1020M90 410h1020M90 480h1020M470 200v350M830 200v350"/></g>
      ${[225, 295, 365, 435].map((y) => line(120, y, 280, 16) + line(500, y, 260, 16) + line(920, y, 150, 16)).join("")}${line(120, 505, 320, 18)}${line(860, 505, 210, 18)}
      ${line(90, 590, 240)}${line(480, 590, 240)}
      <circle cx="960" cy="560" r="88" fill="none" stroke="#b8352b" stroke-width="10" opacity=".75"/><path d="M960 512l14 34h36l-29 22 11 35-32-21-32 21 11-35-29-22h36z" fill="#b8352b" opacity=".75"/>
    </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer();
}

const storeys = (count: number, draw: (y: number) => string) => Array.from({ length: count }, (_, i) => draw(1060 - (i + 1) * 150)).join("");

const DRAWN: Readonly<Record<Site, string>> = {
  pit: `
    <path d="M1000 1060h420l-50 110h-320z" fill="#6d5a43"/><path d="M1050 1170l30-70h260l30 70z" fill="#8b8d8c"/>
    <path d="M985 1060v-90M1105 1060v-90M1225 1060v-90M1345 1060v-90M1465 1060v-90" stroke="#d9822b" stroke-width="12"/>
    <path d="M985 985h480M985 1020h480" stroke="#f4efe4" stroke-width="14"/>`,
  frame: `
    <g fill="none" stroke="#5f6d74" stroke-width="20"><path d="M1020 1060V600M1320 1060V600"/>${storeys(3, (y) => `<path d="M1020 ${y}h300M1020 ${y + 150}l300-150"/>`)}</g>
    <path d="M980 1060h380v26H980z" fill="#777c7d"/>`,
  shaft: `
    <rect x="1000" y="130" width="320" height="930" fill="url(#glass)"/>
    <g fill="none" stroke="#4f6a66" stroke-width="14"><rect x="1000" y="130" width="320" height="930"/>${storeys(6, (y) => `<path d="M1000 ${y}h320"/>`)}</g>
    <rect x="1070" y="630" width="180" height="130" fill="#f4f1e6" stroke="#4f6a66" stroke-width="10"/><path d="M1160 630v130" stroke="#4f6a66" stroke-width="8"/>
    <rect x="1090" y="930" width="140" height="130" fill="#dfe7e4" stroke="#4f6a66" stroke-width="10"/>
    <path d="M960 760h50v300h-50z" fill="#cdb790"/>`,
};
