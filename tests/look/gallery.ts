import type { View } from "./measures.ts";
import type { Visit } from "./visits.ts";

/** One picture and what was measured on it. */
export interface Shot extends Visit {
  theme: string;
  view: View;
  width: number;
  file: string;
  faults: string[];
  contrast?: number;
  target?: number;
  text?: number;
  bytes?: number;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A page to look through all pictures, those with faults marked. */
export function gallery(shots: readonly Shot[]): string {
  const figures = shots.map(({ path, who, state, view, width, theme, file, faults }) => {
    const words = escaped(`${path} · ${who}${state ? ` · ${state}` : ""} · ${view} ${width}`);
    const list = faults.map((fault) => `<li>${escaped(fault)}`).join("");
    return `<figure><a href="${theme}/${file}"><img loading="lazy" src="${theme}/${file}" alt=""></a><figcaption>${words}<ul>${list}</ul></figcaption></figure>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${shots.length} pictures</title>
<style>body{display:flex;flex-wrap:wrap;gap:1rem;font:14px system-ui}figure{margin:0;width:24rem}img{width:100%;max-height:40rem;object-fit:cover;object-position:top;border:1px solid}ul{color:#7e1f14}</style>
${figures.join("\n")}
</html>
`;
}
