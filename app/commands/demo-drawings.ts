import sharp from "sharp";

/** The drawing of the demo's plan: the ground floor with the shaft before it. Invented, and no drawing to build from. */
export function drawPlan(): Promise<Buffer> {
  const rooms = [[160, 520], [620, 520], [1080, 520]].map(([x = 0, y = 0]) => `<rect x="${x}" y="${y}" width="360" height="420"/>`).join("");
  return toPng(`
    <rect width="1600" height="1130" fill="#fff"/>
    <rect x="40" y="40" width="1520" height="1050" fill="none" stroke="#222" stroke-width="6"/>
    <g fill="none" stroke="#222" stroke-width="14">${rooms}<path d="M520 520V300h560v220"/></g>
    <g fill="#dfeee9" stroke="#085a48" stroke-width="10"><rect x="690" y="120" width="220" height="180"/><path d="M690 120l220 180M910 120L690 300"/></g>
    <path d="M720 300h160" stroke="#fff" stroke-width="16"/>
    <g stroke="#666" stroke-width="4" fill="none"><path d="M160 1000h1280M160 980v40M520 980v40M1080 980v40M1440 980v40"/><path d="M1000 120v180M980 120h40M980 300h40"/></g>
    <path d="M1420 150l-40 100 40-24 40 24z" fill="#222"/><path d="M1420 120v40" stroke="#222" stroke-width="6"/>`);
}

/** A photo of the notice on the door. */
export function drawPoster(): Promise<Buffer> {
  const lines = Array.from({ length: 9 }, (_, i) => `<path d="M560 ${430 + i * 50}h${i % 3 === 2 ? 320 : 480}" stroke="#8a8a8a" stroke-width="14"/>`).join("");
  return toPng(`
    <rect width="1600" height="1130" fill="#c9b795"/><rect x="250" y="60" width="1100" height="1070" fill="#6f7f7a"/><rect x="290" y="100" width="1020" height="1030" fill="#86958f"/>
    <rect x="480" y="230" width="640" height="760" fill="#fdfcf8"/><rect x="560" y="300" width="400" height="44" fill="#444"/>${lines}<rect x="900" y="850" width="110" height="110" fill="#333"/>
    <path d="M470 220h70v34h-70zM1060 220h70v34h-70zM470 966h70v34h-70zM1060 966h70v34h-70z" fill="#e6dca8"/>`);
}

function toPng(inside: string): Promise<Buffer> {
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1130">${inside}</svg>`)).png().toBuffer();
}
